//! The cases, one file an operation or topic, named as the operations are.

// A case is a test: what it did not expect, it ends on.
#![allow(clippy::unwrap_used)]

use crate::Case;

mod support;

mod access_keys;
mod authentication;
mod authorization;
mod batch_get_secret_value;
mod batch_requests;
mod conditions;
mod conditions_caller;
mod conditions_iam;
mod conditions_tags;
mod create_secret;
mod cross_account_replicas;
mod cross_account_rights;
mod delete_secret;
mod denials;
mod describe_secret;
mod every_answer;
mod every_operation;
mod explain;
mod get_random_password;
mod get_secret_value;
mod hostile_input;
mod iam;
mod iam_account;
mod iam_groups;
mod iam_instance_profiles;
mod iam_oidc;
mod iam_policies;
mod iam_roles;
mod iam_roles_decide;
mod iam_roles_terraform;
mod iam_service_linked_roles;
mod iam_terraform;
mod json_protocol;
mod list_secret_version_ids;
mod list_secrets;
mod list_secrets_filters;
mod list_secrets_pages;
mod policies;
mod policy_changes;
mod put_secret_value;
mod query_lists;
mod query_protocol;
mod replication;
mod replication_limits;
mod resource_policies;
mod resource_policies_decide;
mod rotation;
mod rotation_refused;
mod rotation_rules;
mod secret_id;
mod sekisho;
mod simulation;
mod simulation_inputs;
mod simulation_principals;
mod sts_assume_role;
mod sts_sessions;
mod sts_tokens;
mod tags;
mod tags_refused;
mod typed;
mod update_secret;
mod update_secret_version_stage;
mod validate_resource_policy;
mod values;
mod version_labels;
mod version_limits;

/// All cases.
pub fn all() -> impl Iterator<Item = &'static Case> {
    [
        create_secret::CASES,
        get_secret_value::CASES,
        put_secret_value::CASES,
        update_secret::CASES,
        update_secret_version_stage::CASES,
        batch_get_secret_value::CASES,
        batch_requests::CASES,
        version_labels::CASES,
        version_limits::CASES,
        values::CASES,
        describe_secret::CASES,
        list_secrets::CASES,
        list_secrets_filters::CASES,
        list_secrets_pages::CASES,
        list_secret_version_ids::CASES,
        delete_secret::CASES,
        tags::CASES,
        tags_refused::CASES,
        resource_policies::CASES,
        validate_resource_policy::CASES,
        resource_policies_decide::CASES,
        replication::CASES,
        replication_limits::CASES,
        cross_account_replicas::CASES,
        cross_account_rights::CASES,
        rotation::CASES,
        rotation_refused::CASES,
        rotation_rules::CASES,
        get_random_password::CASES,
        secret_id::CASES,
        every_operation::CASES,
        every_answer::CASES,
        typed::CASES,
        json_protocol::CASES,
        query_protocol::CASES,
        query_lists::CASES,
        hostile_input::CASES,
        authentication::CASES,
        access_keys::CASES,
        denials::CASES,
        authorization::CASES,
        policies::CASES,
        policy_changes::CASES,
        conditions::CASES,
        conditions_tags::CASES,
        conditions_caller::CASES,
        conditions_iam::CASES,
        iam::CASES,
        iam_policies::CASES,
        simulation::CASES,
        simulation_inputs::CASES,
        simulation_principals::CASES,
        iam_roles::CASES,
        iam_roles_decide::CASES,
        iam_roles_terraform::CASES,
        iam_instance_profiles::CASES,
        iam_service_linked_roles::CASES,
        // Groups, OpenID Connect providers, the account.
        iam_groups::CASES,
        iam_oidc::CASES,
        iam_account::CASES,
        iam_terraform::CASES,
        explain::CASES,
        sekisho::CASES,
        sts_assume_role::CASES,
        sts_sessions::CASES,
        sts_tokens::CASES,
    ]
    .into_iter()
    .flatten()
}
