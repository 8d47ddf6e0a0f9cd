//! One suite of contract tests for anything that claims to be AWS Secrets Manager.
//!
//! A [`Case`] is written once and runs against a [`Target`]: an emulator in this process, or
//! whatever listens at an endpoint. It speaks through the real AWS SDK for Rust where a typed call
//! can express it, and through raw signed requests where it cannot. What it did is recorded, and
//! shown when it fails. A [`Recording`] is what AWS answered, and is [replayed](recording) the same way.
//!
//! `cargo test -p sekisho-contract` runs every case in-process;
//! `CONTRACT_ENDPOINT=http://127.0.0.1:4566` runs them against a server instead.

mod case;
mod context;
mod record;
mod target;
mod wire;
mod xml;

pub mod cases;
pub mod model;
pub mod recording;

pub use case::{Case, Evidence, Need};
pub use context::Context;
pub use record::{Output, Recorder, Step};
pub use recording::Recording;
pub use target::{Credentials, Target, rotation_function};
pub use wire::{Answer, Raw};
pub use xml::Element;
