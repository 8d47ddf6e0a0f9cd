//! IAM, as far as users of Secrets Manager need it: users, policies, access keys.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html>

// What operations are made of.
mod check;
mod demand;
mod document;
mod error;
mod find;
mod members;
pub(crate) mod model;
mod paging;
mod principals;
mod simulation;
mod view;

// The operations, a group a topic.
mod create_user;
mod delete_user;
mod get_user;
mod list_user_tags;
mod list_users;
mod tag_user;
mod untag_user;
mod update_user;

mod create_access_key;
mod delete_access_key;
mod get_access_key_last_used;
mod list_access_keys;
mod update_access_key;

mod create_policy;
mod create_policy_version;
mod delete_policy;
mod delete_policy_version;
mod get_policy;
mod get_policy_version;
mod list_entities_for_policy;
mod list_policies;
mod list_policy_tags;
mod list_policy_versions;
mod set_default_policy_version;
mod tag_policy;
mod untag_policy;

mod delete_user_policy;
mod get_user_policy;
mod list_user_policies;
mod put_user_policy;

mod attach_user_policy;
mod detach_user_policy;
mod list_attached_user_policies;

mod get_context_keys_for_custom_policy;
mod get_context_keys_for_principal_policy;
mod simulate_custom_policy;
mod simulate_principal_policy;

#[cfg(test)]
mod tests;

pub(crate) use principals::principal_exists;

use crate::operation::{Entry, Table};
use crate::wire::Protocol;
use crate::wire::route::Endpoint;

use error::Error;

