//! What a comparison must not let pass.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::matching::{Rules, compare};
use super::{Bindings, Recording, read, replay};
use crate::Target;

const ARN: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:one/two-AbC123";
const OTHER_ARN: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:one/two-xYz789";
const VERSION: &str = "11111111-2222-4333-8444-555555555555";
const OTHER_VERSION: &str = "66666666-7777-4888-9999-000000000000";

fn bindings() -> Bindings {
    let mut bindings = Bindings::default();
    bindings.set("name", "one/two");
    bindings.set("token", VERSION);
    bindings
}

/// What is found, a line each.
fn diff(expected: &Value, got: &Value) -> Vec<String> {
    diff_by(Rules::default(), expected, got)
}

fn diff_by(rules: Rules<'_>, expected: &Value, got: &Value) -> Vec<String> {
    let found = compare(expected, got, rules, &mut bindings());
    found.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn same(expected: &Value, got: &Value) {
    assert_eq!(diff(expected, got), Vec::<String>::new());
}

#[track_caller]
fn differs(expected: &Value, got: &Value, line: &str) {
    assert_eq!(diff(expected, got), [line]);
}

#[test]
fn members_are_exactly_the_recorded_ones() {
    let expected = json!({"Name": "$name", "Tags": []});
    same(&expected, &json!({"Tags": [], "Name": "one/two"}));
    let wrong = json!({"Name": "three", "Tags": []});
    let line = r#"body.Name: expected "one/two", got "three""#;
    differs(&expected, &wrong, line);
    let extra = json!({"Name": "one/two", "Tags": [], "KmsKeyId": null});
    let line = "body.KmsKeyId: expected no such member, got null";
    differs(&expected, &extra, line);
    let missing = json!({"Name": "one/two"});
    let line = "body.Tags: expected [], got no such member";
    differs(&expected, &missing, line);
}

#[test]
fn types_are_the_recorded_ones() {
    for (expected, got) in [
        (json!(1), json!("1")),
        (json!(1), json!(1.0)),
        (json!(true), json!("true")),
        (json!("1"), json!(1)),
        (json!({}), json!([])),
        (json!([]), json!({})),
        (json!("$name"), json!(["one/two"])),
        (json!("$arn"), json!({"ARN": ARN})),
        (json!("$any"), Value::Null),
        (Value::Null, json!("")),
    ] {
        let line = diff(&expected, &got);
        assert_eq!(line.len(), 1, "{expected} and {got}: {line:?}");
    }
}

#[test]
fn times_are_seconds_with_at_most_three_decimals() {
    for time in ["1523477145", "1523477145.7", "1523477145.713"] {
        let time: Value = serde_json::from_str(time).unwrap();
        same(&json!("$ts"), &time);
    }
    for other in [
        json!(1_523_477_145.713_2),
        json!("1523477145"),
        json!("2018-04-11T20:05:45Z"),
        json!(1_523_477_145_713_u64),
        json!(0),
        Value::Null,
    ] {
        let line = format!("body: expected a time in seconds, got {other}");
        differs(&json!("$ts"), &other, &line);
    }
}

#[test]
fn days_begin_at_midnight() {
    same(&json!("$day"), &json!(1_523_404_800));
    same(&json!("$day"), &json!(1_523_404_800.0));
    for other in [json!(1_523_404_801), json!(1_523_404_800.5), json!("$day")] {
        let line = format!("body: expected midnight UTC in seconds, got {other}");
        differs(&json!("$day"), &other, &line);
    }
}

#[test]
fn documents_are_compared_as_json() {
    let expected = json!(r#"$json:{"a":["$name",1]}"#);
    same(&expected, &json!("{\n  \"a\" : [ \"one/two\", 1 ]\n}"));
    for other in [
        json!(r#"{"a":["one/two",2]}"#),
        json!({"a": ["one/two", 1]}),
        json!("{"),
    ] {
        let line =
            format!(r#"body: expected the document {{"a":["one/two",1]}} as text, got {other}"#);
        differs(&expected, &other, &line);
    }
    assert_eq!(
        diff(&json!("$json:{"), &json!("{")).len(),
        1,
        "two that are no JSON"
    );
}

#[test]
fn a_placeholder_keeps_the_value_it_was_bound_to() {
    let mut bindings = bindings();
    let mut diff = |expected: Value, got: Value| {
        let found = compare(&expected, &got, Rules::default(), &mut bindings);
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    assert_eq!(diff(json!("$arn"), json!(ARN)), none);
    assert_eq!(diff(json!("$arn"), json!(ARN)), none);
    let line = format!(r#"body: expected "{ARN}", got "{OTHER_ARN}""#);
    assert_eq!(diff(json!("$arn"), json!(OTHER_ARN)), [line]);
    let line = format!(r#"body: expected $arn2, other than $arn, got "{ARN}""#);
    assert_eq!(diff(json!("$arn2"), json!(ARN)), [line]);
    assert_eq!(diff(json!("$arn2"), json!(OTHER_ARN)), none);
    let line = format!(r#"body: expected $v1, other than $token, got "{VERSION}""#);
    assert_eq!(diff(json!("$v1"), json!(VERSION)), [line]);
    assert_eq!(diff(json!("$v1"), json!(OTHER_VERSION)), none);
    assert_eq!(
        diff(json!({"$v1": ["A"]}), json!({OTHER_VERSION: ["A"]})),
        none
    );
    let partial = ARN.strip_suffix("-AbC123").unwrap();
    assert_eq!(diff(json!("$arn_partial"), json!(partial)), none);
}

#[test]
fn a_placeholder_that_nothing_has_bound_is_a_difference() {
    for (expected, got) in [
        (json!("$naem"), json!("one/two")),
        (json!("$arm"), json!(ARN)),
        (json!("$vv"), json!(VERSION)),
        (json!("$arn_partial"), json!(ARN)),
        (json!("of secret $arn."), json!(format!("of secret {ARN}."))),
        (json!({"$v1": []}), json!({OTHER_VERSION: []})),
        (json!("$json:\"$arn\""), json!(format!("\"{ARN}\""))),
    ] {
        assert!(!diff(&expected, &got).is_empty(), "{expected} and {got}");
    }
    let input = json!({"SecretId": ["$v1"]});
    let filled = bindings().fill_all(input.as_object().unwrap());
    assert_eq!(filled, Err("$v1 is not bound".to_owned()));
}

#[test]
fn only_ids_of_the_right_form_are_bound() {
    for (placeholder, got) in [
        ("$arn", "one/two".to_owned()),
        ("$arn", ARN.replace("one/two", "three")),
        ("$arn", ARN.replace("-AbC123", "")),
        ("$arn", ARN.replace("AbC123", "AbC12")),
        ("$arn", ARN.replace("secretsmanager", "kms")),
        ("$v1", "1".to_owned()),
        ("$v1", String::new()),
    ] {
        assert_eq!(diff(&json!(placeholder), &json!(got)).len(), 1, "{got}");
    }
}

#[test]
fn texts_are_filled() {
    let bindings = bindings();
    let fill = |text: &str| bindings.fill(text);
    assert_eq!(fill("$name, $name."), Ok("one/two, one/two.".to_owned()));
    assert_eq!(fill("$$name $ 1$ $1"), Ok("$name $ 1$ $1".to_owned()));
    assert_eq!(fill("$names"), Err("$names is not bound".to_owned()));
}

#[test]
fn labels_have_no_order_and_other_lists_do() {
    let labels = |labels: &[&str]| json!({"VersionStages": labels});
    same(&labels(&["a", "b"]), &labels(&["b", "a"]));
    for other in [&["a"][..], &["a", "c"], &["a", "a"], &["a", "b", "b"]] {
        assert!(!diff(&labels(&["a", "b"]), &labels(other)).is_empty());
    }
    let by_version = |labels: &[&str]| json!({"VersionIdsToStages": {"$token": labels}});
    let got = |labels: &[&str]| json!({"VersionIdsToStages": {VERSION: labels}});
    same(&by_version(&["a", "b"]), &got(&["b", "a"]));
    assert!(!diff(&by_version(&["a", "b"]), &got(&["a"])).is_empty());
    let tags = |tags: &[&str]| json!({"Tags": tags});
    assert!(!diff(&tags(&["a", "b"]), &tags(&["b", "a"])).is_empty());
}

#[test]
fn lists_are_unordered_where_the_step_says_so() {
    let unordered = ["Versions".to_owned()];
    let rules = Rules {
        unordered: &unordered,
        ..Rules::default()
    };
    let expected = json!({"Versions": [{"Id": "a", "At": "$ts"}, {"Id": "b", "At": "$ts"}]});
    let list = |ids: [&str; 2]| {
        let entry = |id| json!({"Id": id, "At": 1_523_477_145});
        json!({"Versions": ids.map(entry)})
    };
    let none: [&str; 0] = [];
    assert_eq!(diff_by(rules, &expected, &list(["b", "a"])), none);
    assert!(!diff(&expected, &list(["b", "a"])).is_empty());
    let line = r#"body.Versions[1].Id: expected "b", got "a""#;
    assert_eq!(diff_by(rules, &expected, &list(["a", "a"])), [line]);
}

#[test]
fn steps_that_set_the_scene_may_be_answered_with_more() {
    let rules = Rules {
        lenient: true,
        ..Rules::default()
    };
    let expected = json!({"Name": "$name"});
    let none: [&str; 0] = [];
    let more = json!({"Name": "one/two", "PolicyName": "default"});
    assert_eq!(diff_by(rules, &expected, &more), none);
    for other in [json!({"Name": "three"}), json!({}), json!(null)] {
        assert_eq!(diff_by(rules, &expected, &other).len(), 1, "{other}");
    }
}

/// A recording that the emulator satisfies.
fn recording() -> Value {
    json!({
        "format": 1, "case": "a/b/c", "target": "aws", "kind": "transcribed",
        "date": null, "region": null, "sdk": null, "source": null,
        "steps": [
            {"call": "CreateSecret", "input": {"Name": "$name", "SecretString": "one"}, "output":
                {"status": 200, "body": {"ARN": "$arn", "Name": "$name", "VersionId": "$v1"}}},
            {"call": "TagResource", "input": {"SecretId": "$arn", "Tags": []}, "output":
                {"status": 200, "body": null}},
            {"call": "GetSecretValue", "input": {"SecretId": "$unknown"}, "output":
                {"status": 400, "error": "ResourceNotFoundException",
                 "message": "Secrets Manager can't find the specified secret."}},
        ]
    })
}

async fn replayed(recording: &Value) -> String {
    let recording = Recording::parse(&recording.to_string(), "a/b/c").unwrap();
    let outcome = replay(&recording, Target::in_process()).await;
    outcome.map_or_else(|report| report.to_string(), |()| "as recorded".to_owned())
}

#[tokio::test]
async fn a_replay_stops_at_the_first_difference() {
    assert_eq!(replayed(&recording()).await, "as recorded");
    let in_file = |text: &str| format!("fixtures/recordings/aws/a/b/c.json\n  {text}");

    let mut other = recording();
    other["steps"][0]["output"]["body"]["Description"] = json!("d");
    other["steps"][2]["output"]["message"] = json!("never reached");
    let line = "step 1, CreateSecret\n    body.Description: expected \"d\", got no such member";
    assert_eq!(replayed(&other).await, in_file(line));

    let mut other = recording();
    other["steps"][1]["output"] = json!({"status": 200, "body": {"ARN": "$arn"}});
    let report = replayed(&other).await;
    assert!(
        report.contains("step 2, TagResource\n    body.ARN: expected"),
        "{report}"
    );

    let mut other = recording();
    other["steps"][2]["output"] = json!({"status": 200});
    let report = replayed(&other).await;
    let begin = in_file("step 3, GetSecretValue\n    status: expected 200, got 400 {");
    assert!(report.starts_with(&begin), "{report}");

    let mut other = recording();
    other["steps"][1]["input"]["SecretId"] = json!("$arn2");
    let line = "step 2, TagResource\n    input: expected values for all placeholders, got $arn2 is not bound";
    assert_eq!(replayed(&other).await, in_file(line));
}

#[tokio::test]
async fn an_error_is_its_type_and_its_words_under_the_recorded_member() {
    for (member, value) in [
        ("error", "InvalidRequestException"),
        ("message", "Secrets Manager can't find the specified secret"),
        ("message_key", "message"),
    ] {
        let mut other = recording();
        other["steps"][2]["output"][member] = json!(value);
        let report = replayed(&other).await;
        assert!(
            report.contains("step 3, GetSecretValue"),
            "{member}: {report}"
        );
    }
    let mut right = recording();
    right["steps"][2]["output"]["message_key"] = json!("Message");
    assert_eq!(replayed(&right).await, "as recorded");
}

#[tokio::test]
async fn a_token_is_sent_unless_the_recording_sends_none() {
    let mut none = recording();
    none["steps"][0]["no_token"] = json!(true);
    let report = replayed(&none).await;
    assert!(
        report.contains("You must provide a ClientRequestToken"),
        "{report}"
    );
    let mut given = recording();
    given["steps"][0]["input"]["ClientRequestToken"] = json!("$token");
    given["steps"][0]["output"]["body"]["VersionId"] = json!("$token");
    assert_eq!(replayed(&given).await, "as recorded");
}

#[tokio::test]
async fn another_account_and_another_region_do_not_hold_the_secret() {
    for (key, value) in [("as", "other account"), ("region", "eu-west-1")] {
        let mut other = recording();
        other["steps"][1] = json!({"call": "GetSecretValue", "input": {"SecretId": "$name"},
            "output": {"status": 200, "body": "$any"}});
        assert_eq!(replayed(&other).await, "as recorded");
        other["steps"][1][key] = json!(value);
        let report = replayed(&other).await;
        assert!(
            report.contains("can't find the specified secret"),
            "{report}"
        );
    }
}

#[test]
fn what_the_format_does_not_know_is_refused() {
    let parse = |recording: &Value| Recording::parse(&recording.to_string(), "a/b/c");
    assert!(parse(&recording()).is_ok());
    let edits: [fn(&mut Value); 12] = [
        |r| r["comment"] = json!("?"),
        |r| r["format"] = json!(2),
        |r| r["case"] = json!("a/b/d"),
        |r| r["kind"] = json!("guessed"),
        |r| r["needs"] = json!(["luck"]),
        |r| r["steps"] = json!([]),
        |r| r["steps"][0]["asserts"] = json!(false),
        |r| r["steps"][0]["as"] = json!("nobody"),
        |r| r["steps"][0]["output"]["headers"] = json!({}),
        |r| r["steps"][0]["output"]["status"] = json!(400),
        |r| r["steps"][2]["output"]["message_key"] = json!("Text"),
        |r| r["steps"][2]["output"]["body"] = json!({}),
    ];
    for (index, edit) in edits.iter().enumerate() {
        let mut edited = recording();
        edit(&mut edited);
        assert!(parse(&edited).is_err(), "edit {index}");
    }
}

#[test]
fn there_are_recordings() {
    assert!(read::cases().unwrap().len() > 70);
    let answers = super::filters::tables().unwrap();
    assert!(
        answers
            .iter()
            .map(|table| table.answers.len())
            .sum::<usize>()
            > 30
    );
}
