//! Staging labels: what a version of a secret is for.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version>

use std::fmt;

use serde::{Deserialize, Serialize};

/// A staging label. Three of them mean something to Secrets Manager; any other text is the user's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Stage {
    /// `AWSCURRENT`: the version that is read when none is asked for.
    Current,
    /// `AWSPREVIOUS`: the one that was current before.
    Previous,
    /// `AWSPENDING`: the one that a rotation is making.
    Pending,
    /// A label of the user's own.
    Custom(Box<str>),
}

impl Stage {
    /// The label as AWS writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Current => "AWSCURRENT",
            Self::Previous => "AWSPREVIOUS",
            Self::Pending => "AWSPENDING",
            Self::Custom(label) => label,
        }
    }
}

impl Stage {
    /// The label's hash as Java spreads it over buckets.
    /// <https://docs.oracle.com/javase/8/docs/api/java/lang/String.html#hashCode-->
    pub(super) fn hash_of_java(&self) -> u32 {
        let hash = self.as_str().encode_utf16().fold(0_u32, |hash, unit| {
            hash.wrapping_mul(31).wrapping_add(u32::from(unit))
        });
        hash ^ (hash >> 16)
    }
}

impl From<String> for Stage {
    fn from(label: String) -> Self {
        match label.as_str() {
            "AWSCURRENT" => Self::Current,
            "AWSPREVIOUS" => Self::Previous,
            "AWSPENDING" => Self::Pending,
            _ => Self::Custom(label.into()),
        }
    }
}

impl From<Stage> for String {
    fn from(stage: Stage) -> Self {
        stage.as_str().to_owned()
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
