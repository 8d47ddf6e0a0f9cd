//! GetAccountPasswordPolicy: shows what the account asks of its users' passwords.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html>

use serde::{Deserialize, Serialize};

use super::Error;
use super::error::AccountError;
use super::model::PasswordPolicy;
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetAccountPasswordPolicy;

#[derive(Deserialize)]
pub(super) struct Input {}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    password_policy: Shown,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Shown {
    #[serde(flatten)]
    policy: PasswordPolicy,
    expire_passwords: bool,
}

impl Operation for GetAccountPasswordPolicy {
    const NAME: &'static str = "GetAccountPasswordPolicy";
    const MEMBERS: &'static [Member] = &[];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("iam:GetAccountPasswordPolicy")]
    }

    fn run(_input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let account = call.scope.account;
        let policy = call.tx.get::<PasswordPolicy>(&PasswordPolicy::key(account));
        let policy = policy.ok_or(AccountError::NoPasswordPolicy(account))?;
        Ok(Output {
            password_policy: Shown {
                expire_passwords: policy.max_password_age.is_some(),
                policy: PasswordPolicy::clone(&policy),
            },
        })
    }
}
