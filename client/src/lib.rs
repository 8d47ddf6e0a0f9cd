#![doc = include_str!("../README.md")]

mod error;
mod secrets;
mod value;

pub use error::{Error, Kind};
pub use secrets::Secrets;
pub use value::{NotJson, NotText, Value};
