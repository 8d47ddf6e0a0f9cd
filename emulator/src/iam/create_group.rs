//! CreateGroup: makes a group without users and without any permission.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html>

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::model::{Group, GroupName, IdentityKind, IdentityPolicies, root_path};
use super::view::GroupView;
use super::{Error, check, demand, members, quota};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct CreateGroup;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    group_name: String,
    #[serde(default = "root_path")]
    path: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    group: GroupView,
}

impl Operation for CreateGroup {
    const NAME: &'static str = "CreateGroup";
    const MEMBERS: &'static [Member] = &[members::PATH, members::GROUP_NAME.required()];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::group_name(&input.group_name)?;
        check::path(&input.path)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let group = demand::new_group(call, &input.path, &input.group_name);
        vec![Demand::on("iam:CreateGroup", group)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let account = call.scope.account;
        let key = GroupName::key(account, &input.group_name);
        if call.tx.get::<GroupName>(&key).is_some() {
            return Err(Error::Exists(IdentityKind::Group, input.group_name.clone()));
        }
        quota::check(call, &GroupName::all(account), quota::GROUPS)?;
        let group = Group {
            name: input.group_name.clone(),
            path: input.path.clone(),
            id: call.environment.unique_id("AGPA", account),
            created: call.now,
            policies: IdentityPolicies::default(),
            members: BTreeSet::new(),
        };
        let view = GroupView::new(&group, call.scope);
        let id = GroupName(group.id.clone());
        call.tx.put(Group::key(account, &group.id), group);
        call.tx.put(key, id);
        Ok(Output { group: view })
    }
}
