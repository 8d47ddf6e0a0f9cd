//! Rules, windows, and what DescribeSecret shows.

mod naive;
mod properties;

use chrono::DateTime;

use super::*;

fn rules(days: Option<i64>, duration: Option<&str>, expression: Option<&str>) -> RotationRules {
    RotationRules {
        automatically_after_days: days,
        duration: duration.map(Into::into),
        schedule_expression: expression.map(Into::into),
    }
}

/// An expression, behind it a duration if there is a comma and a space between them.
fn parse(text: &str) -> Result<Schedule, ScheduleError> {
    let (expression, duration) = match text.split_once("), ") {
        Some((expression, duration)) => (format!("{expression})"), Some(duration)),
        None => (text.to_owned(), None),
    };
    Schedule::new(&rules(None, duration, Some(&expression)))
}

fn at(text: &str) -> Timestamp {
    Timestamp::from_millis(
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .timestamp_millis(),
    )
}

/// The days that are shown, and the windows after an instant.
fn shown_and_windows(schedule: &Schedule, after: &str, count: usize) -> String {
    let mut after = at(after);
    let days = schedule.shown(after).automatically_after_days.unwrap();
    let mut text = days.to_string();
    for _ in 0..count {
        let window = schedule.window_after(after).unwrap();
        let (start, last) = (
            window.start.iso8601(),
            schedule.next_rotation_date(after).unwrap(),
        );
        text += &format!(" | {} {}", &start[5..13], &last.iso8601()[5..19]);
        after = window.start;
    }
    text
}

#[test]
fn windows_open_as_the_expression_says() {
    // 2026 begins on a Thursday.
    for (expression, expected) in [
        (
            "rate(4 hours)",
            "1 | 01-10T08 01-10T08:59:59 | 01-10T12 01-10T12:59:59",
        ),
        (
            "rate(4 hours), 4h",
            "1 | 01-10T08 01-10T11:59:59 | 01-10T12 01-10T15:59:59",
        ),
        // Cut at midnight.
        (
            "rate(19 hours), 3h",
            "1 | 01-10T23 01-10T23:59:59 | 01-11T18 01-11T20:59:59",
        ),
        (
            "rate(1 day)",
            "1 | 01-11T00 01-11T23:59:59 | 01-12T00 01-12T23:59:59",
        ),
        (
            "rate(10 days)",
            "10 | 01-20T00 01-20T23:59:59 | 01-30T00 01-30T23:59:59",
        ),
        (
            "rate(10 days), 3h",
            "10 | 01-20T00 01-20T02:59:59 | 01-30T00 01-30T02:59:59",
        ),
        // The examples of AWS's pages.
        (
            "cron(0 /8 * * ? *)",
            "1 | 01-10T08 01-10T08:59:59 | 01-10T16 01-10T16:59:59",
        ),
        (
            "cron(0 8/8 * * ? *)",
            "1 | 01-10T08 01-10T08:59:59 | 01-10T16 01-10T16:59:59 | 01-11T08 01-11T08:59:59",
        ),
        (
            "cron(0 4/12 * * ? *)",
            "1 | 01-10T16 01-10T16:59:59 | 01-11T04 01-11T04:59:59",
        ),
        (
            "cron(0 2/10 * * ? *)",
            "1 | 01-10T12 01-10T12:59:59 | 01-10T22 01-10T22:59:59 | 01-11T02 01-11T02:59:59",
        ),
        (
            "cron(0 10 * * ? *)",
            "1 | 01-10T10 01-10T23:59:59 | 01-11T10 01-11T23:59:59",
        ),
        (
            "cron(0 18 ? * SAT *)",
            "7 | 01-10T18 01-10T23:59:59 | 01-17T18 01-17T23:59:59",
        ),
        (
            "cron(0 8 1 * ? *)",
            "31 | 02-01T08 02-01T23:59:59 | 03-01T08 03-01T23:59:59",
        ),
        (
            "cron(0 1 ? 1/3 SUN#1 *)",
            "91 | 04-05T01 04-05T23:59:59 | 07-05T01 07-05T23:59:59",
        ),
        (
            "cron(0 17 L * ? *)",
            "31 | 01-31T17 01-31T23:59:59 | 02-28T17 02-28T23:59:59",
        ),
        (
            "cron(0 8 ? * MON-FRI *)",
            "3 | 01-12T08 01-12T23:59:59 | 01-13T08 01-13T23:59:59",
        ),
        (
            "cron(0 16 1,15 * ? *), 2h",
            "14 | 01-15T16 01-15T17:59:59 | 02-01T16 02-01T17:59:59",
        ),
        (
            "cron(0 0 ? * SUN#1 *)",
            "28 | 02-01T00 02-01T23:59:59 | 03-01T00 03-01T23:59:59",
        ),
        (
            "cron(0 0 ? * SUNL *)",
            "28 | 01-25T00 01-25T23:59:59 | 02-22T00 02-22T23:59:59",
        ),
        (
            "cron(0 0 SUNL * ? *)",
            "28 | 01-25T00 01-25T23:59:59 | 02-22T00 02-22T23:59:59",
        ),
        (
            "cron(0 0 ? * 3#3 *)",
            "35 | 01-20T00 01-20T23:59:59 | 02-17T00 02-17T23:59:59",
        ),
        (
            "cron(0 0 ? * L *)",
            "7 | 01-17T00 01-17T23:59:59 | 01-24T00 01-24T23:59:59",
        ),
        (
            "cron(0 0 1/2 JAN,APR,JUL,OCT ? *)",
            "2 | 01-11T00 01-11T23:59:59 | 01-13T00 01-13T23:59:59",
        ),
        (
            "cron(0 0 ? * 1/2 *)",
            "1 | 01-11T00 01-11T23:59:59 | 01-13T00 01-13T23:59:59",
        ),
        // Hours on one day of the week: six days and 16 hours.
        (
            "cron(0 0/8 ? * FRI *), 8h",
            "7 | 01-16T00 01-16T07:59:59 | 01-16T08 01-16T15:59:59 | 01-16T16 01-16T23:59:59",
        ),
        (
            "cron(0 0 1 1 ? *)",
            "365 | 01-01T00 01-01T23:59:59 | 01-01T00 01-01T23:59:59",
        ),
        (
            "cron(0 4 10 JAN ? *)",
            "365 | 01-10T04 01-10T23:59:59 | 01-10T04 01-10T23:59:59",
        ),
        // As lenient as with spaces and with case.
        (
            "cron( 0  10 ? * mon-Fri/2 * )",
            "3 | 01-12T10 01-12T23:59:59 | 01-14T10 01-14T23:59:59",
        ),
    ] {
        let schedule = parse(expression).unwrap();
        let after = if expression.contains("JAN ?") {
            "2026-01-10T04:00:00Z"
        } else {
            "2026-01-10T04:04:59.557Z"
        };
        let count = expected.matches('|').count();
        assert_eq!(
            shown_and_windows(&schedule, after, count),
            expected,
            "{expression}"
        );
    }
}

