//! Why a secret could not be had.

use std::fmt;
use std::sync::Arc;

use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;

/// A failure. `Clone`, `Send` and `Sync`: it can be shared by all who waited for one call.
#[derive(Clone)]
pub struct Error {
    secret_id: Arc<str>,
    kind: Kind,
    source: Option<Arc<SdkError<GetSecretValueError>>>,
}

/// What kind of failure it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// There is no such secret, or it has no current value.
    NotFound,
    /// The caller may not read it, or may not use its key, or is not known at all.
    Denied,
    /// The secret is scheduled for deletion.
    Deleted,
    /// Its key cannot decrypt it.
    Decryption,
    /// Too many calls.
    Throttled,
    /// The service failed, or could not be reached.
    Unavailable,
    /// No answer came in time.
    Timeout,
    /// Something else: a malformed request, a misconfigured client, a malformed answer.
    Other,
}

impl Error {
    /// The kind of failure.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The secret that was asked for.
    pub fn secret_id(&self) -> &str {
        &self.secret_id
    }

    /// Whether the same call may succeed later, with nothing changed.
    pub fn is_transient(&self) -> bool {
        matches!(
            self.kind,
            Kind::Throttled | Kind::Unavailable | Kind::Timeout
        )
    }

    pub(crate) fn from_sdk(secret_id: &str, error: SdkError<GetSecretValueError>) -> Self {
        Self {
            secret_id: secret_id.into(),
            kind: classify(&error),
            source: Some(Arc::new(error)),
        }
    }

    pub(crate) fn malformed(secret_id: &str) -> Self {
        Self {
            secret_id: secret_id.into(),
            kind: Kind::Other,
            source: None,
        }
    }
}

fn classify(error: &SdkError<GetSecretValueError>) -> Kind {
    match error {
        SdkError::TimeoutError(_) => Kind::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_timeout() => Kind::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_io() => Kind::Unavailable,
        SdkError::ServiceError(context) => {
            let error = context.err();
            let status = context.raw().status().as_u16();
            by_code(
                error.code().unwrap_or_default(),
                error.message().unwrap_or_default(),
                status,
            )
        }
        _ => Kind::Other,
    }
}

/// Codes of Secrets Manager and of AWS's front end.
/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html>
fn by_code(code: &str, message: &str, status: u16) -> Kind {
    match code {
        "ResourceNotFoundException" => Kind::NotFound,
        "AccessDeniedException"
        | "UnrecognizedClientException"
        | "InvalidSignatureException"
        | "ExpiredTokenException"
        | "MissingAuthenticationTokenException"
        | "IncompleteSignatureException" => Kind::Denied,
        // The type is that of any refused request; only the text tells deletion from the rest.
        "InvalidRequestException" if message.contains("marked for deletion") => Kind::Deleted,
        "DecryptionFailure" => Kind::Decryption,
        "ThrottlingException" | "Throttling" | "TooManyRequestsException" => Kind::Throttled,
        _ if status == 429 => Kind::Throttled,
        _ if status >= 500 => Kind::Unavailable,
        _ => Kind::Other,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            Kind::NotFound => "is not there",
            Kind::Denied => "may not be read",
            Kind::Deleted => "is scheduled for deletion",
            Kind::Decryption => "cannot be decrypted",
            Kind::Throttled => "could not be read: too many calls",
            Kind::Unavailable => "could not be read: the service is unavailable",
            Kind::Timeout => "could not be read in time",
            Kind::Other => "could not be read",
        };
        write!(f, "secret `{}` {what}", self.secret_id)?;
        let message = self
            .source
            .as_deref()
            .and_then(ProvideErrorMetadata::message);
        message.map_or(Ok(()), |message| write!(f, ": {message}"))
    }
}

/// As `Display`: the SDK's own error holds the raw answer, which is nobody's business in a log.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}: {self})", self.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_kinds() {
        for (code, message, status, kind) in [
            ("ResourceNotFoundException", "", 400, Kind::NotFound),
            (
                "AccessDeniedException",
                "Access to KMS is not allowed",
                400,
                Kind::Denied,
            ),
            (
                "InvalidRequestException",
                "… because it was marked for deletion.",
                400,
                Kind::Deleted,
            ),
            (
                "InvalidRequestException",
                "You provided a VersionStage …",
                400,
                Kind::Other,
            ),
            ("ThrottlingException", "Rate exceeded", 400, Kind::Throttled),
            ("InternalServiceError", "", 500, Kind::Unavailable),
            ("", "", 503, Kind::Unavailable),
            ("ValidationException", "", 400, Kind::Other),
        ] {
            assert_eq!(by_code(code, message, status), kind, "{code} {status}");
        }
    }

    #[test]
    fn errors_can_cross_threads() {
        fn shared<T: Clone + Send + Sync + 'static>() {}
        shared::<Error>();
    }
}
