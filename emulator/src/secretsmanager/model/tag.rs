//! Tags of secrets. Keys are case-sensitive; order is that of insertion.

use serde::{Deserialize, Serialize};

use crate::wire::{Member, Shape};

/// A tag.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// 1 to 128 characters.
    #[serde(default)]
    pub key: String,
    /// 0 to 256 characters.
    #[serde(default)]
    pub value: String,
}

impl Tag {
    /// Key and value.
    pub fn pair(&self) -> (&str, &str) {
        (&self.key, &self.value)
    }
}

/// The most tags that a secret has.
const MAX_TAGS: usize = 50;

/// Whether a secret cannot have so many.
pub fn too_many(tags: Option<&Vec<Tag>>) -> bool {
    tags.is_some_and(|tags| tags.len() > MAX_TAGS)
}

/// A list of tags, as the model limits it.
pub const TAGS: Shape = Shape::List {
    of: &Shape::Structure(MEMBERS),
    min: 0,
    max: usize::MAX,
};

const MEMBERS: &[Member] = &[
    Member::string("Key", 1, 128),
    Member::string("Value", 0, 256),
];
