//! Decimal numbers of any length, compared exactly.
//!
//! Never rounds: two ids that differ in their twentieth digit differ here. Never allocates: a number
//! is the text it was read from.

use std::cmp::Ordering;

/// A number, without the zeros that do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number<'a> {
    is_negative: bool,
    integer: &'a str,
    fraction: &'a str,
}

impl<'a> Number<'a> {
    /// An optional sign, digits, perhaps a point and more digits. Exponents are not read: whether
    /// AWS reads them is unknown, and a number that is none never makes a condition true.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !are_digits(integer) || !are_digits(fraction) {
            return None;
        }
        let integer = integer.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let is_zero = integer.is_empty() && fraction.is_empty();
        Some(Self {
            is_negative: is_negative && !is_zero,
            integer,
            fraction,
        })
    }

    fn magnitude(&self) -> (usize, &'a str, &'a str) {
        (self.integer.len(), self.integer, self.fraction)
    }
}

impl Ord for Number<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude().cmp(&other.magnitude()),
            (true, true) => other.magnitude().cmp(&self.magnitude()),
        }
    }
}

impl PartialOrd for Number<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table() {
        for (a, b, expected) in [
            ("1", "1.0", Ordering::Equal),
            ("-0", "0", Ordering::Equal),
            ("+007", "7", Ordering::Equal),
            ("10", "9", Ordering::Greater),
            ("-10", "-9", Ordering::Less),
            ("0.1", "0.09", Ordering::Greater),
            ("12.5", "12.50", Ordering::Equal),
            (
                "99999999999999999999",
                "99999999999999999998",
                Ordering::Greater,
            ),
        ] {
            let compared = Number::read(a).zip(Number::read(b)).map(|(a, b)| a.cmp(&b));
            assert_eq!(compared, Some(expected), "{a} and {b}");
        }
        for text in [
            "", "-", ".", "1.", ".5", "1e3", "0x1", " 1", "1,0", "--1", "١",
        ] {
            assert_eq!(Number::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_integers(a in any::<i64>(), b in any::<i64>()) {
            let (text_a, text_b) = (a.to_string(), format!("{b}.000"));
            let compared = Number::read(&text_a).zip(Number::read(&text_b)).map(|(a, b)| a.cmp(&b));
            prop_assert_eq!(compared, Some(a.cmp(&b)));
        }
    }
}