#[test]
fn days_are_counted_from_midnight_of_the_last_rotation() {
    let schedule = |duration| Schedule::new(&rules(Some(30), duration, None)).unwrap();
    let rotated = "2026-01-22T06:42:22.340Z";
    let next = |duration| shown_and_windows(&schedule(duration), rotated, 1);
    assert_eq!(next(None), "30 | 02-21T00 02-21T23:59:59");
    assert_eq!(next(Some("3h")), "30 | 02-21T00 02-21T02:59:59");
}

#[test]
fn what_aws_does_not_allow_is_refused() {
    use Flaw::*;
    use ScheduleError::{Duration, IntoNextDay, IntoNextWindow, RateInDays, RateInHours};
    let flaw = ScheduleError::Expression;
    let field = |name| flaw(Field(name));
    for (expression, expected) in [
        ("", flaw(Kind)),
        ("rate(4 hours", flaw(Kind)),
        ("4 hours", flaw(Kind)),
        ("rate (4 hours)", flaw(Kind)),
        ("RATE(4 hours)", flaw(Kind)),
        ("at(2026-01-01T00:00:00)", flaw(Kind)),
        ("rate()", flaw(Rate)),
        ("rate(4)", flaw(Rate)),
        ("rate(hours)", flaw(Rate)),
        ("rate(0 hours)", RateInHours),
        ("rate(0 days)", RateInDays),
        ("rate(-4 hours)", flaw(Rate)),
        ("rate(+4 hours)", flaw(Rate)),
        ("rate(4.5 hours)", flaw(Rate)),
        ("rate(4 Hours)", flaw(Rate)),
        ("rate(4 minutes)", flaw(Rate)),
        ("rate(4 hours days)", flaw(Rate)),
        ("rate(3 hours)", RateInHours),
        ("rate(1 hour)", RateInHours),
        ("rate(24 hours)", RateInHours),
        ("rate(23977 hours)", RateInHours),
        ("rate(1001 days)", RateInDays),
        ("rate(999999999999999999999 days)", RateInDays),
        ("rate(768614336404564651 days)", RateInDays),
        ("cron()", flaw(Fields)),
        ("cron(0 10 * * ?)", flaw(Fields)),
        ("cron(0 10 * * ? * *)", flaw(Fields)),
        ("cron(0 10 * * 2)", flaw(Fields)),
        ("cron(1 10 * * ? *)", flaw(Minutes)),
        ("cron(* 10 * * ? *)", flaw(Minutes)),
        ("cron(0/30 10 * * ? *)", flaw(Minutes)),
        ("cron(0 10 * * ? 2026)", flaw(Year)),
        ("cron(0 10 * * ? 2026-2030)", flaw(Year)),
        ("cron(0 24 * * ? *)", field("hours")),
        ("cron(0 -1 * * ? *)", field("hours")),
        ("cron(0 ? * * ? *)", field("hours")),
        ("cron(0 L * * ? *)", field("hours")),
        ("cron(0 4/0 * * ? *)", field("hours")),
        ("cron(0 4/24 * * ? *)", field("hours")),
        ("cron(0 4/ * * ? *)", field("hours")),
        ("cron(0 / * * ? *)", field("hours")),
        ("cron(0 4/4/4 * * ? *)", field("hours")),
        ("cron(0 4-8-12 * * ? *)", field("hours")),
        ("cron(0 12-4 * * ? *)", field("hours")),
        ("cron(0 4,,12 * * ? *)", field("hours")),
        ("cron(0 4, * * ? *)", field("hours")),
        ("cron(0 004 * * ? *)", field("hours")),
        ("cron(0 10 0 * ? *)", field("day of month")),
        ("cron(0 10 32 * ? *)", field("day of month")),
        ("cron(0 10 15W * ? *)", field("day of month")),
        ("cron(0 10 LW * ? *)", field("day of month")),
        ("cron(0 10 L-3 * ? *)", field("day of month")),
        ("cron(0 10 1,L * ? *)", field("day of month")),
        ("cron(0 10 1? * ? *)", field("day of month")),
        ("cron(0 10 1,* * ? *)", field("day of month")),
        ("cron(0 10 * 0 ? *)", field("month")),
        ("cron(0 10 * 13 ? *)", field("month")),
        ("cron(0 10 * ? ? *)", field("month")),
        ("cron(0 10 * JANFEB ? *)", field("month")),
        ("cron(0 10 * 0JAN ? *)", field("month")),
        ("cron(0 10 * JANUARY ? *)", field("month")),
        ("cron(0 10 * MON ? *)", field("month")),
        ("cron(0 10 * NOV-FEB ? *)", field("month")),
        ("cron(0 10 ? * 0 *)", field("day of week")),
        ("cron(0 10 ? * 8 *)", field("day of week")),
        ("cron(0 10 ? * JAN *)", field("day of week")),
        ("cron(0 10 ? * MON-SUN *)", field("day of week")),
        ("cron(0 10 ? * MON#0 *)", field("day of week")),
        ("cron(0 10 ? * MON#6 *)", field("day of week")),
        ("cron(0 10 ? * MON# *)", field("day of week")),
        ("cron(0 10 ? * #1 *)", field("day of week")),
        ("cron(0 10 ? * 3#1,6#3 *)", field("day of week")),
        ("cron(0 10 ? * MON,L *)", field("day of week")),
        ("cron(0 10 ? * +MON *)", field("day of week")),
        ("cron(0 10 ? * ? *)", flaw(DayFields)),
        ("cron(0 10 * * * *)", flaw(DayFields)),
        ("cron(0 10 1 * MON *)", flaw(DayFields)),
        ("cron(0 10 * * MON *)", flaw(DayFields)),
        ("cron(0 * * * ? *)", flaw(TooOften)),
        ("cron(0 /3 * * ? *)", flaw(TooOften)),
        ("cron(0 8,10 * * ? *)", flaw(TooOften)),
        ("cron(0 8-9 * * ? *)", flaw(TooOften)),
        // 21:00 and midnight.
        ("cron(0 /7 * * ? *)", flaw(TooOften)),
        ("cron(0 0 31 2 ? *)", flaw(NotEveryYear)),
        ("cron(0 0 30-31 FEB ? *)", flaw(NotEveryYear)),
        ("cron(0 0 31 4,6,9,11 ? *)", flaw(NotEveryYear)),
        ("cron(0 0 29 2 ? *)", flaw(NotEveryYear)),
        ("cron(0 0 ? FEB SUN#5 *)", flaw(NotEveryYear)),
        ("cron(0 0 ? JAN 2#5 *)", flaw(NotEveryYear)),
        ("rate(4 hours), 0h", Duration),
        ("rate(4 hours), 25h", Duration),
        ("rate(4 hours), 99h", Duration),
        ("rate(4 hours), 3", Duration),
        ("rate(4 hours), h", Duration),
        ("rate(4 hours), PT1H", Duration),
        ("rate(4 hours), 5h", IntoNextWindow),
        ("cron(0 10 * * ? *), 15h", IntoNextDay),
        ("cron(0 2/10 * * ? *), 3h", IntoNextDay),
        ("cron(0 0/8 * * ? *), 9h", IntoNextDay),
        ("cron(0 0,12 * * ? *), 13h", IntoNextDay),
        ("cron(0 0,6,16 * * ? *), 8h", IntoNextWindow),
    ] {
        assert_eq!(parse(expression), Err(expected), "{expression}");
    }
    for accepted in [
        "rate(23 hours)",
        "rate(1000 days)",
        "rate(1 days)",
        "rate(4 hour)",
        "rate(1 day), 24h",
        "cron(0 0 * * ? *), 24h",
        "cron(0 22 * * ? *), 2h",
        "cron(0 2/10 * * ? *), 2h",
        "cron(0 /5 * * ? *)",
        "cron(0 0 ? FEB SUN#4 *)",
        "cron(0 0 29 2,3 ? *)",
    ] {
        assert!(parse(accepted).is_ok(), "{accepted}");
    }
}

