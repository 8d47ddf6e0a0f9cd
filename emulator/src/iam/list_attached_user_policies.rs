//! ListAttachedUserPolicies: the managed policies attached to a user.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::paging::{Paging, Rest};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListAttachedUserPolicies;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    path_prefix: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    attached_policies: Members<AttachedPolicy>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AttachedPolicy {
    policy_name: String,
    policy_arn: String,
}

impl Operation for ListAttachedUserPolicies {
    const NAME: &'static str = "ListAttachedUserPolicies";
    const MEMBERS: &'static [Member] = &[
        members::SHORT_USER_NAME.required(),
        members::PATH_PREFIX,
        members::MARKER,
        members::MAX_ITEMS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)?;
        check::given(input.path_prefix.as_deref(), check::policy_path_prefix)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListAttachedUserPolicies",
            demand::user(call, &input.user_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let user = find::user(call, &input.user_name)?;
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let policies = user
            .attached
            .iter()
            .filter_map(|arn| find::policy(call, arn));
        let attached: BTreeMap<String, AttachedPolicy> = policies
            .filter(|policy| policy.path.starts_with(prefix))
            .map(|policy| {
                let shown = AttachedPolicy {
                    policy_name: policy.name.clone(),
                    policy_arn: policy.arn.clone(),
                };
                (policy.arn.clone(), shown)
            })
            .collect();
        let (attached_policies, rest) = input.paging.page(attached)?;
        Ok(Output {
            attached_policies,
            rest,
        })
    }
}
