//! CreateAccountAlias: gives the account a name that no account has, in the place of the one it had.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>

use serde::Deserialize;

use super::error::AccountError;
use super::model::{AccountAlias, TakenAlias};
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct CreateAccountAlias;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    account_alias: String,
}

impl Operation for CreateAccountAlias {
    const NAME: &'static str = "CreateAccountAlias";
    const MEMBERS: &'static [Member] = &[members::ACCOUNT_ALIAS];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("iam:CreateAccountAlias")]
    }

    /// Even the account's own alias is taken.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let account = call.scope.account;
        let (own, taken) = (
            AccountAlias::key(account),
            TakenAlias::key(&input.account_alias),
        );
        if call.tx.get::<TakenAlias>(&taken).is_some() {
            return Err(AccountError::AliasExists(input.account_alias.clone()).into());
        }
        if let Some(old) = call.tx.get::<AccountAlias>(&own) {
            call.tx.delete(TakenAlias::key(&old.0));
        }
        call.tx.put(taken, TakenAlias);
        call.tx.put(own, AccountAlias(input.account_alias.clone()));
        Ok(Nothing {})
    }
}
