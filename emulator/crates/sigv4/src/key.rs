//! The secret access key and what is derived from it. Never shown, never kept longer than the key lives.
//!
//! Deriving a signing key takes four HMACs, more than the rest of a verification, and a client asks for the same one
//! all day: so the last few are remembered.

use std::fmt;
use std::hint::black_box;
use std::sync::{PoisonError, RwLock};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::canonical;
use crate::claim::Claim;
use crate::encoding::hex;
use crate::error::{Error, Mismatch};
use crate::request::Request;

/// Two regions on both sides of midnight.
const REMEMBERED: usize = 4;
/// No real scope is longer.
const LONGEST_SCOPE: usize = 128;

/// A secret access key with the few signing keys last derived from it. Zeroized on drop.
pub struct SecretKey {
    secret: Zeroizing<Vec<u8>>,
    derived: RwLock<Derived>,
}

impl SecretKey {
    /// Takes a secret access key of any length.
    pub fn new(secret: impl Into<String>) -> Self {
        let given = Zeroizing::new(secret.into());
        let mut secret = Zeroizing::new(Vec::with_capacity(4 + given.len()));
        secret.extend_from_slice(b"AWS4");
        secret.extend_from_slice(given.as_bytes());
        Self {
            secret,
            derived: RwLock::default(),
        }
    }

    /// Verifies that this key made the signature that `claim` was read from `request` with. Compares in constant time.
    ///
    /// Says nothing about time and scope: call [`Claim::check`] before.
    pub fn verify(&self, claim: &Claim<'_>, request: &Request<'_>) -> Result<(), Error> {
        let canonical = canonical::request(claim, request)?;
        let string_to_sign = canonical::string_to_sign(claim, &canonical);
        let mut derived = None;
        let signature = self
            .sign_as_before(claim.scope(), string_to_sign.as_bytes())
            .unwrap_or_else(|| {
                let key = derived.insert(self.derive(claim)).clone();
                sign(key, string_to_sign.as_bytes())
            });
        let signature = hex(&signature);
        if !equal(&signature, claim.signature.as_bytes()) {
            let canonical_request = String::from_utf8_lossy(&canonical).into_owned();
            return Err(Error::Mismatch(Box::new(Mismatch {
                canonical_request,
                string_to_sign,
            })));
        }
        // Only now: nobody without the secret can push a key out.
        if let Some(key) = derived {
            self.remember(claim.scope(), key);
        }
        Ok(())
    }

    fn derive(&self, claim: &Claim<'_>) -> HmacSha256 {
        let parts = [
            claim.date(),
            claim.region(),
            claim.service(),
            "aws4_request",
        ];
        parts.into_iter().fold(keyed(&self.secret), |key, part| {
            let next = Zeroizing::new(sign(key, part.as_bytes()));
            keyed(next.as_slice())
        })
    }

    /// Signs with the key of that scope, if it is remembered.
    fn sign_as_before(&self, scope: &str, text: &[u8]) -> Option<[u8; 32]> {
        let derived = self.derived.read().unwrap_or_else(PoisonError::into_inner);
        derived
            .entries
            .iter()
            .flatten()
            .find(|entry| entry.scope == scope)
            .map(|entry| sign(entry.key.clone(), text))
    }

    fn remember(&self, scope: &str, key: HmacSha256) {
        if scope.len() > LONGEST_SCOPE {
            return;
        }
        let mut derived = self.derived.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been quicker.
        if derived
            .entries
            .iter()
            .flatten()
            .any(|entry| entry.scope == scope)
        {
            return;
        }
        let oldest = derived.oldest;
        derived.entries[oldest] = Some(Entry {
            scope: scope.to_owned(),
            key,
        });
        derived.oldest = (oldest + 1) % REMEMBERED;
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretKey").finish_non_exhaustive()
    }
}

type HmacSha256 = Hmac<Sha256>;

#[derive(Default)]
struct Derived {
    entries: [Option<Entry>; REMEMBERED],
    oldest: usize,
}

struct Entry {
    scope: String,
    key: HmacSha256,
}

/// An HMAC state has no zeroize of its own here, so it is overwritten by that of an empty key.
impl Drop for Entry {
    fn drop(&mut self) {
        self.key = keyed(b"");
        black_box(&mut self.key);
    }
}

fn keyed(key: &[u8]) -> HmacSha256 {
    HmacSha256::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn sign(mut key: HmacSha256, text: &[u8]) -> [u8; 32] {
    key.update(text);
    key.finalize().into_bytes().into()
}

/// In constant time, sixteen bytes at once.
fn equal(ours: &[u8; 64], theirs: &[u8]) -> bool {
    let (ours, _) = ours.as_chunks();
    let (theirs, []) = theirs.as_chunks() else {
        return false;
    };
    let different = ours
        .iter()
        .zip(theirs)
        .map(|(a, b)| u128::from_ne_bytes(*a) ^ u128::from_ne_bytes(*b))
        .fold(0, |all, one| all | one);
    ours.len() == theirs.len() && different.ct_eq(&0).into()
}

#[cfg(test)]
mod tests;
