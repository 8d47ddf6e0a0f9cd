//! DeleteGroup: deletes a group that has no policy and no user in it any more.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html>

use serde::Deserialize;

use super::error::InUse;
use super::model::{Group, GroupName};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteGroup;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    group_name: String,
}

impl Operation for DeleteGroup {
    const NAME: &'static str = "DeleteGroup";
    const MEMBERS: &'static [Member] = &[members::GROUP_NAME.required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::group_name(&input.group_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let group = demand::group(call, &input.group_name);
        vec![Demand::on("iam:DeleteGroup", group)]
    }

    /// Which conflict AWS names first, when there are several, is not documented.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let group = find::group(call, &input.group_name)?;
        for (is_there, what) in [
            (!group.policies.inline.is_empty(), InUse::InlinePolicies),
            (!group.policies.attached.is_empty(), InUse::AttachedPolicies),
            (!group.members.is_empty(), InUse::Memberships),
        ] {
            if is_there {
                return Err(Error::InUse(what));
            }
        }
        let account = call.scope.account;
        call.tx.delete(GroupName::key(account, &group.name));
        call.tx.delete(Group::key(account, &group.id));
        Ok(Nothing {})
    }
}
