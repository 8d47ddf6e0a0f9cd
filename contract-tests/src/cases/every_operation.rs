//! What holds for every operation: which refusal comes first, and how refusals read.

use serde_json::{Value, json};

use super::support::{
    MARKED_FOR_DELETION, NOT_FOUND, allow_all, call, denied, error, every_call, fails, fault,
    marked_for_deletion, modelled, not_found, ok, policy, schedule_deletion, secret, send, token,
    violation,
};
use crate::{Case, Context, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "every_operation/unknown_secret",
        Evidence::Documented,
        "API model: ResourceNotFoundException; recorded for half of the operations",
        |c| Box::pin(unknown_secret(c)),
    ),
    Case::new(
        "every_operation/invalid_name",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_invalid_secret_name, for ten of the operations",
        |c| Box::pin(invalid_name(c)),
    ),
    Case::new(
        "every_operation/marked_for_deletion",
        Evidence::Inferred,
        "recorded for GetSecretValue, GetResourcePolicy, TagResource, UntagResource and UpdateSecret",
        |c| Box::pin(marked(c)),
    ),
    Case::new(
        "every_operation/scheduled_secrets_are_seen_and_restored",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_secret_restore; cloudemu#506",
        |c| Box::pin(seen_and_restored(c)),
    ),
    Case::new(
        "every_operation/denied_by_name",
        Evidence::Inferred,
        "radkawar/stackd testdata/aws/secretsmanager (recordings of AWS), for some of the operations",
        |c| Box::pin(denied_by_name(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "every_operation/denied_before_anything_is_judged",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/write_validation (raw bodies), for PutSecretValue",
        |c| Box::pin(denied_before_anything_is_judged(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "every_operation/denied_without_a_secret_id",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/write_validation (raw bodies), for PutSecretValue",
        |c| Box::pin(denied_without_a_secret_id(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "every_operation/rights_to_one_secret_suffice_whatever_is_sent",
        Evidence::Inferred,
        "radkawar/stackd testdata/aws/secretsmanager/write_validation: the secret is known before an input is judged",
        |c| Box::pin(rights_to_one_secret_suffice(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "every_operation/wrong_types_are_told_to_all",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/write_validation (raw bodies), for PutSecretValue",
        |c| Box::pin(wrong_types_are_told_to_all(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "every_operation/bodies_of_refusals",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/write_validation (raw bodies)",
        |c| Box::pin(bodies_of_refusals(c)),
    )
    .needs(&[Need::Iam]),
];

async fn unknown_secret(c: &Context) {
    let account = secret(&c.root(), &c.name("s"), "v").await.0;
    let (arn, _) = account.split_once(":secret:").unwrap();
    let unknown = c.name("nothing");
    for id in [unknown.clone(), format!("{arn}:secret:{unknown}-AbCdEf")] {
        for (operation, input) in every_call(&id) {
            let answer = call(c, operation, &input).await;
            assert_eq!(fault(&answer), not_found(), "{operation} {id}");
        }
    }
}

async fn invalid_name(c: &Context) {
    let text = "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!";
    for name in ["a name", "a:b", "a*"] {
        for (operation, input) in every_call(name) {
            let answer = call(c, operation, &input).await;
            let expected = error("ValidationException", text);
            assert_eq!(fault(&answer), expected, "{operation} {name}");
        }
    }
}

/// Operations that work on secrets that are scheduled for deletion. Whether ListSecretVersionIds
/// does is not known; by the model it cannot refuse with the error of the others.
const ON_SCHEDULED: [&str; 4] = [
    "DeleteSecret",
    "DescribeSecret",
    "ListSecretVersionIds",
    "RestoreSecret",
];

async fn marked(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    schedule_deletion(&c.root(), &name).await;
    for (operation, input) in every_call(&name) {
        if !ON_SCHEDULED.contains(&operation) {
            let answer = call(c, operation, &input).await;
            assert_eq!(fault(&answer), marked_for_deletion(), "{operation}");
        }
    }
}

async fn seen_and_restored(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    schedule_deletion(&c.root(), &name).await;
    let id = json!({"SecretId": name});
    let described = ok(c, "DescribeSecret", &id).await;
    assert!(described["DeletedDate"].is_number(), "{described}");
    ok(c, "RestoreSecret", &id).await;
    assert_eq!(ok(c, "GetSecretValue", &id).await["SecretString"], "v");
}

/// Calls of the operations that name no secret.
fn others(c: &Context) -> Vec<(&'static str, Value)> {
    let create = json!({"Name": c.name("new"), "ClientRequestToken": token()});
    vec![
        ("BatchGetSecretValue", json!({"SecretIdList": ["s"]})),
        ("CreateSecret", create),
        ("GetRandomPassword", json!({})),
        ("ListSecrets", json!({})),
    ]
}

async fn denied_by_name(c: &Context) {
    let name = c.name("s");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let who = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let calls = [&name, &arn].map(|id| every_call(id));
    for (operation, input) in calls.concat().into_iter().chain(others(c)) {
        let id = input.get("SecretId").or_else(|| input.get("Name"));
        let action = format!("secretsmanager:{operation}");
        let expected = denied(c, &who, &action, id.and_then(Value::as_str)).await;
        assert_eq!(fails(c, &who, operation, &input).await, expected);
    }
}

/// Whatever else is wrong with what they send.
async fn denied_before_anything_is_judged(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let who = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let put = |members: Value| {
        let mut input = json!({"SecretId": name});
        super::support::merge(&mut input, members);
        ("PutSecretValue", input)
    };
    for (operation, input) in [
        put(json!({"SecretString": "", "ClientRequestToken": token()})),
        put(json!({"SecretString": "v", "ClientRequestToken": "short"})),
        put(json!({"SecretString": "v"})),
        put(json!({"ClientRequestToken": token()})),
        put(json!({"SecretString": "v", "SecretBinary": "dg==", "ClientRequestToken": token()})),
        put(json!({"SecretString": "v", "VersionStages": [], "ClientRequestToken": token()})),
        (
            "GetSecretValue",
            json!({"SecretId": name, "VersionId": "short"}),
        ),
        (
            "DeleteSecret",
            json!({"SecretId": name, "RecoveryWindowInDays": 1}),
        ),
        (
            "TagResource",
            json!({"SecretId": name, "Tags": [{"Key": "aws:a", "Value": ""}]}),
        ),
        (
            "ReplicateSecretToRegions",
            json!({"SecretId": name, "AddReplicaRegions": []}),
        ),
        (
            "GetResourcePolicy",
            json!({"SecretId": name, "PolicyName": "no name"}),
        ),
    ] {
        let action = format!("secretsmanager:{operation}");
        let expected = denied(c, &who, &action, Some(&name)).await;
        let got = fails(c, &who, operation, &input).await;
        assert_eq!(got, expected, "{operation} {input}");
        let (code, _) = fault(&call(c, operation, &input).await);
        assert_ne!(code, "AccessDeniedException", "{operation} {input}");
    }
}

async fn denied_without_a_secret_id(c: &Context) {
    let who = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    for (operation, mut input) in every_call("s") {
        input.as_object_mut().unwrap().remove("SecretId");
        let action = format!("secretsmanager:{operation}");
        let expected = denied(c, &who, &action, None).await;
        assert_eq!(fails(c, &who, operation, &input).await, expected);
        if operation != "ValidateResourcePolicy" {
            let text = "1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be null";
            let answer = call(c, operation, &input).await;
            assert_eq!(fault(&answer), error("ValidationException", text));
        }
    }
}

/// Too much of a value is no reason to say that a caller may not store values.
async fn rights_to_one_secret_suffice(c: &Context) {
    let name = c.name("s");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let who = c
        .user("u", &policy(&[("Allow", "secretsmanager:*", &arn)]))
        .await;
    let long = "x".repeat(65_537);
    let rule = "have length less than or equal to 65536";
    for operation in ["PutSecretValue", "UpdateSecret"] {
        let input = json!({"SecretId": name, "SecretString": long, "ClientRequestToken": token()});
        let expected = violation(None, "secretString", rule);
        assert_eq!(fails(c, &who, operation, &input).await, expected);
    }
}

async fn wrong_types_are_told_to_all(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let nobody = c.user("nobody", &policy(&[("Allow", "s3:*", "*")])).await;
    let anybody = c.user("anybody", &allow_all()).await;
    for who in [&nobody, &anybody] {
        for (operation, mut input) in every_call(&name) {
            input["SecretId"] = json!({});
            let (code, _) = fails(c, who, operation, &input).await;
            assert_eq!(code, "SerializationException", "{operation}");
        }
        let input = json!({
            "SecretId": name, "SecretString": "v", "VersionStages": [{}], "ClientRequestToken": token(),
        });
        let text = "Start of structure or map found where not expected.";
        let expected = error("SerializationException", text);
        assert_eq!(fails(c, who, "PutSecretValue", &input).await, expected);
    }
}

/// Which member holds the message depends on the error.
async fn bodies_of_refusals(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    schedule_deletion(&c.root(), &name).await;
    let nobody = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let root = c.target().root();
    let id = json!({"SecretId": name});
    let unknown = json!({"SecretId": c.name("nothing")});
    let bad = json!({"SecretId": name, "VersionId": "short"});
    for (who, input, code, member) in [
        (root, &id, "InvalidRequestException", "Message"),
        (root, &unknown, "ResourceNotFoundException", "Message"),
        (&nobody, &id, "AccessDeniedException", "Message"),
        (
            root,
            &json!({"SecretId": []}),
            "SerializationException",
            "Message",
        ),
        (root, &bad, "ValidationException", "message"),
    ] {
        let answer = send(c, who, "GetSecretValue", input).await;
        let body = answer.json();
        let start = format!(r#"{{"__type":"{code}","{member}":""#);
        let members = body.as_object().unwrap().len();
        assert!(
            answer.body.starts_with(&start) && members == 2,
            "{}",
            answer.body
        );
        assert_eq!(answer.status, 400);
    }
    for (input, code, text) in [
        (&id, "InvalidRequestException", MARKED_FOR_DELETION),
        (&unknown, "ResourceNotFoundException", NOT_FOUND),
    ] {
        let answer = call(c, "GetSecretValue", input).await;
        assert_eq!(answer.body, modelled(code, text));
    }
    let target = "secretsmanager.NoSuchOperation";
    let answer = Raw::json(target, "{}").signed_by(root).send(c).await;
    assert_eq!(answer.body, r#"{"__type":"UnknownOperationException"}"#);
}
