//! IAM, as far as users of Secrets Manager need it: users, groups, policies, access keys, OpenID
//! Connect providers.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html>

// What operations are made of.
mod attachments;
mod aws_managed;
mod boundary;
mod check;
mod demand;
mod details;
mod document;
mod entities;
mod entity;
mod error;
mod find;
mod members;
pub(crate) mod model;
mod oidc;
mod paging;
mod passwords;
mod principals;
mod quota;
mod service_linked;
mod simulation;
mod trust;
mod unimplemented;
mod view;
mod view_role;

// The operations, a group a topic.
mod create_user;
mod delete_user;
mod get_user;
mod list_users;
mod update_user;

mod add_user_to_group;
mod create_group;
mod delete_group;
mod get_group;
mod list_groups;
mod list_groups_for_user;
mod remove_user_from_group;
mod update_group;

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
mod list_policy_versions;
mod set_default_policy_version;

mod create_role;
mod delete_role;
mod get_role;
mod list_roles;
mod update_assume_role_policy;
mod update_role;
mod update_role_description;

mod create_service_linked_role;
mod delete_service_linked_role;
mod get_service_linked_role_deletion_status;

mod add_client_id;
mod add_role_to_instance_profile;
mod create_instance_profile;
mod create_oidc_provider;
mod delete_instance_profile;
mod delete_oidc_provider;
mod get_instance_profile;
mod get_oidc_provider;
mod list_instance_profiles;
mod list_instance_profiles_for_role;
mod list_oidc_providers;
mod remove_client_id;
mod remove_role_from_instance_profile;
mod update_thumbprints;

mod create_account_alias;
mod delete_account_alias;
mod delete_account_password_policy;
mod get_account_authorization_details;
mod get_account_password_policy;
mod get_account_summary;
mod list_account_aliases;
mod update_account_password_policy;

mod create_login_profile;
mod delete_login_profile;
mod get_login_profile;
mod list_credentials;
mod list_virtual_mfa_devices;
mod update_login_profile;

// One for users, groups and roles alike.
mod attach_policy;
mod delete_inline_policy;
mod delete_permissions_boundary;
mod detach_policy;
mod get_inline_policy;
mod list_attached_policies;
mod list_inline_policies;
mod put_permissions_boundary;
mod put_policy;

// One for all that have tags.
mod list_tags;
mod tag;
mod untag;

mod get_context_keys_for_custom_policy;
mod get_context_keys_for_principal_policy;
mod simulate_custom_policy;
mod simulate_principal_policy;

#[cfg(test)]
mod tests;

pub(crate) use find::managed_policy;
pub(crate) use oidc::oidc_provider;
pub(crate) use principals::BoundPrincipals;

use crate::operation::{Entry, Table};
use crate::wire::Protocol;
use crate::wire::route::Endpoint;

use error::Error;
use list_credentials::{
    ListCredentials, MfaDevices, ServiceSpecificCredentials, SigningCertificates, SshPublicKeys,
};
use model::{Group, InstanceProfile, ManagedPolicy, OidcProvider, Role, User};

