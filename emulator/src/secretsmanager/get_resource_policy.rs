//! GetResourcePolicy: the policy that is attached to a secret, if there is one.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Error, find, policies};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetResourcePolicy;

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
    resource_policy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_name: Option<String>,
}

impl Operation for GetResourcePolicy {
    const NAME: &'static str = "GetResourcePolicy";
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
            Demand::on("secretsmanager:GetResourcePolicy", target)
                .with("secretsmanager:PolicyName", input.policy_name.as_ref()),
        ]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.alive()?;
        let resource_policy = policies::named(call, &found.secret, input.policy_name.as_deref())?;
        Ok(Output {
            arn: found.arn(),
            name: found.name(),
            resource_policy,
            policy_name: input.policy_name.clone(),
        })
    }
}
