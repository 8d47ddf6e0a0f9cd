//! DeleteOpenIDConnectProvider: deletes an OpenID Connect provider. Roles that trust it stay, and
//! nobody comes by it any more.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html>

use serde::Deserialize;

use super::entity::Entity;
use super::error::ProviderError;
use super::model::OidcProvider;
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteOidcProvider;

#[derive(Deserialize)]
pub(super) struct Input {
    #[serde(rename = "OpenIDConnectProviderArn")]
    arn: String,
}

impl Operation for DeleteOidcProvider {
    const NAME: &'static str = "DeleteOpenIDConnectProvider";
    const MEMBERS: &'static [Member] = &[members::PROVIDER_ARN.required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        OidcProvider::check(&input.arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let provider = OidcProvider::target(call, &input.arn);
        vec![Demand::on("iam:DeleteOpenIDConnectProvider", provider)]
    }

    /// AWS has another text here for what is not there.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let provider = OidcProvider::find(call, &input.arn)
            .map_err(|_| ProviderError::NothingToDelete(input.arn.clone()))?;
        let key = OidcProvider::key(call.scope.account, &provider.url);
        call.tx.delete(key);
        Ok(Nothing {})
    }
}
