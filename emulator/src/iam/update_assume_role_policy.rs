//! UpdateAssumeRolePolicy: gives a role another trust policy. Sessions that there are go on.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Entity;
use super::model::Role;
use super::{Error, check, demand, members, trust};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UpdateAssumeRolePolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
    policy_document: String,
}

impl Operation for UpdateAssumeRolePolicy {
    const NAME: &'static str = "UpdateAssumeRolePolicy";
    const MEMBERS: &'static [Member] = &[members::ROLE_NAME.required(), members::POLICY_DOCUMENT];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::role_name(&input.role_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:UpdateAssumeRolePolicy",
            demand::role(call, &input.role_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let role = Role::find_own(call, &input.role_name, "iam:UpdateAssumeRolePolicy")?;
        let mut role = Arc::unwrap_or_clone(role);
        role.trust = trust::read(call, &input.policy_document)?;
        role.save(call);
        Ok(Nothing {})
    }
}
