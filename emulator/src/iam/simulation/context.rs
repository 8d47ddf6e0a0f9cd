//! Context entries of a simulation: checked, and turned into what conditions read.

use std::borrow::Cow;

use sekisho_iam::table::KeyType;
use sekisho_iam::{Context, Value, simulation as engine};
use serde::Deserialize;

use super::Invalid;

/// A context key as it is given.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::iam) struct Entry {
    context_key_name: Option<String>,
    #[serde(default)]
    context_key_values: Vec<String>,
    context_key_type: Option<String>,
}

/// The keys that were given. An entry that says nothing at all is passed over.
pub(super) fn entries(given: &[Entry]) -> Result<Context<'static>, Invalid> {
    let mut context = Context::default();
    for entry in given.iter().filter(|entry| !entry.is_empty()) {
        let (key, value) = entry.read()?;
        if context.value(key).is_some() {
            return Err(Invalid::DuplicateKey(key.to_owned()));
        }
        context.insert(key.to_owned(), value);
    }
    Ok(context)
}

impl Entry {
    fn is_empty(&self) -> bool {
        self.context_key_name.is_none()
            && self.context_key_values.is_empty()
            && self.context_key_type.is_none()
    }

    fn read(&self) -> Result<(&str, Value<'static>), Invalid> {
        let name = self.context_key_name.as_deref();
        let key = name.ok_or(Invalid::KeyWithoutName)?;
        let kind = self.context_key_type.as_deref();
        let kind = kind.ok_or_else(|| Invalid::KeyWithoutType(key.to_owned()))?;
        let (item, is_list) = match kind.strip_suffix("List") {
            Some(item) => (item, true),
            None => (kind, false),
        };
        let (item, expected) = type_of(item);
        let count = self.context_key_values.len();
        if count == 0 {
            return Err(Invalid::KeyWithoutValues(key.to_owned()));
        }
        if count > 1 && !is_list {
            let kind = kind.to_owned();
            return Err(Invalid::SeveralValues { kind, count });
        }
        let read = |text: &String| {
            let value = engine::canonical(item, text).map(Cow::Owned);
            let key = key.to_owned();
            value.ok_or(Invalid::Value { key, expected })
        };
        let mut values: Vec<_> = self
            .context_key_values
            .iter()
            .map(read)
            .collect::<Result<_, _>>()?;
        let value = match values.pop() {
            Some(value) if !is_list => Value::One(value),
            last => {
                values.extend(last);
                Value::Many(values)
            }
        };
        Ok((key, value))
    }
}

/// A type by its word, and what its values have to be. The words were checked with the members.
fn type_of(word: &str) -> (KeyType, &'static str) {
    match word {
        "numeric" => (KeyType::Numeric, "numeric format"),
        "boolean" => (KeyType::Bool, "boolean format"),
        "ip" => (KeyType::Ip, "IP address"),
        "binary" => (KeyType::Binary, "base-64 encoded binary format"),
        "date" => (KeyType::Date, "DateTime format"),
        _ => (KeyType::String, "string format"),
    }
}
