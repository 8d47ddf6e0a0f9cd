//! A JWT: read without trust, then verified. Only what AWS takes is taken: three parts, RSA or ECDSA,
//! and no extension that a verifier would have to understand.
//! <https://www.rfc-editor.org/rfc/rfc7519>

use std::ops::Deref;

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use serde_json::Value;

use super::jwks::Algorithm;
use super::{Claims, Jwks, Refusal};
use crate::timestamp::Timestamp;

/// How far clocks may differ, in seconds. AWS documents it for `exp`:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html>. For `nbf` and
/// `iat` it is assumed.
const LEEWAY: i64 = 300;
/// How old a token may be, in seconds. AWS does not document it; users measured it.
const OLDEST: i64 = 86_400;

/// A token that is well formed, and for all else not trusted. It is a credential until it expires:
/// no `Debug`.
pub(crate) struct Token {
    /// Header and claims as they were sent, which is what the signature is made of.
    signed: String,
    signature: Vec<u8>,
    algorithm: Algorithm,
    kid: Option<String>,
    claims: Claims,
}

/// The claims of a token whose signature and times are verified.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Verified(Claims);

impl Deref for Verified {
    type Target = Claims;

    fn deref(&self) -> &Claims {
        &self.0
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that must be understood; none is.
    crit: Option<Value>,
}

impl Token {
    /// Reads a token.
    ///
    /// # Errors
    /// It is no JWT that AWS would take, or has not the claims that every token must have.
    pub(crate) fn read(text: &str) -> Result<Self, Refusal> {
        let (signed, signature) = text.rsplit_once('.').ok_or(Refusal::NotJwt)?;
        let (header, claims) = signed.split_once('.').ok_or(Refusal::NotJwt)?;
        // A fourth part would be in `claims`, and a dot is no letter of base64.
        let [header, claims, signature] = [header, claims, signature].map(|part| {
            BASE64URL_NOPAD
                .decode(part.as_bytes())
                .map_err(|_| Refusal::NotJwt)
        });
        let header: Header = serde_json::from_slice(&header?).map_err(|_| Refusal::NotJwt)?;
        if header.crit.is_some() {
            return Err(Refusal::NotJwt);
        }
        let claims = serde_json::from_slice(&claims?).map_err(|_| Refusal::NotJwt)?;
        Ok(Self {
            signed: signed.to_owned(),
            signature: signature?,
            algorithm: Algorithm::of(&header.alg).ok_or(Refusal::NotJwt)?,
            kid: header.kid,
            claims: Claims::read(claims)?,
        })
    }

    /// The issuer whose keys the token is to be verified with.
    pub(crate) fn issuer(&self) -> &str {
        &self.claims.issuer
    }

    /// The key the token says it is signed with.
    pub(crate) fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Verifies the signature with the keys of the issuer, and then the times.
    ///
    /// # Errors
    /// None of the keys signed it, or it is not valid at this time.
    pub(crate) fn verify(self, keys: &Jwks, now: Timestamp) -> Result<Verified, Refusal> {
        self.signed_by(keys)?;
        timely(&self.claims, now.millis().div_euclid(1000))?;
        Ok(Verified(self.claims))
    }

    fn signed_by(&self, keys: &Jwks) -> Result<(), Refusal> {
        let message = self.signed.as_bytes();
        let mut refusal = Refusal::NoKey;
        for key in keys.fitting(self.algorithm, self.kid()) {
            if key.verifies(self.algorithm, message, &self.signature) {
                return Ok(());
            }
            refusal = Refusal::WrongSignature;
        }
        Err(refusal)
    }
}

fn timely(claims: &Claims, now: i64) -> Result<(), Refusal> {
    let expires = claims.expires;
    if now >= expires.saturating_add(LEEWAY) {
        return Err(Refusal::Expired { now, expires });
    }
    let starts = [("iat", Some(claims.issued)), ("nbf", claims.not_before)];
    for (claim, from) in starts {
        if let Some(from) = from.filter(|from| *from > now.saturating_add(LEEWAY)) {
            return Err(Refusal::NotYetValid { claim, now, from });
        }
    }
    let age = now.saturating_sub(claims.issued);
    if age > OLDEST {
        return Err(Refusal::TooOld(age));
    }
    Ok(())
}
