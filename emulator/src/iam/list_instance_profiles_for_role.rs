//! ListInstanceProfilesForRole: the instance profiles that a role is in.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html>

use serde::{Deserialize, Serialize};

use super::model::InstanceProfile;
use super::paging::{Paging, Rest};
use super::view_role::InstanceProfileView;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListInstanceProfilesForRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    instance_profiles: Members<InstanceProfileView>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListInstanceProfilesForRole {
    const NAME: &'static str = "ListInstanceProfilesForRole";
    const MEMBERS: &'static [Member] = &[
        members::ROLE_NAME.required(),
        members::MARKER,
        members::MAX_ITEMS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::role_name(&input.role_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListInstanceProfilesForRole",
            demand::role(call, &input.role_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let role = find::role(call, &input.role_name)?;
        let listed = role.instance_profiles.iter().filter_map(|name| {
            let key = InstanceProfile::key(call.scope.account, name);
            let profile = call.tx.peek::<InstanceProfile>(&key)?;
            Some((name, InstanceProfileView::plain(&profile, call)))
        });
        let (instance_profiles, rest) = input.paging.page(listed)?;
        Ok(Output {
            instance_profiles,
            rest,
        })
    }
}
