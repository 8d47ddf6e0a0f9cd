//! GetPolicy: shows a managed policy, without its text: that is a version's.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html>

use serde::{Deserialize, Serialize};

use super::view::PolicyView;
use super::{Error, attachments, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_arn: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    policy: PolicyView,
}

impl Operation for GetPolicy {
    const NAME: &'static str = "GetPolicy";
    const MEMBERS: &'static [Member] = &[members::POLICY_ARN];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_arn(&input.policy_arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:GetPolicy",
            demand::policy(call, &input.policy_arn),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let policy = find::existing_policy(call, &input.policy_arn)?;
        let attached = attachments::of(call, &policy.arn);
        Ok(Output {
            policy: PolicyView::whole(&policy, &attached),
        })
    }
}
