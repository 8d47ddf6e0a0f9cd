//! SetDefaultPolicyVersion: puts a version of a managed policy in force.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::ManagedPolicy;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct SetDefaultPolicyVersion;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_arn: String,
    version_id: String,
}

impl Operation for SetDefaultPolicyVersion {
    const NAME: &'static str = "SetDefaultPolicyVersion";
    const MEMBERS: &'static [Member] = &[members::POLICY_ARN, members::VERSION_ID];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_arn(&input.policy_arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:SetDefaultPolicyVersion",
            demand::policy(call, &input.policy_arn),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        find::not_of_aws(call, &input.policy_arn, "iam:SetDefaultPolicyVersion")?;
        let (policy, version) = find::policy_version(call, &input.policy_arn, &input.version_id)?;
        let policy = ManagedPolicy {
            default: version.number,
            ..Arc::unwrap_or_clone(policy)
        };
        call.tx
            .put(ManagedPolicy::key(call.scope.account, &policy.name), policy);
        Ok(Nothing {})
    }
}
