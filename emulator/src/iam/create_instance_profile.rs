//! CreateInstanceProfile: makes an instance profile without a role.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>

use serde::{Deserialize, Serialize};

use super::entity::Entity;
use super::error::RoleError;
use super::model::{InstanceProfile, KeyCase, Tag, root_path};
use super::view_role::InstanceProfileView;
use super::{Error, check, demand, members, quota};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct CreateInstanceProfile;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_profile_name: String,
    #[serde(default = "root_path")]
    path: String,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    instance_profile: InstanceProfileView,
}

impl Operation for CreateInstanceProfile {
    const NAME: &'static str = "CreateInstanceProfile";
    const MEMBERS: &'static [Member] = &[
        members::INSTANCE_PROFILE_NAME.required(),
        members::PATH,
        members::TAGS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::instance_profile_name(&input.instance_profile_name)?;
        check::path(&input.path)?;
        check::tags(&input.tags, KeyCase::Sensitive)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let name = &input.instance_profile_name;
        let profile = demand::new_instance_profile(call, &input.path, name);
        Demand::on("iam:CreateInstanceProfile", profile)
            .with_tags(input.tags.iter().map(Tag::pair))
            .and([(!input.tags.is_empty(), "iam:TagInstanceProfile")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let (account, name) = (call.scope.account, &input.instance_profile_name);
        let key = InstanceProfile::key(account, name);
        if call.tx.get::<InstanceProfile>(&key).is_some() {
            return Err(RoleError::InstanceProfileExists(name.clone()).into());
        }
        let all = InstanceProfile::all(account);
        quota::check(call, &all, quota::INSTANCE_PROFILES)?;
        let profile = InstanceProfile {
            name: name.clone(),
            path: input.path.clone(),
            id: call.environment.unique_id("AIPA", account),
            created: call.now,
            tags: input.tags.clone(),
            role: None,
        };
        let view = InstanceProfileView::created(&profile, call);
        profile.save(call);
        Ok(Output {
            instance_profile: view,
        })
    }
}
