//! What requests are made of. Texts that begin with a dollar stand for what there is when the request
//! is sent; `resolve` knows them.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::reference::{Kind, OF_AWS};

pub(super) type Gen = BoxedStrategy<Value>;

pub(super) fn name_text() -> impl Strategy<Value = &'static str> {
    prop_oneof![5 => Just("a"), 2 => Just("A"), 3 => Just("b"), 1 => Just("B-2")]
}

pub(super) fn name() -> Gen {
    prop_oneof![60 => name_text(), 1 => Just("no name")]
        .prop_map(Value::from)
        .boxed()
}

/// One of a kind that there is, as a rule: its name, or ARN if it is a policy.
pub(super) fn some(kind: Kind) -> Gen {
    let known =
        (0..4_usize).prop_map(move |number| json!(format!("$some {} {number}", kind.title())));
    let other = match kind {
        Kind::Policy => policy(),
        _ => name(),
    };
    prop_oneof![9 => known, 1 => other].boxed()
}

/// What belongs to the one that a request names, as a rule.
pub(super) fn its(what: &'static str, other: Gen) -> Gen {
    let own = (0..3_usize).prop_map(move |number| json!(format!("$its {what} {number}")));
    prop_oneof![6 => own, 1 => other].boxed()
}

pub(super) fn path() -> Gen {
    let paths = ["/", "/t/", "/t/u/", "/t"].map(Value::from);
    let [root, one, two, bad] = paths.map(Just);
    prop_oneof![8 => root, 8 => one, 4 => two, 1 => bad].boxed()
}

pub(super) fn one_of(values: &[Value]) -> Gen {
    select(values.to_vec()).boxed()
}

/// Null most of the time, but once in so many.
pub(super) fn sometimes(one_in: u32, value: Gen) -> Gen {
    prop_oneof![one_in - 1 => Just(Value::Null), 1 => value].boxed()
}

/// A policy to attach.
pub(super) fn policy() -> Gen {
    let own = (0..4_usize).prop_map(|number| json!(format!("$some Policy {number}")));
    let of_aws = (0..OF_AWS.len()).prop_map(|number| json!(format!("$aws {number}")));
    let absent = ["$policy b", "$abroad a", "$stray a"].map(Value::from);
    let bad = Just(json!("arn:aws:iam::000000000000:user/a"));
    prop_oneof![30 => own, 8 => of_aws, 2 => one_of(&absent), 1 => bad].boxed()
}

/// Texts of policies. The last are so long that a second one, or even the one, is too much.
pub(super) fn document() -> Gen {
    let statement = |(effect, action, length): (&str, &str, usize)| {
        json!(format!("$statement {effect} {action} {length}"))
    };
    let effect = prop_oneof![5 => Just("Allow"), 1 => Just("Deny")];
    let action = prop_oneof![
        4 => Just("sts:AssumeRole"),
        4 => Just("secretsmanager:GetSecretValue"),
        1 => Just("iam:GetUser"),
        2 => Just("*"),
    ];
    let length =
        prop_oneof![12 => Just(0_usize), 2 => Just(1_000), 1 => Just(4_000), 1 => Just(6_200)];
    let sound = (effect, action, length).prop_map(statement);
    prop_oneof![20 => sound.boxed(), 1 => Just(json!("{")).boxed()].boxed()
}

pub(super) fn trust(principals: impl Into<Value>) -> Value {
    naming("Allow", "sts:AssumeRole", principals.into())
}

fn naming(effect: &str, action: &str, principals: Value) -> Value {
    let mut statement = json!({
        "Effect": effect,
        "Principal": {"AWS": principals},
        "Action": action,
    });
    if action.starts_with("secretsmanager") {
        statement["Resource"] = json!("*");
    }
    json!({"Version": "2012-10-17", "Statement": statement})
}

/// A text that names users and roles: by their ARNs, by ids that there are or were, whole accounts.
pub(super) fn naming_policy(action: &'static str) -> Gen {
    let named = (
        select(vec!["user", "role"]),
        prop_oneof![3 => Just(0), 1 => Just(1)],
        name_text(),
    );
    let named = named.prop_map(|(kind, account, name)| format!("${kind} {account} {name}"));
    let kind = select(vec![Kind::User, Kind::Role]);
    let known = (kind, select(vec![0, 0, 1]), 0..4_usize);
    let known = known.prop_map(|(kind, at, n)| format!("$known {} {at} {n}", kind.title()));
    let by_id = (0..8_usize).prop_map(|number| format!("$id {number}"));
    let account = select(vec!["$root 0", "$root 1", "000000000000"]).prop_map(str::to_owned);
    let stray = Just("$stray user".to_owned());
    let one = prop_oneof![3 => named, 20 => known, 3 => by_id, 4 => account, 1 => stray].boxed();
    let list = prop::collection::vec(one.clone(), 1..3).prop_map(Value::from);
    let principals = prop_oneof![3 => one.prop_map(Value::from), 1 => list];
    let effect = prop_oneof![9 => Just("Allow"), 1 => Just("Deny")];
    let sound = (effect, principals).prop_map(move |(effect, it)| naming(effect, action, it));
    prop_oneof![30 => sound.boxed(), 1 => Just(json!("{")).boxed()].boxed()
}

pub(super) fn trust_policy() -> Gen {
    naming_policy("sts:AssumeRole")
}

pub(super) fn tags() -> Gen {
    let key = select(vec!["k", "K", "l", "m"]);
    let value = select(vec!["", "v", "w"]);
    let tag = (key, value).prop_map(|(key, value)| json!({"Key": key, "Value": value}));
    let few = prop::collection::vec(tag, 1..4).prop_map(Value::from);
    let crowd = |from: usize| -> Value {
        let tag = |number: usize| json!({"Key": format!("n{number}"), "Value": ""});
        (from..from + 30).map(tag).collect()
    };
    let crowds = select(vec![crowd(0), crowd(30)]);
    prop_oneof![12 => few, 1 => crowds].boxed()
}

pub(super) fn tag_keys() -> Gen {
    let key = select(vec!["k", "K", "l", "none"]);
    prop::collection::vec(key, 1..3)
        .prop_map(Value::from)
        .boxed()
}

pub(super) fn key_id() -> Gen {
    (0..6_usize)
        .prop_map(|number| json!(format!("$key {number}")))
        .boxed()
}

pub(super) fn version() -> Gen {
    its("version", one_of(&["v1", "v2", "v5"].map(Value::from)))
}

pub(super) fn boundary() -> Gen {
    sometimes(6, policy())
}
