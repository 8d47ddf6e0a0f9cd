//! AssociateCrossAccountReplica: links a secret to the copy that another account has made for it.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_AssociateCrossAccountReplica.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::cross_account::{self, CROSS_ACCOUNT_REPLICA_ARN};
use super::{Error, find};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::organization;
use crate::wire::{Member, Shape};

pub(super) struct AssociateCrossAccountReplica;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    #[serde(rename = "CrossAccountReplicaARN")]
    cross_account_replica_arn: String,
    #[serde(default)]
    replica_restriction: Restriction,
    #[serde(rename = "ReplicationRoleARN")]
    replication_role_arn: Option<String>,
}

/// Whether the copy must be within the organization.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize)]
enum Restriction {
    #[default]
    SameOrg,
    NoRestriction,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    #[serde(rename = "CrossAccountReplicaARN")]
    cross_account_replica_arn: Arc<str>,
    replication_status: &'static str,
}

impl Operation for AssociateCrossAccountReplica {
    const NAME: &'static str = "AssociateCrossAccountReplica";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        CROSS_ACCOUNT_REPLICA_ARN,
        Member::new(
            "ReplicaRestriction",
            Shape::one_of(&["SameOrg", "NoRestriction"]),
        ),
        Member::string("ReplicationRoleARN", 20, 2048),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    /// Accepting is no operation of its own: it is asked of the copy on the caller's behalf.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let primary = find::target(call, &input.secret_id);
        let copy = find::target(call, &input.cross_account_replica_arn);
        let mut demands = Demand::on("secretsmanager:AssociateCrossAccountReplica", primary)
            .and([(true, "secretsmanager:GetSecretValue")]);
        demands.push(Demand::on(
            "secretsmanager:AcceptCrossAccountReplication",
            copy,
        ));
        demands
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.writable()?;
        if found.scope.account != call.access.caller().account {
            return Err(Error::NotTheOwner);
        }
        cross_account::elsewhere(&input.cross_account_replica_arn, &found.scope)?;
        let copy = find::secret(call, &input.cross_account_replica_arn)?.alive()?;
        let accounts = [found.scope.account, copy.scope.account];
        if input.replica_restriction == Restriction::SameOrg && !organization::holds(call, accounts)
        {
            return Err(Error::OtherOrganization);
        }
        let role = input.replication_role_arn.as_deref();
        cross_account::associate(call, &found, &copy, role)?;
        Ok(Output {
            arn: found.arn(),
            cross_account_replica_arn: copy.arn(),
            replication_status: "InProgress",
        })
    }
}
