//! Secrets Manager's errors with AWS's texts, one variant a situation.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html>

use std::sync::Arc;

use crate::wire::{Fault, Protocol};

/// Why an operation was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Error {
    /// No such secret.
    SecretNotFound,
    /// No version has that label.
    StageNotFound(String),
    /// No version has that id.
    VersionNotFound(String),
    /// The version of that id has not that label.
    StageNotOfVersion,
    /// A secret of that name exists.
    SecretExists(String),
    /// The token made a version with another value.
    TokenInUse {
        /// The token.
        token: String,
        /// The secret.
        arn: Arc<str>,
    },
    /// The secret is scheduled for deletion.
    MarkedForDeletion,
    /// A secret of the name to be given is scheduled for deletion.
    NameScheduledForDeletion,
    /// A raw request without the token that SDKs always send.
    NoToken,
    /// Neither kind of value.
    NoValue,
    /// Both kinds of value.
    BothValues,
    /// A window outside 7 to 30 days.
    BadRecoveryWindow,
    /// A window, and force.
    ForceWithWindow,
    /// A name with characters that names cannot have.
    BadName,
    /// More bytes than a value may have.
    ValueTooLong,
    /// More tags than a secret may have.
    TooManyTags,
    /// A tag's key given twice.
    DuplicateTags,
    /// A password without characters to make it of.
    NothingForPassword,
    /// A password that cannot have a character of each kind.
    PasswordTooShort,
    /// A KMS key that cannot be used; KMS's message.
    BadKmsKey(String),
    /// A page token that is none of ours.
    BadNextToken,
    /// A feature that is not emulated yet; the text names it.
    Unsupported(&'static str),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let not_found = |text: String| Self::modelled("ResourceNotFoundException", 400, text);
        let request = |text: &'static str| Self::modelled("InvalidRequestException", 400, text);
        let parameter = |text: String| Self::modelled("InvalidParameterException", 400, text);
        let exists = |text: String| Self::modelled("ResourceExistsException", 400, text);
        match error {
            Error::SecretNotFound => not_found("Secrets Manager can't find the specified secret.".to_owned()),
            Error::StageNotFound(stage) => {
                not_found(format!("Secrets Manager can't find the specified secret value for staging label: {stage}"))
            }
            Error::VersionNotFound(id) => {
                not_found(format!("Secrets Manager can't find the specified secret value for VersionId: {id}"))
            }
            Error::StageNotOfVersion => {
                request("You provided a VersionStage that is not associated to the provided VersionId.")
            }
            Error::SecretExists(name) => exists(format!("The operation failed because the secret {name} already exists.")),
            Error::TokenInUse { token, arn } => exists(format!(
                "You can't use ClientRequestToken {token} because that value is already in use for a version of secret {arn}."
            )),
            Error::MarkedForDeletion => {
                request("You can't perform this operation on the secret because it was marked for deletion.")
            }
            Error::NameScheduledForDeletion => request(
                "You can't create this secret because a secret with this name is already scheduled for deletion.",
            ),
            Error::NoToken => request("You must provide a ClientRequestToken value. We recommend a UUID-type value."),
            Error::NoValue => request("You must provide either SecretString or SecretBinary."),
            Error::BothValues => parameter(
                "The request had invalid params: You can't specify both a binary secret value and a string secret \
                 value in the same secret."
                    .to_owned(),
            ),
            // AWS's text is not known: the code alone is documented.
            Error::TooManyTags => Self::modelled(
                "LimitExceededException",
                400,
                "A secret can have up to 50 tags.",
            ),
            // Nor are this one's code and text.
            Error::DuplicateTags => {
                parameter("Duplicate tag keys found. Each tag key can be given once.".to_owned())
            }
            // The code is documented, the text is not known.
            Error::NothingForPassword => {
                parameter("All characters are excluded; a password needs some.".to_owned())
            }
            Error::PasswordTooShort => {
                parameter("Password length is too short based on the required types.".to_owned())
            }
            Error::BadRecoveryWindow => {
                parameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).".to_owned())
            }
            Error::ForceWithWindow => {
                parameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.".to_owned())
            }
            Error::BadName => Self::invalid(
                Protocol::Json,
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
            ),
            // The quota is one of bytes, the model's limit one of characters; the text is the model's.
            Error::ValueTooLong => Self::invalid(
                Protocol::Json,
                "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have \
                 length less than or equal to 65536",
            ),
            Error::BadKmsKey(message) => {
                parameter(format!("The operation failed because of an invalid KMS key: {message}"))
            }
            // AWS's text is not known: the error type alone is documented.
            Error::BadNextToken => Self::modelled("InvalidNextTokenException", 400, "The NextToken value is invalid."),
            Error::Unsupported(what) => parameter(format!("Sekisho does not support {what} yet.")),
        }
    }
}
