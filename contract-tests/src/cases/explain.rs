//! What only this emulator does: it tells why a request was decided as it was.

use serde_json::{Value, json};

use super::support::{
    allow_all, anywhere, deny_if, document, managed_policy, record, replace_policy, send, tag_user,
    tagged_secret, target, token,
};
use crate::{Case, Context, Credentials, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "explain/the_condition_that_was_not_met",
        Evidence::Sound,
        "a denial can be understood without the source",
        |c| Box::pin(the_condition_that_was_not_met(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "explain/the_values_on_both_sides",
        Evidence::Sound,
        "what was compared is shown as it was compared",
        |c| Box::pin(the_values_on_both_sides(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "explain/a_variable_without_value_in_a_resource",
        Evidence::Sound,
        "a pattern that names nothing is told from one that names something else",
        |c| Box::pin(a_variable_without_value_in_a_resource(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "explain/the_condition_that_denied",
        Evidence::Sound,
        "an explicit deny is traced to its statement",
        |c| Box::pin(the_condition_that_denied(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "explain/every_policy_is_shown",
        Evidence::Sound,
        "what allowed, and what did not, is shown alike",
        |c| Box::pin(every_policy_is_shown(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "explain/stays_right_when_all_has_changed",
        Evidence::Sound,
        "a decision is explained by what it was made on",
        |c| Box::pin(stays_right_when_all_has_changed(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "explain/only_if_asked",
        Evidence::Sound,
        "a list of requests stays short",
        |c| Box::pin(only_if_asked(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "explain/never_a_value",
        Evidence::Sound,
        "what explains a request does not hold its secrets",
        |c| Box::pin(never_a_value(c)),
    )
    .needs(&[Need::Iam]),
];

/// Asks for a secret's value as somebody, and then for the one decision that was made.
async fn explained(c: &Context, who: &Credentials, input: &Value) -> Value {
    let answer = send(c, who, "GetSecretValue", input).await;
    let record = record(c, &answer, "?explain").await;
    let decisions = record["decisions"].as_array().unwrap();
    assert_eq!(decisions.len(), 1, "{record}");
    decisions[0].clone()
}

/// A policy as somebody would write it: places are told in lines.
const CURRENT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Current",
      "Effect": "Allow",
      "Action": "secretsmanager:GetSecretValue",
      "Resource": "*",
      "Condition": {"StringEquals": {"secretsmanager:VersionStage": "AWSCURRENT"}}
    },
    {"Effect": "Deny", "Action": "secretsmanager:DeleteSecret", "Resource": "*"}
  ]
}"#;

async fn the_condition_that_was_not_met(c: &Context) {
    let (_, input) = target(c).await;
    let who = c.user("u", CURRENT).await;
    let decision = explained(c, &who, &input).await;
    assert_eq!(decision["decision"], "implicit deny");
    let condition = json!({
        "element": "Condition",
        "operator": "StringEquals",
        "key": "secretsmanager:VersionStage",
        "policy": ["AWSCURRENT"],
        "request": null,
        "unresolved": [],
    });
    let current = json!({
        "sid": "Current",
        "line": 4,
        "column": 5,
        "effect": "Allow",
        "applies": false,
        "misses": [condition],
        "met": [],
    });
    let action = json!({
        "element": "Action",
        "policy": ["secretsmanager:DeleteSecret"],
        "request": "secretsmanager:GetSecretValue",
        "unresolved": [],
    });
    let delete = json!({
        "sid": null,
        "line": 11,
        "column": 5,
        "effect": "Deny",
        "applies": false,
        "misses": [action],
        "met": [],
    });
    let policy = json!({"policy": "inline:inline", "level": null, "statements": [current, delete]});
    let layers = json!([{
        "layer": "identity",
        "must_allow": true,
        "says": "nothing",
        "policies": [policy],
        "grants": [],
    }]);
    assert_eq!(decision["layers"], layers);
    assert_eq!(
        decision["nearest_miss"],
        "It would be allowed if the request had secretsmanager:VersionStage = AWSCURRENT, \
         for statement 0 (Current) of inline:inline"
    );
}

/// What of the first statement of the first policy was met, or missed.
fn first<'a>(decision: &'a Value, which: &str) -> &'a Value {
    &decision["layers"][0]["policies"][0]["statements"][0][which]
}

async fn the_values_on_both_sides(c: &Context) {
    let blue = tagged_secret(c, "blue", Some(("team", "blue"))).await;
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "secretsmanager:*",
            "Resource": "*",
            "Condition": {
                "StringEquals": {"aws:ResourceTag/team": ["${aws:PrincipalTag/team}", "all"]},
                "Bool": {"aws:ViaAWSService": "false"},
            },
        },
    });
    let who = c.user("u", &policy.to_string()).await;
    let expected = |team: Option<&str>, unresolved: &[&str]| {
        json!([{
            "element": "Condition",
            "operator": "StringEquals",
            "key": "aws:ResourceTag/team",
            "policy": ["${aws:PrincipalTag/team}", "all"],
            "filled": [team, "all"],
            "request": ["blue"],
            "unresolved": unresolved,
        }])
    };
    let decision = explained(c, &who, &blue).await;
    let unresolved = expected(None, &["aws:PrincipalTag/team"]);
    assert_eq!(*first(&decision, "misses"), unresolved);
    tag_user(c, "u", "team", "red").await;
    let decision = explained(c, &who, &blue).await;
    assert_eq!(*first(&decision, "misses"), expected(Some("red"), &[]));
    let context = &decision["context"];
    assert_eq!(context["aws:ResourceTag/team"], "blue");
    assert_eq!(context["aws:PrincipalTag/team"], "red");
    assert!(context.get("secretsmanager:VersionStage").is_none());
    let met = json!([{
        "element": "Condition",
        "operator": "Bool",
        "key": "aws:ViaAWSService",
        "policy": ["false"],
        "request": ["false"],
        "unresolved": [],
    }]);
    assert_eq!(*first(&decision, "met"), met);
}

async fn a_variable_without_value_in_a_resource(c: &Context) {
    let (_, input) = target(c).await;
    let pattern = anywhere("${aws:PrincipalTag/team}/*");
    let team = json!({"Effect": "Allow", "Action": "secretsmanager:*", "Resource": pattern});
    let who = c.user("u", &document(&[team])).await;
    for (tag, unresolved) in [(None, &["aws:PrincipalTag/team"][..]), (Some("red"), &[])] {
        if let Some(team) = tag {
            tag_user(c, "u", "team", team).await;
        }
        let decision = explained(c, &who, &input).await;
        let miss = json!([{
            "element": "Resource",
            "policy": [pattern],
            "request": decision["arn"],
            "unresolved": unresolved,
        }]);
        assert_eq!(*first(&decision, "misses"), miss);
    }
}

async fn the_condition_that_denied(c: &Context) {
    let (_, mut input) = target(c).await;
    input["VersionStage"] = "AWSPREVIOUS".into();
    let previous = json!({"StringEquals": {"secretsmanager:VersionStage": "AWSPREVIOUS"}});
    let who = c.user("u", &deny_if(&previous)).await;
    let decision = explained(c, &who, &input).await;
    assert_eq!(decision["decision"], "explicit deny");
    assert_eq!(
        (&decision["policy"], &decision["statement"]),
        (&json!("inline:inline"), &json!(1))
    );
    let layer = &decision["layers"][0];
    assert_eq!(layer["says"], "deny");
    let statements = &layer["policies"][0]["statements"];
    let applies = (&statements[0]["applies"], &statements[1]["applies"]);
    assert_eq!(applies, (&json!(true), &json!(true)));
    assert_eq!(statements[1]["met"][0]["request"], json!(["AWSPREVIOUS"]));
    assert_eq!(
        decision["nearest_miss"],
        "It would be allowed if the request had no secretsmanager:VersionStage, \
         for statement 1 of inline:inline"
    );
}

async fn every_policy_is_shown(c: &Context) {
    let (_, input) = target(c).await;
    let who = c.user("u", CURRENT).await;
    let arn = managed_policy(c, &c.entity("all"), &allow_all()).await;
    let attach = [("UserName", &*c.entity("u")), ("PolicyArn", &*arn)];
    c.iam("AttachUserPolicy", &attach).await;
    let decision = explained(c, &who, &input).await;
    assert_eq!(
        (&decision["decision"], &decision["policy"]),
        (&json!("allow"), &json!(arn))
    );
    let layer = &decision["layers"][0];
    assert_eq!(layer["says"], "allow");
    let applies = |number: usize| {
        let policy = &layer["policies"][number];
        let applies = &policy["statements"][0]["applies"];
        (policy["policy"].clone(), applies.clone())
    };
    assert_eq!(applies(0), (json!("inline:inline"), json!(false)));
    assert_eq!(applies(1), (json!(arn), json!(true)));
}

async fn stays_right_when_all_has_changed(c: &Context) {
    let input = tagged_secret(c, "s", Some(("team", "blue"))).await;
    let mine = json!({
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}},
        },
    });
    let who = c.user("u", &mine.to_string()).await;
    tag_user(c, "u", "team", "red").await;
    let answer = send(c, &who, "GetSecretValue", &input).await;
    let before = record(c, &answer, "?explain").await;
    let condition = &first(&before["decisions"][0], "misses")[0];
    assert_eq!(condition["request"], json!(["blue"]), "{before}");

    tag_user(c, "u", "team", "blue").await;
    replace_policy(c, "u", &allow_all()).await;
    assert_eq!(record(c, &answer, "?explain").await, before);
    let (name, secret) = (c.entity("u"), input["SecretId"].as_str().unwrap());
    let delete = c.root().delete_secret().secret_id(secret);
    let delete = delete.force_delete_without_recovery(true);
    delete.send().await.unwrap();
    let user = ("UserName", &*name);
    let key = ("AccessKeyId", &*who.access_key_id);
    c.iam("DeleteUserPolicy", &[user, ("PolicyName", "inline")])
        .await;
    c.iam("DeleteAccessKey", &[user, key]).await;
    c.iam("DeleteUser", &[user]).await;
    assert_eq!(record(c, &answer, "?explain").await, before);
}

async fn only_if_asked(c: &Context) {
    let (_, input) = target(c).await;
    let who = c.user("u", CURRENT).await;
    let answer = send(c, &who, "GetSecretValue", &input).await;
    let mut explained = record(c, &answer, "?explain").await;
    let plain = record(c, &answer, "").await;
    let decision = explained["decisions"][0].as_object_mut().unwrap();
    for added in ["context", "layers", "nearest_miss"] {
        assert!(decision.remove(added).is_some(), "{added}");
    }
    assert_eq!(plain, explained);
}

async fn never_a_value(c: &Context) {
    let who = c.user("u", CURRENT).await;
    let (name, token) = (c.name("s"), token());
    let create = json!({"Name": name, "SecretString": "never-shown", "ClientRequestToken": token});
    for sender in [c.target().root(), &who] {
        let answer = send(c, sender, "CreateSecret", &create).await;
        let record = record(c, &answer, "?explain").await;
        assert_eq!(record["operation"], "CreateSecret");
        assert!(!record.to_string().contains("never-shown"), "{record}");
    }
}
