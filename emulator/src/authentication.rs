//! From an access key id and a signature to a `Caller`. Decides nothing about permissions.

mod holder;

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use sekisho_sigv4 as sigv4;

use crate::account::{AccountId, Region, Scope};
use crate::caller::{Caller, Principal};
use crate::environment::Environment;
use crate::store::Store;
use crate::sts::Sessions;
use crate::wire::route::Endpoint;
use crate::wire::{Fault, Protocol};
use holder::holder;

/// The keys that a fresh server knows: `test`/`test` is the root of the default account, and a
/// 12-digit key id with secret `test` the root of that account.
pub struct Roots {
    secret: Option<sigv4::SecretKey>,
}

/// The key id and the secret of the default root.
pub const DEFAULT_KEY: &str = "test";

impl Roots {
    /// The default credentials.
    pub fn default_credentials() -> Self {
        Self {
            secret: Some(sigv4::SecretKey::new(DEFAULT_KEY)),
        }
    }

    /// No keys but those that IAM has issued.
    pub fn none() -> Self {
        Self { secret: None }
    }

    fn account_of(&self, access_key_id: &str) -> Option<(&sigv4::SecretKey, AccountId)> {
        let account = if access_key_id == DEFAULT_KEY {
            Some(AccountId::DEFAULT)
        } else {
            AccountId::parse(access_key_id)
        };
        Some((self.secret.as_ref()?, account?))
    }
}

/// What access keys are looked up in, beside the store.
pub struct Keys {
    /// Keys that a fresh server knows.
    pub roots: Roots,
    /// Temporary credentials that were seen lately.
    pub(crate) sessions: Sessions,
}

/// What a request shows of its sender, with the parts that were proven.
pub struct Authenticated {
    /// Who it is.
    pub caller: Arc<Caller>,
    /// The caller's account, and the region the request is scoped to.
    pub scope: Scope,
}

/// Verifies a request: claim, time, scope, key, signature, in AWS's order.
pub fn authenticate(
    store: &dyn Store,
    keys: &Keys,
    environment: &Environment,
    endpoint: &Endpoint,
    request: &sigv4::Request<'_>,
) -> Result<Authenticated, Fault> {
    let refuse = |error| refusal(endpoint.protocol, &error);
    let claim = sigv4::Claim::read(request).map_err(refuse)?;
    let region = Region::parse(claim.region());
    let expected = sigv4::Expected {
        service: endpoint.name,
        skew: Duration::from_secs(60 * endpoint.skew_minutes),
        region_is_valid: region.is_some(),
        honours_expires: endpoint.name != "sts",
    };
    let now = environment.signature_time();
    claim
        .check(
            u64::try_from(now.millis() / 1000).unwrap_or_default(),
            &expected,
        )
        .map_err(refuse)?;
    let region = region.unwrap_or_else(Region::us_east_1);
    let (key_id, token) = (claim.access_key_id(), claim.session_token());
    let holder = holder(store, keys, key_id, token);
    let holder = holder.ok_or_else(|| unknown_key(endpoint.protocol, token.is_some()))?;
    if holder.is_expired(environment.now()) {
        return Err(expired(endpoint.protocol));
    }
    holder.secret().verify(&claim, request).map_err(refuse)?;
    holder.note_use(environment.now(), endpoint.name, &region);
    Ok(holder.into_authenticated(key_id, region))
}

/// Refuses what sessions of users and those whom they vouch for cannot reach: all of IAM, as nobody
/// here has signed in with a device, and most of STS. Some operations of STS say so themselves.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
pub fn check_reach(caller: &Caller, service: &str, operation: &str) -> Result<(), Fault> {
    let with_own_words = ["GetCallerIdentity", "GetSessionToken", "GetFederationToken"];
    let is_out_of_reach = match (&caller.principal, service) {
        (Principal::Role { .. } | Principal::Provider(_), _) => false,
        _ if caller.session.is_none() => false,
        (_, "iam") => true,
        (Principal::Root | Principal::User { .. }, "sts") if operation == "AssumeRole" => false,
        (_, "sts") => !with_own_words.contains(&operation),
        _ => false,
    };
    if is_out_of_reach {
        return Err(unknown_key(Protocol::Query, true));
    }
    Ok(())
}

/// Mode `off`: whoever holds the key that the request names, without any proof; else the root of
/// the default account.
pub fn assume(store: &dyn Store, keys: &Keys, request: &sigv4::Request<'_>) -> Authenticated {
    let claim = sigv4::Claim::read(request).ok();
    let region = claim
        .as_ref()
        .and_then(|claim| Region::parse(claim.region()))
        .unwrap_or_else(Region::us_east_1);
    let key_id = claim.as_ref().map_or("", |claim| claim.access_key_id());
    let token = claim.as_ref().and_then(|claim| claim.session_token());
    match holder(store, keys, key_id, token) {
        Some(holder) => holder.into_authenticated(key_id, region),
        None => {
            let caller = Caller::root(AccountId::DEFAULT, region.partition(), key_id);
            Authenticated {
                scope: Scope {
                    account: AccountId::DEFAULT,
                    region,
                },
                caller: Arc::new(caller),
            }
        }
    }
}

/// AWS does not tell an unknown key from an inactive one, nor a token that is none from one of
/// another key. Services of the query protocol end the sentence where a token came along without its
/// full stop.
fn unknown_key(protocol: Protocol, has_token: bool) -> Fault {
    const TEXT: &str = "The security token included in the request is invalid.";
    match protocol {
        Protocol::Json => Fault::framework("UnrecognizedClientException", 400, TEXT),
        Protocol::Query => {
            let text = if has_token {
                TEXT.trim_end_matches('.')
            } else {
                TEXT
            };
            Fault::framework("InvalidClientTokenId", 403, text)
        }
    }
}

fn expired(protocol: Protocol) -> Fault {
    const TEXT: &str = "The security token included in the request is expired";
    match protocol {
        Protocol::Json => Fault::framework("ExpiredTokenException", 400, TEXT),
        Protocol::Query => Fault::framework("ExpiredToken", 403, TEXT),
    }
}

fn refusal(protocol: Protocol, error: &sigv4::Error) -> Fault {
    let kind = error.kind();
    match protocol {
        Protocol::Json => Fault::framework(kind.json_code(), 400, error.to_string()),
        Protocol::Query => {
            let status = match kind {
                sigv4::Kind::MissingAuthentication | sigv4::Kind::SignatureDoesNotMatch => 403,
                _ => 400,
            };
            Fault::framework(kind.query_code(), status, error.query_text())
        }
    }
}

/// The headers in the form the verifier reads them: lower-case names, in order of arrival.
pub fn headers(headers: &HeaderMap) -> Vec<(&str, &[u8])> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect()
}
