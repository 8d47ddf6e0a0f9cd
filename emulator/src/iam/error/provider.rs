//! What is refused of OpenID Connect providers, in AWS's words.

use super::Error;
use super::text::{exists, input, invalid, limit, missing};
use crate::wire::Fault;

/// The most thumbprints of a provider.
pub(crate) const MAX_THUMBPRINTS: usize = 5;
/// The most client ids of a provider.
pub(crate) const MAX_CLIENT_IDS: usize = 100;

/// Why an operation on a provider was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ProviderError {
    /// No provider of that ARN.
    NotFound(String),
    /// The same, of one that was to be deleted.
    NothingToDelete(String),
    /// A provider of that URL exists.
    Exists(String),
    /// A URL that is no issuer's.
    InvalidUrl,
    /// More thumbprints than there may be.
    TooManyThumbprints,
    /// More client ids than there may be.
    TooManyClientIds,
}

impl From<ProviderError> for Error {
    fn from(error: ProviderError) -> Self {
        Self::Provider(error)
    }
}

impl From<ProviderError> for Fault {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::NotFound(arn) => {
                missing(format!("OpenIDConnect Provider not found for arn {arn}"))
            }
            ProviderError::NothingToDelete(arn) => {
                missing(format!("OpenId connect Provider {arn} cannot be found."))
            }
            ProviderError::Exists(url) => {
                exists(format!("Provider with url {url} already exists."))
            }
            ProviderError::InvalidUrl => invalid("Invalid Open ID Connect Provider URL"),
            // Five are allowed, whatever the text says.
            ProviderError::TooManyThumbprints => input(format!(
                "Thumbprint list must contain fewer than {MAX_THUMBPRINTS} entries."
            )),
            ProviderError::TooManyClientIds => limit(format!(
                "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: {MAX_CLIENT_IDS}"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::printed;
    use super::*;

    #[test]
    fn every_text() {
        let arn = || "arn:aws:iam::111122223333:oidc-provider/example.org".to_owned();
        for (error, expected) in [
            (
                ProviderError::NotFound(arn()),
                "404 NoSuchEntity: OpenIDConnect Provider not found for arn arn:aws:iam::111122223333:oidc-provider/example.org",
            ),
            (
                ProviderError::NothingToDelete(arn()),
                "404 NoSuchEntity: OpenId connect Provider arn:aws:iam::111122223333:oidc-provider/example.org cannot be found.",
            ),
            (
                ProviderError::Exists("https://example.org".to_owned()),
                "409 EntityAlreadyExists: Provider with url https://example.org already exists.",
            ),
            (
                ProviderError::InvalidUrl,
                "400 ValidationError: Invalid Open ID Connect Provider URL",
            ),
            (
                ProviderError::TooManyThumbprints,
                "400 InvalidInput: Thumbprint list must contain fewer than 5 entries.",
            ),
            (
                ProviderError::TooManyClientIds,
                "409 LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
            ),
        ] {
            assert_eq!(printed(Error::from(error)), expected);
        }
    }
}
