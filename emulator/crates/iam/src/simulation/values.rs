//! Values of context keys as the simulator takes them: checked by the type that they are given with,
//! and written in one way.

use core::net::{IpAddr, Ipv4Addr};

use crate::condition::{base64, date};
use crate::table::KeyType;

/// The text that stands for a value of a type, from then on; None if the text is no value of that
/// type. A date becomes one of UTC with milliseconds, a number loses its plus and zeros in front, a
/// boolean is `false` unless it is `true`; other texts stay as they are.
///
/// ```
/// use sekisho_iam::simulation::canonical;
/// use sekisho_iam::table::KeyType;
///
/// assert_eq!(canonical(KeyType::Numeric, "01.00").unwrap(), "1.00");
/// assert_eq!(canonical(KeyType::Date, "2035-01-02").unwrap(), "2035-01-02T00:00:00.000Z");
/// assert!(canonical(KeyType::Ip, "192.0.2.0/24").is_none());
/// ```
pub fn canonical(kind: KeyType, text: &str) -> Option<String> {
    match kind {
        KeyType::String | KeyType::Arn => Some(text.to_owned()),
        KeyType::Bool => Some(text.eq_ignore_ascii_case("true").to_string()),
        KeyType::Numeric => number(text),
        KeyType::Date => date::read(text)?.iso8601_millis(),
        KeyType::Ip => address(text),
        KeyType::Binary => base64::is_base64(text).then(|| text.to_owned()),
    }
}

/// The most digits that an exponent is written out to. A number beyond stays as it is.
const MOST_SHIFTED: usize = 400;

/// A number as Java's `BigDecimal` reads it, without exponent.
fn number(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
        None => (unsigned, "0"),
        Some(parts) => parts,
    };
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let size = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let has_digits = !(integer.is_empty() && fraction.is_empty() || size.is_empty());
    if !has_digits || ![integer, fraction, size].into_iter().all(are_digits) {
        return None;
    }
    let shift = size.parse().ok().filter(|size| *size <= MOST_SHIFTED);
    let Some(shift) = shift else {
        return Some(text.to_owned());
    };
    let (integer, fraction) = shifted(integer, fraction, shift, exponent.starts_with('-'));
    let integer = match integer.trim_start_matches('0') {
        "" => "0",
        integer => integer,
    };
    let is_zero = integer == "0" && fraction.bytes().all(|byte| byte == b'0');
    let sign = if is_zero { "" } else { sign };
    Some(match fraction.as_str() {
        "" => format!("{sign}{integer}"),
        fraction => format!("{sign}{integer}.{fraction}"),
    })
}

/// The digits before and behind the point once it has moved.
fn shifted(integer: &str, fraction: &str, by: usize, is_left: bool) -> (String, String) {
    if is_left {
        let padded = format!("{}{integer}", "0".repeat(by));
        let (integer, moved) = padded.split_at(padded.len() - by);
        (integer.to_owned(), format!("{moved}{fraction}"))
    } else {
        let padded = format!(
            "{fraction}{}",
            "0".repeat(by.saturating_sub(fraction.len()))
        );
        let (moved, fraction) = padded.split_at(by);
        (format!("{integer}{moved}"), fraction.to_owned())
    }
}

/// An address stays as it is written, but for zeros in front, which conditions do not read.
fn address(text: &str) -> Option<String> {
    if text.parse::<IpAddr>().is_ok() {
        return Some(text.to_owned());
    }
    let mut parts = text.split('.');
    let octets: [Option<u8>; 4] = [(); 4].map(|()| {
        let part = parts.next()?;
        let is_short = part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| is_short)
    });
    let [Some(a), Some(b), Some(c), Some(d)] = octets else {
        return None;
    };
    let is_whole = parts.next().is_none();
    is_whole.then(|| Ipv4Addr::new(a, b, c, d).to_string())
}
