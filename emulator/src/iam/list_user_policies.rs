//! ListUserPolicies: the names of a user's inline policies.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html>

use serde::{Deserialize, Serialize};

use super::paging::{Paging, Rest};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListUserPolicies;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    policy_names: Members<String>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListUserPolicies {
    const NAME: &'static str = "ListUserPolicies";
    const MEMBERS: &'static [Member] = &[
        members::USER_NAME.required(),
        members::MARKER,
        members::MAX_ITEMS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListUserPolicies",
            demand::user(call, &input.user_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let user = find::user(call, &input.user_name)?;
        let (policy_names, rest) = input
            .paging
            .page(user.inline.keys().map(|name| (name, name.clone())))?;
        Ok(Output { policy_names, rest })
    }
}
