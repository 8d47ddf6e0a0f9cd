//! DecodeAuthorizationMessage: what a message says that a service has encoded. EC2 and few others do
//! so; Secrets Manager, IAM, STS and KMS say plainly why they deny, so there is nothing to decode here.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>

use serde::Deserialize;

use super::Error;
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DecodeAuthorizationMessage;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(rename = "EncodedMessage")]
    _message: String,
}

impl Operation for DecodeAuthorizationMessage {
    const NAME: &'static str = "DecodeAuthorizationMessage";
    const MEMBERS: &'static [Member] = &[Member::string("EncodedMessage", 1, 10_240).required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn demands(_: &Input, _: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("sts:DecodeAuthorizationMessage")]
    }

    fn run(_: Authorized<'_, Input>, _: &mut Call<'_>) -> Result<Nothing, Error> {
        Err(Error::NotEncodedHere)
    }
}
