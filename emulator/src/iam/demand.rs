//! How IAM's denials name a resource: in words for most calls, by ARN for a few.

use super::model::{ManagedPolicy, User};
use crate::authorization::Target;
use crate::operation::Call;

/// A user, existing or not, shown as `user NAME`.
pub(super) fn user(call: &mut Call<'_>, name: &str) -> Target {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    let arn = match call.tx.get::<User>(&User::key(account, name)) {
        Some(user) => user.arn(partition, account),
        None => User::arn_of(partition, account, "/", name),
    };
    Target::Resource { arn, shown: format!("user {name}"), account }
}

/// A managed policy given by its ARN, shown as `policy ARN`.
pub(super) fn policy(call: &mut Call<'_>, arn: &str) -> Target {
    // Another account's policies are not this caller's to touch; the ARN alone decides that.
    let account = ManagedPolicy::account_of_arn(arn).unwrap_or(call.scope.account);
    Target::Resource { arn: arn.to_owned(), shown: format!("policy {arn}"), account }
}

/// Something shown by its ARN.
pub(super) fn arn(call: &Call<'_>, arn: &str) -> Target {
    Target::Resource { arn: arn.to_owned(), shown: arn.to_owned(), account: call.scope.account }
}
