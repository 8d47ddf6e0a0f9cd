//! AddRoleToInstanceProfile: puts a role into an instance profile that has none.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Entity;
use super::model::{Role, fold};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct AddRoleToInstanceProfile;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    instance_profile_name: String,
    role_name: String,
}

impl Operation for AddRoleToInstanceProfile {
    const NAME: &'static str = "AddRoleToInstanceProfile";
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

    /// The role is passed to EC2: to any instance of the account, says AWS. Which of the two demands
    /// AWS decides first is not known.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let profile = demand::instance_profile(call, &input.instance_profile_name);
        let role = demand::role_by_arn(call, &input.role_name);
        let (partition, account) = (call.scope.partition(), call.scope.account);
        let instances = format!("arn:{partition}:ec2:*:{account}:instance/*");
        let ec2 = match partition {
            "aws-cn" => "ec2.amazonaws.com.cn",
            _ => "ec2.amazonaws.com",
        };
        vec![
            Demand::on("iam:AddRoleToInstanceProfile", profile),
            Demand::on("iam:PassRole", role)
                .with("iam:PassedToService", Some(ec2))
                .with("iam:AssociatedResourceArn", Some(instances)),
        ]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let profile = find::instance_profile(call, &input.instance_profile_name)?;
        let role = Role::find_own(call, &input.role_name, "iam:AddRoleToInstanceProfile")?;
        if profile.role.is_some() {
            return Err(Error::Quota("InstanceSessionsPerInstanceProfile", 1));
        }
        let (mut profile, mut role) = (Arc::unwrap_or_clone(profile), Arc::unwrap_or_clone(role));
        profile.role = Some(fold(&role.name));
        role.instance_profiles.insert(fold(&profile.name));
        profile.save(call);
        role.save(call);
        Ok(Nothing {})
    }
}
