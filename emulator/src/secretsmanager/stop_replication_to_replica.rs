//! StopReplicationToReplica: makes a copy a secret of its own; called where the copy is.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_StopReplicationToReplica.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::find::{self, Found};
use super::model::{CROSS_ACCOUNT_POLICY, Link, Secret};
use super::{Error, cross_account, replicas, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct StopReplicationToReplica;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
}

impl Operation for StopReplicationToReplica {
    const NAME: &'static str = "StopReplicationToReplica";
    const MEMBERS: &'static [Member] = &[find::SECRET_ID];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    /// A copy of another account's secret also loses the policy that AWS attached to it.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        let found = find::secret(call, &input.secret_id).ok();
        let has_policy = found.is_some_and(|found| found.secret.cross_account_policy().is_some());
        let name = has_policy.then_some(CROSS_ACCOUNT_POLICY);
        Demand::on("secretsmanager:StopReplicationToReplica", target)
            .with("secretsmanager:PolicyName", name)
            .and([(has_policy, "secretsmanager:DeleteResourcePolicy")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.alive()?;
        let Some(replica) = found.secret.replica() else {
            return Err(Error::IsNoReplica);
        };
        let mut secret = saving::part(call, &found, None);
        secret.changed = call.now;
        secret.set_cross_account_policy(None)?;
        call.tx.put(found.key(), secret);
        tell_primary(call, &found, replica.link);
        Ok(Output { arn: found.arn() })
    }
}

/// The primary has one copy less, which is no change of its own.
fn tell_primary(call: &mut Call<'_>, found: &Found, link: Link) {
    let Some(replica) = found.secret.replica() else {
        return;
    };
    let home = Secret::key(&replica.primary.scope, &replica.primary.name);
    let Some(primary) = call.tx.get::<Secret>(&home) else {
        return;
    };
    let mut primary = Secret::clone(&primary);
    match link {
        Link::Region => {
            replicas::forget(&mut primary, &replica.primary.scope, &found.scope.region);
        }
        Link::Account => cross_account::detach(&mut primary),
        Link::Pending | Link::Detached => return,
    }
    call.tx.put(home, primary);
}
