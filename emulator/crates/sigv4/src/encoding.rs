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
        let end = list.bytes().position(|byte| byte == separator);
        rest = end.map(|end| &list[end + 1..]);
        Some(end.map_or(list, |end| &list[..end]))
    })
}
