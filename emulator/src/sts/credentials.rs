//! Issuing temporary credentials.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html>

use std::sync::Arc;

use serde::Serialize;

use super::session::{SessionOf, Vouched};
use super::token::{self, Sealed, SealingKey};
use crate::account::AccountId;
use crate::operation::Call;
use crate::sensitive::Disclosed;
use crate::tag::Tag;
use crate::timestamp::{Timestamp, as_iso8601};
use crate::wire::{Fault, Protocol};

/// What a session is to be.
pub(super) struct NewSession {
    pub(super) account: AccountId,
    pub(super) of: SessionOf,
    /// Empty for sessions that are the user itself.
    pub(super) name: String,
    /// How long it lasts, in seconds.
    pub(super) duration: i64,
    pub(super) policy: Option<String>,
    /// ARNs of managed policies.
    pub(super) managed: Vec<String>,
    pub(super) tags: Vec<Tag>,
    pub(super) transitive: Vec<String>,
    pub(super) source_identity: Option<String>,
    pub(super) provider: Option<Vouched>,
    /// The least size of its token, in bytes.
    pub(super) least_token: usize,
}

/// The size that the use of a token's room is told of, in bytes: the most that a caller may ask for.
const ROOM: usize = 4096;

/// What answers say of a session that is issued.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Issued {
    credentials: Credentials,
    session_token_utilization: usize,
    session_token_size: usize,
}

/// Temporary credentials as answers show them: the one time that their secret is seen.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Credentials {
    access_key_id: String,
    secret_access_key: Disclosed<String>,
    session_token: String,
    #[serde(serialize_with = "as_iso8601")]
    expiration: Timestamp,
}

impl NewSession {
    /// A session without anything but its length.
    pub(super) fn plain(account: AccountId, of: SessionOf, duration: i64) -> Self {
        Self {
            account,
            of,
            name: String::new(),
            duration,
            policy: None,
            managed: Vec::new(),
            tags: Vec::new(),
            transitive: Vec::new(),
            source_identity: None,
            provider: None,
            least_token: 0,
        }
    }

    /// Issues credentials for it.
    pub(super) fn issue(self, call: &mut Call<'_>) -> Result<Issued, Fault> {
        let environment = call.environment;
        let access_key_id = environment.access_key_id("ASIA", self.account);
        let secret = environment.secret_access_key();
        // Dates of IAM and STS have whole seconds.
        let now = call.now.millis().div_euclid(1000) * 1000;
        let expires = now + self.duration * 1000;
        let sealed = Sealed {
            access_key_id: access_key_id.clone(),
            secret: secret.clone(),
            account: self.account.to_string(),
            of: self.of,
            name: self.name,
            issued: now,
            expires,
            policy: self.policy,
            managed: self.managed,
            tags: self.tags,
            transitive: self.transitive,
            source_identity: self.source_identity,
            provider: self.provider,
        };
        let key = sealing_key(call);
        let session_token = token::seal(&key, environment, &sealed, self.least_token)
            .ok_or_else(|| Fault::internal(Protocol::Query))?;
        let size = session_token.len();
        Ok(Issued {
            credentials: Credentials {
                access_key_id,
                secret_access_key: Disclosed(secret),
                session_token,
                expiration: Timestamp::from_millis(expires),
            },
            session_token_utilization: (size * 100).div_ceil(ROOM).min(100),
            session_token_size: size,
        })
    }
}

/// What tokens are sealed with; made now if there was none.
fn sealing_key(call: &mut Call<'_>) -> Arc<SealingKey> {
    let key = SealingKey::key();
    if let Some(known) = call.tx.get::<SealingKey>(&key) {
        return known;
    }
    let made = SealingKey::new(call.environment);
    call.tx.put(key, made.clone());
    Arc::new(made)
}
