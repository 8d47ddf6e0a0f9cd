//! Keeping what a managed policy is attached to in step with what has it attached.

use std::sync::Arc;

use super::model::{AttachedTo, Attachment, ManagedPolicy, PolicyUsage};
use super::{Error, find};
use crate::operation::Call;

/// The managed policy of an ARN, if it can be attached.
pub(super) fn attachable(call: &mut Call<'_>, arn: &str) -> Result<Arc<ManagedPolicy>, Error> {
    let policy = find::policy(call, arn).ok_or_else(|| Error::NotAttachable(arn.to_owned()))?;
    if policy.path.starts_with("/aws-service-role/") {
        return Err(Error::ServiceRolePolicy);
    }
    Ok(policy)
}

/// What a managed policy is attached to.
pub(super) fn of(call: &mut Call<'_>, policy_arn: &str) -> AttachedTo {
    let attached = call
        .tx
        .get::<AttachedTo>(&AttachedTo::key(call.scope.account, policy_arn));
    attached.map(Arc::unwrap_or_clone).unwrap_or_default()
}

/// Notes that a policy is attached.
pub(super) fn add(
    call: &mut Call<'_>,
    policy_arn: &str,
    usage: PolicyUsage,
    attachment: Attachment,
) {
    change(call, policy_arn, |attached| {
        attached.of(usage).insert(attachment);
    });
}

/// Notes that a policy is attached no more.
pub(super) fn remove(
    call: &mut Call<'_>,
    policy_arn: &str,
    usage: PolicyUsage,
    attachment: &Attachment,
) {
    change(call, policy_arn, |attached| {
        attached.of(usage).remove(attachment);
    });
}

/// Notes that whatever a policy is attached to has another name now.
pub(super) fn rename(call: &mut Call<'_>, policy_arn: &str, old: &Attachment, new: &Attachment) {
    change(call, policy_arn, |attached| {
        for usage in [PolicyUsage::Permissions, PolicyUsage::Boundary] {
            if attached.of(usage).remove(old) {
                attached.of(usage).insert(new.clone());
            }
        }
    });
}

fn change(call: &mut Call<'_>, policy_arn: &str, change: impl FnOnce(&mut AttachedTo)) {
    let mut attached = of(call, policy_arn);
    change(&mut attached);
    let key = AttachedTo::key(call.scope.account, policy_arn);
    if attached.is_empty() {
        call.tx.delete(key);
    } else {
        call.tx.put(key, attached);
    }
}
