//! What IAM keeps: records, their keys and ARNs, and the rules of names. No operation, no wire.

mod access_key;
mod account_alias;
mod attached_to;
mod deletion;
mod group;
mod identity;
mod instance_profile;
mod login_profile;
mod managed_policy;
mod names;
mod oidc_provider;
mod password_policy;
mod principal_id;
mod role;
mod trust;
mod user;

pub(crate) use crate::tag::{KeyCase, Tag, by_key, duplicate_tags, remove_tags, set_tags};
pub(crate) use access_key::{AccessKey, KeyStatus, LastUse};
pub(crate) use account_alias::{AccountAlias, TakenAlias};
pub(crate) use attached_to::{AttachedTo, Attachment, PolicyUsage};
pub(crate) use deletion::Deletion;
pub(crate) use group::{Group, GroupName};
pub(crate) use identity::{IdentityKind, IdentityPolicies, InlinePolicy, size};
pub(crate) use instance_profile::InstanceProfile;
pub(crate) use login_profile::LoginProfile;
pub(crate) use managed_policy::{ManagedPolicy, PolicyVersion};
pub(crate) use names::{
    fold, root_path, valid_name, valid_path, valid_path_prefix, valid_policy_path,
};
pub(crate) use oidc_provider::OidcProvider;
pub(crate) use password_policy::PasswordPolicy;
pub(crate) use principal_id::{PrincipalId, PrincipalKind};
pub(crate) use role::Role;
pub(crate) use trust::{BadTrust, TrustPolicy};
pub(crate) use user::User;
