//! ListPolicyTags: the tags of a managed policy, sorted by key.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html>

use serde::{Deserialize, Serialize};

use super::model::{Tag, by_key};
use super::paging::{Paging, Rest};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListPolicyTags;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_arn: String,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    tags: Members<Tag>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListPolicyTags {
    const NAME: &'static str = "ListPolicyTags";
    const MEMBERS: &'static [Member] = &[members::POLICY_ARN, members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_arn(&input.policy_arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListPolicyTags",
            demand::policy(call, &input.policy_arn),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let policy = find::existing_policy(call, &input.policy_arn)?;
        let (tags, rest) = input.paging.page(by_key(&policy.tags))?;
        Ok(Output { tags, rest })
    }
}
