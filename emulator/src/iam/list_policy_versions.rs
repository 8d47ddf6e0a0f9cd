//! ListPolicyVersions: the versions of a managed policy, newest first.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html>

use serde::{Deserialize, Serialize};

use super::paging::{Paging, Rest};
use super::view::VersionView;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListPolicyVersions;

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
    versions: Members<VersionView>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListPolicyVersions {
    const NAME: &'static str = "ListPolicyVersions";
    const MEMBERS: &'static [Member] = &[members::POLICY_ARN, members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_arn(&input.policy_arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListPolicyVersions",
            demand::policy(call, &input.policy_arn),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let policy = find::existing_policy(call, &input.policy_arn)?;
        let newest_first = policy.versions.iter().rev().map(|version| {
            // Page keys ascend, numbers of versions descend.
            (
                format!("{:010}", u32::MAX - version.number),
                VersionView::plain(&policy, version),
            )
        });
        let (versions, rest) = input.paging.page(newest_first)?;
        Ok(Output { versions, rest })
    }
}
