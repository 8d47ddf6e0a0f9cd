//! UntagPolicy: takes tags from a managed policy.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::{KeyCase, ManagedPolicy, remove_tags};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UntagPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_arn: String,
    tag_keys: Vec<String>,
}

impl Operation for UntagPolicy {
    const NAME: &'static str = "UntagPolicy";
    const MEMBERS: &'static [Member] = &[members::POLICY_ARN, members::TAG_KEYS];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_arn(&input.policy_arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = demand::policy(call, &input.policy_arn);
        vec![Demand::on("iam:UntagPolicy", target).with_all("aws:TagKeys", input.tag_keys.clone())]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut policy = Arc::unwrap_or_clone(find::existing_policy(call, &input.policy_arn)?);
        remove_tags(&mut policy.tags, &input.tag_keys, KeyCase::Sensitive);
        call.tx
            .put(ManagedPolicy::key(call.scope.account, &policy.name), policy);
        Ok(Nothing {})
    }
}
