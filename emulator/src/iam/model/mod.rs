//! What IAM keeps: records, their keys and ARNs, and the rules of names. No operation, no wire.

mod access_key;
mod attached_to;
mod deletion;
mod group;
mod identity;
mod instance_profile;
mod managed_policy;
mod names;
mod principal_id;
mod role;
mod trust;
mod user;

pub(crate) use crate::tag::{KeyCase, Tag, by_key, duplicate_tags, remove_tags, set_tags};
pub(crate) use access_key::{AccessKey, KeyStatus, LastUse};
pub(crate) use attached_to::{AttachedTo, Attachment, PolicyUsage};
pub(crate) use deletion::Deletion;
pub(crate) use group::{Group, GroupName};
pub(crate) use identity::{IdentityKind, IdentityPolicies, InlinePolicy, size};
pub(crate) use instance_profile::InstanceProfile;
pub(crate) use managed_policy::{ManagedPolicy, PolicyVersion};
pub(crate) use names::{
    fold, root_path, valid_name, valid_path, valid_path_prefix, valid_policy_path,
};
pub(crate) use principal_id::{PrincipalId, PrincipalKind};
pub(crate) use role::Role;
pub(crate) use trust::{BadTrust, TrustPolicy};
pub(crate) use user::User;
