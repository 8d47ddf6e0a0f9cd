//! The shape of a `Condition` element: operator, key, value or values.

use std::collections::HashMap;

use super::{key_place, mismatch, object, place};
use crate::condition::operator::Operator;
use crate::json::{Data, Member, Value};
use crate::lint::codes;
use crate::lint::model::{Condition, Json, Scalar, Text};
use crate::lint::report::Report;
use crate::lint::words;

/// The conditions, and whether none had to be left out.
pub(super) fn read<'v>(
    value: &'v Value<'_>,
    report: &mut Report<'_>,
) -> (Vec<Condition<'v>>, bool) {
    let mut conditions = Vec::new();
    let Some(operators) = object(value, "a Condition", report) else {
        return (conditions, false);
    };
    if operators.is_empty() {
        let message = "The Condition is empty and always holds. Remove it, or write conditions.";
        report.add(
            &codes::EMPTY_OBJECT_CONDITION,
            place(value),
            message.to_owned(),
        );
    }
    let mut is_whole = true;
    for member in operators {
        let Some(keys) = object(&member.value, "what stands under an operator", report) else {
            is_whole = false;
            continue;
        };
        let operator = read_operator(member, report);
        if keys.is_empty() {
            let message = format!(
                "Nothing stands under {}; it always holds. Remove it.",
                member.key
            );
            report.add(
                &codes::EMPTY_OBJECT_CONDITION,
                place(&member.value),
                message,
            );
        }
        same_but_for_case(keys, report);
        for key in keys {
            let values = scalars(&key.value, report);
            let (Some(operator), Some(values)) = (operator, values) else {
                is_whole = false;
                continue;
            };
            conditions.push(Condition {
                operator,
                operator_text: key_text(member),
                key: key_text(key),
                bytes: place(&key.value),
                values,
            });
        }
    }
    (conditions, is_whole)
}

/// None and a finding if AWS knows no such operator.
fn read_operator(member: &Member<'_>, report: &mut Report<'_>) -> Option<Operator> {
    let name = member.key.as_ref();
    if let Some(operator) = Operator::read(name) {
        return Some(operator);
    }
    if name
        .strip_suffix("IfExists")
        .and_then(Operator::read)
        .is_some()
    {
        let message = "Null asks whether the key is there; IfExists has no meaning with it. Write \
                       Null.";
        report.refuse(
            &codes::NULL_WITH_IF_EXISTS,
            key_place(member),
            message.to_owned(),
        );
        return None;
    }
    let (quantifier, base) = match name.rsplit_once(':') {
        Some((quantifier, base)) => (Some(quantifier.trim_end_matches(':')), base),
        None => (None, name),
    };
    let nearest = words::nearest(base, OPERATORS, &report.effort);
    let quantifier =
        quantifier.map(|q| words::nearest(q, ["ForAllValues", "ForAnyValue"], &report.effort));
    let meant = match (quantifier, nearest) {
        (None, Some(nearest)) => Some(nearest.to_owned()),
        (Some(Some(quantifier)), Some(nearest)) => Some(format!("{quantifier}:{nearest}")),
        _ => None,
    };
    let message = format!(
        "{name:?} is no condition operator; names of operators are case-sensitive{}",
        words::did_you_mean(meant.as_deref())
    );
    report.refuse(
        &codes::INVALID_CONDITION_OPERATOR,
        key_place(member),
        message,
    );
    None
}

/// To suggest from; what is an operator is decided by [`Operator::read`].
const OPERATORS: [&str; 27] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "Null",
];

/// Reports keys of one operator that differ in case only: to AWS they are the same key. Those that
/// do not differ at all were reported before.
fn same_but_for_case(keys: &[Member<'_>], report: &mut Report<'_>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for member in keys {
        let known = seen
            .entry(member.key.to_ascii_lowercase())
            .or_insert(&member.key);
        if *known != member.key {
            let message = format!(
                "{} and {} are the same key to AWS. Merge them into one, with the values of both.",
                member.key, known
            );
            let code = &codes::DUPLICATE_KEYS_WITH_DIFFERENT_CASE;
            report.refuse(code, key_place(member), message);
        }
    }
}

fn key_text<'v>(member: &'v Member<'_>) -> Text<'v> {
    Text {
        text: &member.key,
        bytes: key_place(member),
    }
}

/// A value or an array of values; None if there was anything that cannot be one.
fn scalars<'v>(value: &'v Value<'_>, report: &mut Report<'_>) -> Option<Vec<Scalar<'v>>> {
    match &value.data {
        Data::Array(values) => {
            let values: Vec<_> = values.iter().map(|value| scalar(value, report)).collect();
            values.into_iter().collect()
        }
        _ => Some(vec![scalar(value, report)?]),
    }
}

fn scalar<'v>(value: &'v Value<'_>, report: &mut Report<'_>) -> Option<Scalar<'v>> {
    let (text, json) = match &value.data {
        Data::String(text) => (text.as_ref(), Json::String),
        Data::Number(text) => (*text, Json::Number),
        Data::Bool(true) => ("true", Json::Bool),
        Data::Bool(false) => ("false", Json::Bool),
        _ => {
            return mismatch(
                value,
                "a condition's value",
                "a string, a number or a boolean",
                report,
            );
        }
    };
    let bytes = place(value);
    Some(Scalar {
        text: Text { text, bytes },
        json,
    })
}
