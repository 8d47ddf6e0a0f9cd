//! The constraints of AWS's models, declared as data and checked in one pass before an input is
//! read into its type. Violations are gathered into the one error that AWS sends for all of them.

use std::fmt;

use data_encoding::BASE64;
use serde_json::{Map, Value};

/// A member of an input structure.
pub struct Member {
    /// The name on the wire, such as `SecretId`.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether the input is refused without it.
    pub required: bool,
    /// Whether its value may be shown in an error.
    pub sensitive: bool,
}

impl Member {
    /// A member that may be left out.
    pub const fn new(name: &'static str, shape: Shape) -> Self {
        Self { name, shape, required: false, sensitive: false }
    }

    /// A text whose length in characters is bounded.
    pub const fn string(name: &'static str, min: usize, max: usize) -> Self {
        Self::new(name, Shape::string(min, max))
    }

    /// A truth value.
    pub const fn boolean(name: &'static str) -> Self {
        Self::new(name, Shape::Boolean)
    }

    /// A whole number.
    pub const fn integer(name: &'static str, min: i64, max: i64) -> Self {
        Self::new(name, Shape::Integer { min, max })
    }

    /// The same, but required.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, but never shown.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }
}

/// What a member holds, and within which limits.
pub enum Shape {
    /// Text.
    String {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
        /// What the whole text must match.
        pattern: Option<Pattern>,
        /// The only values allowed; empty for any.
        values: &'static [&'static str],
    },
    /// Bytes, in base64 on the wire.
    Blob {
        /// Fewest bytes.
        min: usize,
        /// Most bytes.
        max: usize,
    },
    /// A truth value.
    Boolean,
    /// A whole number.
    Integer {
        /// Least.
        min: i64,
        /// Greatest.
        max: i64,
    },
    /// A list.
    List {
        /// What each item is.
        of: &'static Shape,
        /// Fewest items.
        min: usize,
        /// Most items.
        max: usize,
    },
    /// A structure.
    Structure(&'static [Member]),
}

impl Shape {
    /// Text of bounded length.
    pub const fn string(min: usize, max: usize) -> Self {
        Self::String { min, max, pattern: None, values: &[] }
    }

    /// Text of bounded length that matches a pattern.
    pub const fn pattern(min: usize, max: usize, pattern: Pattern) -> Self {
        Self::String { min, max, pattern: Some(pattern), values: &[] }
    }

    /// One of a few words.
    pub const fn one_of(values: &'static [&'static str]) -> Self {
        Self::String { min: 0, max: usize::MAX, pattern: None, values }
    }
}

/// A pattern of the model: the text AWS's message shows, and the rule itself.
#[derive(Clone, Copy)]
pub struct Pattern {
    /// The regular expression as the model has it.
    pub text: &'static str,
    /// Whether a text matches as a whole.
    pub matches: fn(&str) -> bool,
}

/// Every constraint that an input violates. Its text is AWS's message.
#[derive(Default, PartialEq, Eq, Debug)]
pub struct Violations(Vec<String>);

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(f, "{} validation error{plural} detected: {}", self.0.len(), self.0.join("; "))
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
    if violations.0.is_empty() { Ok(()) } else { Err(Refused::Constraints(violations)) }
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
                let place = Place { prefix, name: member.name, sensitive: member.sensitive };
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
        let value = if self.sensitive { String::new() } else { format!("'{shown}' ") };
        violations.0.push(format!("Value {value}at '{path}' failed to satisfy constraint: Member must {rule}"));
    }

    fn length(&self, violations: &mut Violations, shown: &str, length: usize, min: usize, max: usize) {
        if length < min {
            self.violate(violations, shown, format_args!("have length greater than or equal to {min}"));
        }
        if length > max {
            self.violate(violations, shown, format_args!("have length less than or equal to {max}"));
        }
    }
}

/// `SecretId` → `secretId`; items of lists → `tags.1.member.key`.
fn path(prefix: &str, name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|c| c.to_ascii_lowercase());
    prefix.chars().chain(first).chain(characters).collect()
}

