//! Sekisho.

pub mod account;
mod audit;
mod authentication;
pub mod authorization;
mod background;
mod caller;
mod control;
mod emulator;
pub mod environment;
mod iam;
mod operation;
mod secretsmanager;
mod sensitive;
mod service;
pub mod store;
mod sts;
pub mod timestamp;
mod wire;

pub use authorization::Mode;
pub use emulator::{Builder, Emulator};
#[cfg(feature = "server")]
pub mod http;
#[cfg(feature = "sdk")]
mod in_process;

/// The table of operations in Markdown, as the README shows it.
pub fn operations_markdown() -> String {
    operation::markdown(&service::TABLES)
}
