#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

// Top to bottom: the question, what is attached, the answer, and how one comes from the others.
mod principal;
pub use principal::{Caller, Principal};

mod request;
pub use request::{Context, Request, Resource, Value};

mod policies;
pub use policies::{Grant, GrantConstraint, Level, Named, Policies, ResourceKind, ResourcePolicy};

mod decision;
pub use decision::{Decision, Determining, Layer, Outcome};

mod evaluate;
pub use evaluate::evaluate;

mod sentence;
pub use sentence::Denial;

mod trace;
pub use trace::{
    Change, ConditionTrace, ElementTrace, GrantTrace, LayerTrace, NearestMiss, Place, PolicyTrace,
    StatementTrace, Trace, explain,
};

// The policy language: from text to something that can be evaluated.
mod policy;
pub use policy::{Effect, Policy, Statement};

pub mod document;
pub use document::Kind;

mod error;
pub use error::Malformed;

// What is known of AWS itself, and what a policy looks like in its light.
pub mod table;

pub mod lint;

// What the policy simulator asks beside a decision.
pub mod simulation;

mod arn;
mod condition;
mod glob;
mod index;
mod json;
mod unknown;
mod variable;
