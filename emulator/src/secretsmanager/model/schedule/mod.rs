//! When a secret rotates: windows as a function of its rules and of an instant. No clock.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html>
//!
//! What is known of AWS, and what is not:
//!
//! - Seen: with `rate(4 hours)`, after a rotation at 04:04 `NextRotationDate` is 08:59:59; with 30
//!   days, after one on 22 January it is 21 February, 23:59:59. It is the last second of a window.
//! - Documented: a window begins on the hour; a `rate()` counts from midnight; hours step anew each
//!   day in a `cron()`; a window lasts one hour if the schedule is in hours, else until the day
//!   ends in UTC, unless `Duration` says otherwise; it reaches into neither the next day nor the
//!   next window; rotations are 4 hours apart at least, and a year at most.
//! - Inferred: a rate in hours that does not divide the day follows the last rotation, as rates in
//!   days do, and its windows are cut at midnight; the 4 hours hold for `cron()` too; "a year"
//!   means that each year has a window.

mod cadence;
mod cron;
mod error;
mod rules;
#[cfg(test)]
mod tests;

use cadence::Cadence;
#[cfg(test)]
use error::Flaw;
pub use error::ScheduleError;
pub use rules::{ROTATION_RULES, RotationRules};

use crate::timestamp::Timestamp;

/// Milliseconds.
const HOUR: i64 = 3_600_000;
const HOURS_A_DAY: i64 = 24;

/// Rules that have been checked. A secret keeps the `RotationRules`, which are smaller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schedule {
    rules: RotationRules,
    cadence: Cadence,
    /// How long a window lasts, in hours; none for the default.
    duration: Option<i64>,
}

/// A time in which a rotation may happen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// When it opens: on the hour.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

impl Window {
    /// What DescribeSecret shows as `NextRotationDate`.
    pub fn last_second(&self) -> Timestamp {
        Timestamp::from_millis(self.end.millis() - 1000)
    }
}

impl Schedule {
    /// Checks rules as a request has them.
    pub fn new(rules: &RotationRules) -> Result<Self, ScheduleError> {
        let cadence = match (rules.automatically_after_days, &rules.schedule_expression) {
            (Some(_), Some(_)) => return Err(ScheduleError::DaysAndExpression),
            (None, None) => return Err(ScheduleError::Nothing),
            (Some(days), None) => Cadence::days(days)?,
            (None, Some(expression)) => Cadence::parse(expression)?,
        };
        let duration = rules.duration.as_deref().map(hours).transpose()?;
        if let Some(duration) = duration {
            cadence.check_duration(duration)?;
        }
        Ok(Self {
            rules: rules.clone(),
            cadence,
            duration,
        })
    }

    /// The window after that of a rotation, or the first after the rules were set. None if it lies
    /// beyond the years that a calendar has.
    pub fn window_after(&self, rotated: Timestamp) -> Option<Window> {
        let start = self.cadence.start_after(rotated.millis())?;
        let hour = start.div_euclid(HOUR).rem_euclid(HOURS_A_DAY);
        let rest_of_day = HOURS_A_DAY - hour;
        let length = match self.duration {
            Some(duration) => duration.min(rest_of_day),
            None if self.cadence.is_in_days() => rest_of_day,
            None => 1,
        };
        Some(Window {
            start: Timestamp::from_millis(start),
            end: Timestamp::from_millis(start.checked_add(length * HOUR)?),
        })
    }

    /// What DescribeSecret shows as `NextRotationDate` after a rotation.
    pub fn next_rotation_date(&self, rotated: Timestamp) -> Option<Timestamp> {
        self.window_after(rotated)
            .map(|window| window.last_second())
    }

    /// What DescribeSecret shows as `RotationRules` after a rotation: those that were given, and
    /// the days to the next one, rounded up. AWS calculates them after each rotation; that the 1st
    /// and the 15th are then 14 days apart, its own example shows.
    pub fn shown(&self, rotated: Timestamp) -> RotationRules {
        RotationRules {
            automatically_after_days: self.cadence.days_around(rotated.millis()),
            ..self.rules.clone()
        }
    }
}

/// The hours of a `Duration` such as `3h`: 1 to 24.
fn hours(duration: &str) -> Result<i64, ScheduleError> {
    let digits = duration.strip_suffix('h').unwrap_or_default();
    match cron::number(digits) {
        Some(hours @ 1..=24) => Ok(hours.into()),
        _ => Err(ScheduleError::Duration),
    }
}
