//! IAM, as far as users of Secrets Manager need it: users, policies, access keys.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html>

mod demand;
mod error;
pub mod model;
mod view;

mod create_user;

use crate::operation::{Entry, Table};
use crate::wire::Protocol;
use crate::wire::route::Endpoint;

pub use error::Error;

/// The service's table.
pub static TABLE: Table = Table {
    endpoint: Endpoint {
        name: "iam",
        protocol: Protocol::Query,
        marker: "https://iam.amazonaws.com/doc/2010-05-08/",
        version: "2010-05-08",
        skew_minutes: 15,
    },
    operations: &[Entry::of::<create_user::CreateUser>()],
    missing: &[],
};
