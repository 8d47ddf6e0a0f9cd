//! GetServiceLinkedRoleDeletionStatus: whether a role that was linked to a service is gone.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html>

use serde::{Deserialize, Serialize};

use super::error::RoleError;
use super::model::Deletion;
use super::{Error, demand, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetServiceLinkedRoleDeletionStatus;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    deletion_task_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    status: &'static str,
}

impl Operation for GetServiceLinkedRoleDeletionStatus {
    const NAME: &'static str = "GetServiceLinkedRoleDeletionStatus";
    const MEMBERS: &'static [Member] = &[members::DELETION_TASK_ID];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    /// The task's id has the role's path and name in it.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let task = input.deletion_task_id.strip_prefix("task");
        let role = task.and_then(|task| task.rsplit_once('/'));
        let (path_and_name, _) = role.unwrap_or(("/*", ""));
        vec![Demand::on(
            "iam:GetServiceLinkedRoleDeletionStatus",
            demand::new_role(call, path_and_name, ""),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let id = &input.deletion_task_id;
        let key = Deletion::key(call.scope.account, id);
        match call.tx.get::<Deletion>(&key) {
            Some(_) => Ok(Output {
                status: "SUCCEEDED",
            }),
            None => Err(RoleError::NoSuchDeletion(id.clone()).into()),
        }
    }
}
