//! What IAM refuses in words of its own, before anything is looked up.

use super::Error;
use super::model::{
    KeyCase, ManagedPolicy, Tag, duplicate_tags, valid_name, valid_path, valid_path_prefix,
    valid_policy_path,
};

/// The name of a user.
pub(super) fn user_name(name: &str) -> Result<(), Error> {
    named(name, "userName")
}

/// The new name of a user.
pub(super) fn new_user_name(name: &str) -> Result<(), Error> {
    named(name, "newUserName")
}

/// The name of a group.
pub(super) fn group_name(name: &str) -> Result<(), Error> {
    named(name, "groupName")
}

/// The name of a role.
pub(super) fn role_name(name: &str) -> Result<(), Error> {
    named(name, "roleName")
}

/// The name of an instance profile.
pub(super) fn instance_profile_name(name: &str) -> Result<(), Error> {
    named(name, "instanceProfileName")
}

/// The name of anything, which a member holds.
pub(super) fn named(name: &str, member: &'static str) -> Result<(), Error> {
    if valid_name(name) {
        Ok(())
    } else {
        Err(Error::InvalidName(member))
    }
}

/// The name of a policy.
pub(super) fn policy_name(name: &str) -> Result<(), Error> {
    named(name, "policyName")
}

/// Something that is checked only if it was given.
pub(super) fn given(
    value: Option<&str>,
    check: fn(&str) -> Result<(), Error>,
) -> Result<(), Error> {
    value.map_or(Ok(()), check)
}

/// The path of a user.
pub(super) fn path(path: &str) -> Result<(), Error> {
    if valid_path(path) {
        Ok(())
    } else {
        Err(Error::InvalidPath)
    }
}

/// The path of a policy.
pub(super) fn policy_path(path: &str) -> Result<(), Error> {
    if valid_policy_path(path) {
        Ok(())
    } else {
        Err(Error::InvalidPath)
    }
}

/// The beginning of users' paths; need not end with a slash.
pub(super) fn path_prefix(prefix: &str) -> Result<(), Error> {
    if valid_path_prefix(prefix) {
        Ok(())
    } else {
        Err(Error::InvalidPathPrefix)
    }
}

/// The same where it must end with a slash.
pub(super) fn closed_path_prefix(prefix: &str) -> Result<(), Error> {
    if valid_path(prefix) {
        Ok(())
    } else {
        Err(Error::InvalidPathPrefix)
    }
}

/// The beginning of policies' paths; must end with a slash, although the message does not say so.
pub(super) fn policy_path_prefix(prefix: &str) -> Result<(), Error> {
    if valid_policy_path(prefix) {
        Ok(())
    } else {
        Err(Error::InvalidPathPrefix)
    }
}

/// The ARN of a managed policy, customer's or AWS's.
pub(super) fn policy_arn(arn: &str) -> Result<(), Error> {
    if ManagedPolicy::is_arn(arn) {
        Ok(())
    } else {
        Err(Error::NotAnArn)
    }
}

/// The same where a policy is attached or detached.
pub(super) fn attached_arn(arn: &str) -> Result<(), Error> {
    if ManagedPolicy::is_arn(arn) {
        Ok(())
    } else {
        Err(Error::NotAPolicyArn(arn.to_owned()))
    }
}

/// Tags that are added: some, and as they may be.
pub(super) fn some_tags(added: &[Tag], case: KeyCase) -> Result<(), Error> {
    tags(added, case)?;
    some(added)
}

/// Something in a list.
pub(super) fn some<T>(list: &[T]) -> Result<(), Error> {
    if list.is_empty() {
        Err(Error::EmptyList)
    } else {
        Ok(())
    }
}

/// Tags: none of AWS's own, and no two of one key.
pub(super) fn tags(tags: &[Tag], case: KeyCase) -> Result<(), Error> {
    let is_reserved = |tag: &Tag| {
        let beginning = tag.key.get(..4);
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case("aws:"))
    };
    if tags.iter().any(is_reserved) {
        return Err(Error::ReservedTag);
    }
    if !duplicate_tags(tags, case) {
        return Ok(());
    }
    Err(match case {
        KeyCase::Insensitive => Error::DuplicateTags,
        KeyCase::Sensitive => Error::DuplicatePolicyTags,
    })
}