fn value_of(shape: &Shape, value: &mut Value, place: &Place<'_>, violations: &mut Violations) -> Result<(), String> {
    match (shape, value) {
        (Shape::String { min, max, pattern, values }, Value::String(text)) => {
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
            let bytes = BASE64.decode(text.as_bytes()).map_err(|_| "Invalid base64 in a blob".to_owned())?;
            place.length(violations, text, bytes.len(), *min, *max);
        }
        (Shape::Boolean, Value::Bool(_)) => {}
        (Shape::Integer { min, max }, value @ Value::Number(_)) => {
            let number = whole(value).ok_or_else(|| "NUMBER_VALUE can not be converted to an Integer".to_owned())?;
            *value = number.into();
            if number < *min {
                place.violate(violations, &number.to_string(), format_args!("have value greater than or equal to {min}"));
            }
            if number > *max {
                place.violate(violations, &number.to_string(), format_args!("have value less than or equal to {max}"));
            }
        }
        (Shape::List { of, min, max }, Value::Array(items)) => {
            items.retain(|item| !item.is_null());
            if items.len() < *min || items.len() > *max {
                let shown = if items.is_empty() { "[]".to_owned() } else { summary(items) };
                place.length(violations, &shown, items.len(), *min, *max);
            }
            for (index, item) in items.iter_mut().enumerate() {
                let prefix = format!("{}.{}.", path(place.prefix, place.name), index + 1);
                value_of(of, item, &Place { prefix: &prefix, name: "member", sensitive: place.sensitive }, violations)?;
            }
        }
        (Shape::Structure(members), Value::Object(map)) => {
            let prefix = format!("{}.", path(place.prefix, place.name));
            structure(members, map, &prefix, violations)?;
        }
        (shape, value) => return Err(format!("{} can not be converted to {}", kind_of(value), name_of(shape))),
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
    let texts: Vec<String> =
        items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect();
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
mod tests {
    use serde_json::json;

    use super::*;

    const WORD: Pattern =
        Pattern { text: "[a-z]+", matches: |text| text.bytes().all(|byte| byte.is_ascii_lowercase()) };
    const MEMBERS: &[Member] = &[
        Member::string("SecretId", 1, 8).required(),
        Member::string("SecretString", 1, 4).sensitive(),
        Member::new("SecretBinary", Shape::Blob { min: 1, max: 2 }).sensitive(),
        Member::integer("MaxResults", 1, 100),
        Member::boolean("Force"),
        Member::new("Word", Shape::pattern(0, 99, WORD)),
        Member::new("SortOrder", Shape::one_of(&["asc", "desc"])),
        Member::new("Tags", Shape::List { of: &Shape::Structure(TAG), min: 1, max: 2 }),
    ];
    const TAG: &[Member] = &[Member::string("Key", 1, 3).required(), Member::string("Value", 0, 3)];

    fn refused(input: Value) -> String {
        let Value::Object(mut map) = input else { panic!("an object") };
        match check(MEMBERS, &mut map) {
            Ok(()) => "accepted".to_owned(),
            Err(Refused::Type(text)) => text,
            Err(Refused::Constraints(violations)) => violations.to_string(),
        }
    }

    #[test]
    fn texts_are_aws_s() {
        for (input, text) in [
            (json!({"SecretId": "x", "Unknown": {"a": [1]}}), "accepted"),
            (json!({"SecretId": "x", "Force": null}), "accepted"),
            (json!({}), "1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be null"),
            (json!({"SecretId": null}), "1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be null"),
            (json!({"SecretId": ""}), "1 validation error detected: Value '' at 'secretId' failed to satisfy constraint: Member must have length greater than or equal to 1"),
            (json!({"SecretId": "x", "SecretString": "hunter2"}), "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 4"),
            (json!({"SecretId": "x", "SecretBinary": "YWJj"}), "1 validation error detected: Value at 'secretBinary' failed to satisfy constraint: Member must have length less than or equal to 2"),
            (json!({"SecretId": "x", "MaxResults": 5000}), "1 validation error detected: Value '5000' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100"),
            (json!({"SecretId": "x", "Word": "A"}), "1 validation error detected: Value 'A' at 'word' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+"),
            (json!({"SecretId": "x", "SortOrder": "up"}), "1 validation error detected: Value 'up' at 'sortOrder' failed to satisfy constraint: Member must satisfy enum value set: [asc, desc]"),
            (json!({"SecretId": "x", "Tags": []}), "1 validation error detected: Value '[]' at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1"),
            (json!({"SecretId": "x", "Tags": [{"Key": "ok"}, {"Value": "four"}]}), "2 validation errors detected: Value null at 'tags.2.member.key' failed to satisfy constraint: Member must not be null; Value 'four' at 'tags.2.member.value' failed to satisfy constraint: Member must have length less than or equal to 3"),
            (json!({"SecretId": 5}), "NUMBER_VALUE can not be converted to a String"),
            (json!({"SecretId": "x", "Force": "true"}), "STRING_VALUE can not be converted to a Boolean"),
            (json!({"SecretId": "x", "SecretBinary": "?"}), "Invalid base64 in a blob"),
        ] {
            assert_eq!(refused(input.clone()), text, "{input}");
        }
    }

    #[test]
    fn numbers_are_cut_to_whole_ones() {
        for (number, read) in [(json!(7), Some(7)), (json!(7.9), Some(7)), (json!(-1.5), Some(-1)), (json!(1e300), None)] {
            assert_eq!(whole(&number), read);
        }
    }
}
