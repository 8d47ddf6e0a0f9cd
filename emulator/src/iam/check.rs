//! What IAM refuses in words of its own, before anything is looked up.

use super::Error;
use super::model::{
    KeyCase, ManagedPolicy, Tag, duplicate_tags, valid_name, valid_path, valid_path_prefix,
    valid_policy_path,
};

/// The name of a user.
pub(super) fn user_name(name: &str) -> Result<(), Error> {
    if valid_name(name) {
        Ok(())
    } else {
        Err(Error::InvalidName("userName"))
    }
}

/// The new name of a user.
pub(super) fn new_user_name(name: &str) -> Result<(), Error> {
    if valid_name(name) {
        Ok(())
    } else {
        Err(Error::InvalidName("newUserName"))
    }
}

/// The name of a policy.
pub(super) fn policy_name(name: &str) -> Result<(), Error> {
    if valid_name(name) {
        Ok(())
    } else {
        Err(Error::InvalidName("policyName"))
    }
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

/// Tags of a user: keys differ by more than case.
pub(super) fn user_tags(tags: &[Tag]) -> Result<(), Error> {
    if duplicate_tags(tags, KeyCase::Insensitive) {
        Err(Error::DuplicateTags)
    } else {
        Ok(())
    }
}

/// Tags of a policy.
pub(super) fn policy_tags(tags: &[Tag]) -> Result<(), Error> {
    if duplicate_tags(tags, KeyCase::Sensitive) {
        Err(Error::DuplicatePolicyTags)
    } else {
        Ok(())
    }
}
