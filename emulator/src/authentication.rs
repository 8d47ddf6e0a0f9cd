//! From an access key id and a signature to a `Caller`. Decides nothing about permissions.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use sekisho_sigv4 as sigv4;

use crate::account::{AccountId, Region, Scope};
use crate::caller::Caller;
use crate::environment::Environment;
use crate::iam::model::{AccessKey, KeyStatus, User};
use crate::store::{Key, Record, Store};
use crate::wire::route::Endpoint;
use crate::wire::{Fault, Protocol};

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
    roots: &Roots,
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
    let holder = holder(store, roots, claim.access_key_id())
        .ok_or_else(|| unknown_key(endpoint.protocol))?;
    // Keys that are valid for ever come without a token; one that is sent along belongs to no key.
    if claim.session_token().is_some() {
        return Err(unknown_key(endpoint.protocol));
    }
    holder.secret().verify(&claim, request).map_err(refuse)?;
    if let Holder::User { key, .. } = &holder {
        key.last_used
            .record(environment.now(), endpoint.name, &region);
    }
    Ok(holder.into_authenticated(claim.access_key_id(), region))
}

/// Mode `off`: whoever holds the key that the request names, without any proof; else the root of
/// the default account.
pub fn assume(store: &dyn Store, roots: &Roots, request: &sigv4::Request<'_>) -> Authenticated {
    let claim = sigv4::Claim::read(request).ok();
    let region = claim
        .as_ref()
        .and_then(|claim| Region::parse(claim.region()))
        .unwrap_or_else(Region::us_east_1);
    let key_id = claim.as_ref().map_or("", |claim| claim.access_key_id());
    match holder(store, roots, key_id) {
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

/// Whose key it is.
enum Holder<'a> {
    Root {
        secret: &'a sigv4::SecretKey,
        account: AccountId,
    },
    User {
        key: Arc<AccessKey>,
        user: Arc<User>,
    },
}

impl Holder<'_> {
    fn secret(&self) -> &sigv4::SecretKey {
        match self {
            Self::Root { secret, .. } => secret,
            Self::User { key, .. } => &key.secret,
        }
    }

    fn into_authenticated(self, key_id: &str, region: Region) -> Authenticated {
        let partition = region.partition();
        let caller = match self {
            Self::Root { account, .. } => Arc::new(Caller::root(account, partition, key_id)),
            Self::User { key, user } => key.caller.of(&key, partition, user),
        };
        Authenticated {
            scope: Scope {
                account: caller.account,
                region,
            },
            caller,
        }
    }
}

/// The holder of a key that may be used: an inactive key is as good as unknown.
fn holder<'a>(store: &dyn Store, roots: &'a Roots, access_key_id: &str) -> Option<Holder<'a>> {
    if let Some((secret, account)) = roots.account_of(access_key_id) {
        return Some(Holder::Root { secret, account });
    }
    let key = record::<AccessKey>(store, &AccessKey::key(access_key_id))?;
    let user = record::<User>(store, &User::key(key.account, &key.user))?;
    (key.status == KeyStatus::Active).then_some(Holder::User { key, user })
}

fn record<T: Record>(store: &dyn Store, key: &Key) -> Option<Arc<T>> {
    store.get(key)?.downcast()
}

/// AWS does not tell an unknown key from an inactive one.
fn unknown_key(protocol: Protocol) -> Fault {
    let (code, status) = match protocol {
        Protocol::Json => ("UnrecognizedClientException", 400),
        Protocol::Query => ("InvalidClientTokenId", 403),
    };
    Fault::framework(
        code,
        status,
        "The security token included in the request is invalid.",
    )
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
