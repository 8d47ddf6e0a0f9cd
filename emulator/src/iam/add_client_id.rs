//! AddClientIDToOpenIDConnectProvider: lets tokens of a provider be for one audience more. Adding it
//! twice changes nothing.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Entity;
use super::model::OidcProvider;
use super::{Error, members, oidc};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct AddClientId;

#[derive(Deserialize)]
pub(super) struct Input {
    #[serde(rename = "OpenIDConnectProviderArn")]
    arn: String,
    #[serde(rename = "ClientID")]
    client_id: String,
}

impl Operation for AddClientId {
    const NAME: &'static str = "AddClientIDToOpenIDConnectProvider";
    const MEMBERS: &'static [Member] = &[members::PROVIDER_ARN.required(), members::CLIENT_ID];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        OidcProvider::check(&input.arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let provider = OidcProvider::target(call, &input.arn);
        let action = "iam:AddClientIDToOpenIDConnectProvider";
        vec![Demand::on(action, provider)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut provider = Arc::unwrap_or_clone(OidcProvider::find(call, &input.arn)?);
        provider.client_ids.push(input.client_id.clone());
        provider.client_ids = oidc::client_ids(&provider.client_ids)?;
        provider.save(call);
        Ok(Nothing {})
    }
}
