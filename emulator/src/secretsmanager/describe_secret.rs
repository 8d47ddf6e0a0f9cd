//! DescribeSecret: a secret's metadata, never its value; also while it is scheduled for deletion.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cross_account::{self, PrimaryView, ReplicaView};
use super::entry::{Metadata, Origin, labelled_versions};
use super::model::{Stage, VersionId};
use super::replicas::{self, ReplicationStatus};
use super::{Error, find};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct DescribeSecret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(flatten)]
    metadata: Metadata,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_ids_to_stages: Option<BTreeMap<VersionId, Vec<Stage>>>,
    #[serde(flatten)]
    origin: Origin,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replication_status: Vec<ReplicationStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cross_account_primary: Option<PrimaryView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cross_account_replicas: Option<Vec<ReplicaView>>,
}

impl Operation for DescribeSecret {
    const NAME: &'static str = "DescribeSecret";
    const MEMBERS: &'static [Member] = &[find::SECRET_ID];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "secretsmanager:DescribeSecret",
            find::target(call, &input.secret_id),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?;
        let secret = &found.secret;
        Ok(Output {
            metadata: Metadata::of(secret, &found.scope),
            version_ids_to_stages: labelled_versions(secret),
            origin: Origin::of(secret),
            replication_status: replicas::statuses(call, &found.scope, secret, &[]),
            cross_account_primary: cross_account::primary_view(secret),
            cross_account_replicas: cross_account::replica_views(secret),
        })
    }
}
