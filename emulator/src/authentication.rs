//! From an access key id and a signature to a `Caller`. Decides nothing about permissions.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use sekisho_sigv4 as sigv4;

use crate::account::{AccountId, Region, Scope};
use crate::caller::{Caller, Principal};
use crate::environment::Environment;
use crate::iam::model::{AccessKey, KeyStatus, PrincipalId, Role, User};
use crate::store::{Key, Record, Store};
use crate::sts::{Opened, Session, SessionOf, Sessions};
use crate::timestamp::Timestamp;
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
    /// Temporary credentials, and who is behind them.
    Session { opened: Arc<Opened>, of: Behind },
}

/// Who is behind temporary credentials, as of now.
enum Behind {
    Root,
    User(Arc<User>),
    FederatedRoot,
    FederatedUser(Arc<User>),
    Role(Arc<Role>),
}

impl Holder<'_> {
    fn secret(&self) -> &sigv4::SecretKey {
        match self {
            Self::Root { secret, .. } => secret,
            Self::User { key, .. } => &key.secret,
            Self::Session { opened, .. } => &opened.session.secret,
        }
    }

    fn is_expired(&self, now: Timestamp) -> bool {
        match self {
            Self::Session { opened, .. } => opened.session.expires <= now,
            Self::Root { .. } | Self::User { .. } => false,
        }
    }

    fn note_use(&self, now: Timestamp, service: &'static str, region: &Region) {
        match self {
            Self::User { key, .. } => key.last_used.record(now, service, region),
            Self::Session {
                of: Behind::Role(role),
                ..
            } => role.last_used.record(now, service, region),
            Self::Root { .. } | Self::Session { .. } => {}
        }
    }

    fn into_authenticated(self, key_id: &str, region: Region) -> Authenticated {
        let partition = region.partition();
        let caller = match self {
            Self::Root { account, .. } => Arc::new(Caller::root(account, partition, key_id)),
            Self::User { key, user } => key.caller.of_user(partition, &user, || {
                Caller::user(key.account, partition, &key.id, user.clone())
            }),
            Self::Session { opened, of } => caller_of(&opened, of, partition),
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

fn caller_of(opened: &Opened, of: Behind, partition: &str) -> Arc<Caller> {
    let Opened { session, caller } = opened;
    let id = &session.access_key_id;
    match of {
        Behind::Root => {
            let root = Caller::root(session.account, partition, id);
            Arc::new(root.in_session(session.clone()))
        }
        Behind::FederatedRoot => Arc::new(Caller::federated_root(partition, session.clone())),
        Behind::User(user) => caller.of_user(partition, &user, || {
            Caller::user(session.account, partition, id, user.clone()).in_session(session.clone())
        }),
        Behind::FederatedUser(user) => caller.of_user(partition, &user, || {
            Caller::federated(partition, user.clone(), session.clone())
        }),
        Behind::Role(role) => caller.of_role(partition, &role, || {
            Caller::role(partition, role.clone(), session.clone())
        }),
    }
}

/// The holder of a key that may be used: an inactive key is as good as unknown. Keys that are valid
/// for ever come without a token, and one that is sent along belongs to no key; temporary ones come
/// with the very token that was issued with them.
fn holder<'a>(
    store: &dyn Store,
    keys: &'a Keys,
    access_key_id: &str,
    token: Option<&str>,
) -> Option<Holder<'a>> {
    if let Some(token) = token {
        let opened = keys.sessions.open(store, access_key_id, token)?;
        let of = behind(store, &opened.session)?;
        return Some(Holder::Session { opened, of });
    }
    if let Some((secret, account)) = keys.roots.account_of(access_key_id) {
        return Some(Holder::Root { secret, account });
    }
    let key = record::<AccessKey>(store, &AccessKey::key(access_key_id))?;
    let user = record::<User>(store, &User::key(key.account, &key.user))?;
    (key.status == KeyStatus::Active).then_some(Holder::User { key, user })
}

/// Who is behind a session, if it is there still.
fn behind(store: &dyn Store, session: &Session) -> Option<Behind> {
    // A user may have another name by now.
    let user = |id: &str| {
        let known = record::<PrincipalId>(store, &PrincipalId::key(id))?;
        record::<User>(store, &User::key(known.account, &known.name))
    };
    match &session.of {
        SessionOf::Root => Some(Behind::Root),
        SessionOf::User { id } => user(id).map(Behind::User),
        SessionOf::FederatedRoot => Some(Behind::FederatedRoot),
        SessionOf::FederatedUser { id } => user(id).map(Behind::FederatedUser),
        SessionOf::Role { name, id } => {
            let role = record::<Role>(store, &Role::key(session.account, name));
            role.filter(|role| role.id == *id).map(Behind::Role)
        }
    }
}

fn record<T: Record>(store: &dyn Store, key: &Key) -> Option<Arc<T>> {
    store.get(key)?.downcast()
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
