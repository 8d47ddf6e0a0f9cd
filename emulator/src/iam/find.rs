//! Looking up users and policies. Through the transaction, so that a commit relies on what was
//! found, and on what was not.

use std::sync::Arc;

use super::Error;
use super::model::{AccessKey, ManagedPolicy, PolicyVersion, User};
use crate::operation::Call;

/// The user of a name.
pub(super) fn user(call: &mut Call<'_>, name: &str) -> Result<Arc<User>, Error> {
    call.tx
        .get(&User::key(call.scope.account, name))
        .ok_or_else(|| Error::NoSuchUser(name.to_owned()))
}

/// The name that was given, else the caller's; none if the caller is the root user.
pub(super) fn name_or_callers(call: &Call<'_>, given: Option<&str>) -> Option<String> {
    let caller = || {
        call.access
            .caller()
            .as_user()
            .map(|user| user.name.as_str())
    };
    given.or_else(caller).map(str::to_owned)
}

/// The managed policy of an ARN: of this account, and with the very path that it has.
pub(super) fn policy(call: &mut Call<'_>, arn: &str) -> Option<Arc<ManagedPolicy>> {
    let key = ManagedPolicy::key_of_arn(arn)?;
    if ManagedPolicy::account_of_arn(arn)? != call.scope.account {
        return None;
    }
    call.tx
        .get::<ManagedPolicy>(&key)
        .filter(|policy| policy.arn == arn)
}

/// The same, or that it was not found.
pub(super) fn existing_policy(call: &mut Call<'_>, arn: &str) -> Result<Arc<ManagedPolicy>, Error> {
    policy(call, arn).ok_or_else(|| Error::NoSuchPolicy(arn.to_owned()))
}

/// A version of the managed policy of an ARN, and that policy.
pub(super) fn policy_version(
    call: &mut Call<'_>,
    arn: &str,
    version: &str,
) -> Result<(Arc<ManagedPolicy>, PolicyVersion), Error> {
    let with_version = |policy: Arc<ManagedPolicy>| {
        let version = policy.version_by_id(version)?.clone();
        Some((policy, version))
    };
    let unknown = || Error::NoSuchVersion {
        arn: arn.to_owned(),
        version: version.to_owned(),
    };
    policy(call, arn).and_then(with_version).ok_or_else(unknown)
}

/// The access key of an id, if it belongs to this account.
pub(super) fn access_key(call: &mut Call<'_>, id: &str) -> Option<Arc<AccessKey>> {
    call.tx
        .get::<AccessKey>(&AccessKey::key(id))
        .filter(|key| key.account == call.scope.account)
}

/// The access key of an id, if it belongs to the user named, or to the caller where none is. The
/// root user has no key that IAM has issued.
pub(super) fn access_key_of(
    call: &mut Call<'_>,
    name: Option<&str>,
    id: &str,
) -> Result<(Arc<User>, Arc<AccessKey>), Error> {
    let unknown = || Error::NoSuchAccessKey(id.to_owned());
    let name = name_or_callers(call, name).ok_or_else(unknown)?;
    let user = user(call, &name)?;
    if !user.access_keys.iter().any(|known| known == id) {
        return Err(unknown());
    }
    Ok((user, access_key(call, id).ok_or_else(unknown)?))
}
