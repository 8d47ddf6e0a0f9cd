//! What every engine is asked, what it may answer, and what it must offer to be compared.

use std::fmt;
use std::net::IpAddr;

/// Who asks, in every comparison.
pub const ACCOUNT: &str = "111122223333";
pub const USER: &str = "ann";
pub const USER_ARN: &str = "arn:aws:iam::111122223333:user/ann";

/// May the user do this to that, when these keys have these values?
#[derive(Debug, Clone)]
pub struct Question {
    /// As in `secretsmanager:GetSecretValue`.
    pub action: String,
    pub resource: String,
    pub facts: Vec<(String, Fact)>,
}

/// The value of a condition key, with its type: some engines want a boolean to be one.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    Text(String),
    List(Vec<String>),
    Flag(bool),
    /// As it is written, since it may have a fraction.
    Number(String),
    Address(IpAddr),
    /// As in `2026-01-01T00:00:00Z`.
    Date(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Allowed,
    ImplicitlyDenied,
    ExplicitlyDenied,
}

/// A policy language and what decides by it.
pub trait Engine: Sized {
    const NAME: &'static str;
    /// A question in the engine's own types, made before anything is measured.
    type Request<'q>;

    /// Reads a policy, in the engine's own language.
    fn read(policy: &str) -> Result<Self, String>;

    /// None if the engine has no type for one of the facts.
    fn request(question: &Question) -> Option<Self::Request<'_>>;

    fn decide(&self, request: &Self::Request<'_>) -> Result<Outcome, String>;
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Date(text) => write!(f, "{text:?}"),
            Self::List(texts) => write!(f, "{texts:?}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Address(address) => write!(f, "{address}"),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allowed => "allowed",
            Self::ImplicitlyDenied => "implicitly denied",
            Self::ExplicitlyDenied => "explicitly denied",
        })
    }
}
