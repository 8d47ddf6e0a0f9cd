//! What IAM keeps: records, their keys and ARNs, and the rules of names. No operation, no wire.

mod access_key;
mod managed_policy;
mod names;
mod tag;
mod user;

pub use access_key::{AccessKey, KeyStatus, LastUse, LastUsed};
pub use managed_policy::{ManagedPolicy, PolicyVersion};
pub use names::{fold, valid_name, valid_path, valid_path_prefix, valid_policy_path};
pub use tag::{KeyCase, Tag, duplicate_tags, remove_tags, set_tags};
pub use user::{InlinePolicy, User};
