//! UpdateGroup: renames a group, moves it to another path, or both. It stays the same group: its
//! users, policies and unique id go with it.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html>

use serde::Deserialize;

use super::entity::Entity;
use super::model::{Group, GroupName, IdentityKind};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UpdateGroup;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    group_name: String,
    new_path: Option<String>,
    new_group_name: Option<String>,
}

impl Operation for UpdateGroup {
    const NAME: &'static str = "UpdateGroup";
    const MEMBERS: &'static [Member] = &[
        members::GROUP_NAME.required(),
        members::NEW_PATH,
        members::NEW_GROUP_NAME,
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::group_name(&input.group_name)?;
        check::given(input.new_path.as_deref(), check::path)?;
        let name = input.new_group_name.as_deref();
        check::given(name, |name| check::named(name, "newGroupName"))
    }

    /// For a group, AWS asks for a right at both ends as it does for a user.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let source = Demand::on("iam:UpdateGroup", demand::group(call, &input.group_name));
        let target = find::group(call, &input.group_name).ok().map(|group| {
            let path = input.new_path.as_ref().unwrap_or(&group.path);
            let name = input.new_group_name.as_ref().unwrap_or(&group.name);
            Demand::on("iam:UpdateGroup", demand::new_group(call, path, name))
        });
        [Some(source), target].into_iter().flatten().collect()
    }

    /// Others know the group by its id, so only its name is found elsewhere.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let account = call.scope.account;
        let old = find::group(call, &input.group_name)?;
        let name = input.new_group_name.as_ref().unwrap_or(&old.name);
        let (from, to) = (
            GroupName::key(account, &old.name),
            GroupName::key(account, name),
        );
        if to != from && call.tx.get::<GroupName>(&to).is_some() {
            return Err(Error::Exists(IdentityKind::Group, name.clone()));
        }
        let group = Group {
            name: name.clone(),
            path: input.new_path.clone().unwrap_or_else(|| old.path.clone()),
            ..Group::clone(&old)
        };
        group.save(call);
        if to != from {
            call.tx.put(to, GroupName(old.id.clone()));
            call.tx.delete(from);
        }
        Ok(Nothing {})
    }
}
