//! What a request's tags must be like beyond the model's limits, before IAM is asked about them.

use super::Error;
use crate::tag::{KeyCase, MAX_TAGS, Tag, duplicate_tags, set_tags};

/// Refuses more tags than a new secret can have, and what no tags can be.
pub(super) fn check(tags: Option<&[Tag]>) -> Result<(), Error> {
    let tags = tags.unwrap_or_default();
    if tags.len() > MAX_TAGS {
        return Err(Error::TooManyTags);
    }
    check_each(tags)
}

/// Refuses a key that is there twice: policies would judge one of its values, and the other would be
/// stored.
pub(super) fn check_each(tags: &[Tag]) -> Result<(), Error> {
    if tags.len() > MAX_TAGS {
        return Err(Error::TooManyTagsTogether);
    }
    if duplicate_tags(tags, KeyCase::Sensitive) {
        return Err(Error::DuplicateTags);
    }
    check_keys(tags.iter().map(|tag| &tag.key))
}

/// Refuses keys that only AWS may use.
pub(super) fn check_keys<'k>(keys: impl Iterator<Item = &'k String>) -> Result<(), Error> {
    let is_reserved = |key: &&String| {
        let prefix = key.get(..RESERVED.len());
        prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(RESERVED))
    };
    let reserved = keys.into_iter().find(is_reserved);
    reserved.map_or(Ok(()), |key| Err(Error::SystemTag(key.clone())))
}

const RESERVED: &str = "aws:";

/// The tags after a request: a key that is there keeps its place and gets the new value.
pub(super) fn merged(old: &[Tag], new: &[Tag]) -> Result<Vec<Tag>, Error> {
    set_tags(old, new, KeyCase::Sensitive).ok_or(Error::TooManyTagsTogether)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_and_twice() {
        let tag = |key: usize| Tag {
            key: key.to_string(),
            value: String::new(),
        };
        let tags: Vec<Tag> = (0..MAX_TAGS).map(tag).collect();
        assert_eq!(check(Some(&tags)), Ok(()));
        assert_eq!(check(None), Ok(()));
        let more: Vec<Tag> = (0..=MAX_TAGS).map(tag).collect();
        assert_eq!(check(Some(&more)), Err(Error::TooManyTags));
        assert_eq!(check(Some(&[tag(1), tag(1)])), Err(Error::DuplicateTags));
        let system = Error::SystemTag("aws:x".to_owned());
        assert_eq!(
            check_keys(["a", "aws:x"].map(str::to_owned).iter()),
            Err(system)
        );
        assert_eq!(merged(&tags, &more[..MAX_TAGS]), Ok(tags.clone()));
        let together = Err(Error::TooManyTagsTogether);
        assert_eq!(merged(&tags, &more), together);
    }
}
