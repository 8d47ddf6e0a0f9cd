#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod authorization;
mod canonical;
mod claim;
mod date;
mod encoding;
mod error;
mod expected;
mod headers;
mod key;
mod path;
mod presigned;
mod query;
mod request;

pub use claim::Claim;
pub use error::{Error, InvalidExpires, Kind, Mismatch, Missing, Quoted, ScopeFault, Window};
pub use expected::Expected;
pub use key::SecretKey;
pub use request::Request;
