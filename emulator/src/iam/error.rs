//! IAM's errors, one variant a situation. AWS's texts for them are in `text`.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>

mod account;
mod provider;
mod roles;
mod text;

#[cfg(test)]
mod tests;

pub(crate) use account::AccountError;
pub(crate) use provider::{MAX_CLIENT_IDS, MAX_THUMBPRINTS, ProviderError};
pub(crate) use roles::RoleError;

use super::model::{BadTrust, IdentityKind};
use super::simulation::Invalid;

/// Why an operation of IAM was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Error {
    /// No user, group or role of that name.
    NoSuchIdentity(IdentityKind, String),
    /// It has no inline policy of that name.
    NoSuchInlinePolicy(IdentityKind, String),
    /// No managed policy of that ARN, or not attached.
    NoSuchPolicy(String),
    /// No managed policy of that ARN that could be attached.
    NotAttachable(String),
    /// No managed policy of that ARN that could be a permissions boundary.
    NoSuchBoundary(String),
    /// The user or role of that name has no permissions boundary.
    NoBoundary(IdentityKind, String),
    /// No managed policy of that ARN, or none with such a version.
    NoSuchVersion {
        /// The policy.
        arn: String,
        /// The version, as it was asked for.
        version: String,
    },
    /// The user has no access key of that id.
    NoSuchAccessKey(String),
    /// The last use of a key that does not exist here: AWS does not say whether it exists elsewhere.
    ForeignAccessKey {
        /// The ARN of the caller.
        caller: String,
        /// The key.
        id: String,
    },
    /// A policy of AWS's own is nobody's to change.
    AwsManaged {
        /// The ARN of the caller.
        caller: String,
        /// What was asked for.
        action: &'static str,
        /// The policy.
        arn: String,
    },

    /// A user, group or role of that name exists; names ignore case.
    Exists(IdentityKind, String),
    /// A managed policy of that name exists, whatever its path; names ignore case.
    PolicyExists(String),

    /// What has something is not deleted.
    InUse(InUse),

    /// One more than there may be: the quota's name, and how many.
    Quota(&'static str, usize),
    /// An eleventh managed policy.
    TooManyAttachedPolicies(IdentityKind),
    /// A sixth version.
    TooManyVersions,
    /// More tags than an entity may have.
    TooManyTags,
    /// Inline policies that together are too long.
    PoliciesTooLong {
        /// What has them.
        kind: IdentityKind,
        /// How long they may be.
        limit: usize,
        /// Its name.
        name: String,
    },

    /// A policy that AWS refuses; AWS's message.
    Malformed(String),
    /// A policy for roles that only AWS's services have.
    ServiceRolePolicy,

    /// A text that should be an ARN.
    NotAnArn,
    /// A text that should be the ARN of a policy to attach.
    NotAPolicyArn(String),
    /// A text that should be the ARN of a policy to bound by.
    NotABoundary(String),
    /// A name with characters that IAM does not allow; the member that holds it.
    InvalidName(&'static str),
    /// A path that does not begin and end with a slash, or has characters outside ASCII.
    InvalidPath,
    /// A beginning of paths that is none.
    InvalidPathPrefix,
    /// A page marker that is none of ours.
    InvalidMarker,
    /// A key that is to expire at a word: AWS has the word, and refuses it.
    KeyExpiry,
    /// The caller's own user was meant, and the caller is none.
    NotAUser,
    /// A tag with a key that only AWS may use.
    ReservedTag,
    /// A list without anything, where there must be something.
    EmptyList,
    /// Two tags of a user or role with one key.
    DuplicateTags,
    /// Two tags of a policy with one key.
    DuplicatePolicyTags,
    /// A simulation that is refused.
    Simulation(Invalid),
    /// Something of roles and instance profiles.
    Role(RoleError),
    /// A feature that is not emulated yet; the text names it.
    Unsupported(&'static str),

    /// Of an OpenID Connect provider.
    Provider(ProviderError),
    /// Of an account, an alias or a password.
    Account(AccountError),
}

/// What keeps an entity from being deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum InUse {
    /// A user with access keys.
    AccessKeys,
    /// A user with a login profile.
    LoginProfile,
    /// An identity with inline policies.
    InlinePolicies,
    /// An identity with managed policies attached.
    AttachedPolicies,
    /// A user in groups, or a group with users.
    Memberships,
    /// A role in an instance profile, or an instance profile with a role.
    InstanceProfile,
    /// A policy that is attached.
    Attached,
    /// A policy with other versions than the one in force.
    Versions,
    /// The version in force.
    DefaultVersion,
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Simulation(invalid)
    }
}

impl From<BadTrust> for Error {
    fn from(bad: BadTrust) -> Self {
        Self::Malformed(match bad {
            BadTrust::Malformed(malformed) => malformed.to_string(),
            BadTrust::Unknown(principal) => {
                format!("Invalid principal in policy: \"AWS\":\"{}\"", principal.0)
            }
        })
    }
}

/// Status, code and message, as the tests of texts compare them.
#[cfg(test)]
fn printed(error: Error) -> String {
    let fault = crate::wire::Fault::from(error);
    let message = fault.message.unwrap_or_default();
    format!("{} {}: {message}", fault.status, fault.code)
}
