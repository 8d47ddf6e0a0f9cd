//! May the caller do this? Demands in, AWS's sentence out. The deciding and the words are
//! `sekisho-iam`'s; this module knows which policies apply and what the request's context is.

mod access;
mod attached;
mod context;
mod demand;

pub use access::{Access, Authorized, Mode, Rules};
pub(crate) use access::{Denied, Made};
pub use context::Circumstances;
pub use demand::{Attributes, Demand, Target};
