//! DeleteInstanceProfile: deletes an instance profile that has no role any more.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html>

use serde::Deserialize;

use super::error::InUse;
use super::model::InstanceProfile;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteInstanceProfile;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_profile_name: String,
}

impl Operation for DeleteInstanceProfile {
    const NAME: &'static str = "DeleteInstanceProfile";
    const MEMBERS: &'static [Member] = &[members::INSTANCE_PROFILE_NAME.required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::instance_profile_name(&input.instance_profile_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:DeleteInstanceProfile",
            demand::instance_profile(call, &input.instance_profile_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let profile = find::instance_profile(call, &input.instance_profile_name)?;
        if profile.role.is_some() {
            return Err(Error::InUse(InUse::InstanceProfile));
        }
        let key = InstanceProfile::key(call.scope.account, &profile.name);
        call.tx.delete(key);
        Ok(Nothing {})
    }
}