#[test]
fn days_or_an_expression() {
    let new = |days, expression| Schedule::new(&rules(days, None, expression)).map(drop);
    assert_eq!(
        new(Some(30), Some("rate(10 days)")),
        Err(ScheduleError::DaysAndExpression)
    );
    assert_eq!(
        new(Some(0), Some("nonsense")).unwrap_err().to_string(),
        "You cannot specify both rotation frequency and schedule expression together."
    );
    assert_eq!(new(None, None), Err(ScheduleError::Nothing));
    for days in [i64::MIN, -1, 0, 1001, i64::MAX] {
        assert_eq!(new(Some(days), None), Err(ScheduleError::Days));
    }
    assert_eq!(new(Some(1), None), Ok(()));
    assert_eq!(new(Some(1000), None), Ok(()));
}

#[test]
fn answers_have_what_was_given_and_the_days() {
    let rotated = at("2026-01-10T04:04:59.557Z");
    let shown = |request: &str| {
        let rules: RotationRules = serde_json::from_str(request).unwrap();
        serde_json::to_string(&Schedule::new(&rules).unwrap().shown(rotated)).unwrap()
    };
    for (request, expected) in [
        (
            r#"{"AutomaticallyAfterDays":1}"#,
            r#"{"AutomaticallyAfterDays":1}"#,
        ),
        (
            r#"{"ScheduleExpression":"rate(4 hours)"}"#,
            r#"{"AutomaticallyAfterDays":1,"ScheduleExpression":"rate(4 hours)"}"#,
        ),
        (
            r#"{"ScheduleExpression":"rate(10 days)","Duration":"3h","Other":1}"#,
            r#"{"AutomaticallyAfterDays":10,"Duration":"3h","ScheduleExpression":"rate(10 days)"}"#,
        ),
    ] {
        assert_eq!(shown(request), expected);
    }
}

#[test]
fn instants_without_a_calendar_have_no_next_window() {
    for expression in ["rate(4 hours)", "rate(999 days)", "cron(0 0 1 1 ? *)"] {
        let schedule = parse(expression).unwrap();
        for millis in [i64::MIN, i64::MAX] {
            let at = Timestamp::from_millis(millis);
            assert_eq!(schedule.window_after(at), None, "{expression} {millis}");
            schedule.shown(at);
        }
    }
}
