//! Conditions on what a request says: parameters count as they were sent, and are absent otherwise.

use serde_json::{Value, json};

use super::support::Decision::{self, Allow, ExplicitDeny, ImplicitDeny};
use super::support::{
    allow_if, anywhere, assert_decision, denied, deny_if, iam, iam_refused, managed_policy, policy,
    put, query_error, refused, secret, target,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "conditions/version_stage_must_be_sent",
        Evidence::Recorded,
        "boto/boto3#2957; aws/aws-cli#5031; aws/secrets-store-csi-driver-provider-aws#28",
        |c| Box::pin(version_stage_must_be_sent(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/version_stage_if_exists_or_null",
        Evidence::Documented,
        "IAM user guide, condition operators: ...IfExists, Null",
        |c| Box::pin(version_stage_if_exists_or_null(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/no_version_by_its_id",
        Evidence::Documented,
        "service authorization reference: secretsmanager:VersionId",
        |c| Box::pin(no_version_by_its_id(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/recovery_window",
        Evidence::Documented,
        "service authorization reference: secretsmanager:RecoveryWindowInDays",
        |c| Box::pin(recovery_window(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/deletion_at_once",
        Evidence::Documented,
        "service authorization reference: secretsmanager:ForceDeleteWithoutRecovery",
        |c| Box::pin(deletion_at_once(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/secret_id_is_an_arn",
        Evidence::Inferred,
        "service authorization reference: secretsmanager:SecretId is an ARN; a name is one to be",
        |c| Box::pin(secret_id_is_an_arn(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/name_and_description",
        Evidence::Documented,
        "service authorization reference: secretsmanager:Name, secretsmanager:Description",
        |c| Box::pin(name_and_description(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/all_must_hold_with_any_of_their_values",
        Evidence::Documented,
        "IAM user guide, conditions with multiple keys or values",
        |c| Box::pin(all_must_hold_with_any_of_their_values(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/absent_keys_allow_nothing",
        Evidence::Documented,
        "IAM user guide, aws:MultiFactorAuthPresent; stackshy/cloudemu#841",
        |c| Box::pin(absent_keys_allow_nothing(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/unknown_operator_is_refused",
        Evidence::Recorded,
        "getmoto/moto test_iam_policies.py, run against AWS by LocalStack in 2026",
        |c| Box::pin(unknown_operator_is_refused(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "conditions/unknown_key_is_stored_and_absent",
        Evidence::Recorded,
        "getmoto/moto test_iam_policies.py, run against AWS by LocalStack in 2026",
        |c| Box::pin(unknown_key_is_stored_and_absent(c)),
    )
    .needs(&[Need::Iam]),
];

async fn version_stage_must_be_sent(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "old").await;
    put(&client, &name, "new", &[]).await;
    for (user, operator) in [("a", "StringEquals"), ("b", "ForAnyValue:StringEquals")] {
        let current = json!({operator: {"secretsmanager:VersionStage": "AWSCURRENT"}});
        let user = c.user(user, &allow_if(&current)).await;
        let get = c.client(&user).get_secret_value().secret_id(&name);
        let got = get.clone().version_stage("AWSCURRENT").send().await;
        assert_eq!(got.unwrap().secret_string(), Some("new"));
        let expected = denied(c, &user, "secretsmanager:GetSecretValue", Some(&name)).await;
        let previous = get.clone().version_stage("AWSPREVIOUS").send().await;
        assert_eq!(refused(previous), expected, "{operator}");
        assert_eq!(refused(get.send().await), expected, "{operator}");
    }
}

/// Calls of one user, and what is decided.
async fn assert_all(
    c: &Context,
    name: &str,
    policy: &str,
    operation: &str,
    calls: &[(Value, Decision)],
) {
    let user = c.user(name, policy).await;
    for (input, decision) in calls {
        assert_decision(c, &user, (operation, input), *decision).await;
    }
}

async fn version_stage_if_exists_or_null(c: &Context) {
    let (name, unsent) = target(c).await;
    put(&c.root(), &name, "new", &[]).await;
    let stage = |stage: &str| json!({"SecretId": name, "VersionStage": stage});
    let (current, previous) = (stage("AWSCURRENT"), stage("AWSPREVIOUS"));
    let key = |value: &str| json!({"secretsmanager:VersionStage": value});
    for (user, condition, decisions) in [
        (
            "exists",
            json!({"StringEqualsIfExists": key("AWSCURRENT")}),
            [Allow, Allow, ImplicitDeny],
        ),
        (
            "not",
            json!({"StringNotEquals": key("AWSCURRENT")}),
            [Allow, ImplicitDeny, Allow],
        ),
        (
            "absent",
            json!({"Null": key("true")}),
            [Allow, ImplicitDeny, ImplicitDeny],
        ),
        (
            "present",
            json!({"Null": key("false")}),
            [ImplicitDeny, Allow, Allow],
        ),
    ] {
        let inputs = [unsent.clone(), current.clone(), previous.clone()];
        let calls: Vec<(Value, Decision)> = inputs.into_iter().zip(decisions).collect();
        assert_all(c, user, &allow_if(&condition), "GetSecretValue", &calls).await;
    }
}

async fn no_version_by_its_id(c: &Context) {
    let name = c.name("s");
    let (_, version) = secret(&c.root(), &name, "v").await;
    let by_id = json!({"StringEquals": {"secretsmanager:VersionId": version}});
    let calls = [
        (
            json!({"SecretId": name, "VersionId": version}),
            ExplicitDeny,
        ),
        (json!({"SecretId": name}), Allow),
    ];
    assert_all(c, "u", &deny_if(&by_id), "GetSecretValue", &calls).await;
}

/// 30 days is what AWS takes if nothing is sent, and nothing that the caller has said.
async fn recovery_window(c: &Context) {
    for (user, operator, allowed, refused) in [
        ("a", "NumericLessThan", 14, 15),
        ("b", "NumericGreaterThan", 30, 15),
    ] {
        let name = c.name(user);
        secret(&c.root(), &name, "v").await;
        let days = |days: u8| json!({"SecretId": name, "RecoveryWindowInDays": days});
        let bound = json!({operator: {"secretsmanager:RecoveryWindowInDays": "15"}});
        let calls = [
            (json!({"SecretId": name}), ImplicitDeny),
            (days(refused), ImplicitDeny),
            (days(allowed), Allow),
        ];
        assert_all(c, user, &allow_if(&bound), "DeleteSecret", &calls).await;
    }
}

async fn deletion_at_once(c: &Context) {
    let (name, unsent) = target(c).await;
    let force = |force: bool| json!({"SecretId": name, "ForceDeleteWithoutRecovery": force});
    let forced = json!({"Bool": {"secretsmanager:ForceDeleteWithoutRecovery": "true"}});
    let calls = [(force(true), ExplicitDeny), (unsent, Allow)];
    assert_all(c, "u", &deny_if(&forced), "DeleteSecret", &calls).await;
    let client = c.root();
    let restore = client.restore_secret().secret_id(&name);
    restore.send().await.unwrap();
    let calls = [(force(false), Allow)];
    assert_all(c, "v", &deny_if(&forced), "DeleteSecret", &calls).await;
}

async fn secret_id_is_an_arn(c: &Context) {
    let (name, other) = (c.name("mine"), c.name("other"));
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let (foreign, _) = secret(&c.root(), &other, "v").await;
    let like = anywhere(&format!("{name}-*"));
    let mine = json!({"ArnLike": {"secretsmanager:SecretId": like}});
    let id = |id: &str| json!({"SecretId": id});
    let calls = [
        (id(&arn), Allow),
        (id(&name), Allow),
        (id(&foreign), ImplicitDeny),
        (id(&other), ImplicitDeny),
    ];
    assert_all(c, "u", &allow_if(&mine), "GetSecretValue", &calls).await;
    // What is made has no id yet.
    let calls = [(json!({"Name": c.name("mine-too")}), ImplicitDeny)];
    assert_all(c, "v", &allow_if(&mine), "CreateSecret", &calls).await;
}

async fn name_and_description(c: &Context) {
    let like = json!({"StringLike": {"secretsmanager:Name": c.name("team-?/*")}});
    let name = |name: &str| json!({"Name": c.name(name)});
    let calls = [
        (name("team-a/db"), Allow),
        (name("team-ab/db"), ImplicitDeny),
        (name("Team-a/db"), ImplicitDeny),
    ];
    assert_all(c, "u", &allow_if(&like), "CreateSecret", &calls).await;
    let bare = json!({"Null": {"secretsmanager:Description": "true"}});
    let described = json!({"Name": c.name("d"), "Description": "what for"});
    let calls = [(name("e"), ExplicitDeny), (described, Allow)];
    assert_all(c, "v", &deny_if(&bare), "CreateSecret", &calls).await;
}

async fn all_must_hold_with_any_of_their_values(c: &Context) {
    let names = [c.name("a"), c.name("b")];
    let both = json!({
        "StringEquals": {
            "secretsmanager:Name": names,
            "secretsmanager:Description": "d",
        },
        "Null": {"secretsmanager:KmsKeyId": "true"},
    });
    let described = |name: &str| json!({"Name": c.name(name), "Description": "d"});
    let mut keyed = described("b");
    keyed["KmsKeyId"] = "alias/aws/secretsmanager".into();
    let calls = [
        (json!({"Name": c.name("a")}), ImplicitDeny),
        (described("c"), ImplicitDeny),
        (keyed, ImplicitDeny),
        (described("a"), Allow),
        (described("b"), Allow),
    ];
    assert_all(c, "u", &allow_if(&both), "CreateSecret", &calls).await;
}

/// A long-term key has no word about a second factor, neither yes nor no.
async fn absent_keys_allow_nothing(c: &Context) {
    let (_, input) = target(c).await;
    let present = "aws:MultiFactorAuthPresent";
    for (user, condition, decision) in [
        ("a", json!({"Bool": {present: "true"}}), ImplicitDeny),
        ("b", json!({"Bool": {present: "false"}}), ImplicitDeny),
        ("c", json!({"BoolIfExists": {present: "true"}}), Allow),
        (
            "d",
            json!({"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}),
            ImplicitDeny,
        ),
    ] {
        let calls = [(input.clone(), decision)];
        assert_all(c, user, &allow_if(&condition), "GetSecretValue", &calls).await;
    }
    let without = json!({"BoolIfExists": {present: "false"}});
    let calls = [(input, ExplicitDeny)];
    assert_all(c, "e", &deny_if(&without), "GetSecretValue", &calls).await;
}

async fn unknown_operator_is_refused(c: &Context) {
    let name = c.entity("u");
    c.iam("CreateUser", &[("UserName", &name)]).await;
    let arn = managed_policy(c, &c.entity("p"), &policy(&[("Allow", "*", "*")])).await;
    for operator in ["StringSimilar", "stringequals", "ForAnyValue::StringEquals"] {
        let document = deny_if(&json!({operator: {"aws:username": "alice"}}));
        let text = ("PolicyDocument", &*document);
        let inline = [("UserName", &*name), ("PolicyName", "p"), text];
        let managed = [("PolicyName", &*c.entity("q")), text];
        let expected = query_error(400, "MalformedPolicyDocument", "Syntax errors in policy.");
        for (action, parameters) in [
            ("PutUserPolicy", &inline[..]),
            ("CreatePolicy", &managed),
            ("CreatePolicyVersion", &[("PolicyArn", &*arn), text]),
        ] {
            let answer = iam_refused(c, action, parameters).await;
            assert_eq!(answer, expected, "{action} {operator}");
        }
        assert_eq!(iam(c, "GetUserPolicy", &inline[..2]).await.status, 404);
    }
}

async fn unknown_key_is_stored_and_absent(c: &Context) {
    let (_, input) = target(c).await;
    let unknown = json!({"StringLike": {"sekisho:NoSuchKey": "*"}});
    let calls = [(input.clone(), Allow)];
    assert_all(c, "d", &deny_if(&unknown), "GetSecretValue", &calls).await;
    let stored = [("UserName", &*c.entity("d")), ("PolicyName", "inline")];
    let stored = c.iam("GetUserPolicy", &stored).await;
    assert!(stored.body.contains("NoSuchKey"), "{}", stored.body);
    let calls = [(input, ImplicitDeny)];
    assert_all(c, "a", &allow_if(&unknown), "GetSecretValue", &calls).await;
    // A key that only begins like a known one is no better.
    let longer = json!({"StringLike": {"aws:usernames": "*"}});
    assert_all(c, "b", &allow_if(&longer), "GetSecretValue", &calls).await;
}
