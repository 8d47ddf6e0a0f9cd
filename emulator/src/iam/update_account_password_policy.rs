//! UpdateAccountPasswordPolicy: sets what the account asks of its users' passwords. What is not
//! given is as if it had never been.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>

use super::Error;
use super::model::PasswordPolicy;
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UpdateAccountPasswordPolicy;

impl Operation for UpdateAccountPasswordPolicy {
    const NAME: &'static str = "UpdateAccountPasswordPolicy";
    const MEMBERS: &'static [Member] = &[
        Member::integer("MinimumPasswordLength", 6, 128).sensitive(),
        Member::integer("PasswordReusePrevention", 1, 24).sensitive(),
        Member::integer("MaxPasswordAge", 1, 1095).sensitive(),
        Member::boolean("RequireSymbols"),
        Member::boolean("RequireNumbers"),
        Member::boolean("RequireUppercaseCharacters"),
        Member::boolean("RequireLowercaseCharacters"),
        Member::boolean("AllowUsersToChangePassword"),
        Member::boolean("HardExpiry"),
    ];
    type Input = PasswordPolicy;
    type Output = Nothing;
    type Error = Error;

    fn demands(_input: &PasswordPolicy, _call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("iam:UpdateAccountPasswordPolicy")]
    }

    fn run(input: Authorized<'_, PasswordPolicy>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let key = PasswordPolicy::key(call.scope.account);
        call.tx.put(key, PasswordPolicy::clone(&input));
        Ok(Nothing {})
    }
}
