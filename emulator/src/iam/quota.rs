//! How many entities an account may have.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

use super::Error;
use crate::operation::Call;
use crate::store::{Direction, Key, Prefix};

/// The name of a quota, and how many it lets there be.
pub(super) type Quota = (&'static str, usize);

pub(super) const USERS: Quota = ("UsersPerAccount", 5000);
pub(super) const GROUPS: Quota = ("GroupsPerAccount", 300);
pub(super) const ROLES: Quota = ("RolesPerAccount", 1000);
pub(super) const POLICIES: Quota = ("PoliciesPerAccount", 1500);
pub(super) const INSTANCE_PROFILES: Quota = ("InstanceProfilesPerAccount", 1000);
pub(super) const PROVIDERS: Quota = ("OpenIdConnectProvidersPerAccount", 100);

/// Refuses one more where there are as many as there may be. They are counted and not relied on:
/// whoever makes two at the same instant may get one more.
pub(super) fn check(call: &Call<'_>, all: &Prefix, (name, most): Quota) -> Result<(), Error> {
    let keys = call.tx.keys(all, None, most, Direction::Ascending);
    if keys.keys.len() < most {
        Ok(())
    } else {
        Err(Error::Quota(name, most))
    }
}

/// The keys of all there are, of what quotas keep few.
pub(super) fn all(call: &Call<'_>, all: &Prefix) -> Vec<Key> {
    let keys = call.tx.keys(all, None, usize::MAX, Direction::Ascending);
    keys.keys
}
