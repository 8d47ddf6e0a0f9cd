#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

// Top to bottom: the question, what is attached, the answer, and how one comes from the others.
mod principal;
pub use principal::{Caller, Principal};

mod request;
pub use request::{Context, Request, Resource, Value};

mod policies;
pub use policies::{Grant, Level, Named, Policies, ResourceKind, ResourcePolicy};

mod decision;
pub use decision::{Decision, Determining, Layer, Outcome};

mod evaluate;
pub use evaluate::evaluate;

// The policy language: from text to something that can be evaluated.
mod policy;
pub use policy::{Effect, Policy, Statement};

mod document;
pub use document::Kind;

mod error;
pub use error::{Error, Malformed, Unsupported};

mod arn;
mod glob;
mod index;
mod json;
