//! Secrets Manager's errors with AWS's texts, one variant a situation. Where AWS's text is not known
//! it is ours, and says so; the codes are documented.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html>

use std::sync::Arc;

use sekisho_iam::Malformed;

use super::model::{Refused, ScheduleError};
use crate::authorization::Denied;
use crate::wire::{Fault, Protocol};

mod text;

/// Why an operation was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Error {
    // What is not there, or there already.
    SecretNotFound,
    StageNotFound(String),
    VersionNotFound(String),
    PolicyNotFound,
    SecretExists(String),
    /// The token made a version with another value.
    TokenInUse {
        token: String,
        arn: Arc<str>,
    },

    // The state of the secret.
    MarkedForDeletion,
    NameScheduledForDeletion,
    DefaultKeyAcrossAccounts,
    IsReplica,
    IsNoReplica,
    HasReplicas {
        arn: Arc<str>,
        regions: Vec<String>,
    },
    HasCopyInAccount(Arc<str>),
    IsCrossAccountReplica(Arc<str>),

    // Names and values.
    BadName,
    NoToken,
    NoValue,
    BothValues,
    ValueTooLong,
    BadKmsKey(String),
    UnknownType(String),

    // Versions and labels.
    StageNotOfVersion,
    /// A label is to be taken from a version that is not named.
    HolderNotNamed {
        stage: String,
        holder: String,
    },
    /// A label is to be taken from a version that does not have it.
    OtherHolder(String),
    Versions(Refused),

    // Deletion.
    BadRecoveryWindow,
    ForceWithWindow,

    // Tags.
    TooManyTags,
    /// Those that are there and those that are added: TagResource knows no error of quotas.
    TooManyTagsTogether,
    DuplicateTags,
    SystemTag(String),
    /// A change after which the caller may do less than before.
    LockOut,

    // Policies.
    MalformedPolicy(Malformed),
    UnsupportedPrincipal,
    PublicPolicy,
    PolicyNotChangeable,

    // Lists.
    BadNextToken,
    TooManyFilters,
    ListAndFilters,
    NeitherListNorFilters,
    MaxResultsWithoutFilters,

    // Passwords.
    NothingForPassword,
    NothingOfKindForPassword,
    PasswordTooShort,

    // Copies.
    InvalidReplicaRegion,
    TooManyReplicas,
    NotInAnotherAccount,
    NotACopyOfThis,
    HasCopyElsewhere,
    NotTheOwner,
    OtherOrganization,
    NotForACopy,

    // Rotation.
    NoTokenToRotate,
    NoRotationFunction,
    BadFunction(String),
    CannotInvoke,
    RotationIncomplete,
    Schedule(ScheduleError),
    CannotAssumeRole(String),
    RoleWithoutType,
}

impl Error {
    fn code(&self) -> &'static str {
        match self {
            Self::SecretNotFound
            | Self::StageNotFound(_)
            | Self::VersionNotFound(_)
            | Self::PolicyNotFound
            | Self::Versions(Refused::UnknownVersion(_)) => "ResourceNotFoundException",
            Self::SecretExists(_) | Self::TokenInUse { .. } => "ResourceExistsException",
            Self::MarkedForDeletion
            | Self::NameScheduledForDeletion
            | Self::DefaultKeyAcrossAccounts
            | Self::NoToken
            | Self::NoValue
            | Self::StageNotOfVersion
            | Self::NoRotationFunction
            | Self::RotationIncomplete
            | Self::CannotAssumeRole(_)
            | Self::OtherOrganization
            | Self::HasCopyInAccount(_)
            | Self::IsCrossAccountReplica(_) => "InvalidRequestException",
            Self::BadName | Self::ValueTooLong => "ValidationException",
            Self::TooManyTags
            | Self::HasCopyElsewhere
            | Self::Versions(Refused::TooManyLabels | Refused::TooManyVersions) => {
                "LimitExceededException"
            }
            Self::MalformedPolicy(_) | Self::UnsupportedPrincipal => {
                "MalformedPolicyDocumentException"
            }
            Self::PublicPolicy => "PublicPolicyException",
            Self::BadNextToken => "InvalidNextTokenException",
            Self::LockOut | Self::CannotInvoke => "AccessDeniedException",
            _ => "InvalidParameterException",
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match (error.code(), error.to_string()) {
            ("ValidationException", text) => Self::invalid(Protocol::Json, text),
            (code, text) => Self::modelled(code, 400, text),
        }
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::Versions(refused)
    }
}

impl From<Malformed> for Error {
    fn from(malformed: Malformed) -> Self {
        Self::MalformedPolicy(malformed)
    }
}

/// A denial that an operation came upon while it ran.
impl From<Denied> for Fault {
    fn from(denied: Denied) -> Self {
        Self::access_denied(Protocol::Json, denied.sentence)
    }
}
