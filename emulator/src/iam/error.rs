//! IAM's errors with AWS's texts, one variant a situation.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>

use super::simulation::Invalid;
use crate::wire::{Fault, Protocol};

/// Why an operation of IAM was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Error {
    /// No user of that name.
    NoSuchUser(String),
    /// The user has no inline policy of that name.
    NoSuchUserPolicy(String),
    /// No managed policy of that ARN, or not attached to the user.
    NoSuchPolicy(String),
    /// No managed policy of that ARN that could be attached.
    NotAttachable(String),
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

    /// A user of that name exists; names ignore case.
    UserExists(String),
    /// A managed policy of that name exists, whatever its path; names ignore case.
    PolicyExists(String),

    /// A user with access keys is not deleted.
    UserHasAccessKeys,
    /// A user with inline policies is not deleted.
    UserHasPolicies,
    /// A user with managed policies attached is not deleted.
    UserHasAttachedPolicies,
    /// A policy that is attached is not deleted.
    PolicyIsAttached,
    /// A policy is deleted with its only version.
    PolicyHasVersions,
    /// The version in force is not deleted.
    VersionIsDefault,

    /// A third access key.
    TooManyAccessKeys,
    /// An eleventh managed policy.
    TooManyAttachedPolicies,
    /// A sixth version.
    TooManyVersions,
    /// More tags than an entity may have.
    TooManyTags,
    /// A managed policy that is too long.
    PolicyTooLong,
    /// Inline policies that together are too long; the user.
    UserPoliciesTooLong(String),

    /// A policy that AWS refuses; AWS's message.
    Malformed(String),

    /// A text that should be an ARN.
    NotAnArn,
    /// A name with characters that IAM does not allow; the member that holds it.
    InvalidName(&'static str),
    /// A path that does not begin and end with a slash, or has characters outside ASCII.
    InvalidPath,
    /// A beginning of paths that is none.
    InvalidPathPrefix,
    /// A page marker that is none of ours.
    InvalidMarker,
    /// Two tags of a user with one key.
    DuplicateTags,
    /// Two tags of a policy with one key.
    DuplicatePolicyTags,
    /// A simulation that is refused.
    Simulation(Invalid),
    /// A feature that is not emulated yet; the text names it.
    Unsupported(&'static str),
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Simulation(invalid)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::NoSuchUser(name) => {
                missing(format!("The user with name {name} cannot be found."))
            }
            Error::NoSuchUserPolicy(name) => {
                missing(format!("The user policy with name {name} cannot be found."))
            }
            Error::NoSuchPolicy(arn) => missing(format!("Policy {arn} was not found.")),
            Error::NotAttachable(arn) => {
                missing(format!("Policy {arn} does not exist or is not attachable."))
            }
            Error::NoSuchVersion { arn, version } => missing(format!(
                "Policy {arn} version {version} does not exist or is not attachable."
            )),
            Error::NoSuchAccessKey(id) => {
                missing(format!("The Access Key with id {id} cannot be found."))
            }
            // Without the colon and the reason that denials by policy have.
            Error::ForeignAccessKey { caller, id } => Self::access_denied(
                Protocol::Query,
                format!(
                    "User: {caller} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key {id}"
                ),
            ),

            Error::UserExists(name) => exists(format!("User with name {name} already exists.")),
            Error::PolicyExists(name) => exists(format!(
                "A policy called {name} already exists. Duplicate names are not allowed."
            )),

            Error::UserHasAccessKeys => {
                conflict("Cannot delete entity, must delete access keys first.")
            }
            Error::UserHasPolicies => conflict("Cannot delete entity, must delete policies first."),
            Error::UserHasAttachedPolicies => {
                conflict("Cannot delete entity, must detach all policies first.")
            }
            Error::PolicyIsAttached => conflict("Cannot delete a policy attached to entities."),
            Error::PolicyHasVersions => conflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's \
                 versions. The default version is deleted with the policy.",
            ),
            Error::VersionIsDefault => conflict("Cannot delete the default version of a policy."),

            Error::TooManyAccessKeys => limit("Cannot exceed quota for AccessKeysPerUser: 2"),
            Error::TooManyAttachedPolicies => limit("Cannot exceed quota for PoliciesPerUser: 10"),
            Error::TooManyVersions => limit(
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an \
                 existing version.",
            ),
            // AWS's text is not known: the code alone is documented.
            Error::TooManyTags => limit("The number of tags has reached the maximum limit."),
            Error::PolicyTooLong => limit("Cannot exceed quota for PolicySize: 6144"),
            Error::UserPoliciesTooLong(name) => limit(format!(
                "Maximum policy size of 2048 bytes exceeded for user {name}"
            )),

            Error::Malformed(message) => malformed(message),

            // The gap is AWS's.
            Error::NotAnArn => invalid("Invalid ARN:  Could not be parsed!"),
            Error::InvalidName(member) => invalid(format!(
                "The specified value for {member} is invalid. It must contain only alphanumeric characters and/or \
                 the following: +=,.@_-"
            )),
            Error::InvalidPath => invalid(
                "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric \
                 characters and/or / characters.",
            ),
            Error::InvalidPathPrefix => invalid(
                "The specified value for pathPrefix is invalid. It must begin with the / character and contain only \
                 alphanumeric characters and/or / characters.",
            ),
            // AWS's text is not known.
            Error::InvalidMarker => invalid("Invalid Marker."),
            Error::DuplicateTags => {
                input("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
            }
            Error::DuplicatePolicyTags => input("Duplicate tag keys found."),
            Error::Simulation(invalid @ Invalid::NoSource) => missing(invalid.to_string()),
            Error::Simulation(invalid) => input(invalid.to_string()),
            Error::Unsupported(what) => input(format!("Sekisho does not support {what} yet.")),
        }
    }
}

