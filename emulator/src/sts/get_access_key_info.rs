//! GetAccessKeyInfo: the account of an access key, which its id tells; of keys of other accounts, of
//! deleted ones and of those that never were.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>

use serde::{Deserialize, Serialize};

use super::{Error, members};
use crate::account::AccountId;
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetAccessKeyInfo;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    access_key_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    account: String,
}

impl Operation for GetAccessKeyInfo {
    const NAME: &'static str = "GetAccessKeyInfo";
    const MEMBERS: &'static [Member] = &[members::ACCESS_KEY_ID];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(_: &Input, _: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("sts:GetAccessKeyInfo")]
    }

    fn run(input: Authorized<'_, Input>, _: &mut Call<'_>) -> Result<Output, Error> {
        let account = AccountId::of_access_key(&input.access_key_id);
        let account = account.ok_or(Error::UnknownAccessKey)?;
        Ok(Output {
            account: account.to_string(),
        })
    }
}
