//! What a request's tags must be like beyond the model's limits, before IAM is asked about them.

use std::collections::HashSet;

use super::Error;
use super::model::Tag;

/// The most tags that a secret has.
const MOST: usize = 50;

/// Refuses more tags than there can be, and a key that is there twice: policies would judge one of
/// its values, and the other would be stored.
pub(super) fn check(tags: Option<&[Tag]>) -> Result<(), Error> {
    let tags = tags.unwrap_or_default();
    let mut keys = HashSet::new();
    if tags.len() > MOST {
        return Err(Error::TooManyTags);
    }
    if tags.iter().all(|tag| keys.insert(&tag.key)) {
        Ok(())
    } else {
        Err(Error::DuplicateTags)
    }
}

/// The tags after a request: a key that is there keeps its place and gets the new value.
pub(super) fn merged(old: &[Tag], new: &[Tag]) -> Result<Vec<Tag>, Error> {
    let mut tags = old.to_vec();
    for tag in new {
        match tags.iter_mut().find(|known| known.key == tag.key) {
            Some(known) => known.value.clone_from(&tag.value),
            None => tags.push(tag.clone()),
        }
    }
    check(Some(&tags)).map(|()| tags)
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
        let tags: Vec<Tag> = (0..MOST).map(tag).collect();
        assert_eq!(check(Some(&tags)), Ok(()));
        assert_eq!(check(None), Ok(()));
        let more: Vec<Tag> = (0..=MOST).map(tag).collect();
        assert_eq!(check(Some(&more)), Err(Error::TooManyTags));
        assert_eq!(check(Some(&[tag(1), tag(1)])), Err(Error::DuplicateTags));
        assert_eq!(merged(&tags, &more[..MOST]), Ok(tags.clone()));
        assert_eq!(merged(&tags, &more), Err(Error::TooManyTags));
    }
}
