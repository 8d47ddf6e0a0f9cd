//! What somebody probably meant who wrote a name that does not exist.

use super::effort::Effort;

/// Longer names are not compared: AWS has none.
const LONGEST: usize = 80;

/// The candidate that is nearest to the word, if it is near at all: one edit for each four
/// letters, and letters of the wrong case are no edit.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    effort: &Effort,
) -> Option<&'c str> {
    let limit = (word.len() / 4).clamp(1, 4);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= limit)
        .filter_map(|candidate| Some((distance(word, candidate, effort)?, candidate)))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// ", did you mean X?" or nothing.
pub(super) fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean {name}?"))
}

/// The service that somebody probably meant; None if the name may well be another service's.
///
/// Short names are only compared with their letters exchanged: many services have names of three
/// letters, one letter apart.
pub(super) fn near_service(name: &str, effort: &Effort) -> Option<&'static str> {
    let sorted = |text: &str| {
        let mut letters = text.to_ascii_lowercase().into_bytes();
        letters.sort_unstable();
        letters
    };
    ["iam", "kms", "secretsmanager", "sts"]
        .into_iter()
        .find(|known| {
            let distance = distance(name, known, effort);
            match known.len() {
                0..=4 => distance == Some(1) && sorted(name) == sorted(known),
                _ => distance.is_some_and(|distance| (1..=3).contains(&distance)),
            }
        })
}

/// Letters to insert, leave out, replace, or exchange with their neighbour.
pub(super) fn distance(a: &str, b: &str, effort: &Effort) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() > LONGEST || b.len() > LONGEST || !effort.spend(4 * a.len() * b.len()) {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let is_same = |i: usize, j: usize| a[i].eq_ignore_ascii_case(&b[j]);
            let replaced = last[j] + usize::from(!is_same(i, j));
            let mut least = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && is_same(i, j - 1) && is_same(i - 1, j) {
                least = least.min(before_last[j - 1] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        let effort = Effort::default();
        for (a, b, expected) in [
            ("", "", 0),
            ("abc", "ABC", 0),
            ("abc", "acb", 1),
            ("abc", "ab", 1),
            ("abc", "abcd", 1),
            ("abc", "xyz", 3),
            ("secretmanager", "secretsmanager", 1),
            ("secrets-manager", "secretsmanager", 1),
        ] {
            assert_eq!(distance(a, b, &effort), Some(expected), "{a} {b}");
        }
        assert_eq!(distance(&"a".repeat(81), "a", &effort), None);
        let names = ["GetSecretValue", "PutSecretValue", "DescribeSecret"];
        assert_eq!(nearest("GetSecret", names, &effort), None);
        assert_eq!(
            nearest("getsecretvalues", names, &effort),
            Some("GetSecretValue")
        );
        assert_eq!(
            nearest("DescribeSecrets", names, &effort),
            Some("DescribeSecret")
        );
    }
}
