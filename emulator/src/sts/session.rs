//! Temporary credentials: what they were issued with, sealed into their token and opened again.
//! Nothing of them is stored.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use sekisho_iam::Named;
use sekisho_sigv4::SecretKey;

use super::token::{self, Sealed, SealingKey};
use crate::account::AccountId;
use crate::caller::LastCaller;
use crate::store::Store;
use crate::tag::Tag;
use crate::timestamp::Timestamp;

/// What temporary credentials were issued with.
pub(crate) struct Session {
    /// `ASIA…`.
    pub(crate) access_key_id: String,
    pub(crate) secret: SecretKey,
    pub(crate) account: AccountId,
    /// Whose session it is.
    pub(crate) of: SessionOf,
    /// The name of the session; empty for GetSessionToken, whose sessions are the user itself.
    pub(crate) name: String,
    pub(crate) issued: Timestamp,
    pub(crate) expires: Timestamp,
    /// The policies it was narrowed by; none is not the same as an empty list.
    pub(crate) policies: Option<SessionPolicies>,
    /// Tags that it was given.
    pub(crate) tags: Vec<Tag>,
    /// The keys of those tags that sessions of sessions inherit.
    pub(crate) transitive: Vec<String>,
    pub(crate) source_identity: Option<String>,
    /// The identity provider that vouched, and what it said, as condition keys.
    pub(crate) provider: Option<Vouched>,
}

/// The principal behind a session, with its unique id: one that is made again is another.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) enum SessionOf {
    /// The root user.
    Root,
    /// The user itself.
    User { id: String },
    /// A role, by name.
    Role { name: String, id: String },
    /// Someone whom the root user vouches for.
    FederatedRoot,
    /// Someone whom a user vouches for.
    FederatedUser { id: String },
}

/// The policies that narrow a session.
pub(crate) struct SessionPolicies {
    pub(crate) inline: Option<Arc<Named>>,
    /// ARNs of managed policies. What they say now counts, not what they said then.
    pub(crate) managed: Vec<String>,
}

/// What an identity provider said.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Vouched {
    /// The provider's ARN.
    pub(crate) provider: String,
    /// Condition keys such as `token.actions.githubusercontent.com:sub`, each with its values.
    pub(crate) claims: Vec<(String, Vec<String>)>,
}

/// A session that was opened, and the caller it makes.
pub(crate) struct Opened {
    pub(crate) session: Arc<Session>,
    pub(crate) caller: LastCaller,
}

/// How many opened sessions are remembered. Opening one again costs a few microseconds.
const REMEMBERED: usize = 1024;

/// The sessions opened last: a client sends the same token all day.
#[derive(Default)]
pub(crate) struct Sessions(RwLock<HashMap<Box<str>, Arc<Opened>>>);

impl Sessions {
    /// The session of a token that came with an access key id; none if the token is not of ours, or
    /// of another key.
    pub(crate) fn open(
        &self,
        store: &dyn Store,
        access_key_id: &str,
        token: &str,
    ) -> Option<Arc<Opened>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = known.get(token) {
            return (opened.session.access_key_id == access_key_id).then(|| opened.clone());
        }
        drop(known);
        let key = store.get(&SealingKey::key())?.downcast::<SealingKey>()?;
        let session = token::open(&key, access_key_id, token).and_then(Sealed::into_session)?;
        let opened = Arc::new(Opened {
            session: Arc::new(session),
            caller: LastCaller::default(),
        });
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(token.into(), opened.clone());
        Some(opened)
    }
}
