//! DeleteAccountAlias: takes the account's alias away, which has to be named.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html>

use serde::Deserialize;

use super::error::AccountError;
use super::model::{AccountAlias, TakenAlias};
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteAccountAlias;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    account_alias: String,
}

impl Operation for DeleteAccountAlias {
    const NAME: &'static str = "DeleteAccountAlias";
    const MEMBERS: &'static [Member] = &[members::ACCOUNT_ALIAS];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("iam:DeleteAccountAlias")]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let own = AccountAlias::key(call.scope.account);
        let alias = call.tx.get::<AccountAlias>(&own);
        if alias.is_none_or(|alias| alias.0 != input.account_alias) {
            return Err(AccountError::NoSuchAlias(input.account_alias.clone()).into());
        }
        call.tx.delete(TakenAlias::key(&input.account_alias));
        call.tx.delete(own);
        Ok(Nothing {})
    }
}
