//! The id of a version: the ClientRequestToken of the request that made it, 32 to 64 characters.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An id. Clients send UUIDs, so those have a form without memory of its own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct VersionId(Form);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum Form {
    /// Any text that is a UUID as UUIDs are usually written, and no other.
    Uuid(Uuid),
    Text(Arc<str>),
}

impl VersionId {
    /// Hands out the id as text.
    pub fn read<T>(&self, then: impl FnOnce(&str) -> T) -> T {
        match &self.0 {
            Form::Uuid(id) => then(id.hyphenated().encode_lower(&mut Uuid::encode_buffer())),
            Form::Text(text) => then(text),
        }
    }
}

impl From<&str> for VersionId {
    fn from(text: &str) -> Self {
        let uuid = Uuid::try_parse(text).map(|id| Self(Form::Uuid(id)));
        let same = uuid.ok().filter(|id| id.read(|it| it == text));
        same.unwrap_or_else(|| Self(Form::Text(text.into())))
    }
}

impl fmt::Display for VersionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.read(|text| f.write_str(text))
    }
}

impl Serialize for VersionId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.read(|text| serializer.serialize_str(text))
    }
}

impl<'de> Deserialize<'de> for VersionId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| text.as_str().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_given_back_as_they_came() {
        for text in [
            "6f2c3a1e-9b4d-4f7c-8d0e-7d2a6a3e9f11",
            "6F2C3A1E-9B4D-4F7C-8D0E-7D2A6A3E9F11",
            "6f2c3a1e9b4d4f7c8d0e7d2a6a3e9f11",
            "{6f2c3a1e-9b4d-4f7c-8d0e-7d2a6a3e9f11}",
            "000000000000000000000000000000000001",
        ] {
            let id = VersionId::from(text);
            assert_eq!(id.to_string(), text);
            let other = VersionId::from("6f2c3a1e-9b4d-4f7c-8d0e-7d2a6a3e9f11");
            assert_eq!(id == other, id.to_string() == other.to_string(), "{text}");
        }
    }
}
