//! Who asks, where a token takes the place of a signature: found before the operation runs, as keys
//! may have to be fetched.

use std::sync::Arc;

use sekisho_iam::table;
use serde_json::Value;

use super::{Claims, Refusal, Token, Verified};
use crate::account::{AccountId, Region, Scope};
use crate::caller::Caller;
use crate::environment::Environment;
use crate::issuers::Issuers;
use crate::sts::Vouched;

/// What a request shows in the place of a signature.
pub(crate) struct WebIdentity<'a> {
    /// The role that is asked for, whose account is asked.
    pub(crate) role_arn: &'a str,
    /// The token.
    pub(crate) token: &'a str,
}

/// What became of it.
pub(crate) struct Voucher {
    pub(crate) caller: Arc<Caller>,
    pub(crate) scope: Scope,
    pub(crate) outcome: Outcome,
}

/// A token that was read, and whether its issuer's word is good; nothing where it could not be read.
pub(crate) struct Outcome {
    pub(crate) issuer: String,
    pub(crate) verified: Result<Verified, Refusal>,
}

impl WebIdentity<'_> {
    /// Verifies the token with the keys of its issuer.
    pub(crate) async fn verify(&self, issuers: &Issuers, environment: &Environment) -> Voucher {
        let account = self.role_arn.split(':').nth(4).and_then(AccountId::parse);
        let scope = Scope {
            account: account.unwrap_or(AccountId::DEFAULT),
            region: Region::us_east_1(),
        };
        let outcome = self.outcome(issuers, environment).await;
        let host = outcome.issuer.trim_start_matches("https://");
        let claims = outcome
            .verified
            .as_ref()
            .map(|verified| keys(host, verified));
        let vouched = Vouched {
            provider: format!(
                "arn:{}:iam::{}:oidc-provider/{host}",
                scope.partition(),
                scope.account
            ),
            claims: claims.unwrap_or_default(),
        };
        Voucher {
            caller: Arc::new(Caller::provider(scope.account, vouched)),
            scope,
            outcome,
        }
    }

    async fn outcome(&self, issuers: &Issuers, environment: &Environment) -> Outcome {
        let token = match Token::read(self.token) {
            Ok(token) => token,
            Err(refusal) => {
                return Outcome {
                    issuer: String::new(),
                    verified: Err(refusal),
                };
            }
        };
        let issuer = token.issuer().to_owned();
        let verified = match issuers.keys(environment, &issuer, token.kid()).await {
            Ok(keys) => token.verify(&keys, environment.now()),
            Err(refusal) => Err(refusal),
        };
        Outcome { issuer, verified }
    }
}

/// The condition keys that AWS makes of every token.
const ALWAYS: [&str; 5] = ["aud", "oaud", "sub", "amr", "email"];

/// The claims that AWS makes condition keys of: these few for every issuer, and for some issuers
/// more. `aud` is `azp` where there is one, and then `oaud` what the token has as `aud`.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>
fn keys(host: &str, claims: &Claims) -> Vec<(String, Vec<String>)> {
    let key = |claim: &str| format!("{host}:{claim}");
    let mut keys = Vec::new();
    for (claim, value) in &claims.all {
        let is_known = ALWAYS.contains(&claim.as_str()) || table::key(&key(claim)).is_some();
        let values = texts(value);
        if is_known && !values.is_empty() && claim != "aud" && claim != "oaud" {
            keys.push((key(claim), values));
        }
    }
    match &claims.authorized_party {
        Some(party) => {
            keys.push((key("aud"), vec![party.clone()]));
            keys.push((key("oaud"), claims.audiences.clone()));
        }
        None => keys.push((key("aud"), claims.audiences.clone())),
    }
    keys
}

/// The text of a claim, or the texts of a list.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Bool(_) | Value::Number(_) => vec![value.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Null | Value::Object(_) => Vec::new(),
    }
}
