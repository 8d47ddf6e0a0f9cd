//! Rotation rules. An input is up to four lines: an expression, a duration, days, and the instant
//! of a rotation in milliseconds; an empty line, or one that is no number, is left out.

use crate::secretsmanager::model::schedule::{RotationRules, Schedule};
use crate::timestamp::Timestamp;

const HOUR: i64 = 3_600_000;
/// Between the first rotation and the last window: two years, and what is left of the first.
const LONGEST: i64 = 3 * 366 * 24 * HOUR;

/// Reading is total. What is read opens windows on the hour, each within its day and after the one
/// before; what DescribeSecret shows are the rules as given and the days between two windows.
pub fn schedule(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.split('\n');
    let mut line = || lines.next().filter(|line| !line.is_empty());
    let rules = RotationRules {
        schedule_expression: line().map(Into::into),
        duration: line().map(Into::into),
        automatically_after_days: line().and_then(|days| days.parse().ok()),
    };
    let rotated = line().and_then(|millis| millis.parse().ok());
    let rotated = Timestamp::from_millis(rotated.unwrap_or(1_768_017_899_557));
    match Schedule::new(&rules) {
        Ok(schedule) => opens_windows(&schedule, &rules, rotated),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn opens_windows(schedule: &Schedule, rules: &RotationRules, rotated: Timestamp) {
    let (mut after, mut ended) = (rotated, rotated);
    for _ in 0..3 {
        let Some(window) = schedule.window_after(after) else {
            return;
        };
        let (start, end) = (window.start.millis(), window.end.millis());
        assert!(window.start > after && window.start >= ended && start < end);
        assert!(start % HOUR == 0 && end % HOUR == 0);
        assert_eq!(window.start.midnight(), window.last_second().midnight());
        assert!(start - after.millis() <= LONGEST);
        assert_eq!(
            schedule.next_rotation_date(after),
            Some(window.last_second())
        );
        (after, ended) = (window.last_second(), window.end);

        let shown = schedule.shown(after);
        assert_eq!(shown.duration, rules.duration);
        assert_eq!(shown.schedule_expression, rules.schedule_expression);
        let days = shown.automatically_after_days;
        assert!(days.is_none_or(|days| (1..=1000).contains(&days)));
        assert!(days == rules.automatically_after_days || rules.schedule_expression.is_some());
    }
}
