//! What requests are made of: members and their values, few enough to meet.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::steps::{NAMES, REGIONS};

/// An object of the members of both; what is null is left out.
pub(super) fn both(
    one: impl Strategy<Value = Value> + 'static,
    other: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<Value> {
    let object = |value: Value| value.as_object().cloned().unwrap_or_default();
    let joined = move |(one, other)| {
        let members = object(one).into_iter().chain(object(other));
        Value::Object(members.filter(|(_, value)| !value.is_null()).collect())
    };
    (one, other).prop_map(joined).boxed()
}

pub(super) fn member(
    name: &'static str,
    value: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<Value> {
    value
        .prop_map(move |value| Value::Object(Map::from_iter([(name.to_owned(), value)])))
        .boxed()
}

/// A member that is there in one of so many requests.
pub(super) fn sometimes(
    one_of: u32,
    name: &'static str,
    value: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<Value> {
    member(
        name,
        prop_oneof![(one_of - 1) => Just(Value::Null), 1 => value.boxed()],
    )
}

pub(super) fn flag(name: &'static str) -> BoxedStrategy<Value> {
    sometimes(2, name, any::<bool>().prop_map(Value::from))
}

pub(super) fn one_of(values: &[Value]) -> BoxedStrategy<Value> {
    select(values.to_vec()).boxed()
}

pub(super) fn name() -> impl Strategy<Value = &'static str> {
    prop_oneof![4 => Just(NAMES[0]), 2 => Just(NAMES[1]), 1 => Just(NAMES[2])]
}

/// An ARN that is to name a secret in another account.
pub(super) fn abroad(most: &'static str) -> impl Strategy<Value = Value> + 'static {
    let forms = prop_oneof![
        10 => Just(most),
        1 => Just("arn:aws:secretsmanager:{here}:{theirs}:secret:{name}-{suffix}"),
        1 => Just("arn:aws:secretsmanager:{here}:{mine}:secret:{name}-{suffix}"),
        1 => Just("arn:aws:secretsmanager:{here}:{theirs}:secret:{name}-wrongs"),
    ];
    forms.prop_map(Value::from)
}

pub(super) fn id() -> impl Strategy<Value = Value> + 'static {
    let forms = prop_oneof![
        24 => Just("{name}"),
        8 => Just("arn:aws:secretsmanager:{here}:{mine}:secret:{name}-{suffix}"),
        2 => Just("arn:aws:secretsmanager:{here}:{mine}:secret:{name}"),
        3 => Just("arn:aws:secretsmanager:{here}:{theirs}:secret:{name}-{suffix}"),
        1 => Just("arn:aws:secretsmanager:{there}:{mine}:secret:{name}-{suffix}"),
        1 => Just("arn:aws:secretsmanager:{here}:{mine}:secret:{name}-wrongs"),
        1 => Just("no {name}"),
    ];
    forms.prop_map(Value::from)
}

pub(super) fn token() -> impl Strategy<Value = Value> + 'static {
    let number = prop_oneof![4 => 1..=2, 1 => 3..=5];
    number.prop_map(|number| json!(format!("{number:0>32}")))
}

pub(super) fn with_token() -> BoxedStrategy<Value> {
    member(
        "ClientRequestToken",
        prop_oneof![1 => Just(Value::Null), 30 => token()],
    )
}

/// The first and the third have the same bytes.
pub(super) fn value() -> BoxedStrategy<Value> {
    prop_oneof![
        3 => Just(json!({"SecretString": "one"})),
        3 => Just(json!({"SecretString": "two"})),
        2 => Just(json!({"SecretBinary": "b25l"})),
        2 => Just(json!({"SecretBinary": "AAH/"})),
    ]
    .boxed()
}

pub(super) fn value_or_not() -> BoxedStrategy<Value> {
    let wrong = json!({"SecretString": "one", "SecretBinary": "b25l"});
    prop_oneof![12 => value(), 5 => Just(json!({})), 1 => Just(wrong)].boxed()
}

pub(super) fn label() -> impl Strategy<Value = Value> + 'static {
    one_of(&["AWSCURRENT", "AWSPREVIOUS", "AWSPENDING", "a", "b"].map(Value::from))
}

pub(super) fn labels() -> BoxedStrategy<Value> {
    let some = prop::collection::vec(label(), 1..4).prop_map(Value::from);
    sometimes(2, "VersionStages", some)
}

pub(super) fn tags(least: usize) -> impl Strategy<Value = Value> + 'static {
    let key = prop_oneof![6 => Just("k"), 6 => Just("l"), 1 => Just("aws:m")];
    let tag = (key, one_of(&["v", "w"].map(Value::from)));
    let tag = tag.prop_map(|(key, value)| json!({"Key": key, "Value": value}));
    prop::collection::vec(tag, least..=2).prop_map(Value::from)
}

pub(super) fn tag_keys() -> impl Strategy<Value = Value> + 'static {
    one_of(&[
        json!(["k"]),
        json!(["l", "none"]),
        json!(["k", "l"]),
        json!(["aws:m"]),
    ])
}

/// The last but one is a key of `us-east-1`, the last is none.
pub(super) fn key() -> BoxedStrategy<Value> {
    prop_oneof![
        3 => Just("alias/mine"),
        2 => Just(""),
        2 => Just("alias/aws/secretsmanager"),
        2 => Just("arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
        1 => Just("mine"),
    ]
    .prop_map(Value::from)
    .boxed()
}

pub(super) fn description() -> BoxedStrategy<Value> {
    sometimes(
        4,
        "Description",
        one_of(&["", "of the team"].map(Value::from)),
    )
}

pub(super) fn kind() -> BoxedStrategy<Value> {
    sometimes(
        12,
        "Type",
        one_of(&["DatadogApiKey", "None", ""].map(Value::from)),
    )
}

pub(super) fn regions() -> impl Strategy<Value = Value> + 'static {
    one_of(&[json!([REGIONS[1]]), json!([REGIONS[0]]), json!(REGIONS)])
}

pub(super) fn copies() -> BoxedStrategy<Value> {
    let region = prop_oneof![
        8 => Just("{there}"),
        1 => Just("{here}"),
        1 => Just("xx-east-9"),
    ];
    let key = prop_oneof![2 => Just(Value::Null), 1 => key()];
    let copy = both(
        member("Region", region.prop_map(Value::from)),
        member("KmsKeyId", key),
    );
    let copies = prop::collection::vec(copy, 1..3).prop_map(Value::from);
    both(
        member("AddReplicaRegions", copies),
        flag("ForceOverwriteReplicaSecret"),
    )
}

pub(super) fn policy() -> BoxedStrategy<Value> {
    let of = |effect: &str, principal: Value| {
        let statement = json!({
            "Effect": effect, "Principal": principal, "Action": "secretsmanager:*", "Resource": "*",
        });
        json!(json!({"Version": "2012-10-17", "Statement": [statement]}).to_string())
    };
    let root = json!({"AWS": "arn:aws:iam::111122223333:root"});
    let policies = [
        of("Allow", root),
        of("Deny", json!("*")),
        of("Allow", json!("*")),
        json!("{"),
    ];
    member("ResourcePolicy", one_of(&policies))
}

pub(super) fn policy_name() -> BoxedStrategy<Value> {
    sometimes(
        3,
        "PolicyName",
        one_of(&["default", "other"].map(Value::from)),
    )
}

pub(super) fn pages() -> BoxedStrategy<Value> {
    sometimes(2, "MaxResults", (1..4).prop_map(Value::from))
}
