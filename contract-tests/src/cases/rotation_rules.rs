//! Rotation rules: what they may say, and when secrets rotate next.

use serde_json::{Value, json};

use super::support::{
    call, described, error, fault, merge, ok, secret, take_dates, token, violation,
};
use crate::{Case, Context, Evidence, Need, rotation_function};

const FUNCTION: &[Need] = &[Need::RotationFunction];

pub(super) const CASES: &[Case] = &[
    Case::new(
        "rotation_rules/days_and_expression",
        Evidence::Recorded,
        "hashicorp/terraform-provider-aws#33329",
        |c| Box::pin(days_and_expression(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation_rules/texts_of_refusals",
        Evidence::Inferred,
        "badmintoncryer/cdk-preflight rules/secretsmanager: AWS's texts, as CloudFormation passed them on",
        |c| Box::pin(texts_of_refusals(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation_rules/lengths_of_the_model",
        Evidence::Inferred,
        "the model's limits in the common form of AWS's validation errors",
        |c| Box::pin(lengths_of_the_model(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation_rules/days_are_shown_of_expressions",
        Evidence::Recorded,
        "cloud-custodian test_secrets_manager_version_age (recordings of AWS), of rate(4 hours)",
        |c| Box::pin(days_are_shown_of_expressions(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation_rules/the_next_window",
        Evidence::Documented,
        "user guide, rotation windows and schedules; radkawar/stackd (recordings), of 30 days",
        |c| Box::pin(the_next_window(c)),
    )
    .needs(&[Need::RotationFunction, Need::Clock]),
];

fn rotate(c: &Context, name: &str, rules: Value) -> Value {
    let function = rotation_function(c.target().region(), "000000000000");
    let mut input = json!({"SecretId": name, "ClientRequestToken": token()});
    merge(
        &mut input,
        json!({"RotationLambdaARN": function, "RotationRules": rules}),
    );
    input
}

async fn refusal(c: &Context, name: &str, rules: Value) -> (String, String) {
    fault(&call(c, "RotateSecret", &rotate(c, name, rules)).await)
}

async fn days_and_expression(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let both = json!({"AutomaticallyAfterDays": 30, "ScheduleExpression": "rate(10 days)"});
    let text = "You cannot specify both rotation frequency and schedule expression together.";
    let expected = error("InvalidParameterException", text);
    assert_eq!(refusal(c, &name, both).await, expected);
    assert_eq!(described(c, &name).await.get("RotationEnabled"), None);
}

async fn texts_of_refusals(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let expression = "Invalid schedule expression.";
    let hours = "Rate in hour should be least 4 and less than 24.";
    let days = "Rate in day should be greater than 0 and less than 1000.";
    let duration = "Duration must be at least 1 hour, at most 24 hour.";
    let within = "Starting hour and duration must be within a day.";
    let next = "Duration cannot be greater than Rate in hour.";
    for (schedule, window, text) in [
        ("at(10)", None, expression),
        ("rate(10 minutes)", None, expression),
        ("rate(2 weeks)", None, expression),
        ("rate(days)", None, expression),
        ("cron(0 8 1 * ?)", None, expression),
        ("cron(30 8 1 * ? *)", None, expression),
        ("cron(0 8 1 * ? 2030)", None, expression),
        ("cron(0 8 1 * MON *)", None, expression),
        ("cron(0 8 ? * ? *)", None, expression),
        ("cron(0 0/2 * * ? *)", None, expression),
        ("rate(3 hours)", None, hours),
        ("rate(24 hours)", None, hours),
        ("rate(0 days)", None, days),
        ("rate(1001 days)", None, days),
        ("rate(10 days)", Some("0h"), duration),
        ("rate(10 days)", Some("25h"), duration),
        ("rate(4 hours)", Some("5h"), next),
        ("cron(0 20 1 * ? *)", Some("5h"), within),
    ] {
        let mut rules = json!({"ScheduleExpression": schedule});
        merge(&mut rules, json!({"Duration": window}));
        let expected = error("InvalidParameterException", text);
        assert_eq!(
            refusal(c, &name, rules).await,
            expected,
            "{schedule} {window:?}"
        );
    }
    assert_eq!(described(c, &name).await.get("RotationEnabled"), None);
    for schedule in [
        "rate(4 hours)",
        "rate(23 hours)",
        "rate(1 day)",
        "rate(999 days)",
    ] {
        let name = c.name(&schedule.replace(['(', ')', ' '], "-"));
        secret(&c.root(), &name, "v").await;
        let rules = json!({"ScheduleExpression": schedule});
        ok(c, "RotateSecret", &rotate(c, &name, rules)).await;
    }
}

async fn lengths_of_the_model(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let pattern = |pattern: &str| format!("satisfy regular expression pattern: {pattern}");
    for (rules, value, path, rule) in [
        (
            json!({"AutomaticallyAfterDays": 0}),
            "0",
            "rotationRules.automaticallyAfterDays",
            "have value greater than or equal to 1".to_owned(),
        ),
        (
            json!({"AutomaticallyAfterDays": 1001}),
            "1001",
            "rotationRules.automaticallyAfterDays",
            "have value less than or equal to 1000".to_owned(),
        ),
        (
            json!({"AutomaticallyAfterDays": 1, "Duration": "3m"}),
            "3m",
            "rotationRules.duration",
            pattern("[0-9]+h"),
        ),
        (
            json!({"ScheduleExpression": "rate_4"}),
            "rate_4",
            "rotationRules.scheduleExpression",
            pattern("[0-9A-Za-z\\(\\)#\\?\\*\\-\\/, ]+"),
        ),
    ] {
        let expected = violation(Some(value), path, &rule);
        assert_eq!(refusal(c, &name, rules).await, expected);
    }
}

async fn days_are_shown_of_expressions(c: &Context) {
    for (number, (rules, days)) in [
        (json!({"ScheduleExpression": "rate(4 hours)"}), 1),
        (
            json!({"ScheduleExpression": "rate(10 days)", "Duration": "3h"}),
            10,
        ),
        (json!({"AutomaticallyAfterDays": 7, "Duration": "2h"}), 7),
    ]
    .into_iter()
    .enumerate()
    {
        let name = c.name(&format!("s{number}"));
        secret(&c.root(), &name, "v").await;
        ok(c, "RotateSecret", &rotate(c, &name, rules.clone())).await;
        let mut expected = rules;
        expected["AutomaticallyAfterDays"] = days.into();
        assert_eq!(described(c, &name).await["RotationRules"], expected);
    }
}

/// In UTC, and the last second of the window in which the secret is to rotate.
async fn the_next_window(c: &Context) {
    // A Saturday, 04:04:59.
    let now = 1_764_389_099_000;
    let emulator = c.target().as_emulator().unwrap();
    emulator.hold_clock(sekisho::timestamp::Timestamp::from_millis(now));
    let midnight = 1_764_374_400.0;
    let day = 86_400.0;
    for (number, (rules, end)) in [
        (
            json!({"ScheduleExpression": "rate(4 hours)"}),
            midnight + 9.0 * 3600.0,
        ),
        (json!({"AutomaticallyAfterDays": 30}), midnight + 31.0 * day),
        (
            json!({"AutomaticallyAfterDays": 1, "Duration": "2h"}),
            midnight + day + 7200.0,
        ),
        (
            json!({"ScheduleExpression": "cron(0 8 ? * SUN *)"}),
            midnight + 2.0 * day,
        ),
        (
            json!({"ScheduleExpression": "cron(0 8 1 * ? *)", "Duration": "1h"}),
            midnight + 2.0 * day + 9.0 * 3600.0,
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let name = c.name(&format!("s{number}"));
        secret(&c.root(), &name, "v").await;
        ok(c, "RotateSecret", &rotate(c, &name, rules.clone())).await;
        let mut shown = described(c, &name).await;
        let next = take_dates(&mut shown, &["NextRotationDate"])[0];
        assert_eq!(next, end - 1.0, "{rules}");
    }
}
