//! What is the same in two answers, and what of an answer is not compared.

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// Puts the items of a further page behind those of the pages before.
pub(super) fn append(whole: &mut Value, page: Value) {
    for (member, value) in page.as_object().into_iter().flatten() {
        match (&mut whole[member], value) {
            (Value::Array(items), Value::Array(more)) => items.extend(more.iter().cloned()),
            (known @ Value::Null, more) => *known = more.clone(),
            _ => {}
        }
    }
}

/// The same answer as texts alone, without what is empty, lists without their order, documents that
/// are printed anew as what they say.
pub(super) fn plain(answer: Value) -> Value {
    match answer {
        Value::Object(members) => {
            let members = members.into_iter().map(|(member, value)| {
                let value = readable(&member, value);
                (member, plain(value))
            });
            let members: serde_json::Map<_, _> =
                members.filter(|(_, value)| !value.is_null()).collect();
            match members.is_empty() {
                true => Value::Null,
                false => Value::Object(members),
            }
        }
        Value::Array(items) if items.is_empty() => Value::Null,
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(plain).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::String(text) if text.is_empty() => Value::Null,
        Value::Number(number) => Value::from(number.to_string()),
        Value::Bool(truth) => Value::from(truth.to_string()),
        other => other,
    }
}

/// Documents of IAM come percent-encoded; those that name principals are also printed anew.
fn readable(member: &str, value: Value) -> Value {
    let decoded = |value: &Value| {
        let text = value.as_str().unwrap_or_default();
        percent_decode_str(text).decode_utf8_lossy().into_owned()
    };
    match (member, value) {
        ("PolicyDocument" | "Document", text) => Value::from(decoded(&text)),
        ("AssumeRolePolicyDocument" | "ResourcePolicy", text @ Value::String(_)) => {
            single(serde_json::from_str(&decoded(&text)).unwrap_or_default())
        }
        ("AssumeRolePolicyDocument" | "ResourcePolicy", document) => single(document),
        (_, value) => value,
    }
}

/// Lists of one are as good as the one.
fn single(value: Value) -> Value {
    match value {
        Value::Array(mut items) if items.len() == 1 => single(items.remove(0)),
        Value::Array(items) => items.into_iter().map(single).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members.map(|(name, it)| (name, single(it))).collect()
        }
        other => other,
    }
}
