//! May the caller do this? Demands in, AWS's sentence out. The deciding itself is `sekisho-iam`'s;
//! this module knows which policies apply and how AWS words a refusal.

mod access;
mod demand;
mod sentence;

pub(crate) use access::Made;
pub use access::{Access, Authorized, Mode};
pub use demand::{Demand, Target};
