//! The operations together, in process.

mod found;
mod wire;
