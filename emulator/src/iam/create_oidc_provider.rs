//! CreateOpenIDConnectProvider: makes an account trust an issuer of web identity tokens. The issuer
//! is not asked for anything: a provider that is made without thumbprints has none.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>

use serde::{Deserialize, Serialize};

use super::entity::Entity;
use super::error::ProviderError;
use super::model::{KeyCase, OidcProvider, Tag};
use super::{Error, check, members, oidc, quota};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct CreateOidcProvider;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    url: String,
    #[serde(rename = "ClientIDList", default)]
    client_ids: Vec<String>,
    #[serde(rename = "ThumbprintList", default)]
    thumbprints: Vec<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Serialize)]
pub(super) struct Output {
    #[serde(rename = "OpenIDConnectProviderArn")]
    arn: String,
    #[serde(rename = "Tags", skip_serializing_if = "Option::is_none")]
    tags: Option<Members<Tag>>,
}

impl Operation for CreateOidcProvider {
    const NAME: &'static str = "CreateOpenIDConnectProvider";
    const MEMBERS: &'static [Member] = &[
        members::CLIENT_IDS,
        members::THUMBPRINTS,
        members::PROVIDER_URL,
        members::TAGS,
    ];
    const UNREAD: &'static [&'static str] = &["ContextProvider", "IdentityCenterInstanceArn"];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        OidcProvider::url_of(&input.url).ok_or(ProviderError::InvalidUrl)?;
        check::tags(&input.tags, KeyCase::Sensitive)?;
        oidc::thumbprints(&input.thumbprints)?;
        oidc::client_ids(&input.client_ids)?;
        Ok(())
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        // A URL that is none is refused before anybody asks what it would make.
        let url = OidcProvider::url_of(&input.url).unwrap_or_default();
        let create = Demand::on("iam:CreateOpenIDConnectProvider", oidc::target(call, url));
        create
            .with_tags(input.tags.iter().map(Tag::pair))
            .and([(!input.tags.is_empty(), "iam:TagOpenIDConnectProvider")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let account = call.scope.account;
        if oidc::oidc_provider(&mut call.tx, account, &input.url).is_some() {
            return Err(ProviderError::Exists(input.url.clone()).into());
        }
        quota::check(call, &OidcProvider::all(account), quota::PROVIDERS)?;
        let url = OidcProvider::url_of(&input.url).ok_or(ProviderError::InvalidUrl)?;
        let provider = OidcProvider {
            url: url.to_owned(),
            client_ids: oidc::client_ids(&input.client_ids)?,
            thumbprints: input.thumbprints.clone(),
            created: call.now,
            tags: input.tags.clone(),
        };
        let output = Output {
            arn: provider.arn(call.scope.partition(), account),
            tags: (!input.tags.is_empty()).then(|| input.tags.iter().cloned().collect()),
        };
        provider.save(call);
        Ok(output)
    }
}
