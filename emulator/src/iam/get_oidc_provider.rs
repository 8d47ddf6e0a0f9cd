//! GetOpenIDConnectProvider: shows an OpenID Connect provider.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html>

use serde::{Deserialize, Serialize};

use super::entity::Entity;
use super::model::{OidcProvider, Tag};
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::timestamp::{Timestamp, as_iso8601};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct GetOidcProvider;

#[derive(Deserialize)]
pub(super) struct Input {
    #[serde(rename = "OpenIDConnectProviderArn")]
    arn: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    url: String,
    #[serde(rename = "ClientIDList")]
    client_ids: Members<String>,
    thumbprint_list: Members<String>,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
    tags: Members<Tag>,
}

impl Operation for GetOidcProvider {
    const NAME: &'static str = "GetOpenIDConnectProvider";
    const MEMBERS: &'static [Member] = &[members::PROVIDER_ARN.required()];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        OidcProvider::check(&input.arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let provider = OidcProvider::target(call, &input.arn);
        vec![Demand::on("iam:GetOpenIDConnectProvider", provider)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let provider = OidcProvider::find(call, &input.arn)?;
        Ok(Output {
            url: provider.url.clone(),
            client_ids: provider.client_ids.iter().cloned().collect(),
            thumbprint_list: provider.thumbprints.iter().cloned().collect(),
            create_date: provider.created,
            tags: provider.tags.iter().cloned().collect(),
        })
    }
}
