//! ListGroupsForUser: the groups that a user is in, by name.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Group, fold};
use super::paging::{Paging, Rest};
use super::view::GroupView;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListGroupsForUser;

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
    groups: Members<GroupView>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListGroupsForUser {
    const NAME: &'static str = "ListGroupsForUser";
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
        let user = demand::user(call, &input.user_name);
        vec![Demand::on("iam:ListGroupsForUser", user)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let user = find::user(call, &input.user_name)?;
        let ids = user.groups.iter();
        let groups = ids.filter_map(|id| {
            let group = Group::key(call.scope.account, id);
            call.tx.get::<Group>(&group)
        });
        let by_name: BTreeMap<_, _> = groups
            .map(|group| (fold(&group.name), GroupView::new(&group, call.scope)))
            .collect();
        let (groups, rest) = input.paging.page(by_name)?;
        Ok(Output { groups, rest })
    }
}
