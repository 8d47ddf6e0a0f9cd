//! AttachUserPolicy: attaches a managed policy to a user. Attaching it twice changes nothing.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::{ManagedPolicy, User, fold};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

/// The most managed policies of a user.
const MAX_ATTACHED: usize = 10;

pub(super) struct AttachUserPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    policy_arn: String,
}

impl Operation for AttachUserPolicy {
    const NAME: &'static str = "AttachUserPolicy";
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
            Demand::on("iam:AttachUserPolicy", target)
                .with("iam:PolicyARN", Some(&input.policy_arn)),
        ]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut user = Arc::unwrap_or_clone(find::user(call, &input.user_name)?);
        let policy = find::policy(call, &input.policy_arn);
        let mut policy = policy
            .map(Arc::unwrap_or_clone)
            .ok_or_else(|| Error::NotAttachable(input.policy_arn.clone()))?;
        if user.attached.contains(&policy.arn) {
            return Ok(Nothing {});
        }
        if user.attached.len() >= MAX_ATTACHED {
            return Err(Error::TooManyAttachedPolicies);
        }
        user.attached.push(policy.arn.clone());
        policy.attached_users.insert(fold(&user.name));
        call.tx
            .put(ManagedPolicy::key(call.scope.account, &policy.name), policy);
        call.tx.put(User::key(call.scope.account, &user.name), user);
        Ok(Nothing {})
    }
}
