//! Tags of secrets, as the model limits them.

use crate::wire::{Member, Shape};

/// A list of tags. The model does not limit their number; policies judge all of them and records keep
/// them, so it is limited here, far above what a secret has.
pub const TAGS: Shape = Shape::List {
    of: &Shape::Structure(MEMBERS),
    min: 0,
    max: 200,
};

/// A list of keys, as limited as tags are.
pub const TAG_KEYS: Shape = Shape::List {
    of: &Shape::string(1, 128),
    min: 0,
    max: 200,
};

const MEMBERS: &[Member] = &[
    Member::string("Key", 1, 128),
    Member::string("Value", 0, 256),
];
