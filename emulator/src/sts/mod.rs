//! STS: who am I.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html>

mod get_caller_identity;
// Nothing calls it before AssumeRoleWithWebIdentity is there.
#[allow(dead_code, unused_imports)]
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
        skew_minutes: 15,
    },
    operations: &[Entry::of::<get_caller_identity::GetCallerIdentity>()],
    missing: &[
        "AssumeRole",
        "AssumeRoleWithWebIdentity",
        "DecodeAuthorizationMessage",
        "GetAccessKeyInfo",
        "GetFederationToken",
        "GetSessionToken",
    ],
};
