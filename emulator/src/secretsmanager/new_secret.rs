//! From a request to a secret that is new.

use super::create_secret::Input;
use super::model::{Secret, SecretPolicy};
use super::replicas::{self, ReplicationStatus};
use super::{Error, cross_account, keys, managed_type};
use crate::operation::Call;

/// The secret that a request is to make, without a value.
pub(super) fn secret(call: &Call<'_>, input: &Input) -> Result<Secret, Error> {
    let suffix = call.environment.arn_suffix();
    let mut secret = Secret {
        description: input.description.as_deref().unwrap_or_default().into(),
        kms_key_id: keys::chosen(call, call.scope, input.kms_key_id.as_deref())?,
        tags: input.tags.clone(),
        managed_type: managed_type::chosen(input.r#type.as_deref())?,
        ..Secret::new(call.scope, &input.name, suffix, call.now)
    };
    if let Some(primary) = &input.cross_account_primary_arn {
        let is_plain = input.secret_string.is_none()
            && input.secret_binary.is_none()
            && input.description.is_none()
            && input.add_replica_regions.is_none()
            && input.r#type.is_none();
        if !is_plain || keys::is_default(secret.kms_key_id.as_deref()) {
            return Err(Error::NotForACopy);
        }
        let replica = cross_account::pending(primary, call.scope)?;
        let policy = SecretPolicy::of_copy(&replica.primary)?;
        secret.set_cross_account_policy(Some(policy))?;
        secret.replication = Some(replica.into());
    }
    Ok(secret)
}

/// Copies it to the regions that the request names, if it names any.
pub(super) fn copy(
    call: &mut Call<'_>,
    input: &Input,
    secret: &mut Secret,
) -> Result<Option<Vec<ReplicationStatus>>, Error> {
    let Some(regions) = &input.add_replica_regions else {
        return Ok(None);
    };
    let force = input.force_overwrite_replica_secret;
    replicas::add(call, call.scope, secret, regions, force).map(Some)
}
