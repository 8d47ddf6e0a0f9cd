//! What the fuzz targets in `emulator/fuzz` run: one function a target, which states properties
//! and panics where one does not hold. Here, because most of what is judged is private; no part of
//! the library, and compiled for tests and for feature `fuzz` alone.
//!
//! A unit test runs every function over its corpus and over mutations of it, so that plain
//! `cargo test` keeps them true.

mod authorization;
mod aws_json;
mod aws_query;
mod decision;
mod organization;
mod policy;
mod request;
mod schedule;
mod secret_id;
mod signer;
mod web_identity;
mod world;

#[cfg(test)]
mod tests;

pub use authorization::authorization;
pub use aws_json::aws_json;
pub use aws_query::aws_query;
pub use decision::decision;
pub use organization::organization;
pub use policy::policy;
pub use request::request;
pub use schedule::schedule;
pub use secret_id::secret_id;
pub use web_identity::web_identity;

/// A target: its name, which is also that of its corpus, and its function.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 10] = [
    ("request", request),
    ("aws_json", aws_json),
    ("aws_query", aws_query),
    ("authorization", authorization),
    ("secret_id", secret_id),
    ("schedule", schedule),
    ("policy", policy),
    ("decision", decision),
    ("organization", organization),
    ("web_identity", web_identity),
];
