//! DeleteResourcePolicy: takes the policy of a secret away, if it has one.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Error, find, policies, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct DeleteResourcePolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    policy_name: Option<String>,
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

impl Operation for DeleteResourcePolicy {
    const NAME: &'static str = "DeleteResourcePolicy";
    const MEMBERS: &'static [Member] = &[find::SECRET_ID, policies::POLICY_NAME];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        vec![
            Demand::on("secretsmanager:DeleteResourcePolicy", target)
                .with("secretsmanager:PolicyName", input.policy_name.as_ref()),
        ]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.governed_here()?;
        policies::check_changeable(input.policy_name.as_deref())?;
        let mut changed = found.changed(call.now);
        changed.set_policy(None)?;
        saving::save(&mut call.tx, &found.scope, changed, call.now);
        Ok(Output {
            arn: found.arn(),
            name: found.name(),
            policy_name: input.policy_name.clone(),
        })
    }
}
