//! Whose an access key is: the root's of an account, a user's, or that of temporary credentials. Proves
//! nothing.

use std::sync::Arc;

use sekisho_sigv4 as sigv4;

use super::{Authenticated, Keys};
use crate::account::{AccountId, Region, Scope};
use crate::caller::Caller;
use crate::iam::model::{AccessKey, KeyStatus, PrincipalId, Role, User};
use crate::store::{Key, Record, Store};
use crate::sts::{Opened, Session, SessionOf};
use crate::timestamp::Timestamp;

/// Whose key it is.
pub(super) enum Holder<'a> {
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
pub(super) enum Behind {
    Root,
    User(Arc<User>),
    FederatedRoot,
    FederatedUser(Arc<User>),
    Role(Arc<Role>),
}

impl Holder<'_> {
    pub(super) fn secret(&self) -> &sigv4::SecretKey {
        match self {
            Self::Root { secret, .. } => secret,
            Self::User { key, .. } => &key.secret,
            Self::Session { opened, .. } => &opened.session.secret,
        }
    }

    pub(super) fn is_expired(&self, now: Timestamp) -> bool {
        match self {
            Self::Session { opened, .. } => opened.session.expires <= now,
            Self::Root { .. } | Self::User { .. } => false,
        }
    }

    pub(super) fn note_use(&self, now: Timestamp, service: &'static str, region: &Region) {
        match self {
            Self::User { key, .. } => key.last_used.record(now, service, region),
            Self::Session {
                of: Behind::Role(role),
                ..
            } => role.last_used.record(now, service, region),
            Self::Root { .. } | Self::Session { .. } => {}
        }
    }

    pub(super) fn into_authenticated(self, key_id: &str, region: Region) -> Authenticated {
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
pub(super) fn holder<'a>(
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
