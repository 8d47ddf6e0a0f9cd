//! Tags, which all services give to what they keep. The order is that of insertion.
//! <https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The most tags that anything has.
pub(crate) const MAX_TAGS: usize = 50;

/// A tag.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// 1 to 128 characters. Where a model does not ask for it, an absent one is empty.
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

/// Whether the case of a tag's key matters: it does for secrets and policies, and does not for
/// users.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum KeyCase {
    /// `Team` and `team` are two keys.
    Sensitive,
    /// `Team` and `team` are one key.
    Insensitive,
}

impl KeyCase {
    fn same(self, one: &str, other: &str) -> bool {
        match self {
            Self::Sensitive => one == other,
            Self::Insensitive => one.eq_ignore_ascii_case(other),
        }
    }
}

/// Whether two tags have the same key.
pub(crate) fn duplicate_tags(tags: &[Tag], case: KeyCase) -> bool {
    let known = |(index, tag): (usize, &Tag)| {
        tags[..index]
            .iter()
            .any(|other| case.same(&other.key, &tag.key))
    };
    tags.iter().enumerate().any(known)
}

/// Adds tags; one whose key is there already takes the other's place. None if they become too many.
pub(crate) fn set_tags(old: &[Tag], new: &[Tag], case: KeyCase) -> Option<Vec<Tag>> {
    let mut tags = old.to_vec();
    for tag in new {
        match tags.iter_mut().find(|old| case.same(&old.key, &tag.key)) {
            Some(old) => *old = tag.clone(),
            None => tags.push(tag.clone()),
        }
    }
    (tags.len() <= MAX_TAGS).then_some(tags)
}

/// Takes the tags of these keys away; keys that are not there do not matter.
pub(crate) fn remove_tags(tags: &mut Vec<Tag>, keys: &[String], case: KeyCase) {
    tags.retain(|tag| !keys.iter().any(|key| case.same(key, &tag.key)));
}

/// Tags with their keys, sorted by them, as IAM lists them.
pub(crate) fn by_key(tags: &[Tag]) -> BTreeMap<&str, Tag> {
    tags.iter()
        .map(|tag| (tag.key.as_str(), tag.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Vec<Tag> {
        pairs
            .iter()
            .map(|(key, value)| Tag {
                key: (*key).to_owned(),
                value: (*value).to_owned(),
            })
            .collect()
    }

    #[test]
    fn case_matters_for_policies_only() {
        let old = tags(&[("Team", "a")]);
        let new = tags(&[("team", "b")]);
        assert_eq!(set_tags(&old, &new, KeyCase::Insensitive).unwrap(), new);
        let both = set_tags(&old, &new, KeyCase::Sensitive).unwrap();
        assert_eq!(both, tags(&[("Team", "a"), ("team", "b")]));
        assert!(
            duplicate_tags(&both, KeyCase::Insensitive)
                && !duplicate_tags(&both, KeyCase::Sensitive)
        );
        let mut left = both.clone();
        remove_tags(&mut left, &["TEAM".to_owned()], KeyCase::Sensitive);
        assert_eq!(left, both);
        remove_tags(&mut left, &["TEAM".to_owned()], KeyCase::Insensitive);
        assert!(left.is_empty());
    }

    #[test]
    fn fifty_tags_and_no_more() {
        let many = |count: usize| {
            (0..count)
                .map(|n| Tag {
                    key: n.to_string(),
                    value: String::new(),
                })
                .collect::<Vec<_>>()
        };
        assert!(set_tags(&many(49), &many(50), KeyCase::Insensitive).is_some());
        let other = tags(&[("one more", "")]);
        assert!(set_tags(&many(50), &other, KeyCase::Insensitive).is_none());
    }
}
