//! Getting secrets.

use aws_sdk_secretsmanager::Client;
use aws_smithy_runtime::client::retries::RetryPartition;

use crate::{Error, Value};

/// Access to the secrets of one AWS account and region. Clones are cheap and share one client.
#[derive(Clone)]
pub struct Secrets {
    client: Client,
}

impl Secrets {
    /// Over an SDK client: region, credentials, endpoint and retries are those of the client.
    ///
    /// Retries draw on a bucket of their own, so that an outage of Secrets Manager never uses up
    /// those of your other AWS calls.
    pub fn new(client: Client) -> Self {
        let partition = RetryPartition::new("sekisho-client");
        let config = client
            .config()
            .to_builder()
            .retry_partition(partition)
            .build();
        Self {
            client: Client::from_conf(config),
        }
    }

    /// The current value of a secret, named by its name, its ARN, or its ARN without the suffix.
    ///
    /// Needs `secretsmanager:GetSecretValue`, and `kms:Decrypt` if the secret has a key of yours.
    ///
    /// # Errors
    /// See [`Error::kind`](crate::Error::kind).
    pub async fn get(&self, id: &str) -> Result<Value, Error> {
        match self.client.get_secret_value().secret_id(id).send().await {
            Ok(output) => Value::from_output(output).ok_or_else(|| Error::malformed(id)),
            Err(error) => Err(Error::from_sdk(id, error)),
        }
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}
