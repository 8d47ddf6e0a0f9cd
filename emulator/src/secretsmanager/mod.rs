//! Secrets Manager.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html>

// What operations are made of.
mod cross_account;
mod entry;
mod error;
mod filter;
mod find;
mod keys;
mod listing;
mod managed_type;
pub mod model;
mod new_secret;
mod new_value;
mod page;
mod policies;
mod reading;
pub(crate) mod removal;
mod replicas;
mod rotation;
mod saving;
mod sort;
mod tags;

// The operations.
mod associate_cross_account_replica;
mod batch_get_secret_value;
mod cancel_rotate_secret;
mod create_secret;
mod delete_resource_policy;
mod delete_secret;
mod describe_secret;
mod disassociate_cross_account_replica;
mod get_random_password;
mod get_resource_policy;
mod get_secret_value;
mod list_resource_policies;
mod list_secret_version_ids;
mod list_secrets;
mod put_resource_policy;
mod put_secret_value;
mod remove_regions_from_replication;
mod replicate_secret_to_regions;
mod restore_secret;
mod rotate_secret;
mod stop_replication_to_replica;
mod tag_resource;
mod untag_resource;
mod update_secret;
mod update_secret_version_stage;
mod validate_resource_policy;

use crate::operation::{Entry, Table};
use crate::wire::Protocol;
use crate::wire::route::Endpoint;
use error::Error;

/// The service's table.
pub static TABLE: Table = Table {
    endpoint: Endpoint {
        name: "secretsmanager",
        protocol: Protocol::Json,
        marker: "secretsmanager",
        version: "2017-10-17",
        speaks_json: false,
        skew_minutes: 5,
    },
    operations: &[
        Entry::of::<associate_cross_account_replica::AssociateCrossAccountReplica>(),
        Entry::of::<batch_get_secret_value::BatchGetSecretValue>(),
        Entry::of::<cancel_rotate_secret::CancelRotateSecret>(),
        Entry::of::<create_secret::CreateSecret>(),
        Entry::of::<delete_resource_policy::DeleteResourcePolicy>(),
        Entry::of::<delete_secret::DeleteSecret>(),
        Entry::of::<describe_secret::DescribeSecret>(),
        Entry::of::<disassociate_cross_account_replica::DisassociateCrossAccountReplica>(),
        Entry::of::<get_random_password::GetRandomPassword>(),
        Entry::of::<get_resource_policy::GetResourcePolicy>(),
        Entry::of::<get_secret_value::GetSecretValue>(),
        Entry::of::<list_resource_policies::ListResourcePolicies>(),
        Entry::of::<list_secret_version_ids::ListSecretVersionIds>(),
        Entry::of::<list_secrets::ListSecrets>(),
        Entry::of::<put_resource_policy::PutResourcePolicy>(),
        Entry::of::<put_secret_value::PutSecretValue>(),
        Entry::of::<remove_regions_from_replication::RemoveRegionsFromReplication>(),
        Entry::of::<replicate_secret_to_regions::ReplicateSecretToRegions>(),
        Entry::of::<restore_secret::RestoreSecret>(),
        Entry::of::<rotate_secret::RotateSecret>(),
        Entry::of::<stop_replication_to_replica::StopReplicationToReplica>(),
        Entry::of::<tag_resource::TagResource>(),
        Entry::of::<untag_resource::UntagResource>(),
        Entry::of::<update_secret::UpdateSecret>(),
        Entry::of::<update_secret_version_stage::UpdateSecretVersionStage>(),
        Entry::of::<validate_resource_policy::ValidateResourcePolicy>(),
    ],
    missing: &[],
};

#[cfg(test)]
mod tests;