type Text = std::borrow::Cow<'static, str>;

fn missing(text: impl Into<Text>) -> Fault {
    Fault::modelled("NoSuchEntity", 404, text)
}

fn exists(text: impl Into<Text>) -> Fault {
    Fault::modelled("EntityAlreadyExists", 409, text)
}

fn conflict(text: impl Into<Text>) -> Fault {
    Fault::modelled("DeleteConflict", 409, text)
}

fn limit(text: impl Into<Text>) -> Fault {
    Fault::modelled("LimitExceeded", 409, text)
}

fn malformed(text: impl Into<Text>) -> Fault {
    Fault::modelled("MalformedPolicyDocument", 400, text)
}

fn input(text: impl Into<Text>) -> Fault {
    Fault::modelled("InvalidInput", 400, text)
}

fn invalid(text: impl Into<Text>) -> Fault {
    Fault::invalid(Protocol::Query, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text() {
        let name = || "x".to_owned();
        let arn = || "arn:aws:iam::111122223333:policy/p".to_owned();
        let all = [
            Error::NoSuchUser(name()),
            Error::NoSuchUserPolicy(name()),
            Error::NoSuchPolicy(arn()),
            Error::NotAttachable(arn()),
            Error::NoSuchVersion {
                arn: arn(),
                version: "v7".to_owned(),
            },
            Error::NoSuchAccessKey("AKIAIOSFODNN7EXAMPLE".to_owned()),
            Error::ForeignAccessKey {
                caller: "arn:aws:iam::111122223333:root".to_owned(),
                id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            },
            Error::UserExists(name()),
            Error::PolicyExists(name()),
            Error::UserHasAccessKeys,
            Error::UserHasPolicies,
            Error::UserHasAttachedPolicies,
            Error::PolicyIsAttached,
            Error::PolicyHasVersions,
            Error::VersionIsDefault,
            Error::TooManyAccessKeys,
            Error::TooManyAttachedPolicies,
            Error::TooManyVersions,
            Error::TooManyTags,
            Error::PolicyTooLong,
            Error::UserPoliciesTooLong(name()),
            Error::Malformed("Syntax errors in policy.".to_owned()),
            Error::NotAnArn,
            Error::InvalidName("userName"),
            Error::InvalidPath,
            Error::InvalidPathPrefix,
            Error::InvalidMarker,
            Error::DuplicateTags,
            Error::DuplicatePolicyTags,
            Error::Simulation(Invalid::NoSource),
            Error::Simulation(Invalid::Marker),
            Error::Unsupported("permissions boundaries"),
        ];
        let printed: Vec<String> = all
            .map(|error| {
                let Fault {
                    code,
                    status,
                    message,
                    ..
                } = error.into();
                format!("{status} {code}: {}", message.unwrap_or_default())
            })
            .into();
        assert_eq!(printed, EVERY);
    }

    const EVERY: [&str; 32] = [
        "404 NoSuchEntity: The user with name x cannot be found.",
        "404 NoSuchEntity: The user policy with name x cannot be found.",
        "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/p was not found.",
        "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/p does not exist or is not attachable.",
        "404 NoSuchEntity: Policy arn:aws:iam::111122223333:policy/p version v7 does not exist or is not attachable.",
        "404 NoSuchEntity: The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.",
        "403 AccessDenied: User: arn:aws:iam::111122223333:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE",
        "409 EntityAlreadyExists: User with name x already exists.",
        "409 EntityAlreadyExists: A policy called x already exists. Duplicate names are not allowed.",
        "409 DeleteConflict: Cannot delete entity, must delete access keys first.",
        "409 DeleteConflict: Cannot delete entity, must delete policies first.",
        "409 DeleteConflict: Cannot delete entity, must detach all policies first.",
        "409 DeleteConflict: Cannot delete a policy attached to entities.",
        "409 DeleteConflict: This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        "409 DeleteConflict: Cannot delete the default version of a policy.",
        "409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2",
        "409 LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10",
        "409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
        "409 LimitExceeded: The number of tags has reached the maximum limit.",
        "409 LimitExceeded: Cannot exceed quota for PolicySize: 6144",
        "409 LimitExceeded: Maximum policy size of 2048 bytes exceeded for user x",
        "400 MalformedPolicyDocument: Syntax errors in policy.",
        "400 ValidationError: Invalid ARN:  Could not be parsed!",
        "400 ValidationError: The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
        "400 ValidationError: The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
        "400 ValidationError: The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.",
        "400 ValidationError: Invalid Marker.",
        "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        "400 InvalidInput: Duplicate tag keys found.",
        "404 NoSuchEntity: Unable to retrieve specified IAM entity.",
        "400 InvalidInput: Invalid marker for pagination.",
        "400 InvalidInput: Sekisho does not support permissions boundaries yet.",
    ];
}
