//! TagPolicy: adds tags to a managed policy; one with a key that is there already takes the other's place.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::{KeyCase, ManagedPolicy, Tag, set_tags};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct TagPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_arn: String,
    tags: Vec<Tag>,
}

impl Operation for TagPolicy {
    const NAME: &'static str = "TagPolicy";
    const MEMBERS: &'static [Member] = &[members::POLICY_ARN, members::TAGS.required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_arn(&input.policy_arn)?;
        check::policy_tags(&input.tags)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = demand::policy(call, &input.policy_arn);
        vec![Demand::on("iam:TagPolicy", target).with_tags(input.tags.iter().map(Tag::pair))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let policy = find::existing_policy(call, &input.policy_arn)?;
        let tags =
            set_tags(&policy.tags, &input.tags, KeyCase::Sensitive).ok_or(Error::TooManyTags)?;
        let key = ManagedPolicy::key(call.scope.account, &policy.name);
        call.tx.put(
            key,
            ManagedPolicy {
                tags,
                ..Arc::unwrap_or_clone(policy)
            },
        );
        Ok(Nothing {})
    }
}
