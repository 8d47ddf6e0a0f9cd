//! Base64 as `BinaryEquals` has it: the standard alphabet, padded. Never decodes anything: bytes have
//! one spelling, and other spellings equal nothing.

/// Whether two texts stand for the same bytes. Texts that are no Base64 equal nothing.
pub(super) fn equal(a: &str, b: &str) -> bool {
    a == b && is_base64(a)
}

/// Whole groups of four, at most two of padding, and no bits left over behind the last byte.
pub(crate) fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    let padding = text.len() - data.len();
    let spare = match padding {
        0 => 0,
        1 => 0b11,
        2 => 0b1111,
        _ => return false,
    };
    text.len().is_multiple_of(4)
        && data.bytes().all(|byte| sextet(byte).is_some())
        && sextets(data).last().unwrap_or(0) & spare == 0
}

fn sextets(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().map_while(sextet)
}

fn sextet(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for text in [
            "",
            "Zg==",
            "Zm8=",
            "Zm9v",
            "QmluYXJ5VmFsdWVJbkJhc2U2NA==",
            "+/+/",
        ] {
            assert!(is_base64(text) && equal(text, text), "{text}");
        }
        for text in [
            "Z", "Zg=", "Zg", "Zh==", "Zm9=", "====", "Z===", "Zm 9", "Zm9-", " Zg== ",
        ] {
            assert!(!is_base64(text) && !equal(text, text), "{text}");
        }
        assert!(!equal("Zm9v", "Zm8=") && !equal("Zg==", "Zh=="));
    }
}
