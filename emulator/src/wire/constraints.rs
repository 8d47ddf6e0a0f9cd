//! Checking an input against its declared members in one pass, before it is read into its type.
//! Violations are gathered into the one error that AWS sends for all of them.

use std::fmt;

use data_encoding::BASE64;
use serde_json::{Map, Value};

use super::shape::{Member, Shape};

mod texts;

/// Every constraint that an input violates. Its text is AWS's message.
#[derive(Default, PartialEq, Eq, Debug)]
pub struct Violations(Vec<String>);

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(
            f,
            "{} validation error{plural} detected: {}",
            self.0.len(),
            self.0.join("; ")
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

/// Checks an input against its members and drops nulls, which mean the same as absence.
/// Unknown members stay: reading the typed input ignores them.
pub(super) fn check(members: &[Member], input: &mut Map<String, Value>) -> Result<(), Refused> {
    let mut violations = Violations::default();
    structure(members, input, "", &mut violations).map_err(Refused::Type)?;
    if violations.0.is_empty() {
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
    for member in members {
        match input.get_mut(member.name) {
            Some(value) => {
                let place = Place {
                    prefix,
                    name: member.name,
                    sensitive: member.sensitive,
                };
                value_of(&member.shape, value, &place, violations)?;
            }
            None if member.required => {
                let path = path(prefix, member.name);
                violations.0.push(format!(
                    "Value null at '{path}' failed to satisfy constraint: Member must not be null"
                ));
            }
            None => {}
        }
    }
    Ok(())
}

/// Where a value stands. The path is spelled out only when there is something to complain of.
struct Place<'a> {
    prefix: &'a str,
    name: &'a str,
    sensitive: bool,
}

impl Place<'_> {
    fn violate(&self, violations: &mut Violations, shown: &str, rule: fmt::Arguments<'_>) {
        let path = path(self.prefix, self.name);
        let value = if self.sensitive {
            String::new()
        } else {
            format!("'{shown}' ")
        };
        violations.0.push(format!(
            "Value {value}at '{path}' failed to satisfy constraint: Member must {rule}"
        ));
    }

    fn length(
        &self,
        violations: &mut Violations,
        shown: &str,
        length: usize,
        min: usize,
        max: usize,
    ) {
        if length < min {
            self.violate(
                violations,
                shown,
                format_args!("have length greater than or equal to {min}"),
            );
        }
        if length > max {
            self.violate(
                violations,
                shown,
                format_args!("have length less than or equal to {max}"),
            );
        }
    }
}

/// `SecretId` → `secretId`; items of lists → `tags.1.member.key`.
fn path(prefix: &str, name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|c| c.to_ascii_lowercase());
    prefix.chars().chain(first).chain(characters).collect()
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
            },
            Value::String(text),
        ) => {
            place.length(violations, text, text.chars().count(), *min, *max);
            if let Some(pattern) = pattern
                && !(pattern.matches)(text)
            {
                let rule = format_args!("satisfy regular expression pattern: {}", pattern.text);
                place.violate(violations, text, rule);
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
            items.retain(|item| !item.is_null());
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
