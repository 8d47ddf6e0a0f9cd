//! ListAccountAliases: the alias of the account, if it has one.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>

use serde::{Deserialize, Serialize};

use super::model::AccountAlias;
use super::paging::{Paging, Rest};
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListAccountAliases;

#[derive(Deserialize)]
pub(super) struct Input {
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    account_aliases: Members<String>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListAccountAliases {
    const NAME: &'static str = "ListAccountAliases";
    const MEMBERS: &'static [Member] = &[members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("iam:ListAccountAliases")]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let key = AccountAlias::key(call.scope.account);
        let alias = call.tx.get::<AccountAlias>(&key);
        let alias = alias.map(|alias| (alias.0.clone(), alias.0.clone()));
        let (account_aliases, rest) = input.paging.page(alias)?;
        Ok(Output {
            account_aliases,
            rest,
        })
    }
}
