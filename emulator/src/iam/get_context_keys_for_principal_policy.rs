//! GetContextKeysForPrincipalPolicy: the context keys that the policies of a user, group or role read,
//! its permissions boundary among them.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html>

use serde::{Deserialize, Serialize};

use super::Error;
use super::simulation::{keys, members as of, source, target};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct GetContextKeysForPrincipalPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_source_arn: String,
    #[serde(default)]
    policy_input_list: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    context_key_names: Members<String>,
}

impl Operation for GetContextKeysForPrincipalPolicy {
    const NAME: &'static str = "GetContextKeysForPrincipalPolicy";
    const MEMBERS: &'static [Member] = &[of::POLICY_SOURCE_ARN, of::POLICY_INPUT_LIST];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:GetContextKeysForPrincipalPolicy",
            target(call, &input.policy_source_arn),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let source = source(call, &input.policy_source_arn)?;
        let given = keys(&input.policy_input_list)?;
        Ok(Output {
            context_key_names: source.keys().cloned().chain(given).collect(),
        })
    }
}
