//! Which texts IAM takes for a date when it saves a policy.
//!
//! Wider than the W3C profile that is documented (hours of one digit, `01T`, years of nine digits);
//! only says whether a text passes, never which instant it is.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date>

/// ISO 8601, or seconds since 1970. A minus makes it a date: `-292275054` is a year.
pub(super) fn is_date(text: &str) -> bool {
    if !text.contains(['t', 'T', '-']) {
        return number(text).is_some_and(|seconds| i64::try_from(seconds).is_ok());
    }
    match text.split_once(['t', 'T']) {
        None => is_day(text),
        Some((day, "")) => is_day(day),
        Some((day, time)) => is_day(day) && is_time(time),
    }
}

/// `-?YYYY[-MM[-DD]]`; the years are those of a Java `long` in milliseconds.
fn is_day(text: &str) -> bool {
    let (text, last_year) = match text.strip_prefix('-') {
        Some(text) => (text, 292_275_054),
        None => (text, 292_278_993),
    };
    let mut parts = text.split('-');
    let mut next = |low, high| {
        let part = parts.next().map(number);
        part.is_none_or(|part| part.is_some_and(|number| (low..=high).contains(&number)))
    };
    next(0, last_year) && next(1, 12) && next(1, 31) && parts.next().is_none()
}

/// `hh[:mm[:ss[.fraction]]]` and perhaps a zone.
fn is_time(text: &str) -> bool {
    let Some(text) = without_zone(text) else {
        return false;
    };
    let (text, fraction) = match text.split_once('.') {
        Some((text, fraction)) => (text, Some(fraction)),
        None => (text, None),
    };
    let mut parts = text.split(':');
    let mut next = |high| {
        let part = parts.next().map(number);
        part.is_none_or(|part| part.is_some_and(|number| number <= high))
    };
    next(23)
        && next(59)
        && next(59)
        && parts.next().is_none()
        && fraction.is_none_or(|digits| digits.len() <= 9 && number(digits).is_some())
}

/// Strips `Z` or `±hh[:mm]`, whose numbers need both digits. None if the zone is wrong.
fn without_zone(text: &str) -> Option<&str> {
    if let Some(time) = text.strip_suffix(['z', 'Z']) {
        return Some(time);
    }
    let Some((time, zone)) = text.split_once(['+', '-']) else {
        return Some(text);
    };
    let (hours, minutes) = zone.split_once(':').unwrap_or((zone, "00"));
    let within = |text: &str, high| text.len() == 2 && number(text).is_some_and(|n| n <= high);
    (within(hours, 23) && within(minutes, 59)).then_some(time)
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
            assert!(is_date(date), "{date}");
        }
        for text in [
            "",
            "soon",
            "9223372036854775808",
            "1.5",
            "+5",
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
            assert!(!is_date(text), "{text}");
        }
    }
}
