//! What AWS answered, written down as files, and asked again of any target.
//!
//! The files and their format are in `fixtures/recordings`. `cargo test -p sekisho-contract --test
//! recordings` replays them all; what is known to differ is in [`differences`].

pub mod bindings;
pub mod differences;
pub mod facts;
pub mod filters;
pub mod matching;
pub mod read;
pub mod replay;

#[cfg(test)]
mod tests;

pub use bindings::Bindings;
pub use differences::Known;
pub use filters::Table;
pub use matching::Mismatch;
pub use read::Recording;
pub use replay::{Report, World, replay};
