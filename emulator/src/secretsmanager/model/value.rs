//! The protected value of one version. Never compared by `==`, printed, or serialized by accident.

use data_encoding::BASE64;
use serde::{Deserialize, Deserializer};

use super::secret::Accessed;
use super::versions::VersionId;
use crate::account::Scope;
use crate::sensitive::{Disclosed, Sensitive};
use crate::store::{Key, Record, Stored};

/// A value: text, or bytes.
#[derive(Clone)]
pub enum SecretValue {
    /// `SecretString`.
    Text(Sensitive<String>),
    /// `SecretBinary`.
    Binary(Sensitive<Vec<u8>>),
}

impl SecretValue {
    /// Whether two values are the same: what makes a repeated request harmless.
    pub fn is_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.expose() == b.expose(),
            (Self::Binary(a), Self::Binary(b)) => a.expose() == b.expose(),
            _ => false,
        }
    }

    /// The text, for an answer; none for bytes.
    pub fn disclose_text(&self) -> Option<Disclosed<String>> {
        match self {
            Self::Text(text) => Some(Disclosed(text.clone())),
            Self::Binary(_) => None,
        }
    }

    /// The bytes in base64, for an answer; none for text.
    pub fn disclose_binary(&self) -> Option<Disclosed<String>> {
        match self {
            Self::Text(_) => None,
            Self::Binary(bytes) => Some(Disclosed(Sensitive::new(BASE64.encode(bytes.expose())))),
        }
    }
}

/// Reads a base64 member; for `#[serde(deserialize_with)]`.
pub fn from_base64<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Sensitive<Vec<u8>>>, D::Error> {
    let Some(text) = Option::<Sensitive<String>>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let bytes = BASE64.decode(text.expose().as_bytes());
    bytes
        .map(|bytes| Some(Sensitive::new(bytes)))
        .map_err(|_| serde::de::Error::custom("invalid base64"))
}

/// The value of a version, an item of its own beside its secret, never changed once stored.
pub struct VersionValue {
    /// The value.
    pub value: SecretValue,
    /// When it was last read.
    pub accessed: Accessed,
}

impl VersionValue {
    /// A value that nobody has read.
    pub fn new(value: SecretValue) -> Self {
        Self {
            value,
            accessed: Accessed::default(),
        }
    }

    /// Where the value of a version is kept. The ARN suffix keeps secrets of one name apart that
    /// lived one after the other.
    pub fn key(scope: &Scope, name: &str, suffix: &str, version: &VersionId) -> Key {
        Key::new(
            Self::KIND,
            &[
                scope.account.as_str(),
                scope.region.as_str(),
                name,
                suffix,
                version.as_str(),
            ],
        )
    }
}

impl Record for VersionValue {}

impl Stored for VersionValue {
    const KIND: &'static str = "secret-version";
}
