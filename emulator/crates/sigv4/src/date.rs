//! Times as requests write them, and as AWS writes them back. Never reads a clock.
//!
//! AWS documents ISO 8601 basic format for `X-Amz-Date`; its front end also takes the extended format, and the RFC 1123
//! format of the `Date` header. The string to sign has the basic format in any case.

use std::fmt;

/// Seconds since the epoch, within the years 0000 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Timestamp(i64);

impl Timestamp {
    const MIN: i64 = -62_167_219_200;
    const MAX: i64 = 253_402_300_799;

    /// The nearest time that four digits of year can write.
    pub(crate) fn new(seconds: i64) -> Self {
        Self(seconds.clamp(Self::MIN, Self::MAX))
    }

    /// Reads any of the three formats; `None` for anything else, and for what is on no calendar.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        match text.len() {
            16 => basic(text.try_into().ok()?),
            20 => extended(text.try_into().ok()?),
            29 => rfc1123(text.try_into().ok()?),
            _ => None,
        }
    }

    pub(crate) fn seconds(self) -> i64 {
        self.0
    }

    /// `20150830T123600Z`, in ASCII.
    pub(crate) fn basic(self) -> [u8; 16] {
        let (year, month, day) = civil_from_days(self.0.div_euclid(86_400));
        let second = self.0.rem_euclid(86_400);
        let mut text = *b"yyyymmddThhmmssZ";
        let pairs = [(0, year / 100), (2, year), (4, month), (6, day)];
        let clock = [
            (9, second / 3_600),
            (11, second / 60 % 60),
            (13, second % 60),
        ];
        for (at, number) in pairs.into_iter().chain(clock) {
            text[at] = digit(number / 10);
            text[at + 1] = digit(number);
        }
        text
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.basic()).unwrap_or_default())
    }
}

/// The last digit of a number, which is not negative.
fn digit(number: i64) -> u8 {
    b'0' + (number % 10) as u8
}

fn basic(t: &[u8; 16]) -> Option<Timestamp> {
    if t[8] != b'T' || t[15] != b'Z' {
        return None;
    }
    let date = [number(&t[0..4])?, number(&t[4..6])?, number(&t[6..8])?];
    let clock = [number(&t[9..11])?, number(&t[11..13])?, number(&t[13..15])?];
    time(date, clock)
}

fn extended(t: &[u8; 20]) -> Option<Timestamp> {
    let shape = t[4] == b'-'
        && t[7] == b'-'
        && t[10] == b'T'
        && t[13] == b':'
        && t[16] == b':'
        && t[19] == b'Z';
    if !shape {
        return None;
    }
    let date = [number(&t[0..4])?, number(&t[5..7])?, number(&t[8..10])?];
    let clock = [
        number(&t[11..13])?,
        number(&t[14..16])?,
        number(&t[17..19])?,
    ];
    time(date, clock)
}

/// `Sun, 30 Aug 2015 12:36:00 GMT`. The day of the week must be one, but need not be the right one.
fn rfc1123(t: &[u8; 29]) -> Option<Timestamp> {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: [&[u8]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    let shape = DAYS.contains(&&t[0..3])
        && &t[3..5] == b", "
        && t[7] == b' '
        && t[11] == b' '
        && t[16] == b' '
        && t[19] == b':'
        && t[22] == b':'
        && &t[25..29] == b" GMT";
    let month = (1..).zip(MONTHS).find(|(_, name)| *name == &t[8..11])?.0;
    if !shape {
        return None;
    }
    let date = [number(&t[12..16])?, month, number(&t[5..7])?];
    let clock = [
        number(&t[17..19])?,
        number(&t[20..22])?,
        number(&t[23..25])?,
    ];
    time(date, clock)
}

fn time([year, month, day]: [i64; 3], [hour, minute, second]: [i64; 3]) -> Option<Timestamp> {
    let real = (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    real.then(|| {
        Timestamp(days_from_civil(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
    })
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |n, d| {
        d.is_ascii_digit().then(|| n * 10 + i64::from(d - b'0'))
    })
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// Both count years from 1 March, so that the leap day comes last, in eras of 400 years.

fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_formats_are_one_time() {
        for text in [
            "20150830T123600Z",
            "2015-08-30T12:36:00Z",
            "Sun, 30 Aug 2015 12:36:00 GMT",
        ] {
            let time = Timestamp::parse(text.as_bytes()).unwrap();
            assert_eq!(time.seconds(), 1_440_938_160, "{text}");
            assert_eq!(time.to_string(), "20150830T123600Z");
        }
    }

    #[test]
    fn what_is_on_no_calendar_is_refused() {
        for text in [
            "",
            "201",
            "20151330T123600Z",
            "20150030T123600Z",
            "20150229T123600Z",
            "19000229T000000Z",
            "20150431T123600Z",
            "20150800T123600Z",
            "20150830T240000Z",
            "20150830T236000Z",
            "20150830T123660Z",
            "20150830T123600z",
            "20150830 123600Z",
            "2015083aT123600Z",
            "2015-08-30 12:36:00Z",
            "Sun, 30 Avg 2015 12:36:00 GMT",
            "Son, 30 Aug 2015 12:36:00 GMT",
            "Sun, 30 Aug 2015 12:36:00 UTC",
            "2015083\u{e9}123600Z",
        ] {
            assert_eq!(Timestamp::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn edges_of_the_calendar() {
        for text in [
            "00000101T000000Z",
            "20000229T235959Z",
            "19700101T000000Z",
            "19691231T235959Z",
            "99991231T235959Z",
        ] {
            assert_eq!(Timestamp::parse(text.as_bytes()).unwrap().to_string(), text);
        }
        assert_eq!(Timestamp::new(i64::MAX).to_string(), "99991231T235959Z");
        assert_eq!(Timestamp::new(i64::MIN).to_string(), "00000101T000000Z");
    }

    #[test]
    fn every_day_of_the_calendar_is_read_back() {
        for day in (Timestamp::MIN / 86_400)..=(Timestamp::MAX / 86_400) {
            let (y, m, d) = civil_from_days(day);
            assert_eq!(days_from_civil(y, m, d), day);
        }
    }
}
