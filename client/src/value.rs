//! The value of a secret. Shows itself only where it is asked to.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// One version of a secret. Clones share the bytes, which are wiped with the last of them.
#[derive(Clone)]
pub struct Value(Arc<Snapshot>);

struct Snapshot {
    arn: String,
    name: String,
    version_id: String,
    stages: Vec<String>,
    created: Option<SystemTime>,
    content: Content,
}

enum Content {
    Text(Zeroizing<String>),
    Bytes(Zeroizing<Vec<u8>>),
}

impl Value {
    /// None if the answer lacks what every answer of Secrets Manager has.
    pub(crate) fn from_output(output: GetSecretValueOutput) -> Option<Self> {
        let content = match (output.secret_string, output.secret_binary) {
            (Some(text), _) => Content::Text(Zeroizing::new(text)),
            (None, Some(bytes)) => Content::Bytes(Zeroizing::new(bytes.into_inner())),
            (None, None) => return None,
        };
        Some(Self(Arc::new(Snapshot {
            arn: output.arn?,
            name: output.name?,
            version_id: output.version_id?,
            stages: output.version_stages.unwrap_or_default(),
            created: output
                .created_date
                .and_then(|date| SystemTime::try_from(date).ok()),
            content,
        })))
    }

    /// The text of the secret.
    ///
    /// # Errors
    /// The secret is binary.
    pub fn expose_str(&self) -> Result<&str, NotText> {
        match &self.0.content {
            Content::Text(text) => Ok(text),
            Content::Bytes(_) => Err(NotText),
        }
    }

    /// The bytes of the secret; of a text its UTF-8.
    pub fn expose_bytes(&self) -> &[u8] {
        match &self.0.content {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }

    /// The secret read as JSON.
    ///
    /// # Errors
    /// It is no JSON, or not of that type. The error never quotes the secret.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, NotJson> {
        serde_json::from_slice(self.expose_bytes()).map_err(|error| NotJson {
            line: error.line(),
            column: error.column(),
        })
    }

    /// The full ARN of the secret.
    pub fn arn(&self) -> &str {
        &self.0.arn
    }

    /// The name of the secret.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The version of the secret.
    pub fn version_id(&self) -> &str {
        &self.0.version_id
    }

    /// The staging labels of the version, when it was fetched.
    pub fn stages(&self) -> &[String] {
        &self.0.stages
    }

    /// When the version was made.
    pub fn created(&self) -> Option<SystemTime> {
        self.0.created
    }
}

/// Which secret, which version, how long. Never the content.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Value")
            .field("arn", &self.0.arn)
            .field("version_id", &self.0.version_id)
            .field("bytes", &self.expose_bytes().len())
            .finish_non_exhaustive()
    }
}

/// The secret is binary, not text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotText;

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the secret is binary, not text")
    }
}

impl std::error::Error for NotText {}

/// The secret is not the JSON that was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotJson {
    /// Where, from 1.
    pub line: usize,
    /// Where, from 1; 0 at a line's start.
    pub column: usize,
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the secret is not the expected JSON, at line {} column {}",
            self.line, self.column
        )
    }
}

impl std::error::Error for NotJson {}
