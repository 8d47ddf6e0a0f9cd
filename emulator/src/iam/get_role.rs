//! GetRole: shows a role, with its trust policy and when it was last used.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>

use serde::{Deserialize, Serialize};

use super::view_role::RoleView;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    role: RoleView,
}

impl Operation for GetRole {
    const NAME: &'static str = "GetRole";
    const MEMBERS: &'static [Member] = &[members::ROLE_NAME.required()];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::role_name(&input.role_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:GetRole",
            demand::role(call, &input.role_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let role = find::role(call, &input.role_name)?;
        Ok(Output {
            role: RoleView::whole(&role, call),
        })
    }
}
