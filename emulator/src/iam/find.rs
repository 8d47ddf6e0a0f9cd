//! Looking up users and policies. Through the transaction, so that a commit relies on what was
//! found, and on what was not.

use std::sync::Arc;

use super::error::RoleError;
use super::model::{
    AccessKey, Group, GroupName, IdentityKind, InstanceProfile, ManagedPolicy, PolicyVersion, Role,
    User,
};
use super::{Error, aws_managed};
use crate::account::AccountId;
use crate::caller::Principal;
use crate::operation::Call;
use crate::store::Transaction;

/// The user of a name.
pub(super) fn user(call: &mut Call<'_>, name: &str) -> Result<Arc<User>, Error> {
    call.tx
        .get(&User::key(call.scope.account, name))
        .ok_or_else(|| Error::NoSuchIdentity(IdentityKind::User, name.to_owned()))
}

/// The group of a name.
pub(super) fn group(call: &mut Call<'_>, name: &str) -> Result<Arc<Group>, Error> {
    let account = call.scope.account;
    let id = call.tx.get::<GroupName>(&GroupName::key(account, name));
    let group = id.and_then(|id| call.tx.get(&Group::key(account, &id.0)));
    group.ok_or_else(|| Error::NoSuchIdentity(IdentityKind::Group, name.to_owned()))
}

/// The role of a name.
pub(super) fn role(call: &mut Call<'_>, name: &str) -> Result<Arc<Role>, Error> {
    call.tx
        .get(&Role::key(call.scope.account, name))
        .ok_or_else(|| Error::NoSuchIdentity(IdentityKind::Role, name.to_owned()))
}

/// The instance profile of a name.
pub(super) fn instance_profile(
    call: &mut Call<'_>,
    name: &str,
) -> Result<Arc<InstanceProfile>, Error> {
    call.tx
        .get(&InstanceProfile::key(call.scope.account, name))
        .ok_or_else(|| RoleError::NoSuchInstanceProfile(name.to_owned()).into())
}

/// The name that was given, else the caller's; none if the caller is the root user. A session of a
/// role is no user.
pub(super) fn name_or_callers(
    call: &Call<'_>,
    given: Option<&str>,
) -> Result<Option<String>, Error> {
    if let Some(given) = given {
        return Ok(Some(given.to_owned()));
    }
    match &call.access.caller().principal {
        Principal::Root => Ok(None),
        Principal::User { user, .. } => Ok(Some(user.name.clone())),
        _ => Err(Error::NotAUser),
    }
}

/// The user named, else the caller. The root user is none: "you must use an AssumeRoot session to omit
/// the user name", says AWS.
pub(super) fn user_or_caller(call: &mut Call<'_>, given: Option<&str>) -> Result<Arc<User>, Error> {
    let name = name_or_callers(call, given)?.ok_or(Error::NotAUser)?;
    user(call, &name)
}

/// The managed policy of an ARN: AWS's, or of this account, and with the very path that it has.
pub(super) fn policy(call: &mut Call<'_>, arn: &str) -> Option<Arc<ManagedPolicy>> {
    managed_policy(&mut call.tx, call.scope.account, arn)
}

/// The same for an account.
pub(crate) fn managed_policy(
    tx: &mut Transaction<'_>,
    account: AccountId,
    arn: &str,
) -> Option<Arc<ManagedPolicy>> {
    if let Some(policy) = aws_managed::policy(arn) {
        return Some(policy);
    }
    let key = ManagedPolicy::key_of_arn(arn)?;
    if ManagedPolicy::account_of_arn(arn)? != account {
        return None;
    }
    tx.get::<ManagedPolicy>(&key)
        .filter(|policy| policy.arn == arn)
}

/// The same, or that it was not found.
pub(super) fn existing_policy(call: &mut Call<'_>, arn: &str) -> Result<Arc<ManagedPolicy>, Error> {
    policy(call, arn).ok_or_else(|| Error::NoSuchPolicy(arn.to_owned()))
}

/// The same, to be changed: AWS's own are nobody's to change.
pub(super) fn own_policy(
    call: &mut Call<'_>,
    arn: &str,
    action: &'static str,
) -> Result<Arc<ManagedPolicy>, Error> {
    not_of_aws(call, arn, action)?;
    existing_policy(call, arn)
}

/// Refuses to change a policy of AWS's own.
pub(super) fn not_of_aws(call: &Call<'_>, arn: &str, action: &'static str) -> Result<(), Error> {
    match aws_managed::policy(arn) {
        Some(_) => Err(Error::AwsManaged {
            caller: call.access.caller().arn.clone(),
            action,
            arn: arn.to_owned(),
        }),
        None => Ok(()),
    }
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
    let name = name_or_callers(call, name)?.ok_or_else(unknown)?;
    let user = user(call, &name)?;
    if !user.access_keys.iter().any(|known| known == id) {
        return Err(unknown());
    }
    Ok((user, access_key(call, id).ok_or_else(unknown)?))
}
