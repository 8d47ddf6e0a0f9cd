//! Why a request was refused, in AWS's words.
//!
//! Never holds a secret key or a signature that would have been right. It may quote what the sender sent, which is
//! why `Debug` keeps quoted headers and canonical requests (where a session token may stand) to itself.

use std::borrow::Cow;

mod text;

/// A refusal. `Display` is the message of the JSON services (Secrets Manager, KMS); see [`Error::query_text`] for the
/// query services.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// `..` in the path climbs above the root. AWS answers 400 with an empty body, so the text is empty.
    PathAboveRoot,
    /// A `%` at the end of the query with fewer than two digits behind it.
    IncompleteEscape,
    /// A `%` in the query followed by something else than two hex digits, which are kept here.
    IllegalEscape(String),
    /// Neither an Authorization header nor `X-Amz-Algorithm` in the query.
    MissingAuthentication,
    /// Both an Authorization header and `X-Amz-Algorithm` in the query.
    BothForms,
    /// Another algorithm than AWS4-HMAC-SHA256, named here.
    UnsupportedAlgorithm(String),
    /// A piece of the Authorization header has no equal-sign.
    NotKeyValue {
        /// The piece.
        part: Quoted,
        /// The whole header.
        header: Quoted,
    },
    /// The Authorization header lacks parameters, or there is no date.
    MissingParameters {
        /// What is missing, in AWS's order.
        missing: Vec<Missing>,
        /// The whole header.
        header: Quoted,
    },
    /// A presigned request lacks query parameters: their names, in AWS's order.
    MissingQueryParameters(Vec<&'static str>),
    /// `X-Amz-Expires` is no number of seconds from 1 to 604800.
    InvalidExpires(InvalidExpires),
    /// The signed headers do not include `host`.
    HostNotSigned,
    /// A signed header that the request does not have.
    SignedHeaderAbsent(String),
    /// An `x-amz-*` header that the signature does not cover.
    HeaderNotSigned(String),
    /// A date in no known format, or one that is on no calendar.
    InvalidDate(String),
    /// The credential has not five parts.
    InvalidCredential(String),
    /// Signed too long ago.
    Expired(Window),
    /// Signed too far in the future.
    NotYetCurrent(Window),
    /// The scope is not the one expected: all that is wrong, in AWS's order.
    Scope(Vec<ScopeFault>),
    /// The signature is not the one calculated.
    Mismatch(Box<Mismatch>),
}

/// Which error a refusal is, as far as its code goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The path is impossible; AWS sends no code and no body.
    InvalidUriPath,
    /// `MalformedQueryString`.
    MalformedQueryString,
    /// `MissingAuthenticationToken`.
    MissingAuthentication,
    /// `IncompleteSignature`.
    IncompleteSignature,
    /// `SignatureDoesNotMatch`, which the JSON services call `InvalidSignatureException`.
    SignatureDoesNotMatch,
}

/// A header, or a piece of one, that AWS quotes to its sender. `Debug` does not: it may hold a password of another
/// scheme.
#[derive(Clone, PartialEq, Eq)]
pub struct Quoted(pub(crate) String);

/// Something an Authorization header must come with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The named parameter of the header.
    Parameter(&'static str),
    /// Either date header.
    Date,
}

/// What is wrong with `X-Amz-Expires`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidExpires {
    /// Not a number.
    NotANumber,
    /// Less than one second.
    TooSmall,
    /// More than seven days.
    TooLarge,
}

/// The time of a request against the time window it missed. All in seconds, times since the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// When the request says it was signed.
    pub signed_at: i64,
    /// The server's time.
    pub now: i64,
    /// How far apart they may be.
    pub allowed: u64,
}

/// One wrong part of a credential scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeFault {
    /// The region, as given.
    Region(String),
    /// The service; the one expected.
    Service(String),
    /// The terminator, as given.
    Terminator(String),
    /// The date in the scope, as given, and the time of the request in basic format.
    Date(String, String),
}

/// What the signature should have been made of.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The canonical request.
    pub canonical_request: String,
    /// The string to sign.
    pub string_to_sign: String,
}

impl Error {
    /// Which error this is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::PathAboveRoot => Kind::InvalidUriPath,
            Self::IncompleteEscape | Self::IllegalEscape(_) => Kind::MalformedQueryString,
            Self::MissingAuthentication => Kind::MissingAuthentication,
            Self::UnsupportedAlgorithm(_)
            | Self::NotKeyValue { .. }
            | Self::MissingParameters { .. }
            | Self::MissingQueryParameters(_)
            | Self::InvalidExpires(_)
            | Self::SignedHeaderAbsent(_)
            | Self::InvalidDate(_)
            | Self::InvalidCredential(_) => Kind::IncompleteSignature,
            Self::BothForms
            | Self::HostNotSigned
            | Self::HeaderNotSigned(_)
            | Self::Expired(_)
            | Self::NotYetCurrent(_)
            | Self::Scope(_)
            | Self::Mismatch(_) => Kind::SignatureDoesNotMatch,
        }
    }

    /// The message of the query services (IAM, STS), where it differs from `Display`: a mismatch is its first
    /// paragraph only, and two forms at once are refused without a word.
    pub fn query_text(&self) -> Cow<'static, str> {
        match self {
            Self::MissingAuthentication => Cow::Borrowed("Request is missing Authentication Token"),
            Self::BothForms => Cow::Borrowed(""),
            Self::Mismatch(_) => Cow::Borrowed(text::MISMATCH),
            other => Cow::Owned(other.to_string()),
        }
    }
}

impl Kind {
    /// The code of the query services, as in `<Code>`.
    pub fn query_code(self) -> &'static str {
        match self {
            Self::InvalidUriPath => "InvalidURIPath",
            Self::MalformedQueryString => "MalformedQueryString",
            Self::MissingAuthentication => "MissingAuthenticationToken",
            Self::IncompleteSignature => "IncompleteSignature",
            Self::SignatureDoesNotMatch => "SignatureDoesNotMatch",
        }
    }

    /// The code of the JSON services, as in `__type`.
    pub fn json_code(self) -> &'static str {
        match self {
            Self::InvalidUriPath => "InvalidURIPathException",
            Self::MalformedQueryString => "MalformedQueryStringException",
            Self::MissingAuthentication => "MissingAuthenticationTokenException",
            Self::IncompleteSignature => "IncompleteSignatureException",
            Self::SignatureDoesNotMatch => "InvalidSignatureException",
        }
    }
}
