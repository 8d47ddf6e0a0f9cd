//! Percent-encoding by RFC 3986, hex, and lists. Never decides what is to be encoded.

/// Appends a byte, escaped unless RFC 3986 calls it unreserved.
pub(crate) fn push_encoded(out: &mut Vec<u8>, byte: u8) {
    const UPPER: &[u8; 16] = b"0123456789ABCDEF";
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
        out.push(byte);
    } else {
        out.extend([
            b'%',
            UPPER[usize::from(byte >> 4)],
            UPPER[usize::from(byte & 15)],
        ]);
    }
}

/// A hash in lower-case hex.
pub(crate) fn hex(hash: &[u8; 32]) -> [u8; 64] {
    // Not by a table: this way it is done for many bytes at once, and the time says nothing about the hash.
    let digit = |half: u8| half + if half < 10 { b'0' } else { b'a' - 10 };
    let mut text = [0; 64];
    for (pair, byte) in text.as_chunks_mut::<2>().0.iter_mut().zip(hash) {
        *pair = [digit(byte >> 4), digit(byte & 15)];
    }
    text
}

/// `str::split` by one ASCII byte; several times as fast on the short pieces met here.
pub(crate) fn pieces(list: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(list);
    std::iter::from_fn(move || {
        let list = rest?;
        let (piece, others) = split(list, separator);
        rest = others;
        Some(piece)
    })
}

/// `str::split_once` by one ASCII byte; all of it is the first part if that byte is not there.
pub(crate) fn split(text: &str, separator: u8) -> (&str, Option<&str>) {
    match find(text.as_bytes(), separator) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

/// Where a byte first is. Looks at eight at once.
#[inline]
pub(crate) fn find(bytes: &[u8], byte: u8) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let (words, rest) = bytes.as_chunks();
    for (i, word) in words.iter().enumerate() {
        // A byte that is zero borrows, which sets its top bit. It may do so in bytes above it too, never below.
        let difference = u64::from_le_bytes(*word) ^ (ONES * u64::from(byte));
        let zeros = difference.wrapping_sub(ONES) & !difference & (ONES << 7);
        if zeros != 0 {
            return Some(8 * i + zeros.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|b| *b == byte)?;
    Some(8 * words.len() + at)
}

/// Whether a byte is there for which `is` holds. Looks at sixteen at once: with no branch for each of them, that is a
/// few vector instructions.
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let (chunks, _) = bytes.as_chunks::<16>();
    let within = |chunk: &[u8; 16]| chunk.iter().fold(false, |found, byte| found | is(*byte));
    // The last ones may be looked at twice.
    match bytes.last_chunk() {
        Some(last) => chunks.iter().any(within) || within(last),
        None => bytes.iter().any(|byte| is(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each byte, in each place, among neighbours that differ by the bits the search plays with.
    #[test]
    fn one_byte_is_found_wherever_it_is() {
        for length in 0..40 {
            for around in [0, 1, b'.', b'-', 0x7f, 0x80, 0xac, 0xff] {
                let mut bytes = vec![around; length];
                assert_eq!(find(&bytes, b','), None);
                assert!(!any(&bytes, |byte| byte == b','));
                for at in (0..length).rev() {
                    bytes[at] = b',';
                    assert_eq!(find(&bytes, b','), Some(at));
                    assert!(any(&bytes, |byte| byte == b','));
                    if at % 3 > 0 {
                        bytes[at] = around;
                    }
                }
            }
        }
    }

    #[test]
    fn pieces_are_those_of_split() {
        for list in [
            "",
            ";",
            "a",
            "a;",
            ";a",
            "a;;b",
            "content-type;host;x-amz-date",
            "\u{e9};\u{1234}",
        ] {
            let expected: Vec<&str> = list.split(';').collect();
            assert_eq!(pieces(list, b';').collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn hex_has_lower_case_and_leading_zeros() {
        let mut hash = [0; 32];
        hash[..4].copy_from_slice(&[0x09, 0xaf, 0xf0, 0x9a]);
        assert_eq!(hex(&hash)[..8], *b"09aff09a");
        assert_eq!(hex(&hash)[8..], [b'0'; 56]);
    }
}
