//! DetachUserPolicy: detaches a managed policy from a user.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::{ManagedPolicy, User, fold};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DetachUserPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    policy_arn: String,
}

impl Operation for DetachUserPolicy {
    const NAME: &'static str = "DetachUserPolicy";
    const MEMBERS: &'static [Member] = &[members::SHORT_USER_NAME.required(), members::POLICY_ARN];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)?;
        check::policy_arn(&input.policy_arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = demand::user(call, &input.user_name);
        vec![
            Demand::on("iam:DetachUserPolicy", target)
                .with("iam:PolicyARN", Some(&input.policy_arn)),
        ]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut user = Arc::unwrap_or_clone(find::user(call, &input.user_name)?);
        let mut policy = Arc::unwrap_or_clone(find::existing_policy(call, &input.policy_arn)?);
        if !policy.attached_users.remove(&fold(&user.name)) {
            return Err(Error::NoSuchPolicy(input.policy_arn.clone()));
        }
        user.attached.retain(|arn| *arn != policy.arn);
        call.tx
            .put(ManagedPolicy::key(call.scope.account, &policy.name), policy);
        call.tx.put(User::key(call.scope.account, &user.name), user);
        Ok(Nothing {})
    }
}
