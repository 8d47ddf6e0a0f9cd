//! RemoveUserFromGroup: takes a user out of a group. One who is not in it may be taken out as well.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Entity;
use super::model::fold;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct RemoveUserFromGroup;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    group_name: String,
    user_name: String,
}

impl Operation for RemoveUserFromGroup {
    const NAME: &'static str = "RemoveUserFromGroup";
    const MEMBERS: &'static [Member] = &[
        members::GROUP_NAME.required(),
        members::USER_NAME.required(),
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::group_name(&input.group_name)?;
        check::user_name(&input.user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let group = demand::group(call, &input.group_name);
        vec![Demand::on("iam:RemoveUserFromGroup", group)]
    }

    /// Of an unknown user AWS complains before it does of an unknown group.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut user = Arc::unwrap_or_clone(find::user(call, &input.user_name)?);
        let mut group = Arc::unwrap_or_clone(find::group(call, &input.group_name)?);
        if group.members.remove(&fold(&user.name)) {
            user.groups.retain(|id| *id != group.id);
            user.save(call);
            group.save(call);
        }
        Ok(Nothing {})
    }
}
