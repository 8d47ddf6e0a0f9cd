//! GetCallerIdentity: the caller's account, ARN and unique id. It needs no permission, and not
//! even an explicit deny withholds it.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>

use serde::{Deserialize, Serialize};

use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::{Fault, Member};

pub(super) struct GetCallerIdentity;

#[derive(Deserialize)]
pub(super) struct Input {}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    arn: String,
    user_id: String,
    account: String,
}

impl Operation for GetCallerIdentity {
    const NAME: &'static str = "GetCallerIdentity";
    const MEMBERS: &'static [Member] = &[];
    type Input = Input;
    type Output = Output;
    type Error = Fault;

    fn demands(_: &Input, _: &mut Call<'_>) -> Vec<Demand> {
        Vec::new()
    }

    fn run(_: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Fault> {
        let caller = call.access.caller();
        Ok(Output {
            arn: caller.arn.clone(),
            user_id: caller.unique_id(),
            account: caller.account.to_string(),
        })
    }
}
