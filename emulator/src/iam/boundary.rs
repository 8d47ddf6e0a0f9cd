//! Permissions boundaries: a managed policy that is the most a user or role may do.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>

use super::model::{Attachment, ManagedPolicy, PolicyUsage};
use super::{Error, attachments, find};
use crate::operation::Call;

/// Makes a policy bound a user or role; gives its ARN.
pub(super) fn set(call: &mut Call<'_>, arn: &str, attachment: Attachment) -> Result<String, Error> {
    if !ManagedPolicy::is_arn(arn) {
        return Err(Error::NotABoundary(arn.to_owned()));
    }
    let policy = find::policy(call, arn);
    let policy = policy.ok_or_else(|| Error::NoSuchBoundary(arn.to_owned()))?;
    attachments::add(call, &policy.arn, PolicyUsage::Boundary, attachment);
    Ok(policy.arn.clone())
}

/// Makes a policy bound a user or role no more.
pub(super) fn remove(call: &mut Call<'_>, arn: Option<&str>, attachment: &Attachment) {
    if let Some(arn) = arn {
        attachments::remove(call, arn, PolicyUsage::Boundary, attachment);
    }
}