/// The service's table.
pub(crate) static TABLE: Table = Table {
    endpoint: Endpoint {
        name: "iam",
        protocol: Protocol::Query,
        marker: "https://iam.amazonaws.com/doc/2010-05-08/",
        version: "2010-05-08",
        skew_minutes: 15,
    },
    operations: &[
        // Users.
        Entry::of::<create_user::CreateUser>(),
        Entry::of::<get_user::GetUser>(),
        Entry::of::<list_users::ListUsers>(),
        Entry::of::<update_user::UpdateUser>(),
        Entry::of::<delete_user::DeleteUser>(),
        Entry::of::<tag_user::TagUser>(),
        Entry::of::<untag_user::UntagUser>(),
        Entry::of::<list_user_tags::ListUserTags>(),
        // Access keys.
        Entry::of::<create_access_key::CreateAccessKey>(),
        Entry::of::<list_access_keys::ListAccessKeys>(),
        Entry::of::<update_access_key::UpdateAccessKey>(),
        Entry::of::<delete_access_key::DeleteAccessKey>(),
        Entry::of::<get_access_key_last_used::GetAccessKeyLastUsed>(),
        // Managed policies.
        Entry::of::<create_policy::CreatePolicy>(),
        Entry::of::<get_policy::GetPolicy>(),
        Entry::of::<list_policies::ListPolicies>(),
        Entry::of::<delete_policy::DeletePolicy>(),
        Entry::of::<create_policy_version::CreatePolicyVersion>(),
        Entry::of::<get_policy_version::GetPolicyVersion>(),
        Entry::of::<list_policy_versions::ListPolicyVersions>(),
        Entry::of::<delete_policy_version::DeletePolicyVersion>(),
        Entry::of::<set_default_policy_version::SetDefaultPolicyVersion>(),
        Entry::of::<list_entities_for_policy::ListEntitiesForPolicy>(),
        Entry::of::<tag_policy::TagPolicy>(),
        Entry::of::<untag_policy::UntagPolicy>(),
        Entry::of::<list_policy_tags::ListPolicyTags>(),
        // Inline policies.
        Entry::of::<put_user_policy::PutUserPolicy>(),
        Entry::of::<get_user_policy::GetUserPolicy>(),
        Entry::of::<list_user_policies::ListUserPolicies>(),
        Entry::of::<delete_user_policy::DeleteUserPolicy>(),
        // Attachments.
        Entry::of::<attach_user_policy::AttachUserPolicy>(),
        Entry::of::<detach_user_policy::DetachUserPolicy>(),
        Entry::of::<list_attached_user_policies::ListAttachedUserPolicies>(),
        // Simulation.
        Entry::of::<simulate_custom_policy::SimulateCustomPolicy>(),
        Entry::of::<simulate_principal_policy::SimulatePrincipalPolicy>(),
        Entry::of::<get_context_keys_for_custom_policy::GetContextKeysForCustomPolicy>(),
        Entry::of::<get_context_keys_for_principal_policy::GetContextKeysForPrincipalPolicy>(),
    ],
    missing: &[
        // Groups.
        "CreateGroup",
        "GetGroup",
        "ListGroups",
        "UpdateGroup",
        "DeleteGroup",
        "AddUserToGroup",
        "RemoveUserFromGroup",
        "ListGroupsForUser",
        "PutGroupPolicy",
        "GetGroupPolicy",
        "ListGroupPolicies",
        "DeleteGroupPolicy",
        "AttachGroupPolicy",
        "DetachGroupPolicy",
        "ListAttachedGroupPolicies",
        // Roles.
        "CreateRole",
        "GetRole",
        "ListRoles",
        "UpdateRole",
        "UpdateRoleDescription",
        "DeleteRole",
        "UpdateAssumeRolePolicy",
        "TagRole",
        "UntagRole",
        "ListRoleTags",
        "PutRolePolicy",
        "GetRolePolicy",
        "ListRolePolicies",
        "DeleteRolePolicy",
        "AttachRolePolicy",
        "DetachRolePolicy",
        "ListAttachedRolePolicies",
        "CreateServiceLinkedRole",
        "DeleteServiceLinkedRole",
        "GetServiceLinkedRoleDeletionStatus",
        // Permissions boundaries.
        "PutUserPermissionsBoundary",
        "DeleteUserPermissionsBoundary",
        "PutRolePermissionsBoundary",
        "DeleteRolePermissionsBoundary",
        // Instance profiles.
        "CreateInstanceProfile",
        "GetInstanceProfile",
        "ListInstanceProfiles",
        "ListInstanceProfilesForRole",
        "DeleteInstanceProfile",
        "AddRoleToInstanceProfile",
        "RemoveRoleFromInstanceProfile",
        "TagInstanceProfile",
        "UntagInstanceProfile",
        "ListInstanceProfileTags",
        // Identity providers.
        "CreateOpenIDConnectProvider",
        "GetOpenIDConnectProvider",
        "ListOpenIDConnectProviders",
        "DeleteOpenIDConnectProvider",
        "AddClientIDToOpenIDConnectProvider",
        "RemoveClientIDFromOpenIDConnectProvider",
        "UpdateOpenIDConnectProviderThumbprint",
        "TagOpenIDConnectProvider",
        "UntagOpenIDConnectProvider",
        "ListOpenIDConnectProviderTags",
        // The account.
        "CreateAccountAlias",
        "ListAccountAliases",
        "DeleteAccountAlias",
        "GetAccountSummary",
        "GetAccountAuthorizationDetails",
        "GetAccountPasswordPolicy",
        "UpdateAccountPasswordPolicy",
        "DeleteAccountPasswordPolicy",
        "GenerateCredentialReport",
        "GetCredentialReport",
        "GenerateServiceLastAccessedDetails",
        "GetServiceLastAccessedDetails",
        "ListPoliciesGrantingServiceAccess",
        // Other credentials of users.
        "CreateLoginProfile",
        "GetLoginProfile",
        "UpdateLoginProfile",
        "DeleteLoginProfile",
        "ChangePassword",
        "ListMFADevices",
        "ListVirtualMFADevices",
        "ListSSHPublicKeys",
        "ListSigningCertificates",
        "ListServiceSpecificCredentials",
    ],
};
