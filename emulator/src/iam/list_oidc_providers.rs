//! ListOpenIDConnectProviders: the OpenID Connect providers of the account, all at once.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html>

use serde::{Deserialize, Serialize};

use super::model::OidcProvider;
use super::{Error, oidc, quota};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListOidcProviders;

#[derive(Deserialize)]
pub(super) struct Input {}

#[derive(Serialize)]
pub(super) struct Output {
    #[serde(rename = "OpenIDConnectProviderList")]
    providers: Members<Listed>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    arn: String,
}

impl Operation for ListOidcProviders {
    const NAME: &'static str = "ListOpenIDConnectProviders";
    const MEMBERS: &'static [Member] = &[];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(_input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let providers = oidc::target(call, "*");
        vec![Demand::on("iam:ListOpenIDConnectProviders", providers)]
    }

    fn run(_input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let (partition, account) = (call.scope.partition(), call.scope.account);
        let listed = |key: crate::store::Key| Listed {
            arn: OidcProvider::arn_of(partition, account, key.last()),
        };
        let keys = quota::all(call, &OidcProvider::all(account));
        Ok(Output {
            providers: keys.into_iter().map(listed).collect(),
        })
    }
}
