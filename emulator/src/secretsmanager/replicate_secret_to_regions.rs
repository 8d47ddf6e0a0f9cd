//! ReplicateSecretToRegions: copies a secret to other regions of its account.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::replicas::{self, ReplicaRegion, ReplicationStatus};
use super::{Error, find, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct ReplicateSecretToRegions;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    add_replica_regions: Vec<ReplicaRegion>,
    force_overwrite_replica_secret: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    replication_status: Vec<ReplicationStatus>,
}

impl Operation for ReplicateSecretToRegions {
    const NAME: &'static str = "ReplicateSecretToRegions";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        replicas::ADD_REPLICA_REGIONS.required(),
        replicas::FORCE_OVERWRITE,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        let replicate = Demand::on("secretsmanager:ReplicateSecretToRegions", target);
        let regions = Some(&input.add_replica_regions);
        let force = input.force_overwrite_replica_secret;
        vec![replicas::with_regions(replicate, regions, force)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.writable()?;
        let mut secret = found.changed(call.now);
        let (asked, force) = (
            &input.add_replica_regions,
            input.force_overwrite_replica_secret,
        );
        let replication_status = replicas::add(call, &found.scope, &mut secret, asked, force)?;
        saving::save(&mut call.tx, &found.scope, secret, call.now);
        Ok(Output {
            arn: found.arn(),
            replication_status,
        })
    }
}
