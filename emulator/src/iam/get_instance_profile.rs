//! GetInstanceProfile: shows an instance profile and its role.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html>

use serde::{Deserialize, Serialize};

use super::view_role::InstanceProfileView;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetInstanceProfile;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_profile_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    instance_profile: InstanceProfileView,
}

impl Operation for GetInstanceProfile {
    const NAME: &'static str = "GetInstanceProfile";
    const MEMBERS: &'static [Member] = &[members::INSTANCE_PROFILE_NAME.required()];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::instance_profile_name(&input.instance_profile_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:GetInstanceProfile",
            demand::instance_profile(call, &input.instance_profile_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let profile = find::instance_profile(call, &input.instance_profile_name)?;
        Ok(Output {
            instance_profile: InstanceProfileView::whole(&profile, call),
        })
    }
}
