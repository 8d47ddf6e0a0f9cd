//! GetUserPolicy: shows an inline policy of a user, its text percent-encoded.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html>

use serde::{Deserialize, Serialize};

use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::percent_encoded;

pub(super) struct GetUserPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    policy_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    user_name: String,
    policy_name: String,
    policy_document: String,
}

impl Operation for GetUserPolicy {
    const NAME: &'static str = "GetUserPolicy";
    const MEMBERS: &'static [Member] = &[members::USER_NAME.required(), members::POLICY_NAME];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)?;
        check::policy_name(&input.policy_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:GetUserPolicy",
            demand::user(call, &input.user_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let user = find::user(call, &input.user_name)?;
        let inline = user
            .inline
            .get(&input.policy_name)
            .ok_or_else(|| Error::NoSuchUserPolicy(input.policy_name.clone()))?;
        Ok(Output {
            user_name: user.name.clone(),
            policy_name: input.policy_name.clone(),
            policy_document: percent_encoded(&inline.document),
        })
    }
}
