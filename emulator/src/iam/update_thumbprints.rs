//! UpdateOpenIDConnectProviderThumbprint: puts other thumbprints in the place of a provider's.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Entity;
use super::model::OidcProvider;
use super::{Error, members, oidc};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UpdateThumbprints;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(rename = "OpenIDConnectProviderArn")]
    arn: String,
    thumbprint_list: Vec<String>,
}

impl Operation for UpdateThumbprints {
    const NAME: &'static str = "UpdateOpenIDConnectProviderThumbprint";
    const MEMBERS: &'static [Member] = &[
        members::PROVIDER_ARN.required(),
        members::THUMBPRINTS.required(),
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        OidcProvider::check(&input.arn)?;
        oidc::thumbprints(&input.thumbprint_list)?;
        Ok(())
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let provider = OidcProvider::target(call, &input.arn);
        let action = "iam:UpdateOpenIDConnectProviderThumbprint";
        vec![Demand::on(action, provider)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let provider = OidcProvider {
            thumbprints: input.thumbprint_list.clone(),
            ..Arc::unwrap_or_clone(OidcProvider::find(call, &input.arn)?)
        };
        provider.save(call);
        Ok(Nothing {})
    }
}
