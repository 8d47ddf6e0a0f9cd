//! GetGroup: shows a group and, page by page, the users in it.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html>

use serde::{Deserialize, Serialize};

use super::model::User;
use super::paging::{Paging, Rest};
use super::view::{GroupView, UserView};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct GetGroup;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    group_name: String,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    group: GroupView,
    users: Members<UserView>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for GetGroup {
    const NAME: &'static str = "GetGroup";
    const MEMBERS: &'static [Member] = &[
        members::GROUP_NAME.required(),
        members::MARKER,
        members::MAX_ITEMS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::group_name(&input.group_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let group = demand::group(call, &input.group_name);
        vec![Demand::on("iam:GetGroup", group)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let group = find::group(call, &input.group_name)?;
        let users = group.members.iter().filter_map(|name| {
            let user = User::key(call.scope.account, name);
            let user = call.tx.peek::<User>(&user)?;
            Some((name, UserView::plain(&user, call.scope)))
        });
        let (users, rest) = input.paging.page(users)?;
        Ok(Output {
            group: GroupView::new(&group, call.scope),
            users,
            rest,
        })
    }
}
