//! PutResourcePolicy: attaches a policy to a secret, in place of the one it has.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Error, find, policies, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct PutResourcePolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    policy_name: Option<String>,
    resource_policy: String,
    block_public_policy: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_name: Option<String>,
}

impl Operation for PutResourcePolicy {
    const NAME: &'static str = "PutResourcePolicy";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        policies::POLICY_NAME,
        policies::RESOURCE_POLICY,
        Member::boolean("BlockPublicPolicy"),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        let block = input.block_public_policy;
        vec![
            Demand::on("secretsmanager:PutResourcePolicy", target)
                .with("secretsmanager:BlockPublicPolicy", block)
                .with("secretsmanager:PolicyName", input.policy_name.as_ref()),
        ]
    }

    /// A policy that locks the caller out is attached all the same: AWS's guide says so of its API,
    /// and nobody was seen to be refused. ValidateResourcePolicy tells.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.governed_here()?;
        policies::check_changeable(input.policy_name.as_deref())?;
        let policy = policies::read(call, &input.resource_policy)?;
        if input.block_public_policy == Some(true) && policies::is_public(&input.resource_policy) {
            return Err(Error::PublicPolicy);
        }
        let mut changed = found.changed(call.now);
        changed.set_policy(Some(policy))?;
        saving::save(&mut call.tx, &found.scope, changed, call.now);
        Ok(Output {
            arn: found.arn(),
            name: found.name(),
            policy_name: input.policy_name.clone(),
        })
    }
}
