//! DeletePolicy: deletes a managed policy that is attached to nothing and has one version left.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html>

use serde::Deserialize;

use super::error::InUse;
use super::model::ManagedPolicy;
use super::{Error, attachments, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeletePolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_arn: String,
}

impl Operation for DeletePolicy {
    const NAME: &'static str = "DeletePolicy";
    const MEMBERS: &'static [Member] = &[members::POLICY_ARN];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_arn(&input.policy_arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:DeletePolicy",
            demand::policy(call, &input.policy_arn),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let policy = find::own_policy(call, &input.policy_arn, "iam:DeletePolicy")?;
        if !attachments::of(call, &policy.arn).is_empty() {
            return Err(Error::InUse(InUse::Attached));
        }
        if policy.versions.len() > 1 {
            return Err(Error::InUse(InUse::Versions));
        }
        call.tx
            .delete(ManagedPolicy::key(call.scope.account, &policy.name));
        Ok(Nothing {})
    }
}
