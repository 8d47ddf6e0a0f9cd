//! RemoveClientIDFromOpenIDConnectProvider: lets tokens of a provider be for an audience no more.
//! One that is not there may be removed as well.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Entity;
use super::model::OidcProvider;
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct RemoveClientId;

#[derive(Deserialize)]
pub(super) struct Input {
    #[serde(rename = "OpenIDConnectProviderArn")]
    arn: String,
    #[serde(rename = "ClientID")]
    client_id: String,
}

impl Operation for RemoveClientId {
    const NAME: &'static str = "RemoveClientIDFromOpenIDConnectProvider";
    const MEMBERS: &'static [Member] = &[members::PROVIDER_ARN.required(), members::CLIENT_ID];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        OidcProvider::check(&input.arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let provider = OidcProvider::target(call, &input.arn);
        let action = "iam:RemoveClientIDFromOpenIDConnectProvider";
        vec![Demand::on(action, provider)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut provider = Arc::unwrap_or_clone(OidcProvider::find(call, &input.arn)?);
        provider.client_ids.retain(|id| *id != input.client_id);
        provider.save(call);
        Ok(Nothing {})
    }
}
