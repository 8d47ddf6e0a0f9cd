//! Secrets Manager.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html>

mod entry;
mod error;
mod filter;
mod find;
pub mod model;
mod new_value;
mod page;
pub(crate) mod removal;
mod sort;
mod tags;
mod unsupported;

mod create_secret;
mod delete_secret;
mod describe_secret;
mod get_random_password;
mod get_secret_value;
mod list_secret_version_ids;
mod list_secrets;
mod put_secret_value;
mod restore_secret;
mod tag_resource;
mod untag_resource;

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
        skew_minutes: 5,
    },
    operations: &[
        Entry::of::<create_secret::CreateSecret>(),
        Entry::of::<delete_secret::DeleteSecret>(),
        Entry::of::<describe_secret::DescribeSecret>(),
        Entry::of::<get_random_password::GetRandomPassword>(),
        Entry::of::<get_secret_value::GetSecretValue>(),
        Entry::of::<list_secret_version_ids::ListSecretVersionIds>(),
        Entry::of::<list_secrets::ListSecrets>(),
        Entry::of::<put_secret_value::PutSecretValue>(),
        Entry::of::<restore_secret::RestoreSecret>(),
        Entry::of::<tag_resource::TagResource>(),
        Entry::of::<untag_resource::UntagResource>(),
    ],
    missing: &[
        "AssociateCrossAccountReplica",
        "BatchGetSecretValue",
        "CancelRotateSecret",
        "DeleteResourcePolicy",
        "DisassociateCrossAccountReplica",
        "GetResourcePolicy",
        "ListResourcePolicies",
        "PutResourcePolicy",
        "RemoveRegionsFromReplication",
        "ReplicateSecretToRegions",
        "RotateSecret",
        "StopReplicationToReplica",
        "UpdateSecret",
        "UpdateSecretVersionStage",
        "ValidateResourcePolicy",
    ],
};
