//! Session tokens: everything about a session, sealed with a key that only the emulator has. Bound to
//! the access key id, so that a token is of no use with another key.

use std::sync::Arc;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use data_encoding::BASE64;
use sekisho_iam::{Kind, Named, Policy};
use sekisho_sigv4::SecretKey;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::session::{Session, SessionOf, SessionPolicies, Vouched};
use crate::account::AccountId;
use crate::environment::Environment;
use crate::sensitive::{Disclosed, Sensitive};
use crate::store::{Key, Record, Stored};
use crate::tag::Tag;
use crate::timestamp::Timestamp;

/// What tokens are sealed with; made when the first is issued.
#[derive(Clone)]
pub(crate) struct SealingKey(Sensitive<[u8; 32]>);

impl SealingKey {
    /// A key that nobody has.
    pub(crate) fn new(environment: &Environment) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        environment.secret_bytes(bytes.as_mut());
        Self(Sensitive::new(*bytes))
    }

    /// Where it is kept.
    pub(crate) fn key() -> Key {
        Key::new(Self::KIND, &[])
    }
}

impl Record for SealingKey {}

impl Stored for SealingKey {
    const KIND: &'static str = "sts-sealing-key";
}

/// A session as its token holds it. The secret is shown to nobody but the seal.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sealed {
    #[serde(skip)]
    pub(crate) access_key_id: String,
    #[serde(rename = "s", with = "disclosed")]
    pub(crate) secret: Sensitive<String>,
    #[serde(rename = "a")]
    pub(crate) account: String,
    #[serde(rename = "o")]
    pub(crate) of: SessionOf,
    #[serde(rename = "n")]
    pub(crate) name: String,
    #[serde(rename = "i")]
    pub(crate) issued: i64,
    #[serde(rename = "e")]
    pub(crate) expires: i64,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<String>,
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) managed: Vec<String>,
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<Tag>,
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) transitive: Vec<String>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub(crate) source_identity: Option<String>,
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub(crate) provider: Option<Vouched>,
}

mod disclosed {
    use super::{Disclosed, Sensitive};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        secret: &Sensitive<String>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Disclosed(secret.clone()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Sensitive<String>, D::Error> {
        Sensitive::deserialize(deserializer)
    }
}

impl Sealed {
    /// The session, its policy compiled.
    pub(crate) fn into_session(self) -> Option<Session> {
        let inline = self.policy.as_deref().map(compile);
        let inline = inline.transpose().ok()?;
        let narrows = inline.is_some() || !self.managed.is_empty();
        Some(Session {
            secret: SecretKey::new(self.secret.expose().as_str()),
            access_key_id: self.access_key_id,
            account: AccountId::parse(&self.account)?,
            of: self.of,
            name: self.name,
            issued: Timestamp::from_millis(self.issued),
            expires: Timestamp::from_millis(self.expires),
            policies: narrows.then_some(SessionPolicies {
                inline,
                managed: self.managed,
            }),
            tags: self.tags,
            transitive: self.transitive,
            source_identity: self.source_identity,
            provider: self.provider,
        })
    }
}

/// A session policy, ready to decide.
pub(crate) fn compile(text: &str) -> Result<Arc<Named>, sekisho_iam::Malformed> {
    Ok(Arc::new(Named {
        name: "session policy".to_owned(),
        policy: Policy::parse(text, Kind::Session)?,
    }))
}

/// The length of a nonce. Random ones do not repeat within as many tokens as an emulator issues.
const NONCE: usize = 12;

/// What the seal itself takes.
const TAG: usize = 16;

/// Seals a session; gives its token, filled up to the size that it shall have at least.
pub(crate) fn seal(
    key: &SealingKey,
    environment: &Environment,
    session: &Sealed,
    least: usize,
) -> Option<String> {
    let mut plain = Zeroizing::new(serde_json::to_vec(session).ok()?);
    let filled = (least * 3).div_ceil(4).saturating_sub(NONCE + TAG);
    if plain.len() < filled {
        plain.resize(filled, b' ');
    }
    let mut nonce = [0; NONCE];
    environment.secret_bytes(&mut nonce);
    let payload = Payload {
        msg: &plain,
        aad: session.access_key_id.as_bytes(),
    };
    let sealed = cipher(key).encrypt(&nonce.into(), payload).ok()?;
    Some(BASE64.encode(&[&nonce[..], &sealed].concat()))
}

/// Opens the token of an access key id; none if it is not of ours, changed, or of another key.
pub(super) fn open(key: &SealingKey, access_key_id: &str, token: &str) -> Option<Sealed> {
    let bytes = BASE64.decode(token.as_bytes()).ok()?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
    let payload = Payload {
        msg: sealed,
        aad: access_key_id.as_bytes(),
    };
    let plain = cipher(key).decrypt(&(*nonce).into(), payload).ok()?;
    let sealed: Sealed = serde_json::from_slice(&Zeroizing::new(plain)).ok()?;
    Some(Sealed {
        access_key_id: access_key_id.to_owned(),
        ..sealed
    })
}

fn cipher(key: &SealingKey) -> Aes256Gcm {
    Aes256Gcm::new(&(*key.0.expose()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(access_key_id: &str) -> Sealed {
        Sealed {
            access_key_id: access_key_id.to_owned(),
            secret: Sensitive::new("secret".to_owned()),
            account: "111122223333".to_owned(),
            of: SessionOf::Root,
            name: String::new(),
            issued: 1,
            expires: 2,
            policy: None,
            managed: Vec::new(),
            tags: Vec::new(),
            transitive: Vec::new(),
            source_identity: None,
            provider: None,
        }
    }

    #[test]
    fn a_token_opens_with_its_own_key_alone() {
        let environment = Environment::real();
        let key = SealingKey::new(&environment);
        let token = seal(&key, &environment, &session("ASIAONE"), 0).unwrap();
        let opened = open(&key, "ASIAONE", &token).unwrap();
        assert_eq!(opened.secret.expose(), "secret");
        assert!(open(&key, "ASIATWO", &token).is_none());
        assert!(open(&SealingKey::new(&environment), "ASIAONE", &token).is_none());
    }

    #[test]
    fn a_token_is_as_long_as_it_shall_be_at_least() {
        let environment = Environment::real();
        let key = SealingKey::new(&environment);
        let shortest = seal(&key, &environment, &session("ASIAONE"), 0).unwrap();
        for least in [1, 30, shortest.len(), shortest.len() + 1, 4095, 4096] {
            let token = seal(&key, &environment, &session("ASIAONE"), least).unwrap();
            let expected = least.max(shortest.len());
            assert!(
                (expected..expected + 4).contains(&token.len()),
                "{least}: {}",
                token.len()
            );
            assert!(open(&key, "ASIAONE", &token).is_some(), "{least}");
        }
    }

    #[test]
    fn a_changed_token_does_not_open() {
        let environment = Environment::real();
        let key = SealingKey::new(&environment);
        let token = seal(&key, &environment, &session("ASIAONE"), 0).unwrap();
        let bytes = BASE64.decode(token.as_bytes()).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(
                open(&key, "ASIAONE", &BASE64.encode(&changed)).is_none(),
                "{at}"
            );
            assert!(
                open(&key, "ASIAONE", &BASE64.encode(&bytes[..at])).is_none(),
                "{at}"
            );
        }
        for garbage in ["", "?", "AAAA"] {
            assert!(open(&key, "ASIAONE", garbage).is_none());
        }
    }
}
