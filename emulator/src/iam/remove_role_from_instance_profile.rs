//! RemoveRoleFromInstanceProfile: takes a role out of an instance profile.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Entity;
use super::error::RoleError;
use super::model::{Role, fold};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct RemoveRoleFromInstanceProfile;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_profile_name: String,
    role_name: String,
}

impl Operation for RemoveRoleFromInstanceProfile {
    const NAME: &'static str = "RemoveRoleFromInstanceProfile";
    const MEMBERS: &'static [Member] = &[
        members::INSTANCE_PROFILE_NAME.required(),
        members::ROLE_NAME.required(),
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::instance_profile_name(&input.instance_profile_name)?;
        check::role_name(&input.role_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:RemoveRoleFromInstanceProfile",
            demand::instance_profile(call, &input.instance_profile_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let profile = find::instance_profile(call, &input.instance_profile_name)?;
        let role = Role::find_own(call, &input.role_name, "iam:RemoveRoleFromInstanceProfile")?;
        if profile.role != Some(fold(&role.name)) {
            let (role, profile) = (input.role_name.clone(), input.instance_profile_name.clone());
            return Err(RoleError::NotInInstanceProfile { role, profile }.into());
        }
        let (mut profile, mut role) = (Arc::unwrap_or_clone(profile), Arc::unwrap_or_clone(role));
        profile.role = None;
        role.instance_profiles.remove(&fold(&profile.name));
        profile.save(call);
        role.save(call);
        Ok(Nothing {})
    }
}
