//! GetAccountSummary: how much there is in the account, and how much there may be.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>

use serde::{Deserialize, Serialize};

use super::entity::Identity;
use super::model::{
    AttachedTo, Group, GroupName, InstanceProfile, ManagedPolicy, OidcProvider, Role, User,
};
use super::{Error, add_user_to_group, quota};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetAccountSummary;

#[derive(Deserialize)]
pub(super) struct Input {}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    summary_map: Map,
}

/// A map as awsQuery writes it.
#[derive(Serialize)]
struct Map {
    entry: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    key: &'static str,
    value: usize,
}

impl Operation for GetAccountSummary {
    const NAME: &'static str = "GetAccountSummary";
    const MEMBERS: &'static [Member] = &[];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("iam:GetAccountSummary")]
    }

    /// The root user has no password, no device and no access key that IAM has issued. What cannot
    /// be made here is not there.
    fn run(_input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let account = call.scope.account;
        let count = |all| quota::all(call, &all).len();
        let entry = [
            ("GroupPolicySizeQuota", Group::MAX_INLINE),
            ("InstanceProfilesQuota", quota::INSTANCE_PROFILES.1),
            ("Policies", count(ManagedPolicy::all(account))),
            ("GroupsPerUserQuota", add_user_to_group::MAX_GROUPS),
            ("InstanceProfiles", count(InstanceProfile::all(account))),
            ("AttachedPoliciesPerUserQuota", 10),
            ("Users", count(User::all(account))),
            ("PoliciesQuota", quota::POLICIES.1),
            ("Providers", count(OidcProvider::all(account))),
            ("AccountMFAEnabled", 0),
            ("AccessKeysPerUserQuota", 2),
            ("AssumeRolePolicySizeQuota", 2048),
            ("PolicyVersionsInUseQuota", 10_000),
            ("GlobalEndpointTokenVersion", 1),
            ("VersionsPerPolicyQuota", 5),
            ("AttachedPoliciesPerGroupQuota", 10),
            ("PolicySizeQuota", 6144),
            ("Groups", count(GroupName::all(account))),
            ("AccountSigningCertificatesPresent", 0),
            ("UsersQuota", quota::USERS.1),
            ("ServerCertificatesQuota", 20),
            ("MFADevices", 0),
            ("UserPolicySizeQuota", User::MAX_INLINE),
            // Of each policy that something has attached, one.
            ("PolicyVersionsInUse", count(AttachedTo::all(account))),
            ("ServerCertificates", 0),
            ("Roles", count(Role::all(account))),
            ("RolesQuota", quota::ROLES.1),
            ("SigningCertificatesPerUserQuota", 2),
            ("MFADevicesInUse", 0),
            ("RolePolicySizeQuota", Role::MAX_INLINE),
            ("AttachedPoliciesPerRoleQuota", 10),
            ("AccountAccessKeysPresent", 0),
            ("AccountPasswordPresent", 0),
            ("GroupsQuota", quota::GROUPS.1),
        ];
        let entry = entry.map(|(key, value)| Entry { key, value }).into();
        Ok(Output {
            summary_map: Map { entry },
        })
    }
}
