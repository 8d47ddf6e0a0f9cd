//! DeleteServiceLinkedRole: deletes the role that a service of AWS has in an account. No service is
//! emulated that could still need it, so it goes at once.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html>

use serde::{Deserialize, Serialize};

use super::delete_role::delete;
use super::entity::Identity;
use super::model::{Deletion, IdentityKind, PolicyUsage};
use super::{Error, attachments, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct DeleteServiceLinkedRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    deletion_task_id: String,
}

impl Operation for DeleteServiceLinkedRole {
    const NAME: &'static str = "DeleteServiceLinkedRole";
    const MEMBERS: &'static [Member] = &[members::ROLE_NAME.required()];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::role_name(&input.role_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:DeleteServiceLinkedRole",
            demand::role_by_arn(call, &input.role_name),
        )]
    }

    /// What AWS says of a role that is linked to no service is not known; there is none such.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let role = find::role(call, &input.role_name)?;
        if !role.service_linked {
            let name = input.role_name.clone();
            return Err(Error::NoSuchIdentity(IdentityKind::Role, name));
        }
        for arn in &role.policies.attached {
            attachments::remove(call, arn, PolicyUsage::Permissions, &role.attachment());
        }
        delete(call, &role);
        let uuid = call.environment.uuid();
        let id = format!("task{}{}/{uuid}", role.path, role.name);
        let key = Deletion::key(call.scope.account, &id);
        call.tx.put(key, Deletion);
        Ok(Output {
            deletion_task_id: id,
        })
    }
}
