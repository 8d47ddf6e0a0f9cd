//! GetContextKeysForCustomPolicy: the context keys that policies read which are given as texts.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html>

use serde::{Deserialize, Serialize};

use super::Error;
use super::simulation::{keys, members as of};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct GetContextKeysForCustomPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_input_list: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    context_key_names: Members<String>,
}

impl Operation for GetContextKeysForCustomPolicy {
    const NAME: &'static str = "GetContextKeysForCustomPolicy";
    const MEMBERS: &'static [Member] = &[of::POLICY_INPUT_LIST.required()];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource(
            "iam:GetContextKeysForCustomPolicy",
        )]
    }

    fn run(input: Authorized<'_, Input>, _call: &mut Call<'_>) -> Result<Output, Error> {
        let keys = keys(&input.policy_input_list)?;
        Ok(Output {
            context_key_names: keys.into_iter().collect(),
        })
    }
}
