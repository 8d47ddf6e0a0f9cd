//! DeleteUserPolicy: deletes an inline policy of a user.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::User;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteUserPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    policy_name: String,
}

impl Operation for DeleteUserPolicy {
    const NAME: &'static str = "DeleteUserPolicy";
    const MEMBERS: &'static [Member] = &[members::USER_NAME.required(), members::POLICY_NAME];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)?;
        check::policy_name(&input.policy_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:DeleteUserPolicy",
            demand::user(call, &input.user_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut user = Arc::unwrap_or_clone(find::user(call, &input.user_name)?);
        if user.inline.remove(&input.policy_name).is_none() {
            return Err(Error::NoSuchUserPolicy(input.policy_name.clone()));
        }
        call.tx.put(User::key(call.scope.account, &user.name), user);
        Ok(Nothing {})
    }
}
