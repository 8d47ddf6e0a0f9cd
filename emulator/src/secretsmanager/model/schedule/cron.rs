//! `cron()` as Secrets Manager reads it. What it allows is checked here, since `croner` allows
//! more, and reads some of that differently; which days are meant is for `croner` to say.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use croner::Weekday;
use croner::errors::CronError;
use croner::parser::{CronParser, Seconds};

use super::HOURS_A_DAY;
use super::cadence::SHORTEST;
use super::error::{Flaw, ScheduleError};

/// Days of the year and hours of the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Cron {
    pattern: croner::Cron,
    /// Ascending, one at least.
    hours: Vec<i64>,
}

/// A field: what its values are, as numbers and by name.
struct Field {
    name: &'static str,
    first: u32,
    last: u32,
    names: &'static [&'static str],
}

const HOURS: Field = Field {
    name: "hours",
    first: 0,
    last: 23,
    names: &[],
};
const DAYS: Field = Field {
    name: "day of month",
    first: 1,
    last: 31,
    names: &[],
};
const MONTHS: Field = Field {
    name: "month",
    first: 1,
    last: 12,
    names: &[
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ],
};
const WEEKDAYS: Field = Field {
    name: "day of week",
    first: 1,
    last: 7,
    names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
};

/// Among 28 years in a row are all 14 calendars: each weekday to begin with, leap year or not.
const ALL_CALENDARS: std::ops::RangeInclusive<i32> = 2001..=2028;

impl Cron {
    /// Reads what stands between the parentheses.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        let text = text.to_ascii_uppercase();
        let mut fields = text.split_ascii_whitespace();
        let mut next = || fields.next().ok_or(ScheduleError::Expression(Flaw::Fields));
        let (minutes, hours) = (next()?, next()?);
        let (days, months, weekdays, year) = (next()?, next()?, next()?, next()?);
        if fields.next().is_some() {
            return Err(ScheduleError::Expression(Flaw::Fields));
        }
        if minutes != "0" {
            return Err(ScheduleError::Expression(Flaw::Minutes));
        }
        if year != "*" {
            return Err(ScheduleError::Expression(Flaw::Year));
        }
        HOURS.check(hours)?;
        MONTHS.check(months)?;
        let (days, weekdays) = match (days, weekdays) {
            ("?", "?") => return Err(ScheduleError::Expression(Flaw::DayFields)),
            // AWS's page has the last Sunday of a month in this field.
            (days, "?") if is_last_weekday(days) => ("?", days),
            ("L", "?") => ("L", "?"),
            (days, "?") => DAYS.check(days).map(|()| (days, "?"))?,
            // The last day of the week, which croner does not know.
            ("?", "L") => ("?", "7"),
            ("?", day) if is_last_weekday(day) || is_nth_weekday(day) => ("?", day),
            ("?", weekdays) => WEEKDAYS.check(weekdays).map(|()| ("?", weekdays))?,
            _ => return Err(ScheduleError::Expression(Flaw::DayFields)),
        };
        // Nothing that passed should be refused here; tests see to it.
        let parser = CronParser::builder()
            .seconds(Seconds::Required)
            .alternative_weekdays(true)
            .sloppy_ranges(true)
            .build();
        let pattern = parser
            .parse(&format!("0 0 {hours} {days} {months} {weekdays}"))
            .map_err(|_| ScheduleError::Expression(Flaw::Field("text")))?;
        let hours = pattern.pattern.hours.values();
        let cron = Self {
            hours: hours.into_iter().map(i64::from).collect(),
            pattern,
        };
        if cron.is_too_often() {
            return Err(ScheduleError::Expression(Flaw::TooOften));
        }
        if !ALL_CALENDARS.into_iter().all(|year| cron.has_day_in(year)) {
            return Err(ScheduleError::Expression(Flaw::NotEveryYear));
        }
        Ok(cron)
    }

    /// At which hours windows open.
    pub fn hours(&self) -> &[i64] {
        &self.hours
    }

    /// The first start after an instant, both in milliseconds.
    pub fn start_after(&self, after: i64) -> Option<i64> {
        let after = instant(after)?;
        let next = self.pattern.find_next_occurrence(&after, false).ok()?;
        Some(next.timestamp_millis())
    }

    /// The last start until an instant, both in milliseconds.
    pub fn start_until(&self, until: i64) -> Option<i64> {
        let until = instant(until)?;
        let last = self.pattern.find_previous_occurrence(&until, true).ok()?;
        Some(last.timestamp_millis())
    }

    /// Whether two hours are too near, the last of a day and the first of the next among them.
    fn is_too_often(&self) -> bool {
        let tomorrow = self.hours.first().map(|first| first + HOURS_A_DAY);
        let later = self.hours.iter().skip(1).copied().chain(tomorrow);
        let mut gaps = self.hours.iter().zip(later).map(|(hour, next)| next - hour);
        gaps.any(|gap| gap < SHORTEST)
    }

    /// Day by day: croner would look for the 31st of February until the year 5000.
    fn has_day_in(&self, year: i32) -> bool {
        let first = NaiveDate::from_ymd_opt(year, 1, 1);
        let mut days = first
            .into_iter()
            .flat_map(|first| first.iter_days().take(366));
        days.any(|day| day.year() == year && self.has_day(day).unwrap_or(false))
    }

    fn has_day(&self, day: NaiveDate) -> Result<bool, CronError> {
        let weekday = Weekday::from_days_from_sunday(day.weekday().num_days_from_sunday());
        let pattern = &self.pattern.pattern;
        Ok(pattern.month_match(day.month())?
            && pattern.day_match(day.year(), day.month(), day.day(), weekday)?)
    }
}

impl Field {
    fn check(&self, text: &str) -> Result<(), ScheduleError> {
        if text == "*" || text.split(',').all(|item| self.is_item(item)) {
            Ok(())
        } else {
            Err(ScheduleError::Expression(Flaw::Field(self.name)))
        }
    }

    /// A value, a range, or either with a step; a step alone begins with the first value.
    fn is_item(&self, item: &str) -> bool {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (item, None),
        };
        let is_step = |step| number(step).is_some_and(|step| (1..=self.last).contains(&step));
        if step.is_some_and(|step| !is_step(step)) {
            return false;
        }
        match range.split_once('-') {
            Some((from, to)) => {
                let (from, to) = (self.value(from), self.value(to));
                from.is_some() && from <= to
            }
            None if range.is_empty() || range == "*" => step.is_some(),
            None => self.value(range).is_some(),
        }
    }

    fn value(&self, text: &str) -> Option<u32> {
        let named = self.names.iter().zip(self.first..);
        let named = named.filter(|(name, _)| **name == text);
        let value = named.map(|(_, value)| value).next();
        value.or_else(|| number(text).filter(|value| (self.first..=self.last).contains(value)))
    }
}

/// An instant as croner takes it, which counts years from 1.
fn instant(millis: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).filter(|at| at.year() >= 1)
}

/// Such as `SUNL`: the last Sunday of a month.
fn is_last_weekday(text: &str) -> bool {
    let weekday = text.strip_suffix('L');
    weekday.is_some_and(|weekday| WEEKDAYS.value(weekday).is_some())
}

/// Such as `TUE#3`: the third Tuesday of a month.
fn is_nth_weekday(text: &str) -> bool {
    text.split_once('#').is_some_and(|(weekday, nth)| {
        WEEKDAYS.value(weekday).is_some() && matches!(number(nth), Some(1..=5))
    })
}

/// A number of one or two digits.
pub(super) fn number(text: &str) -> Option<u32> {
    let is_short = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_short)
}
