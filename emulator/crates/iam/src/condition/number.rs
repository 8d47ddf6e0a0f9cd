//! Decimal numbers of any length, compared exactly.
//!
//! Never rounds: two ids that differ in their twentieth digit differ here. Never allocates: a number
//! is the text it was read from.

use std::cmp::Ordering;

/// A number: `0.` and its digits, times ten to some power.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number<'a> {
    is_negative: bool,
    /// The digits, in two parts, from the first to the last that is no zero. None of zero.
    digits: (&'a str, &'a str),
    power: i64,
}

impl<'a> Number<'a> {
    /// An optional sign; digits, among them perhaps a point; perhaps an exponent.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if integer.len() + fraction.len() == 0 || !are_digits(integer) || !are_digits(fraction) {
            return None;
        }
        let mut integer = integer.trim_start_matches('0');
        let mut fraction = fraction.trim_end_matches('0');
        let mut power = i64::from(exponent) + integer.len() as i64;
        if integer.is_empty() {
            let all = fraction.len();
            fraction = fraction.trim_start_matches('0');
            power -= (all - fraction.len()) as i64;
        }
        if fraction.is_empty() {
            integer = integer.trim_end_matches('0');
        }
        let is_zero = integer.is_empty() && fraction.is_empty();
        Some(Self {
            is_negative: is_negative && !is_zero,
            digits: (integer, fraction),
            power: if is_zero { i64::MIN } else { power },
        })
    }

    /// Without the sign. Of numbers of one power, the first digit that differs tells.
    fn magnitude(&self, other: &Self) -> Ordering {
        let digits = |number: &Self| number.digits.0.bytes().chain(number.digits.1.bytes());
        let powers = self.power.cmp(&other.power);
        powers.then_with(|| digits(self).cmp(digits(other)))
    }
}

impl Ord for Number<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }
}

impl PartialOrd for Number<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Number<'_> {}

impl PartialEq for Number<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
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
            ("1.", "01", Ordering::Equal),
            ("1e0", "1", Ordering::Equal),
            ("1E+3", "1000", Ordering::Equal),
            ("12.5e-1", "1.25", Ordering::Equal),
            (".5", "5e-01", Ordering::Equal),
            ("0.005", "0.05e-1", Ordering::Equal),
            ("0e9", "-0", Ordering::Equal),
            ("1e9999", "9e9998", Ordering::Greater),
            ("-1e9999", "0", Ordering::Less),
            ("1e-9999", "0", Ordering::Greater),
            ("100.5", "100", Ordering::Greater),
            ("9007199254740993", "9007199254740992", Ordering::Greater),
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
            "",
            "-",
            ".",
            "e1",
            "1e",
            "1e+",
            "1e1.0",
            "1e99999999999",
            "0x1",
            " 1",
            "1 ",
            "1,0",
            "--1",
            "+-1",
            "1f",
            "١",
            "NaN",
            "Infinity",
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

        #[test]
        fn a_point_and_an_exponent_are_one_thing(digits in "[0-9]{1,8}", at in 0..8_usize, exponent in -9..9_i32) {
            let at = at.min(digits.len());
            let scale = i32::try_from(digits.len() - at).unwrap();
            let moved = format!("{}.{}e{}", &digits[..at], &digits[at..], exponent + scale);
            let whole = format!("{digits}e{exponent}");
            prop_assert_eq!(Number::read(&moved), Number::read(&whole));
            prop_assert!(Number::read(&whole).is_some());
        }
    }
}
