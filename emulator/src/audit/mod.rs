//! What happened: a record a request, kept in a ring, shown on demand and logged as one line.
//! Never holds an input, a value, a key or a signature.

mod explain;
mod record;
mod ring;

pub(crate) use record::Record;
pub(crate) use ring::Ring;
