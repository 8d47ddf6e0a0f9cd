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
    }
}
