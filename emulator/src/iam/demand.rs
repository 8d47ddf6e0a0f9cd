//! How IAM's denials name a resource: in words for most calls, by ARN for a few.
//!
//! Seen from AWS are `user NAME`, `policy ARN`, `policy NAME` (CreatePolicy), `policy path /PATH/`
//! (ListPolicies), the ARN `…:user/` (ListUsers), and the ARN of a role that is made; a user that
//! is made, and the new name of one, are shown alike by analogy.

use std::sync::Arc;

use super::find;
use super::model::{ManagedPolicy, User};
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

/// The user named, else the caller. The root user is shown by its ARN.
pub(super) fn user_or_caller(call: &mut Call<'_>, name: Option<&str>) -> Target {
    match find::name_or_callers(call, name) {
        Some(name) => user(call, &name),
        None => arn(call, &call.access.caller().arn),
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
