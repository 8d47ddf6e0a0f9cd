//! STS: who somebody is, and temporary credentials.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html>

// What operations are made of.
mod assumed;
mod credentials;
mod error;
mod members;
mod narrowing;
mod role;
mod session;
mod token;
mod vouched;

// The operations.
mod assume_role;
mod assume_role_with_web_identity;
mod decode_authorization_message;
mod get_access_key_info;
mod get_caller_identity;
mod get_federation_token;
mod get_session_token;

#[cfg(test)]
mod tests;

use error::Error;

pub(crate) use session::{Opened, Session, SessionOf, Sessions, Vouched};
pub(crate) mod web_identity;

use crate::operation::{Entry, Table};
use crate::wire::Protocol;
use crate::wire::route::Endpoint;

/// The service's table.
pub static TABLE: Table = Table {
    endpoint: Endpoint {
        name: "sts",
        protocol: Protocol::Query,
        marker: "https://sts.amazonaws.com/doc/2011-06-15/",
        version: "2011-06-15",
        speaks_json: true,
        skew_minutes: 15,
    },
    operations: &[
        Entry::of::<get_caller_identity::GetCallerIdentity>(),
        Entry::of::<assume_role::AssumeRole>(),
        Entry::of::<assume_role_with_web_identity::AssumeRoleWithWebIdentity>(),
        Entry::of::<get_session_token::GetSessionToken>(),
        Entry::of::<get_federation_token::GetFederationToken>(),
        Entry::of::<get_access_key_info::GetAccessKeyInfo>(),
        Entry::of::<decode_authorization_message::DecodeAuthorizationMessage>(),
    ],
    missing: &[
        "AssumeRoleWithSAML",
        "AssumeRoot",
        "GetDelegatedAccessToken",
        "GetScopedCredentials",
        "GetWebIdentityToken",
    ],
};
