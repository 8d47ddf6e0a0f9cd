//! Properties of any schedule.

use proptest::prelude::*;

use super::super::*;
use super::{naive, rules};

/// From 1970 to 2200.
const MILLIS: std::ops::Range<i64> = 0..7_258_118_400_000;

fn item(first: u32, last: u32) -> impl Strategy<Value = String> {
    let range = move || (first..=last, first..=last).prop_map(|(a, b)| (a.min(b), a.max(b)));
    prop_oneof![
        4 => (first..=last).prop_map(|value| value.to_string()),
        2 => range().prop_map(|(from, to)| format!("{from}-{to}")),
        1 => (range(), 1..=last).prop_map(|((from, to), step)| format!("{from}-{to}/{step}")),
        1 => (first..=last, 1..=last).prop_map(|(from, step)| format!("{from}/{step}")),
        1 => (1..=last).prop_map(|step| format!("*/{step}")),
        1 => (1..=last).prop_map(|step| format!("/{step}")),
    ]
}

fn list(first: u32, last: u32) -> impl Strategy<Value = String> {
    let items = prop::collection::vec(item(first, last), 1..4);
    prop_oneof![
        1 => Just("*".to_owned()),
        3 => items.prop_map(|items| items.join(",")),
    ]
}

fn days() -> impl Strategy<Value = (String, String)> {
    let question = || "?".to_owned();
    let weekday = prop_oneof![
        list(1, 7),
        Just("L".to_owned()),
        (1..=7).prop_map(|day| format!("{day}L")),
        (1..=7, 1..=5).prop_map(|(day, nth)| format!("{day}#{nth}")),
    ];
    prop_oneof![
        list(1, 31).prop_map(move |days| (days, question())),
        Just(("L".to_owned(), question())),
        weekday.prop_map(move |weekdays| (question(), weekdays)),
    ]
}

fn hours() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => (0..=23_u32).prop_map(|hour| hour.to_string()),
        2 => (0..=23_u32, 4..=23_u32).prop_map(|(from, step)| format!("{from}/{step}")),
        1 => list(0, 23),
    ]
}

fn expression() -> impl Strategy<Value = String> {
    let cron = (hours(), days(), list(1, 12)).prop_map(|(hours, (days, weekdays), months)| {
        format!("cron(0 {hours} {days} {months} {weekdays} *)")
    });
    let unit = prop_oneof![Just("hours"), Just("days")];
    prop_oneof![
        (1..1000_u32, unit).prop_map(|(value, unit)| format!("rate({value} {unit})")),
        cron,
    ]
}

fn any_rules() -> impl Strategy<Value = RotationRules> {
    let duration = prop::option::of((1..=24_u32).prop_map(|hours| format!("{hours}h")));
    let days = (1..=1000_i64).prop_map(|days| (Some(days), None));
    let expression = expression().prop_map(|text| (None, Some(text)));
    (prop_oneof![days, expression], duration).prop_map(|((days, expression), duration)| {
        rules(days, duration.as_deref(), expression.as_deref())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn windows_follow_each_other(rules in any_rules(), after in MILLIS, into in 0.0..1.0_f64) {
        let Ok(schedule) = Schedule::new(&rules) else { return Ok(()) };
        let mut after = Timestamp::from_millis(after);
        let mut ended = None;
        for _ in 0..4 {
            let window = schedule.window_after(after).unwrap();
            prop_assert!(window.start > after && window.end > window.start);
            prop_assert!(ended.is_none_or(|ended| ended <= window.start));
            prop_assert_eq!(window.start.midnight(), window.last_second().midnight());
            prop_assert_eq!(window.start.millis() % HOUR, 0);
            prop_assert_eq!(window.end.millis() % HOUR, 0);
            // The rotation happens somewhere in it.
            let length = window.end.millis() - window.start.millis();
            after = Timestamp::from_millis(window.start.millis() + (into * length as f64) as i64);
            ended = Some(window.end);
            let shown = schedule.shown(after).automatically_after_days.unwrap();
            let next = schedule.window_after(window.start).unwrap();
            let apart = next.start.millis() - window.start.millis();
            prop_assert_eq!(shown, apart.div_euclid(24 * HOUR) + i64::from(apart % (24 * HOUR) != 0));
        }
    }

    #[test]
    fn cron_means_what_its_fields_say(
        hours in hours(),
        (days, weekdays) in days(),
        months in list(1, 12),
        after in MILLIS,
    ) {
        let text = format!("cron(0 {hours} {days} {months} {weekdays} *)");
        let schedule = Schedule::new(&rules(None, None, Some(&text)));
        let fields = [&*hours, &*days, &*months, &*weekdays];
        match schedule {
            Ok(schedule) => {
                let start = schedule.window_after(Timestamp::from_millis(after)).unwrap().start;
                let expected = naive::start_after(fields, after, 2 * 366 * 24);
                prop_assert_eq!(Some(start.millis()), expected, "{}", text);
            }
            Err(error) => {
                let is_known = matches!(error, ScheduleError::Expression(Flaw::TooOften | Flaw::NotEveryYear));
                prop_assert!(is_known, "{}: {}", text, error);
            }
        }
    }

    /// The windows of a rate that was last rotated at the first hour are all multiples of it.
    #[test]
    fn rates_are_multiples(hours in 4..=23_i64, count in 1..20_i64) {
        let schedule = Schedule::new(&rules(None, None, Some(&format!("rate({hours} hours)")))).unwrap();
        let mut at = Timestamp::from_millis(0);
        for _ in 0..count {
            at = schedule.window_after(at).unwrap().start;
        }
        prop_assert_eq!(at.millis(), hours * count * HOUR);
    }

    #[test]
    fn no_text_panics(
        inner in "[0-9A-Za-z()#?*/, -]{0,40}|\\PC{0,40}",
        kind in "rate|cron|",
        duration in prop::option::of("[0-9]{0,3}h|\\PC{0,4}"),
        after in any::<i64>(),
    ) {
        let text = format!("{kind}({inner})");
        if let Ok(schedule) = Schedule::new(&rules(None, duration.as_deref(), Some(&text))) {
            let after = Timestamp::from_millis(after);
            schedule.window_after(after);
            schedule.shown(after);
        }
    }
}
