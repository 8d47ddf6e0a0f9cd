//! What a session is narrowed and marked by: session policies, session tags, the source identity.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>

use serde::Deserialize;

use super::{Error, Session, token};
use crate::tag::{KeyCase, Tag, duplicate_tags};

/// The most managed policies of a session.
const MAX_MANAGED: usize = 10;

/// The room that policies and tags of a session have together, in bytes of what they are packed
/// into. AWS's packing is not published: it documents 2,048 characters of policies, and that tags
/// count as well. Here they are counted as they are, in this room.
const ROOM: usize = 4096;

/// The most characters of the policies of a session.
const MAX_POLICY: usize = 2048;

/// A managed policy as requests name it.
#[derive(Deserialize)]
pub(super) struct PolicyArn {
    #[serde(default)]
    arn: String,
}

/// The ARNs of the managed policies of a request.
pub(super) fn managed(policies: &[PolicyArn]) -> Result<Vec<String>, Error> {
    if policies.len() > MAX_MANAGED {
        return Err(Error::TooManyPolicies);
    }
    Ok(policies.iter().map(|policy| policy.arn.clone()).collect())
}

/// Refuses a session policy that AWS would refuse.
pub(super) fn check_policy(policy: Option<&str>) -> Result<(), Error> {
    let Some(text) = policy else {
        return Ok(());
    };
    token::compile(text).map_err(|malformed| Error::Malformed(malformed.to_string()))?;
    Ok(())
}

/// The tags of a session, those of the session that asks included: its transitive ones, which cannot
/// be set again. And the keys that are transitive from now on.
pub(super) fn tags(
    asking: Option<&Session>,
    tags: &[Tag],
    transitive: &[String],
) -> Result<(Vec<Tag>, Vec<String>), Error> {
    let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    if duplicate_tags(tags, KeyCase::Insensitive) {
        return Err(Error::DuplicateTags);
    }
    if tags
        .iter()
        .any(|tag| tag.key.get(..4).is_some_and(|start| same(start, "aws:")))
    {
        return Err(Error::ReservedTag);
    }
    if !transitive
        .iter()
        .all(|key| tags.iter().any(|tag| same(&tag.key, key)))
    {
        return Err(Error::TransitiveWithoutTag);
    }
    let inherited: Vec<&Tag> = asking.map_or_else(Vec::new, |session| {
        let is_transitive = |tag: &&Tag| session.transitive.iter().any(|key| same(key, &tag.key));
        session.tags.iter().filter(is_transitive).collect()
    });
    if tags
        .iter()
        .any(|tag| inherited.iter().any(|known| same(&known.key, &tag.key)))
    {
        return Err(Error::Inherited);
    }
    let keys = inherited.iter().map(|tag| tag.key.clone());
    let keys = keys.chain(transitive.iter().cloned()).collect();
    let all = inherited.into_iter().chain(tags).cloned().collect();
    Ok((all, keys))
}

/// How much of its room a session takes, in percent; refused above all of it.
pub(super) fn packed_size(
    policy: Option<&str>,
    managed: &[String],
    tags: &[Tag],
) -> Result<usize, Error> {
    let of_policies = policy.map_or(0, str::len) + managed.iter().map(String::len).sum::<usize>();
    let of_tags = tags
        .iter()
        .map(|tag| tag.key.len() + tag.value.len())
        .sum::<usize>();
    let percent = |bytes: usize, room: usize| (bytes * 100).div_ceil(room);
    if percent(of_policies, MAX_POLICY) > 100 {
        return Err(Error::TooLarge(
            "policies",
            percent(of_policies, MAX_POLICY),
        ));
    }
    match percent(of_policies + of_tags, ROOM) {
        size @ 0..=100 => Ok(size),
        size => Err(Error::TooLarge("session tags", size)),
    }
}
