//! Dates as IAM reads them: ISO 8601 or seconds since 1970, freely mixed.
//!
//! Wider than the W3C profile that is documented (hours of one digit, `01T`, years of nine digits),
//! because IAM accepts these when it saves a policy. Never knows what time it is.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date>

/// A point in time, to the millisecond: what is finer is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant {
    /// Since 1970, UTC.
    seconds: i64,
    milliseconds: u64,
}

impl Instant {
    /// `2035-01-02T03:04:05.123Z`. None for years that four digits do not hold.
    pub(crate) fn iso8601_millis(&self) -> Option<String> {
        let (days, into_day) = (
            self.seconds.div_euclid(86_400),
            self.seconds.rem_euclid(86_400),
        );
        // Years begin in March here too; see `days_since_1970`.
        let days = days + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = (from_march + 2) % 12 + 1;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let (hour, minute, second) = (into_day / 3600, into_day / 60 % 60, into_day % 60);
        let millis = self.milliseconds;
        (0..=9999).contains(&year).then(|| {
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
        })
    }
}

/// ISO 8601, UTC unless it has a zone, or seconds since 1970. A minus makes it a date:
/// `-292275054` is a year, as are digits before a `T`; other digits are seconds.
pub(crate) fn read(text: &str) -> Option<Instant> {
    let at = |seconds| Instant {
        seconds,
        milliseconds: 0,
    };
    if !text.contains(['t', 'T', '-']) {
        let digits = text.strip_prefix('+').unwrap_or(text);
        return i64::try_from(number(digits)?).ok().map(at);
    }
    match text.split_once(['t', 'T']) {
        None | Some((_, "")) => day(text.trim_end_matches(['t', 'T'])).map(at),
        Some((date, time)) => {
            let (into_day, milliseconds) = time_of_day(time)?;
            Some(Instant {
                seconds: day(date)? + into_day,
                milliseconds,
            })
        }
    }
}

/// `-?YYYY[-MM[-DD]]` as seconds; the years are those of a Java `long` in milliseconds.
fn day(text: &str) -> Option<i64> {
    let (text, sign, last_year) = match text.strip_prefix('-') {
        Some(text) => (text, -1, 292_275_054),
        None => (text, 1, 292_278_993),
    };
    let mut parts = text.split('-');
    let mut next = |low, high| match parts.next() {
        None => Some(low),
        Some(part) => number(part).filter(|number| (low..=high).contains(number)),
    };
    let (year, month, day) = (next(0, last_year)?, next(1, 12)?, next(1, 31)?);
    let none_left = parts.next().is_none();
    let [year, month, day] = [year, month, day].map(|part| i64::try_from(part).unwrap_or(0));
    none_left.then(|| days_since_1970(sign * year, month, day) * 86_400)
}

/// In the Gregorian calendar, carried back before it began. A day that its month lacks is one of
/// the next.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the leap day comes last.
    let year = if month > 2 { year } else { year - 1 };
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + day_of_year - 719_468
}

/// `hh[:mm[:ss[.fraction]]]` and perhaps a zone: seconds from midnight UTC, and milliseconds.
fn time_of_day(text: &str) -> Option<(i64, u64)> {
    let (text, zone) = without_zone(text)?;
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = text.split(':');
    let mut next = |high| match parts.next() {
        None => Some(0),
        Some(part) => number(part).filter(|number| *number <= high),
    };
    let seconds = (next(23)? * 60 + next(59)?) * 60 + next(59)?;
    let none_left = parts.next().is_none();
    if !none_left || fraction.len() > 9 {
        return None;
    }
    let scale = 10_u64.pow(9 - u32::try_from(fraction.len()).ok()?);
    let milliseconds = number(fraction)? * scale / 1_000_000;
    Some((i64::try_from(seconds).ok()? - zone, milliseconds))
}

/// Takes off `Z` or `±hh[:mm]`, whose numbers need both digits, and gives it in seconds. None if
/// the zone is wrong.
fn without_zone(text: &str) -> Option<(&str, i64)> {
    if let Some(time) = text.strip_suffix(['z', 'Z']) {
        return Some((time, 0));
    }
    let Some(sign) = text.find(['+', '-']) else {
        return Some((text, 0));
    };
    let (time, zone) = (&text[..sign], &text[sign + 1..]);
    let (hours, minutes) = zone.split_once(':').unwrap_or((zone, "00"));
    let within = |text: &str, high| {
        let number = number(text).filter(|number| text.len() == 2 && *number <= high)?;
        i64::try_from(number).ok()
    };
    let seconds = (within(hours, 23)? * 60 + within(minutes, 59)?) * 60;
    let is_west = text.as_bytes()[sign] == b'-';
    Some((time, if is_west { -seconds } else { seconds }))
}

/// Digits only, unlike `str::parse`, which takes a sign.
fn number(text: &str) -> Option<u64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for date in [
            "0",
            "9223372036854775807",
            "-292275054",
            "01T",
            "2019",
            "2019-07",
            "2019-07-01",
            "2019-07-01T13:20Z",
            "2019-07-01T13:20:15Z",
            "2016-12-13T21:20:37.593194+00:00",
            "2016-12-13t2:00:00.593194+23",
            "2016-12-13T02:00:00-05:00",
        ] {
            assert!(read(date).is_some(), "{date}");
        }
        for text in [
            "",
            "soon",
            "9223372036854775808",
            "1.5",
            "++5",
            "+",
            "-",
            "-292275055",
            "234-13",
            "2019-07-01-01",
            "2019-00-01",
            "2019-07-32",
            "2016-12-13t24:00:00",
            "2016-12-13t2:00:00.593194+1",
            "2016-12-13t2:00:00.1999999999+10:59",
            "2019-07-01T13:20:15ZZ",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn instants() {
        for (a, b) in [
            ("1970-01-01", "0"),
            ("1970T", "0"),
            ("1970-01-01T00:00:01Z", "1"),
            ("2026-11-28T17:41:28Z", "1795887688"),
            ("2026-11-28T18:41:28+01:00", "1795887688"),
            ("2026-11-28T12:11:28-05:30", "1795887688"),
            ("2026-11-28T17:41:28.000", "1795887688"),
            ("2026-11-28T17:41:28.0001Z", "+1795887688"),
            ("2026-11-28T17:41:28.1231Z", "2026-11-28T17:41:28.1239Z"),
            ("2000-02-29", "951782400"),
            ("2001-02-29", "2001-03-01"),
        ] {
            assert!(read(a).is_some() && read(a) == read(b), "{a} and {b}");
        }
        assert!(read("2026-11-28T17:41:28.5Z") > read("2026-11-28T17:41:28Z"));
        assert!(read("2026-11-28T17:41:28.05Z") < read("2026-11-28T17:41:28.5Z"));
        assert!(read("2026-11-28T17:41:28.123Z") < read("2026-11-28T17:41:28.124Z"));
        assert!(read("1900-02-28") < read("1900-03-01") && read("-1-01-01") < read("0000-01-01"));
    }
}
