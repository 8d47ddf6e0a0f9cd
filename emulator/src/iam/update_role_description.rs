//! UpdateRoleDescription: changes what a role says it is for. UpdateRole does so too.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::entity::Entity;
use super::view_role::RoleView;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct UpdateRoleDescription;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
    description: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    role: RoleView,
}

impl Operation for UpdateRoleDescription {
    const NAME: &'static str = "UpdateRoleDescription";
    const MEMBERS: &'static [Member] = &[
        members::ROLE_NAME.required(),
        members::ROLE_DESCRIPTION.required(),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::role_name(&input.role_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:UpdateRoleDescription",
            demand::role(call, &input.role_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let mut role = Arc::unwrap_or_clone(find::role(call, &input.role_name)?);
        role.description = Some(input.description.clone());
        let view = RoleView::described(&role, call);
        role.save(call);
        Ok(Output { role: view })
    }
}
