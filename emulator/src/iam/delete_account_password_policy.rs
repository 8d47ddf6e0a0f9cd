//! DeleteAccountPasswordPolicy: takes the account's password policy away.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html>

use serde::Deserialize;

use super::Error;
use super::error::AccountError;
use super::model::PasswordPolicy;
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteAccountPasswordPolicy;

#[derive(Deserialize)]
pub(super) struct Input {}

impl Operation for DeleteAccountPasswordPolicy {
    const NAME: &'static str = "DeleteAccountPasswordPolicy";
    const MEMBERS: &'static [Member] = &[];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("iam:DeleteAccountPasswordPolicy")]
    }

    fn run(_input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let key = PasswordPolicy::key(call.scope.account);
        if call.tx.get::<PasswordPolicy>(&key).is_none() {
            return Err(AccountError::NoPasswordPolicyToDelete.into());
        }
        call.tx.delete(key);
        Ok(Nothing {})
    }
}
