//! What is the same in two answers, and what of an answer is not compared.

use serde_json::{Value, json};

/// Puts the items of a further page behind those of the pages before.
pub(super) fn append(whole: &mut Value, page: Value) {
    for (member, value) in page.as_object().into_iter().flatten() {
        if let (Some(items), Some(more)) = (whole[member].as_array_mut(), value.as_array()) {
            items.extend(more.iter().cloned());
        }
    }
}

/// The same answer without what is not compared: the order of labels and of what a batch holds, how a
/// policy is printed, what a password is.
pub(super) fn plain(mut answer: Value) -> Value {
    sort_labels(&mut answer);
    for (member, value) in answer.as_object_mut().into_iter().flatten() {
        match (member.as_str(), &mut *value) {
            ("SecretValues" | "Errors", Value::Array(items)) => {
                items.sort_by_key(Value::to_string);
            }
            ("ResourcePolicy", Value::String(text)) => {
                *value = serde_json::from_str(text).unwrap_or_default();
            }
            ("RandomPassword", Value::String(text)) => {
                *value = json!("*".repeat(text.chars().count()));
            }
            _ => {}
        }
    }
    answer
}

/// Sorts all lists of plain text.
fn sort_labels(value: &mut Value) {
    match value {
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.sort_by_key(Value::to_string);
        }
        Value::Array(items) => items.iter_mut().for_each(sort_labels),
        Value::Object(members) => members.values_mut().for_each(sort_labels),
        _ => {}
    }
}

/// Equal, but that texts of ours that end in an ellipsis are only the beginning.
pub(super) fn same(got: &Value, wanted: &Value) -> bool {
    match (got, wanted) {
        (Value::String(got), Value::String(wanted)) => fits(&Some(got.clone()), wanted),
        (Value::Array(got), Value::Array(wanted)) => {
            got.len() == wanted.len() && got.iter().zip(wanted).all(|(got, it)| same(got, it))
        }
        (Value::Object(got), Value::Object(wanted)) => {
            let is_same =
                |(name, it): (&String, &Value)| got.get(name).is_some_and(|got| same(got, it));
            got.len() == wanted.len() && wanted.iter().all(is_same)
        }
        _ => got == wanted,
    }
}

pub(super) fn fits(got: &Option<String>, wanted: &str) -> bool {
    let got = got.as_deref().unwrap_or_default();
    match wanted.strip_suffix('…') {
        Some(beginning) => got.starts_with(beginning),
        None => got == wanted,
    }
}
