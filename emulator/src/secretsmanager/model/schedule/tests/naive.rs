//! What a `cron()` means, said once more and as plainly as can be: each field as the set of all its
//! values, and one hour tried after the other.

use chrono::{Datelike, NaiveDate};

const HOUR: i64 = 3_600_000;

/// The first start after an instant within so many hours. Names are not read.
pub(super) fn start_after(fields: [&str; 4], after: i64, hours: i64) -> Option<i64> {
    let first = after.div_euclid(HOUR) + 1;
    let starts = (first..first + hours).filter(|hour| fits(fields, *hour));
    starts.map(|hour| hour * HOUR).next()
}

fn fits([hours, days, months, weekdays]: [&str; 4], hour: i64) -> bool {
    let date = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + chrono::Days::new(hour as u64 / 24);
    let weekday = date.weekday().num_days_from_sunday() + 1;
    let length = date.num_days_in_month().into();
    has(hours, 0, 23, (hour % 24) as u32)
        && has(months, 1, 12, date.month())
        && match (days, weekdays) {
            ("L", _) => date.day() == length,
            ("?", "L") => weekday == 7,
            ("?", _) => match (weekdays.split_once('#'), weekdays.strip_suffix('L')) {
                (Some((day, nth)), _) => {
                    day == weekday.to_string() && nth == date.day().div_ceil(7).to_string()
                }
                (_, Some(day)) => day == weekday.to_string() && date.day() + 7 > length,
                _ => has(weekdays, 1, 7, weekday),
            },
            _ => has(days, 1, 31, date.day()),
        }
}

fn has(field: &str, first: u32, last: u32, value: u32) -> bool {
    field.split(',').any(|item| {
        let (range, step) = item.split_once('/').unwrap_or((item, "1"));
        let step: usize = step.parse().unwrap();
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (from.parse().unwrap(), to.parse().unwrap()),
            None if matches!(range, "" | "*") => (first, last),
            None if item.contains('/') => (range.parse().unwrap(), last),
            None => (range.parse().unwrap(), range.parse().unwrap()),
        };
        (from..=to).step_by(step).any(|one| one == value)
    })
}
