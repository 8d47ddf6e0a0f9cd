//! When windows open: every so many hours or days, or as a `cron()` says.

use super::cron::Cron;
use super::error::{Flaw, ScheduleError};
use super::{HOUR, HOURS_A_DAY};

/// Hours between rotations at least.
pub(super) const SHORTEST: i64 = 4;
/// Days between the rotations of a `rate()` at most.
const LONGEST: i64 = 1000;

/// When windows open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Cadence {
    /// At a rate.
    Rate {
        /// How far apart.
        hours: i64,
        /// Whether it was given in days, which makes for longer windows.
        is_in_days: bool,
    },
    /// On certain days at certain hours. Boxed, for it takes kilobytes.
    Cron(Box<Cron>),
}

impl Cadence {
    /// `AutomaticallyAfterDays`.
    pub fn days(days: i64) -> Result<Self, ScheduleError> {
        if !(1..=LONGEST).contains(&days) {
            return Err(ScheduleError::Days);
        }
        Ok(Self::Rate {
            hours: days * HOURS_A_DAY,
            is_in_days: true,
        })
    }

    /// `ScheduleExpression`.
    pub fn parse(expression: &str) -> Result<Self, ScheduleError> {
        let inner = |kind: &str| expression.strip_prefix(kind)?.strip_suffix(')');
        if let Some(rate) = inner("rate(") {
            return Self::parse_rate(rate);
        }
        let fields = inner("cron(").ok_or(ScheduleError::Expression(Flaw::Kind))?;
        Cron::parse(fields).map(Box::new).map(Self::Cron)
    }

    fn parse_rate(rate: &str) -> Result<Self, ScheduleError> {
        let mut words = rate.split_ascii_whitespace();
        let (Some(value), Some(unit), None) = (words.next(), words.next(), words.next()) else {
            return Err(ScheduleError::Expression(Flaw::Rate));
        };
        if !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ScheduleError::Expression(Flaw::Rate));
        }
        // Digits that are no number are too many.
        let value = value.parse().unwrap_or(i64::MAX);
        match unit {
            "hour" | "hours" if (SHORTEST..HOURS_A_DAY).contains(&value) => Ok(Self::Rate {
                hours: value,
                is_in_days: false,
            }),
            "hour" | "hours" => Err(ScheduleError::RateInHours),
            "day" | "days" if (1..=LONGEST).contains(&value) => Ok(Self::Rate {
                hours: value * HOURS_A_DAY,
                is_in_days: true,
            }),
            "day" | "days" => Err(ScheduleError::RateInDays),
            _ => Err(ScheduleError::Expression(Flaw::Rate)),
        }
    }

    /// Whether it is "a schedule in days", whose windows last until the day ends.
    pub fn is_in_days(&self) -> bool {
        match self {
            Self::Rate { is_in_days, .. } => *is_in_days,
            Self::Cron(cron) => cron.hours().len() == 1,
        }
    }

    /// Checks that windows of so many hours stay within their day and out of each other.
    pub fn check_duration(&self, duration: i64) -> Result<(), ScheduleError> {
        match self {
            Self::Rate { hours, .. } if duration > *hours => Err(ScheduleError::IntoNextWindow),
            Self::Rate { .. } => Ok(()),
            Self::Cron(cron) => {
                let hours = cron.hours();
                if hours.last().is_some_and(|last| last + duration > 24) {
                    return Err(ScheduleError::IntoNextDay);
                }
                if hours.windows(2).any(|pair| pair[0] + duration > pair[1]) {
                    return Err(ScheduleError::IntoNextWindow);
                }
                Ok(())
            }
        }
    }

    /// When the next window opens after an instant, both in milliseconds.
    pub fn start_after(&self, after: i64) -> Option<i64> {
        match self {
            // Counted from the last multiple of what divides both the rate and the day: for 4 hours
            // from 0:00, 4:00, 8:00 and so on, for days from midnight, for 5 hours from the last
            // hour. So windows never meet, wherever in its window a rotation happened.
            Self::Rate { hours, .. } => {
                let grain = greatest_common_divisor(*hours, HOURS_A_DAY) * HOUR;
                let began = after.div_euclid(grain).checked_mul(grain)?;
                began.checked_add(hours * HOUR)
            }
            Self::Cron(cron) => cron.start_after(after),
        }
    }

    /// The days, rounded up, from the window of a rotation to the next.
    pub fn days_around(&self, rotated: i64) -> Option<i64> {
        let hours = match self {
            Self::Rate { hours, .. } => *hours,
            Self::Cron(cron) => {
                let next = cron.start_after(rotated)?;
                let previous = cron.start_until(rotated).unwrap_or(rotated);
                next.checked_sub(previous)?.div_euclid(HOUR)
            }
        };
        Some((hours + HOURS_A_DAY - 1) / HOURS_A_DAY)
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}
