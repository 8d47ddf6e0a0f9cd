//! The parameters of awsQuery: a flat form in, an input out. The declared members say which
//! parameter is what, so that one path reads and checks the inputs of both protocols. Never judges
//! a constraint.
//!
//! AWS first makes a tree of the names. What can be no tree, and what is no value of its type, is
//! `MalformedInput`, before any constraint is looked at. The texts are AWS's, seen from IAM in
//! September 2026; those seen only from other services with this protocol say so.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::wire::aws_json::{Read, typed};
use crate::wire::{Fault, Member, Protocol, Shape};

mod index;

/// The parameters of a request, by name.
#[derive(Default)]
pub struct Parameters(BTreeMap<String, String>);

/// What can not be read, in AWS's words.
type Malformed = String;

/// Something of several parts where one value is expected. Of texts, IAM and SNS were seen to say
/// so; that numbers and truth values are no different is a guess.
const NOT_ONE_VALUE: &str = "Start of list found where not expected";

impl Parameters {
    /// Reads a form body or a query string. Of a repeated parameter the first counts.
    pub fn parse(form: &[u8]) -> Self {
        let mut parameters = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(form) {
            parameters
                .entry(index::plain(name))
                .or_insert_with(|| value.into_owned());
        }
        Self(parameters)
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether a member is given, or anything in it.
    pub fn have(&self, member: &str) -> bool {
        self.0.keys().any(|name| {
            let rest = name.strip_prefix(member);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// Reads an operation's input.
    pub fn read<T: DeserializeOwned>(&self, members: &[Member]) -> Result<T, Fault> {
        let input = self
            .structure(members, "")
            .map_err(|text| Fault::malformed(Protocol::Query, text))?;
        match typed(Protocol::Query, members, input)? {
            Read::Sound(input) => Ok(input),
            Read::Violating { fault, .. } => Err(fault),
        }
    }

    fn structure(&self, members: &[Member], prefix: &str) -> Result<Map<String, Value>, Malformed> {
        let mut structure = Map::new();
        for member in members {
            let name = format!("{prefix}{}", member.name);
            if let Some(value) = self.value(&member.shape, &name)? {
                structure.insert(member.name.to_owned(), value);
            }
        }
        Ok(structure)
    }

    fn value(&self, shape: &Shape, name: &str) -> Result<Option<Value>, Malformed> {
        Ok(match shape {
            Shape::Structure(members) => {
                let prefix = format!("{name}.");
                if self.under(&prefix).next().is_some() {
                    Some(Value::Object(self.structure(members, &prefix)?))
                } else {
                    self.nothing(name, empty(shape), "Unexpected complex element termination")?
                }
            }
            Shape::List { of, .. } => match self.items(of, name)? {
                Some(items) => Some(Value::Array(items)),
                None => self.nothing(
                    name,
                    Value::Array(Vec::new()),
                    "Unexpected list element termination",
                )?,
            },
            Shape::Integer { .. } => self.one(name)?.map(integer).transpose()?,
            Shape::Boolean => self.one(name)?.map(boolean).transpose()?,
            Shape::String { .. } | Shape::Blob { .. } => self.one(name)?.map(Value::from),
        })
    }

    /// The items of a list, if any is given.
    fn items(&self, of: &Shape, name: &str) -> Result<Option<Vec<Value>>, Malformed> {
        let only = format!("{name}.member");
        let prefix = format!("{only}.");
        let mut has_only = self.0.contains_key(&only);
        let mut indexes = BTreeSet::new();
        for rest in self.under(&prefix) {
            match index::read(rest)? {
                Some(index) => drop(indexes.insert(index)),
                None => has_only = true,
            }
        }
        if has_only {
            // Without an index, what stands under `member` is the only item: that is how AWS was
            // seen to read `Tags.member.one.Key`, a tag without a key, and
            // `TagKeys.member.one`, a text of several parts.
            if !indexes.is_empty() {
                return Err(NOT_ONE_VALUE.to_owned());
            }
            return Ok(self.value(of, &only)?.map(|item| vec![item]));
        }
        let mut items = Vec::new();
        let mut last = 1;
        for index in &indexes {
            // Those that are missed out count as items too, so there may not be many.
            index::follows(*index, last)?;
            items.resize(*index as usize - 1, empty(of));
            let item = self.value(of, &format!("{prefix}{index}"))?;
            items.push(item.unwrap_or_else(|| empty(of)));
            last = *index;
        }
        Ok((!items.is_empty()).then_some(items))
    }

    /// A value that has no parts.
    fn one(&self, name: &str) -> Result<Option<&str>, Malformed> {
        match self.get(name) {
            None if self.under(&format!("{name}.")).next().is_some() => {
                Err(NOT_ONE_VALUE.to_owned())
            }
            value => Ok(value),
        }
    }

    /// A value of parts, of which none is given. SDKs send an empty list as an empty text. The
    /// refusals of other texts were seen from CloudWatch, ELB and CloudFront.
    fn nothing(&self, name: &str, empty: Value, refusal: &str) -> Result<Option<Value>, Malformed> {
        match self.get(name) {
            None => Ok(None),
            Some("") => Ok(Some(empty)),
            Some(_) => Err(refusal.to_owned()),
        }
    }

    /// What follows a prefix in the names that begin with it.
    fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .map_while(move |(name, _)| name.strip_prefix(prefix))
    }
}

/// An item that is missed out.
fn empty(shape: &Shape) -> Value {
    match shape {
        Shape::Structure(_) => Value::Object(Map::new()),
        _ => Value::Null,
    }
}

/// A number of 32 bits, in digits with or without a sign.
fn integer(text: &str) -> Result<Value, Malformed> {
    let number = text.parse::<i32>().map_err(|_| unlike("integer", text))?;
    Ok(number.into())
}

fn boolean(text: &str) -> Result<Value, Malformed> {
    match text {
        "true" | "1" => Ok(true.into()),
        "false" | "0" => Ok(false.into()),
        _ => Err(unlike("boolean", text)),
    }
}

/// Seen from SES for truth values; that the type's name is all that differs for numbers is a guess.
fn unlike(kind: &str, text: &str) -> Malformed {
    if text.is_empty() {
        format!("missing value for {kind} type")
    } else {
        format!("{kind} must follow xsd1.1 definition")
    }
}

#[cfg(test)]
mod tests;
