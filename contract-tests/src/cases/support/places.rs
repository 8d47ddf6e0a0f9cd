//! Other accounts and regions, other times, and calls of every operation.

use sekisho::timestamp::Timestamp;
use serde_json::{Value, json};

use super::{fault, send, token};
use crate::{Answer, Context, Credentials, Raw};

/// An account that is not the one of whoever may do everything.
pub(in crate::cases) const OTHER: &str = "444455556666";

/// A customer managed key, of which nothing is asked but its name.
pub(in crate::cases) const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

/// A region that is not the target's.
pub(in crate::cases) const ELSEWHERE: &str = "eu-west-1";

/// The root of an account: emulators agree that twelve digits are such a key's id.
pub(in crate::cases) fn account(id: &str) -> Credentials {
    Credentials::new(id, "test")
}

/// A raw call to another region, as whoever may do everything.
pub(in crate::cases) async fn call_in(
    c: &Context,
    region: &str,
    operation: &str,
    input: &Value,
) -> Answer {
    let target = format!("secretsmanager.{operation}");
    let request = Raw::json(&target, input.to_string()).signed_by(c.target().root());
    request.in_region(region).send(c).await
}

/// The same call, which must succeed.
pub(in crate::cases) async fn ok_in(
    c: &Context,
    region: &str,
    operation: &str,
    input: &Value,
) -> Value {
    let answer = call_in(c, region, operation, input).await;
    succeeded(operation, &answer)
}

/// A raw call as somebody, which must succeed.
pub(in crate::cases) async fn ok_as(
    c: &Context,
    who: &Credentials,
    operation: &str,
    input: &Value,
) -> Value {
    let answer = send(c, who, operation, input).await;
    succeeded(operation, &answer)
}

/// A raw call as somebody, which must be refused.
pub(in crate::cases) async fn fails(
    c: &Context,
    who: &Credentials,
    operation: &str,
    input: &Value,
) -> (String, String) {
    fault(&send(c, who, operation, input).await)
}

#[track_caller]
fn succeeded(operation: &str, answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
    match &*answer.body {
        "" => Value::Null,
        _ => answer.json(),
    }
}

/// Makes a secret with these members beside its name and value; gives its ARN.
pub(in crate::cases) async fn made_with(
    c: &Context,
    who: &Credentials,
    name: &str,
    members: Value,
) -> String {
    let mut input = json!({"Name": name, "SecretString": "v", "ClientRequestToken": token()});
    merge(&mut input, members);
    let made = ok_as(c, who, "CreateSecret", &input).await;
    made["ARN"].as_str().unwrap().to_owned()
}

/// Adds members to an object; null takes one away.
pub(in crate::cases) fn merge(object: &mut Value, members: Value) {
    let Value::Object(members) = members else {
        panic!("{members} is no object");
    };
    for (name, value) in members {
        match value {
            Value::Null => object.as_object_mut().unwrap().remove(&name),
            value => object.as_object_mut().unwrap().insert(name, value),
        };
    }
}

/// A call of each operation that takes the SecretId of a secret, all of them.
pub(in crate::cases) fn every_call(id: &str) -> Vec<(&'static str, Value)> {
    let copy = "arn:aws:secretsmanager:us-east-1:000000000000:secret:copy-AbCdEf";
    let version = token();
    let policy = json!({"Version": "2012-10-17", "Statement": []}).to_string();
    let calls = [
        (
            "AssociateCrossAccountReplica",
            json!({"CrossAccountReplicaARN": copy}),
        ),
        ("CancelRotateSecret", json!({})),
        ("DeleteResourcePolicy", json!({})),
        ("DeleteSecret", json!({})),
        ("DescribeSecret", json!({})),
        (
            "DisassociateCrossAccountReplica",
            json!({"CrossAccountReplicaARN": copy}),
        ),
        ("GetResourcePolicy", json!({})),
        ("GetSecretValue", json!({})),
        ("ListResourcePolicies", json!({})),
        ("ListSecretVersionIds", json!({})),
        ("PutResourcePolicy", json!({"ResourcePolicy": policy})),
        (
            "PutSecretValue",
            json!({"SecretString": "v", "ClientRequestToken": token()}),
        ),
        (
            "RemoveRegionsFromReplication",
            json!({"RemoveReplicaRegions": [ELSEWHERE]}),
        ),
        (
            "ReplicateSecretToRegions",
            json!({"AddReplicaRegions": [{"Region": ELSEWHERE}]}),
        ),
        ("RestoreSecret", json!({})),
        ("RotateSecret", json!({"ClientRequestToken": token()})),
        ("StopReplicationToReplica", json!({})),
        ("TagResource", json!({"Tags": [{"Key": "k", "Value": "v"}]})),
        ("UntagResource", json!({"TagKeys": ["k"]})),
        ("UpdateSecret", json!({"Description": "d"})),
        (
            "UpdateSecretVersionStage",
            json!({"VersionStage": "l", "MoveToVersionId": version}),
        ),
        ("ValidateResourcePolicy", json!({"ResourcePolicy": policy})),
    ];
    let named = |(operation, mut input): (&'static str, Value)| {
        input["SecretId"] = id.into();
        (operation, input)
    };
    calls.into_iter().map(named).collect()
}

/// Holds the emulated time so many days after what it is now.
pub(in crate::cases) fn wait_days(c: &Context, days: f64) {
    let emulator = c.target().as_emulator().unwrap();
    let later = emulator.now().millis() + (days * 86_400_000.0) as i64;
    emulator.hold_clock(Timestamp::from_millis(later));
}

/// What DescribeSecret shows.
pub(in crate::cases) async fn described(c: &Context, id: &str) -> Value {
    super::ok(c, "DescribeSecret", &json!({"SecretId": id})).await
}
