//! Web identity tokens: reads the JWT that AssumeRoleWithWebIdentity is given, and verifies its
//! signature and its times with the keys of its issuer. Whether the account knows the issuer is not
//! decided here; nothing is fetched (see `crate::issuers`), and no clock is read.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
//!
//! A token's claims are out of reach until it is verified: `Token::read` shows only whose keys to
//! look for.

mod claims;
mod jwks;
mod refusal;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod token;
mod vouching;

pub(crate) use claims::Claims;
pub(crate) use jwks::Jwks;
pub(crate) use refusal::Refusal;
pub(crate) use token::{Token, Verified};
pub(crate) use vouching::{Outcome, WebIdentity};
