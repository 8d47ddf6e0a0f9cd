//! STS's errors with AWS's texts, one variant a situation.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>

use crate::wire::{Fault, Protocol};

/// Why an operation of STS was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Error {
    /// A text that should be the ARN of a role.
    NotARole(String),
    /// Longer than sessions of the role may last.
    BeyondRole,
    /// Longer than a session may last that another session asks for.
    BeyondChaining,
    /// Two tags with one key.
    DuplicateTags,
    /// A key of a tag that only AWS may use.
    ReservedTag,
    /// A transitive key without a tag.
    TransitiveWithoutTag,
    /// A tag that a session of a session inherits, and that it may not set again.
    Inherited,
    /// Another source identity than that of the session that asks.
    OtherSourceIdentity,
    /// More managed policies than a session may have.
    TooManyPolicies,
    /// A session policy that AWS refuses; AWS's message.
    Malformed(String),
    /// Policies and tags that are too long together, in percent of what they may be; what they are.
    TooLarge(&'static str, usize),
    /// No device of that serial number has made that code, as there are no devices here.
    NoDevice,
    /// An operation that sessions cannot call.
    SessionCredentials(&'static str),
    /// An access key id that belongs to no account.
    UnknownAccessKey,
    /// A message that no service here has encoded.
    NotEncodedHere,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::NotARole(arn) => invalid(format!("{arn} is invalid")),
            Error::BeyondRole => invalid(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            ),
            Error::BeyondChaining => invalid(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
            ),
            Error::DuplicateTags => parameter(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ),
            Error::ReservedTag => {
                parameter("Tag keys beginning with aws: are reserved for system use.")
            }
            Error::TransitiveWithoutTag => parameter(
                "The specified transitive tag key must be included in the requested tags.",
            ),
            Error::Inherited => parameter(
                "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key \
                 from the calling session.",
            ),
            // AWS documents that it cannot be changed, and no text for it.
            Error::OtherSourceIdentity => {
                parameter("The source identity of the calling session cannot be changed.")
            }
            // Documented is the number, not the text.
            Error::TooManyPolicies => invalid("A session can have up to 10 managed policies."),
            Error::Malformed(message) => Self::modelled("MalformedPolicyDocument", 400, message),
            Error::TooLarge(what, percent) => Self::modelled(
                "PackedPolicyTooLarge",
                400,
                format!("Packed size of {what} consumes {percent}% of allotted space."),
            ),
            Error::NoDevice => denied(
                "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number \
                 is valid and associated with this user.",
            ),
            Error::SessionCredentials(operation) => {
                denied(format!("Cannot call {operation} with session credentials"))
            }
            // AWS's text is not known.
            Error::UnknownAccessKey => invalid("The specified access key id is not valid."),
            Error::NotEncodedHere => Self::modelled(
                "InvalidAuthorizationMessageException",
                400,
                "Message is not valid",
            ),
        }
    }
}

type Text = std::borrow::Cow<'static, str>;

fn invalid(text: impl Into<Text>) -> Fault {
    Fault::invalid(Protocol::Query, text)
}

fn parameter(text: impl Into<Text>) -> Fault {
    Fault::modelled("InvalidParameterValue", 400, text)
}

fn denied(text: impl Into<Text>) -> Fault {
    Fault::modelled("AccessDenied", 403, text)
}