/// The service's table.
pub(crate) static TABLE: Table = Table {
    endpoint: Endpoint {
        name: "iam",
        protocol: Protocol::Query,
        marker: "https://iam.amazonaws.com/doc/2010-05-08/",
        version: "2010-05-08",
        speaks_json: false,
        skew_minutes: 15,
    },
    operations: &[
        // Users.
        Entry::of::<create_user::CreateUser>(),
        Entry::of::<get_user::GetUser>(),
        Entry::of::<list_users::ListUsers>(),
        Entry::of::<update_user::UpdateUser>(),
        Entry::of::<delete_user::DeleteUser>(),
        Entry::of::<tag::TagEntity<User>>(),
        Entry::of::<untag::UntagEntity<User>>(),
        Entry::of::<list_tags::ListTags<User>>(),
        // Roles.
        Entry::of::<create_role::CreateRole>(),
        Entry::of::<get_role::GetRole>(),
        Entry::of::<list_roles::ListRoles>(),
        Entry::of::<update_role::UpdateRole>(),
        Entry::of::<update_role_description::UpdateRoleDescription>(),
        Entry::of::<update_assume_role_policy::UpdateAssumeRolePolicy>(),
        Entry::of::<delete_role::DeleteRole>(),
        Entry::of::<create_service_linked_role::CreateServiceLinkedRole>(),
        Entry::of::<delete_service_linked_role::DeleteServiceLinkedRole>(),
        Entry::of::<get_service_linked_role_deletion_status::GetServiceLinkedRoleDeletionStatus>(),
        // Groups.
        Entry::of::<create_group::CreateGroup>(),
        Entry::of::<get_group::GetGroup>(),
        Entry::of::<list_groups::ListGroups>(),
        Entry::of::<update_group::UpdateGroup>(),
        Entry::of::<delete_group::DeleteGroup>(),
        Entry::of::<add_user_to_group::AddUserToGroup>(),
        Entry::of::<remove_user_from_group::RemoveUserFromGroup>(),
        Entry::of::<list_groups_for_user::ListGroupsForUser>(),
        // Tags of roles.
        Entry::of::<tag::TagEntity<Role>>(),
        Entry::of::<untag::UntagEntity<Role>>(),
        Entry::of::<list_tags::ListTags<Role>>(),
        // Instance profiles.
        Entry::of::<create_instance_profile::CreateInstanceProfile>(),
        Entry::of::<get_instance_profile::GetInstanceProfile>(),
        Entry::of::<list_instance_profiles::ListInstanceProfiles>(),
        Entry::of::<list_instance_profiles_for_role::ListInstanceProfilesForRole>(),
        Entry::of::<delete_instance_profile::DeleteInstanceProfile>(),
        Entry::of::<add_role_to_instance_profile::AddRoleToInstanceProfile>(),
        Entry::of::<remove_role_from_instance_profile::RemoveRoleFromInstanceProfile>(),
        Entry::of::<tag::TagEntity<InstanceProfile>>(),
        Entry::of::<untag::UntagEntity<InstanceProfile>>(),
        Entry::of::<list_tags::ListTags<InstanceProfile>>(),
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
        Entry::of::<tag::TagEntity<ManagedPolicy>>(),
        Entry::of::<untag::UntagEntity<ManagedPolicy>>(),
        Entry::of::<list_tags::ListTags<ManagedPolicy>>(),
        // Inline policies.
        Entry::of::<put_policy::PutPolicy<User>>(),
        Entry::of::<get_inline_policy::GetInlinePolicy<User>>(),
        Entry::of::<list_inline_policies::ListInlinePolicies<User>>(),
        Entry::of::<delete_inline_policy::DeleteInlinePolicy<User>>(),
        Entry::of::<put_policy::PutPolicy<Group>>(),
        Entry::of::<get_inline_policy::GetInlinePolicy<Group>>(),
        Entry::of::<list_inline_policies::ListInlinePolicies<Group>>(),
        Entry::of::<delete_inline_policy::DeleteInlinePolicy<Group>>(),
        Entry::of::<put_policy::PutPolicy<Role>>(),
        Entry::of::<get_inline_policy::GetInlinePolicy<Role>>(),
        Entry::of::<list_inline_policies::ListInlinePolicies<Role>>(),
        Entry::of::<delete_inline_policy::DeleteInlinePolicy<Role>>(),
        // Attachments.
        Entry::of::<attach_policy::AttachPolicy<User>>(),
        Entry::of::<detach_policy::DetachPolicy<User>>(),
        Entry::of::<list_attached_policies::ListAttachedPolicies<User>>(),
        Entry::of::<attach_policy::AttachPolicy<Group>>(),
        Entry::of::<detach_policy::DetachPolicy<Group>>(),
        Entry::of::<list_attached_policies::ListAttachedPolicies<Group>>(),
        Entry::of::<attach_policy::AttachPolicy<Role>>(),
        Entry::of::<detach_policy::DetachPolicy<Role>>(),
        Entry::of::<list_attached_policies::ListAttachedPolicies<Role>>(),
        // Permissions boundaries.
        Entry::of::<put_permissions_boundary::PutPermissionsBoundary<User>>(),
        Entry::of::<delete_permissions_boundary::DeletePermissionsBoundary<User>>(),
        Entry::of::<put_permissions_boundary::PutPermissionsBoundary<Role>>(),
        Entry::of::<delete_permissions_boundary::DeletePermissionsBoundary<Role>>(),
        // Simulation.
        Entry::of::<simulate_custom_policy::SimulateCustomPolicy>(),
        Entry::of::<simulate_principal_policy::SimulatePrincipalPolicy>(),
        Entry::of::<get_context_keys_for_custom_policy::GetContextKeysForCustomPolicy>(),
        Entry::of::<get_context_keys_for_principal_policy::GetContextKeysForPrincipalPolicy>(),
        // Identity providers.
        Entry::of::<create_oidc_provider::CreateOidcProvider>(),
        Entry::of::<get_oidc_provider::GetOidcProvider>(),
        Entry::of::<list_oidc_providers::ListOidcProviders>(),
        Entry::of::<delete_oidc_provider::DeleteOidcProvider>(),
        Entry::of::<add_client_id::AddClientId>(),
        Entry::of::<remove_client_id::RemoveClientId>(),
        Entry::of::<update_thumbprints::UpdateThumbprints>(),
        Entry::of::<tag::TagEntity<OidcProvider>>(),
        Entry::of::<untag::UntagEntity<OidcProvider>>(),
        Entry::of::<list_tags::ListTags<OidcProvider>>(),
        // The account.
        Entry::of::<create_account_alias::CreateAccountAlias>(),
        Entry::of::<list_account_aliases::ListAccountAliases>(),
        Entry::of::<delete_account_alias::DeleteAccountAlias>(),
        Entry::of::<get_account_summary::GetAccountSummary>(),
        Entry::of::<get_account_authorization_details::GetAccountAuthorizationDetails>(),
        Entry::of::<get_account_password_policy::GetAccountPasswordPolicy>(),
        Entry::of::<update_account_password_policy::UpdateAccountPasswordPolicy>(),
        Entry::of::<delete_account_password_policy::DeleteAccountPasswordPolicy>(),
        // Other credentials of users.
        Entry::of::<create_login_profile::CreateLoginProfile>(),
        Entry::of::<get_login_profile::GetLoginProfile>(),
        Entry::of::<update_login_profile::UpdateLoginProfile>(),
        Entry::of::<delete_login_profile::DeleteLoginProfile>(),
        Entry::of::<list_virtual_mfa_devices::ListVirtualMfaDevices>(),
        Entry::of::<ListCredentials<MfaDevices>>(),
        Entry::of::<ListCredentials<SshPublicKeys>>(),
        Entry::of::<ListCredentials<SigningCertificates>>(),
        Entry::of::<ListCredentials<ServiceSpecificCredentials>>(),
    ],
    missing: unimplemented::UNIMPLEMENTED,
};
