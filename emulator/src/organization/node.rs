//! A value of the configuration with its place, read strictly: no key twice, and none that is not
//! known.
//!
//! Keeps texts as they were written, because policies are among them; never goes into a value that
//! nobody asked for.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Invalid;
use super::nearest::did_you_mean;
use crate::account::AccountId;

/// The way from the root of the configuration to a value.
#[derive(Clone)]
pub(super) struct Place(String);

impl Place {
    pub(super) fn root() -> Self {
        Self(String::new())
    }

    /// Into an object.
    pub(super) fn key(&self, key: &str) -> Self {
        let is_plain =
            |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'0'..=b'9' | b'-' | b'_');
        let is_word = key.starts_with(|first: char| !first.is_ascii_digit());
        match (is_word && key.bytes().all(is_plain), self.0.is_empty()) {
            (true, true) => Self(key.to_owned()),
            (true, false) => Self(format!("{}.{key}", self.0)),
            (false, _) => Self(format!("{}[{key:?}]", self.0)),
        }
    }

    /// Into a list, counted from 0.
    pub(super) fn index(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }

    /// Into a policy, whose own path this is.
    pub(super) fn within(&self, path: &str) -> Self {
        let dot = if path.is_empty() || path.starts_with('[') {
            ""
        } else {
            "."
        };
        Self(format!("{}{dot}{path}", self.0))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn invalid(&self, message: impl Into<String>) -> Invalid {
        Invalid {
            at: self.0.clone(),
            message: message.into(),
        }
    }
}

/// A value, and where it stands.
pub(super) struct Node<'a> {
    pub(super) at: Place,
    raw: &'a RawValue,
}

/// The members of an object.
pub(super) struct Object<'a>(Vec<(String, Node<'a>)>);

impl<'a> Node<'a> {
    /// The whole text.
    pub(super) fn read(json: &'a str) -> Result<Self, Invalid> {
        let at = Place::root();
        match serde_json::from_str(json) {
            Ok(raw) => Ok(Self { at, raw }),
            Err(error) => Err(at.invalid(format!("This is not JSON: {error}."))),
        }
    }

    /// An object with these keys, all of which may be left out.
    pub(super) fn object(&self, known: &[&str]) -> Result<Object<'a>, Invalid> {
        let object = self.members()?;
        for (key, node) in &object.0 {
            if !known.contains(&key.as_str()) {
                let hint = did_you_mean(key, known.iter().copied());
                let known = known.join(", ");
                let message = format!("There is no key {key:?} here{hint} Known are {known}.");
                return Err(node.at.invalid(message));
            }
        }
        Ok(object)
    }

    /// An object whose keys are names.
    pub(super) fn members(&self) -> Result<Object<'a>, Invalid> {
        let members: Members<'a> = self.parse("an object")?;
        let mut read: Vec<(String, Node<'a>)> = Vec::with_capacity(members.0.len());
        let mut keys: Vec<&str> = members.0.iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        if let Some(twice) = keys.windows(2).find(|pair| pair[0] == pair[1]) {
            let place = self.at.key(twice[0]);
            return Err(place.invalid("This key is given twice."));
        }
        for (key, raw) in members.0 {
            let at = self.at.key(&key);
            read.push((key, Node { at, raw }));
        }
        Ok(Object(read))
    }

    pub(super) fn list(&self) -> Result<Vec<Node<'a>>, Invalid> {
        let values: Vec<&'a RawValue> = self.parse("a list")?;
        let node = |(index, raw)| Node {
            at: self.at.index(index),
            raw,
        };
        Ok(values.into_iter().enumerate().map(node).collect())
    }

    pub(super) fn text(&self) -> Result<String, Invalid> {
        self.parse("a text")
    }

    pub(super) fn account(&self) -> Result<AccountId, Invalid> {
        let found = self.parse("an account id in quotes, as in \"111122223333\"");
        let text: String = found?;
        account(&text, &self.at)
    }

    /// A policy, as it is written: an object, into which nobody looks here.
    pub(super) fn document(&self) -> Result<Box<RawValue>, Invalid> {
        if self.kind() != "an object" {
            return Err(self.expected("a policy document"));
        }
        Ok(self.raw.to_owned())
    }

    pub(super) fn is_text(&self) -> bool {
        self.kind() == "a text"
    }

    /// What stands here instead of what should.
    pub(super) fn expected(&self, expected: &str) -> Invalid {
        let kind = self.kind();
        self.at
            .invalid(format!("Expected {expected}, found {kind}."))
    }

    fn parse<T: Deserialize<'a>>(&self, expected: &str) -> Result<T, Invalid> {
        serde_json::from_str(self.raw.get()).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => self.expected(expected),
            // Such as half of a surrogate pair, which nobody has looked at so far.
            _ => self.at.invalid(format!("This is not JSON: {error}.")),
        })
    }

    fn kind(&self) -> &'static str {
        match self.raw.get().as_bytes().first() {
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "a text",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        }
    }
}

/// An account id, such as a key or a value.
pub(super) fn account(text: &str, at: &Place) -> Result<AccountId, Invalid> {
    AccountId::parse(text).ok_or_else(|| at.invalid("An account id has 12 digits."))
}

impl<'a> Object<'a> {
    /// The value of a key, once.
    pub(super) fn take(&mut self, key: &str) -> Option<Node<'a>> {
        let at = self.0.iter().position(|(known, _)| known == key)?;
        Some(self.0.swap_remove(at).1)
    }
}

impl<'a> IntoIterator for Object<'a> {
    type Item = (String, Node<'a>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The members of an object in their order, equal keys among them.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}
