//! DisassociateCrossAccountReplica: unlinks a secret from its copy in another account, which keeps
//! what it has and gets no more.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DisassociateCrossAccountReplica.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::cross_account::{self, CROSS_ACCOUNT_REPLICA_ARN};
use super::model::{Link, Replica, Replication, Secret};
use super::{Error, find, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct DisassociateCrossAccountReplica;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    #[serde(rename = "CrossAccountReplicaARN")]
    cross_account_replica_arn: String,
}

#[derive(Serialize)]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    #[serde(rename = "CrossAccountReplicaARN")]
    cross_account_replica_arn: String,
}

impl Operation for DisassociateCrossAccountReplica {
    const NAME: &'static str = "DisassociateCrossAccountReplica";
    const MEMBERS: &'static [Member] = &[find::SECRET_ID, CROSS_ACCOUNT_REPLICA_ARN];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        vec![Demand::on(
            "secretsmanager:DisassociateCrossAccountReplica",
            target,
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.writable()?;
        let copy = cross_account::elsewhere(&input.cross_account_replica_arn, &found.scope)?;
        let known = found.secret.primary();
        let account = known.and_then(|primary| primary.account.as_ref());
        if account.is_none_or(|account| account.secret != copy) {
            return Err(Error::NotACopyOfThis);
        }
        detach_copy(call, &input.cross_account_replica_arn);
        let secret = Secret {
            changed: call.now,
            ..cross_account::without_copy(&found.secret)
        };
        saving::save(&mut call.tx, &found.scope, secret, call.now);
        Ok(Output {
            arn: found.arn(),
            cross_account_replica_arn: copy.arn(),
        })
    }
}

/// The copy, if it is still one, keeps the values it has as its own.
fn detach_copy(call: &mut Call<'_>, arn: &str) {
    let Ok(copy) = find::secret(call, arn) else {
        return;
    };
    let Some(replica) = copy.secret.replica().filter(|it| it.link == Link::Account) else {
        return;
    };
    let detached = Replication::Replica(Replica {
        link: Link::Detached,
        ..replica.clone()
    });
    let secret = saving::part(call, &copy, Some(detached));
    call.tx.put(copy.key(), secret);
}
