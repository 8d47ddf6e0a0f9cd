//! What IAM keeps: records, their keys and ARNs, and the rules of names. No operation, no wire.

mod access_key;
mod managed_policy;
mod names;
mod user;

pub(crate) use crate::tag::{KeyCase, Tag, by_key, duplicate_tags, remove_tags, set_tags};
pub(crate) use access_key::{AccessKey, KeyStatus, LastUse};
pub(crate) use managed_policy::{ManagedPolicy, PolicyVersion};
pub(crate) use names::{
    fold, root_path, valid_name, valid_path, valid_path_prefix, valid_policy_path,
};

pub(crate) use user::{InlinePolicy, User};
