//! The cases, one file an operation or topic, named as the operations are.

use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};

use crate::Case;

mod authentication;
mod get_secret_value;

/// All cases.
pub fn all() -> impl Iterator<Item = &'static Case> {
    [authentication::CASES, get_secret_value::CASES]
        .into_iter()
        .flatten()
}

/// Code and message of a refusal.
#[track_caller]
fn refused<T: std::fmt::Debug, E: ProvideErrorMetadata + std::fmt::Debug, R>(
    outcome: Result<T, SdkError<E, R>>,
) -> (String, String)
where
    R: std::fmt::Debug,
{
    match outcome {
        Err(SdkError::ServiceError(error)) => {
            let error = error.into_err();
            (
                error.code().unwrap_or_default().to_owned(),
                error.message().unwrap_or_default().to_owned(),
            )
        }
        Err(other) => panic!("no refusal by the service: {other:?}"),
        Ok(answer) => panic!("not refused: {answer:?}"),
    }
}

/// As [`refused`] gives it.
fn error(code: &str, message: impl Into<String>) -> (String, String) {
    (code.to_owned(), message.into())
}
