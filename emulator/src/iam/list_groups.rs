//! ListGroups: the groups of the account, or those under a path.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html>

use serde::{Deserialize, Serialize};

use super::model::{Group, GroupName};
use super::paging::{Paging, Rest};
use super::view::GroupView;
use super::{Error, check, demand, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListGroups;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    path_prefix: Option<String>,
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

impl Operation for ListGroups {
    const NAME: &'static str = "ListGroups";
    const MEMBERS: &'static [Member] = &[members::PATH_PREFIX, members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.path_prefix.as_deref(), check::path_prefix)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let groups = demand::new_group(call, input.prefix(), "");
        vec![Demand::on("iam:ListGroups", groups)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let (all, key) = (GroupName::all, GroupName::key);
        let names = input.paging.records::<GroupName>(call, all, key)?;
        let groups = names.filter_map(|(name, id)| {
            let group = Group::key(call.scope.account, &id.0);
            Some((name, call.tx.peek::<Group>(&group)?))
        });
        let listed = groups
            .filter(|(_, group)| group.path.starts_with(input.prefix()))
            .map(|(name, group)| (name, GroupView::new(&group, call.scope)));
        let (groups, rest) = input.paging.page(listed)?;
        Ok(Output { groups, rest })
    }
}

impl Input {
    fn prefix(&self) -> &str {
        self.path_prefix.as_deref().unwrap_or("/")
    }
}
