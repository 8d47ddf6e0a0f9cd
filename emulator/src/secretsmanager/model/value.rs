//! The protected value of one version. Never compared by `==`, printed, or serialized by accident.

use std::sync::Arc;

use data_encoding::BASE64;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::secret::Accessed;
use super::version_id::VersionId;
use crate::account::Scope;
use crate::sensitive::Sensitive;
use crate::store::{Key, Record, Stored};

/// A value: text, or bytes.
#[derive(Clone)]
pub enum SecretValue {
    /// `SecretString`.
    Text(Sensitive<Box<str>>),
    /// `SecretBinary`.
    Binary(Sensitive<Box<[u8]>>),
}

impl SecretValue {
    /// A text; no copy of it has room to spare.
    pub fn text(text: &str) -> Self {
        Self::Text(Sensitive::new(text.into()))
    }

    /// Bytes.
    pub fn bytes(bytes: &[u8]) -> Self {
        Self::Binary(Sensitive::new(bytes.into()))
    }

    /// Whether two values are the same: what makes a repeated request harmless.
    pub fn is_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.expose() == b.expose(),
            (Self::Binary(a), Self::Binary(b)) => a.expose() == b.expose(),
            _ => false,
        }
    }
}

/// The text of a stored value, which an answer discloses on purpose and without a copy.
pub struct DisclosedText(Arc<VersionValue>);

/// The bytes of a stored value, likewise, in base64.
pub struct DisclosedBinary(Arc<VersionValue>);

/// The two members of an answer, of which one is there.
pub fn disclose(stored: Arc<VersionValue>) -> (Option<DisclosedText>, Option<DisclosedBinary>) {
    match stored.value {
        SecretValue::Text(_) => (Some(DisclosedText(stored)), None),
        SecretValue::Binary(_) => (None, Some(DisclosedBinary(stored))),
    }
}

impl Serialize for DisclosedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            SecretValue::Text(text) => serializer.serialize_str(text.expose()),
            SecretValue::Binary(_) => serializer.serialize_none(),
        }
    }
}

impl Serialize for DisclosedBinary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            SecretValue::Text(_) => serializer.serialize_none(),
            SecretValue::Binary(bytes) => {
                let text = Sensitive::new(BASE64.encode(bytes.expose()));
                serializer.serialize_str(text.expose())
            }
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
    /// The KMS keys that it is encrypted under, as callers named them; none for the default key. A
    /// new key of the secret adds to them. Empty if the default key is all there is.
    kms_key_ids: Box<[Option<Box<str>>]>,
    /// When it was last read.
    pub accessed: Accessed,
}

impl VersionValue {
    /// A value that nobody has read.
    pub fn new(value: SecretValue, kms_key_id: Option<&str>) -> Self {
        Self {
            value,
            kms_key_ids: kms_key_id.map(|key| Some(key.into())).into_iter().collect(),
            accessed: Accessed::default(),
        }
    }

    /// The same value under another key, too; when it was last read is not forgotten.
    pub fn also_under(&self, kms_key_id: Option<&str>) -> Self {
        let mut keys: Vec<Option<&str>> = self.kms_key_ids().collect();
        if !keys.contains(&kms_key_id) {
            keys.push(kms_key_id);
        }
        Self {
            value: self.value.clone(),
            kms_key_ids: keys.into_iter().map(|key| key.map(Into::into)).collect(),
            accessed: self.accessed.copy(),
        }
    }

    /// The keys it is encrypted under, oldest first; none for the default key.
    pub fn kms_key_ids(&self) -> impl Iterator<Item = Option<&str>> {
        let default = self.kms_key_ids.is_empty().then_some(None);
        default
            .into_iter()
            .chain(self.kms_key_ids.iter().map(Option::as_deref))
    }

    /// Where the value of a version is kept. The ARN suffix keeps secrets of one name apart that
    /// lived one after the other.
    pub fn key(scope: &Scope, name: &str, suffix: &str, version: &VersionId) -> Key {
        let (account, region) = (scope.account.as_str(), scope.region.as_str());
        version.read(|id| Key::new(Self::KIND, &[account, region, name, suffix, id]))
    }
}

impl Record for VersionValue {}

impl Stored for VersionValue {
    const KIND: &'static str = "secret-version";
}
