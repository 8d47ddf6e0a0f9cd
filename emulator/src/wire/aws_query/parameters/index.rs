//! Indexes of lists: the numbers in `Tags.member.1.Key`. Never reads a value.

use super::{Cow, Malformed};

/// The most items that may be missed out in a row.
const MOST_SKIPPED: u32 = 10;

/// The greatest index, found by trial on SES.
const GREATEST: u32 = 214_748_369;

/// A name with its indexes written in one way: `01` and `1` are the same item.
pub(super) fn plain(name: Cow<'_, str>) -> String {
    if !name.contains(".member.0") {
        return name.into_owned();
    }
    let mut is_index = false;
    let parts = name.split('.').map(|part| {
        let plain = match part.trim_start_matches('0') {
            _ if !(is_index && is_number(part)) => part,
            "" => "0",
            digits => digits,
        };
        is_index = part == "member";
        plain
    });
    parts.collect::<Vec<_>>().join(".")
}

/// The index at the beginning of what follows `member.`, or none if a name stands there.
pub(super) fn read(rest: &str) -> Result<Option<u32>, Malformed> {
    let (first, more) = rest.split_once('.').unwrap_or((rest, ""));
    if first.starts_with('-') {
        return Err(format!("Key {first} may not have a leading '-'"));
    }
    if !is_number(first) {
        return Ok(None);
    }
    if is_number(more.split('.').next().unwrap_or_default()) {
        return Err("Two index elements may not occur back to back".to_owned());
    }
    match first.parse() {
        Ok(0) => Err("0 is not a valid index".to_owned()),
        Ok(index) if index <= GREATEST => Ok(Some(index)),
        // Seen from SES.
        _ => Err(format!("Index {first} is illegal")),
    }
}

/// Whether an index may come after the last one, or, at the beginning of a list, after 1.
pub(super) fn follows(index: u32, last: u32) -> Result<(), Malformed> {
    match index.saturating_sub(last) {
        0..=MOST_SKIPPED => Ok(()),
        skipped => Err(format!(
            "Excessively sparse input would skip {} list elements",
            grouped(skipped)
        )),
    }
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1500` → `1,500`: seen from SES.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let comma = |(place, digit): (usize, char)| {
        let before = place > 0 && (digits.len() - place).is_multiple_of(3);
        before.then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(comma).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_are_read() {
        for (rest, expected) in [
            ("1", Ok(Some(1))),
            ("1.Key", Ok(Some(1))),
            ("214748369", Ok(Some(GREATEST))),
            ("one.Key", Ok(None)),
            ("+1", Ok(None)),
            ("1a", Ok(None)),
            ("", Ok(None)),
            (".1", Ok(None)),
            ("١", Ok(None)),
            ("1.one.2", Ok(Some(1))),
            ("0", Err("0 is not a valid index")),
            ("0.Key", Err("0 is not a valid index")),
            ("-1", Err("Key -1 may not have a leading '-'")),
            (
                "1.0.Key",
                Err("Two index elements may not occur back to back"),
            ),
            ("1.2", Err("Two index elements may not occur back to back")),
            ("214748370", Err("Index 214748370 is illegal")),
            ("4000000000", Err("Index 4000000000 is illegal")),
            (
                "99999999999999999999",
                Err("Index 99999999999999999999 is illegal"),
            ),
        ] {
            assert_eq!(read(rest), expected.map_err(str::to_owned), "{rest}");
        }
    }

    #[test]
    fn zeros_before_an_index_do_not_matter() {
        for (name, expected) in [
            ("Tags.member.01.Key", "Tags.member.1.Key"),
            ("Tags.member.0010", "Tags.member.10"),
            ("Tags.member.00", "Tags.member.0"),
            ("A.member.01.B.member.02", "A.member.1.B.member.2"),
            ("Tags.member.0x.Key", "Tags.member.0x.Key"),
            ("Tags.member.1.01", "Tags.member.1.01"),
            ("member.01", "member.01"),
            ("UserName", "UserName"),
        ] {
            assert_eq!(plain(name.into()), expected, "{name}");
        }
    }

    #[test]
    fn few_items_may_be_missed_out() {
        for (index, last, skipped) in [
            (1, 1, None),
            (11, 1, None),
            (12, 1, Some("11")),
            (22, 10, Some("12")),
            (20, 10, None),
            (1500, 1, Some("1,499")),
            (GREATEST, 1, Some("214,748,368")),
        ] {
            let text =
                skipped.map(|n| format!("Excessively sparse input would skip {n} list elements"));
            assert_eq!(follows(index, last).err(), text, "{index} after {last}");
        }
    }
}
