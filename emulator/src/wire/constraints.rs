//! Checking an input against its declared members in one pass, before it is read into its type.
//! Violations are gathered into the one error that AWS sends for all of them.

use std::fmt;

use data_encoding::BASE64;
use serde_json::{Map, Value};

use super::Protocol;
use super::shape::{Member, Shape};
use place::{Place, path};

mod order;
mod place;
mod texts;

/// Every constraint that an input violates. Its text is AWS's message.
#[derive(PartialEq, Eq, Debug)]
pub struct Violations {
    protocol: Protocol,
    texts: Vec<String>,
}

/// How many violations IAM lists, and counts.
const LISTED_BY_IAM: usize = 10;

impl Violations {
    fn new(protocol: Protocol) -> Self {
        let texts = Vec::new();
        Self { protocol, texts }
    }

    fn push(&mut self, text: impl FnOnce() -> String) {
        if self.protocol == Protocol::Json || self.texts.len() < LISTED_BY_IAM {
            self.texts.push(text());
        }
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.texts.len() == 1 { "" } else { "s" };
        write!(
            f,
            "{} validation error{plural} detected: {}",
            self.texts.len(),
            self.texts.join("; ")
        )
    }
}

/// Why an input was refused.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Refused {
    /// A value of the wrong type; the text is AWS's as far as it is known.
    Type(String),
    /// Constraints of the model.
    Constraints(Violations),
}

/// Checks an input against its members and drops nulls, which mean the same as absence. Only an
/// item that a list in awsQuery misses out is more than that: it violates.
/// Unknown members stay: reading the typed input ignores them.
pub(super) fn check(
    protocol: Protocol,
    members: &[Member],
    input: &mut Map<String, Value>,
) -> Result<(), Refused> {
    let mut violations = Violations::new(protocol);
    structure(members, input, "", &mut violations).map_err(Refused::Type)?;
    if violations.texts.is_empty() {
        Ok(())
    } else {
        Err(Refused::Constraints(violations))
    }
}

fn structure(
    members: &[Member],
    input: &mut Map<String, Value>,
    prefix: &str,
    violations: &mut Violations,
) -> Result<(), String> {
    input.retain(|_, value| !value.is_null());
    for member in order::of_violations(members, violations.protocol) {
        let place = Place {
            prefix,
            name: member.name,
            sensitive: member.sensitive,
        };
        match input.get_mut(member.name) {
            Some(value) => value_of(&member.shape, value, &place, violations)?,
            None if member.required => place.missing(violations),
            None => {}
        }
    }
    Ok(())
}

fn value_of(
    shape: &Shape,
    value: &mut Value,
    place: &Place<'_>,
    violations: &mut Violations,
) -> Result<(), String> {
    match (shape, value) {
        (
            Shape::String {
                min,
                max,
                pattern,
                values,
                never_null: _,
            },
            Value::String(text),
        ) => {
            let length = text.chars().count();
            match violations.protocol {
                Protocol::Json => {
                    place.length(violations, text, length, *min, *max);
                    place.pattern(violations, text, pattern.as_ref());
                }
                // Seen from STS.
                Protocol::Query => {
                    place.pattern(violations, text, pattern.as_ref());
                    place.length(violations, text, length, *min, *max);
                }
            }
            if !values.is_empty() && !values.contains(&text.as_str()) {
                let rule = format_args!("satisfy enum value set: [{}]", values.join(", "));
                place.violate(violations, text, rule);
            }
        }
        (Shape::Blob { min, max }, Value::String(text)) => {
            let bytes = BASE64
                .decode(text.as_bytes())
                .map_err(|_| "Invalid base64 in a blob".to_owned())?;
            place.length(violations, text, bytes.len(), *min, *max);
        }
        (Shape::Boolean, Value::Bool(_)) => {}
        (Shape::Integer { min, max }, value @ Value::Number(_)) => {
            let number = whole(value)
                .ok_or_else(|| "NUMBER_VALUE can not be converted to an Integer".to_owned())?;
            *value = number.into();
            if number < *min {
                place.violate(
                    violations,
                    &number.to_string(),
                    format_args!("have value greater than or equal to {min}"),
                );
            }
            if number > *max {
                place.violate(
                    violations,
                    &number.to_string(),
                    format_args!("have value less than or equal to {max}"),
                );
            }
        }
        (Shape::List { of, min, max }, Value::Array(items)) => {
            if violations.protocol == Protocol::Json {
                items.retain(|item| !item.is_null());
            }
            if items.len() < *min || items.len() > *max {
                let shown = if items.is_empty() {
                    "[]".to_owned()
                } else {
                    summary(items)
                };
                place.length(violations, &shown, items.len(), *min, *max);
            }
            if let Shape::String { .. } = of {
                return texts::check(of, items, place, violations);
            }
            for (index, item) in items.iter_mut().enumerate() {
                let prefix = format!("{}.{}.", path(place.prefix, place.name), index + 1);
                value_of(
                    of,
                    item,
                    &Place {
                        prefix: &prefix,
                        name: "member",
                        sensitive: place.sensitive,
                    },
                    violations,
                )?;
            }
        }
        (Shape::Structure(members), Value::Object(map)) => {
            let prefix = format!("{}.", path(place.prefix, place.name));
            structure(members, map, &prefix, violations)?;
        }
        (_, Value::Null) => place.missing(violations),
        // Seen on AWS; the other mismatches are told in the words of services that share its reader.
        (Shape::String { .. } | Shape::List { .. }, Value::Object(_)) => {
            return Err("Start of structure or map found where not expected.".to_owned());
        }
        (shape, value) => {
            return Err(format!(
                "{} can not be converted to {}",
                kind_of(value),
                name_of(shape)
            ));
        }
    }
    Ok(())
}

/// A JSON number as AWS's front end reads it into a whole number: a fraction is cut off.
fn whole(value: &Value) -> Option<i64> {
    let cut = |number: f64| (number.abs() < 9e18).then_some(number.trunc() as i64);
    value.as_i64().or_else(|| value.as_f64().and_then(cut))
}

/// A list as an error shows it.
fn summary(items: &[Value]) -> String {
    let texts: Vec<String> = items
        .iter()
        .map(|item| {
            item.as_str()
                .map_or_else(|| item.to_string(), str::to_owned)
        })
        .collect();
    format!("[{}]", texts.join(", "))
}

/// What AWS's JSON reader calls a value. Its texts for wrong types are not documented; these
/// follow the ones seen from other services that share it.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::String(_) => "STRING_VALUE",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    }
}

fn name_of(shape: &Shape) -> &'static str {
    match shape {
        Shape::String { .. } => "a String",
        Shape::Blob { .. } => "a Blob",
        Shape::Boolean => "a Boolean",
        Shape::Integer { .. } => "an Integer",
        Shape::List { .. } => "a List",
        Shape::Structure(_) => "a Structure",
    }
}

#[cfg(test)]
mod tests;
