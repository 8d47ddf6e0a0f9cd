//! AddUserToGroup: puts a user into a group. Doing it twice changes nothing.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Entity;
use super::model::fold;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

/// The most groups that a user is in.
pub(super) const MAX_GROUPS: usize = 10;

pub(super) struct AddUserToGroup;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    group_name: String,
    user_name: String,
}

impl Operation for AddUserToGroup {
    const NAME: &'static str = "AddUserToGroup";
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

    /// IAM is asked about the group alone.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let group = demand::group(call, &input.group_name);
        vec![Demand::on("iam:AddUserToGroup", group)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut user = Arc::unwrap_or_clone(find::user(call, &input.user_name)?);
        let mut group = Arc::unwrap_or_clone(find::group(call, &input.group_name)?);
        if user.groups.contains(&group.id) {
            return Ok(Nothing {});
        }
        if user.groups.len() >= MAX_GROUPS {
            return Err(Error::Quota("GroupsPerUser", MAX_GROUPS));
        }
        user.groups.push(group.id.clone());
        group.members.insert(fold(&user.name));
        group.save(call);
        user.save(call);
        Ok(Nothing {})
    }
}
