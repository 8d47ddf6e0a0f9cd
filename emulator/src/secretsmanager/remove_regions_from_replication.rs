//! RemoveRegionsFromReplication: removes copies of a secret, and the secrets that they are.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RemoveRegionsFromReplication.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::replicas::{self, ReplicationStatus};
use super::{Error, find, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::{Member, Shape};

pub(super) struct RemoveRegionsFromReplication;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    remove_replica_regions: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    replication_status: Vec<ReplicationStatus>,
}

impl Operation for RemoveRegionsFromReplication {
    const NAME: &'static str = "RemoveRegionsFromReplication";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        Member::new(
            "RemoveReplicaRegions",
            Shape::List {
                of: &replicas::REGION,
                min: 1,
                max: usize::MAX,
            },
        )
        .required(),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        vec![Demand::on(
            "secretsmanager:RemoveRegionsFromReplication",
            target,
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.writable()?;
        let mut secret = found.changed(call.now);
        replicas::remove(call, &found, &mut secret, &input.remove_replica_regions);
        let replication_status = replicas::statuses(call, &found.scope, &secret, &[]);
        saving::save(&mut call.tx, &found.scope, secret, call.now);
        Ok(Output {
            arn: found.arn(),
            replication_status,
        })
    }
}
