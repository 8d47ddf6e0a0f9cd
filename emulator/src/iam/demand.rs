//! How IAM's denials name a resource: in words for most calls, by ARN for a few.
//!
//! Seen from AWS are `user NAME`, `policy ARN`, `policy NAME` (CreatePolicy), `policy path /PATH/`
//! (ListPolicies), `role NAME`, `instance profile NAME`, the ARNs `…:user/` (ListUsers), `…:group/`
//! (ListGroups), `…:role/PATH/` (ListRoles), `…:instance-profile/` (ListInstanceProfiles), `…:mfa/`
//! (ListVirtualMFADevices) and `…:oidc-provider/*` (ListOpenIDConnectProviders), and the ARN of a role
//! that is made or passed, or of an OpenID Connect provider that is made; a user or group that is made,
//! and the new name of one, are shown alike by analogy. What is about no resource is shown as `*`.

use std::sync::Arc;

use super::find;
use super::model::{Group, InstanceProfile, ManagedPolicy, Role, User};
use crate::authorization::{Attributes, Target};
use crate::operation::Call;

/// A user, existing or not, shown as `user NAME`.
pub(super) fn user(call: &mut Call<'_>, name: &str) -> Target {
    let (arn, attributes) = user_arn(call, name);
    Target::Resource {
        arn: arn.into(),
        shown: format!("user {name}"),
        account: call.scope.account,
        attributes,
    }
}

/// A group, existing or not, shown as `group NAME`.
pub(super) fn group(call: &mut Call<'_>, name: &str) -> Target {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    let group = find::group(call, name).ok();
    let arn = group.as_ref().map_or_else(
        || Group::arn_of(partition, account, "/", name),
        |group| group.arn(partition, account),
    );
    Target::Resource {
        arn: arn.into(),
        shown: format!("group {name}"),
        account,
        attributes: group.map(|group| group as Arc<dyn Attributes>),
    }
}

/// A group to be: of that path and name.
pub(super) fn new_group(call: &Call<'_>, path: &str, name: &str) -> Target {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    arn(call, &Group::arn_of(partition, account, path, name))
}

/// A role, existing or not, shown as `role NAME`.
pub(super) fn role(call: &mut Call<'_>, name: &str) -> Target {
    let (arn, attributes) = role_arn(call, name);
    Target::Resource {
        arn: arn.into(),
        shown: format!("role {name}"),
        account: call.scope.account,
        attributes,
    }
}

/// A role, existing or not, shown by its ARN: one that is passed, or that is a service's.
pub(super) fn role_by_arn(call: &mut Call<'_>, name: &str) -> Target {
    let (arn, attributes) = role_arn(call, name);
    Target::Resource {
        shown: arn.clone(),
        arn: arn.into(),
        account: call.scope.account,
        attributes,
    }
}

/// A role to be: of that path and name.
pub(super) fn new_role(call: &Call<'_>, path: &str, name: &str) -> Target {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    arn(call, &Role::arn_of(partition, account, path, name))
}

/// All roles under a path.
pub(super) fn roles_under(call: &Call<'_>, prefix: &str) -> Target {
    new_role(call, prefix, "")
}

/// An instance profile, existing or not, shown as `instance profile NAME`.
pub(super) fn instance_profile(call: &mut Call<'_>, name: &str) -> Target {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    let profile = find::instance_profile(call, name).ok();
    let arn = profile.as_ref().map_or_else(
        || InstanceProfile::arn_of(partition, account, "/", name),
        |profile| profile.arn(partition, account),
    );
    Target::Resource {
        arn: arn.into(),
        shown: format!("instance profile {name}"),
        account,
        attributes: profile.map(|profile| profile as Arc<dyn Attributes>),
    }
}

/// An instance profile to be: of that path and name.
pub(super) fn new_instance_profile(call: &Call<'_>, path: &str, name: &str) -> Target {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    arn(
        call,
        &InstanceProfile::arn_of(partition, account, path, name),
    )
}

/// All instance profiles under a path.
pub(super) fn instance_profiles_under(call: &Call<'_>, prefix: &str) -> Target {
    new_instance_profile(call, prefix, "")
}

/// The user named, else the caller, who is shown by its ARN if it is no user.
pub(super) fn user_or_caller(call: &mut Call<'_>, name: Option<&str>) -> Target {
    match find::name_or_callers(call, name) {
        Ok(Some(name)) => user(call, &name),
        Ok(None) | Err(_) => arn(call, &call.access.caller().arn),
    }
}

/// The user of an access key, shown as `access key ID`. A key that does not exist belongs to any
/// user or none.
pub(super) fn access_key(call: &mut Call<'_>, id: &str) -> Target {
    let holder = find::access_key(call, id).map(|key| key.user.clone());
    let (arn, attributes) = user_arn(call, holder.as_deref().unwrap_or("*"));
    Target::Resource {
        arn: arn.into(),
        shown: format!("access key {id}"),
        account: call.scope.account,
        attributes,
    }
}

/// A user to be: of that path and name.
pub(super) fn new_user(call: &Call<'_>, path: &str, name: &str) -> Target {
    arn(
        call,
        &User::arn_of(call.scope.partition(), call.scope.account, path, name),
    )
}

/// All users under a path.
pub(super) fn users_under(call: &Call<'_>, prefix: &str) -> Target {
    new_user(call, prefix, "")
}

/// All virtual MFA devices.
pub(super) fn mfa_devices(call: &Call<'_>) -> Target {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    arn(call, &format!("arn:{partition}:iam::{account}:mfa/"))
}

/// A managed policy given by its ARN, shown as `policy ARN`.
pub(super) fn policy(call: &mut Call<'_>, arn: &str) -> Target {
    // Another account's policies are not this caller's to touch; the ARN alone decides that.
    let account = ManagedPolicy::account_of_arn(arn).unwrap_or(call.scope.account);
    let policy = find::policy(call, arn);
    Target::Resource {
        arn: arn.into(),
        shown: format!("policy {arn}"),
        account,
        attributes: policy.map(|policy| policy as Arc<dyn Attributes>),
    }
}

/// A managed policy to be.
pub(super) fn new_policy(call: &Call<'_>, path: &str, name: &str) -> Target {
    policies(call, path, name, format!("policy {name}"))
}

/// All managed policies under a path.
pub(super) fn policies_under(call: &Call<'_>, prefix: &str) -> Target {
    policies(call, prefix, "", format!("policy path {prefix}"))
}

fn policies(call: &Call<'_>, path: &str, name: &str, shown: String) -> Target {
    let account = call.scope.account;
    Target::Resource {
        arn: ManagedPolicy::arn_of(call.scope.partition(), account, path, name).into(),
        shown,
        account,
        attributes: None,
    }
}

/// Something shown by its ARN.
fn arn(call: &Call<'_>, arn: &str) -> Target {
    Target::Resource {
        arn: arn.into(),
        shown: arn.to_owned(),
        account: call.scope.account,
        attributes: None,
    }
}

/// The ARN of a user with its path; a user that does not exist has none. And its tags.
fn user_arn(call: &mut Call<'_>, name: &str) -> (String, Option<Arc<dyn Attributes>>) {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    match find::user(call, name) {
        Ok(user) => (user.arn(partition, account), Some(user)),
        Err(_) => (User::arn_of(partition, account, "/", name), None),
    }
}

/// The same of a role.
fn role_arn(call: &mut Call<'_>, name: &str) -> (String, Option<Arc<dyn Attributes>>) {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    match find::role(call, name) {
        Ok(role) => (role.arn(partition, account), Some(role)),
        Err(_) => (Role::arn_of(partition, account, "/", name), None),
    }
}
