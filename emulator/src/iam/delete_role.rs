//! DeleteRole: deletes a role that has no policy any more, and is in no instance profile. Its
//! sessions end.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html>

use serde::Deserialize;

use super::entity::{Entity, Identity};
use super::error::InUse;
use super::model::{PrincipalId, Role};
use super::{Error, boundary, check, demand, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
}

impl Operation for DeleteRole {
    const NAME: &'static str = "DeleteRole";
    const MEMBERS: &'static [Member] = &[members::ROLE_NAME.required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::role_name(&input.role_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:DeleteRole",
            demand::role(call, &input.role_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let role = Role::find_own(call, &input.role_name, "iam:DeleteRole")?;
        for (is_there, what) in [
            (!role.policies.attached.is_empty(), InUse::AttachedPolicies),
            (!role.policies.inline.is_empty(), InUse::InlinePolicies),
            (!role.instance_profiles.is_empty(), InUse::InstanceProfile),
        ] {
            if is_there {
                return Err(Error::InUse(what));
            }
        }
        delete(call, &role);
        Ok(Nothing {})
    }
}

/// Takes away a role that nothing else is attached to, and what leads to it.
pub(super) fn delete(call: &mut Call<'_>, role: &Role) {
    boundary::remove(call, role.boundary.as_deref(), &role.attachment());
    call.tx.delete(PrincipalId::key(&role.id));
    call.tx.delete(Role::key(call.scope.account, &role.name));
}
