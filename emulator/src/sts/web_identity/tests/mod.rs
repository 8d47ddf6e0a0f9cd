//! Tokens and keys, good and bad.

mod claims;
mod jwks;
mod verify;

use serde_json::Value;

use super::sample::{NOW, jwks, token};
use super::{Jwks, Refusal, Token, Verified};
use crate::timestamp::Timestamp;

fn keys() -> Jwks {
    Jwks::parse(jwks().as_bytes()).unwrap()
}

fn verified(text: &str) -> Result<Verified, Refusal> {
    Token::read(text)?.verify(&keys(), NOW)
}

/// The outcome for claims that a key of the issuer signed.
fn of(claims: &Value) -> Result<Verified, Refusal> {
    verified(&token("ES256", claims))
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}
