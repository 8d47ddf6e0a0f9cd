//! A JSON Web Key Set: the public keys of an issuer, and what they verify. An algorithm fits one type
//! of key, so that a token cannot choose how a key is used.
//! <https://www.rfc-editor.org/rfc/rfc7517>

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Verifier;
use rsa::sha2::{Sha256, Sha384, Sha512};
use rsa::{BoxedUint, PublicKey};
use serde::Deserialize;

/// How many keys of a type AWS reads.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
const MOST: usize = 100;
/// The greatest number that is read: RSA keys have at most 8192 bits.
const NUMBER: usize = 1024;

/// The signatures that AWS takes. There is no `none`, and no secret that both sides share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
    Es256,
    Es384,
    Es512,
}

impl Algorithm {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "RS256" => Self::Rs256,
            "RS384" => Self::Rs384,
            "RS512" => Self::Rs512,
            "ES256" => Self::Es256,
            "ES384" => Self::Es384,
            "ES512" => Self::Es512,
            _ => return None,
        })
    }
}

/// The keys of an issuer that can verify a token: at least one.
pub(crate) struct Jwks(Vec<Key>);

/// Why a text is no key set.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub(crate) enum InvalidJwks {
    /// No JSON of the right form.
    #[error("it is no JWKS: {0}")]
    Unreadable(String),
    /// A key of a type that AWS takes, with values that cannot be its.
    #[error("key {0} is not valid: {1}")]
    InvalidKey(usize, &'static str),
    /// More keys of a type than AWS reads.
    #[error("it has more than {MOST} {0} keys")]
    TooManyKeys(&'static str),
    /// No key, or none that AWS takes.
    #[error("it has no key that verifies RS256, RS384, RS512, ES256, ES384 or ES512")]
    NoKey,
}

impl Jwks {
    /// Reads a key set. Keys for other purposes, and of types that AWS does not take, are left out.
    ///
    /// # Errors
    /// It is none, or nothing is left of it.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, InvalidJwks> {
        let set: Set = serde_json::from_slice(json)
            .map_err(|error| InvalidJwks::Unreadable(error.to_string()))?;
        let mut keys = Vec::new();
        for (index, entry) in set.keys.into_iter().enumerate() {
            let key =
                Key::of(entry).map_err(|reason| InvalidJwks::InvalidKey(index + 1, reason))?;
            keys.extend(key);
        }
        let rsa = keys.iter().filter(|key| key.material.is_rsa()).count();
        match (rsa, keys.len() - rsa) {
            (0, 0) => Err(InvalidJwks::NoKey),
            (rsa, _) if rsa > MOST => Err(InvalidJwks::TooManyKeys("RSA")),
            (_, ec) if ec > MOST => Err(InvalidJwks::TooManyKeys("EC")),
            _ => Ok(Self(keys)),
        }
    }

    /// Whether a key has this id.
    #[cfg(any(feature = "server", test))]
    pub(crate) fn has(&self, kid: &str) -> bool {
        self.0.iter().any(|key| key.kid.as_deref() == Some(kid))
    }

    /// The keys that may have signed a token: all of the right type, if it does not say which.
    pub(super) fn fitting(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
    ) -> impl Iterator<Item = &Key> {
        self.0
            .iter()
            .filter(move |key| key.fits(algorithm) && (kid.is_none() || key.kid.as_deref() == kid))
    }
}

/// A public key.
pub(super) struct Key {
    kid: Option<String>,
    /// The one algorithm it is meant for, if it says so.
    algorithm: Option<Algorithm>,
    material: Material,
}

enum Material {
    Rsa(PublicKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
}

impl Key {
    /// None if the key is for another purpose, or of a type that AWS does not take.
    fn of(mut entry: Entry) -> Result<Option<Self>, &'static str> {
        let kid = entry.kid.take();
        if entry
            .purpose
            .as_deref()
            .is_some_and(|purpose| purpose != "sig")
        {
            return Ok(None);
        }
        let algorithm = entry.alg.as_deref().map(Algorithm::of);
        if algorithm == Some(None) {
            return Ok(None);
        }
        let curve = entry.crv.as_deref();
        let material = match (entry.kty.as_str(), curve) {
            ("RSA", _) => {
                let (n, e) = (number(entry.n, "n")?, number(entry.e, "e")?);
                PublicKey::new(n, e)
                    .map(Material::Rsa)
                    .map_err(|_| "n and e are no RSA key of 1024 to 8192 bits")?
            }
            ("EC", Some("P-256")) => p256::ecdsa::VerifyingKey::from_sec1_bytes(&point(entry, 32)?)
                .map(Material::P256)
                .map_err(|_| NOT_ON_CURVE)?,
            ("EC", Some("P-384")) => p384::ecdsa::VerifyingKey::from_sec1_bytes(&point(entry, 48)?)
                .map(Material::P384)
                .map_err(|_| NOT_ON_CURVE)?,
            ("EC", Some("P-521")) => p521::ecdsa::VerifyingKey::from_sec1_bytes(&point(entry, 66)?)
                .map(Material::P521)
                .map_err(|_| NOT_ON_CURVE)?,
            _ => return Ok(None),
        };
        Ok(Some(Self {
            kid,
            algorithm: algorithm.flatten(),
            material,
        }))
    }

    fn fits(&self, algorithm: Algorithm) -> bool {
        use Algorithm::{Es256, Es384, Es512, Rs256, Rs384, Rs512};
        self.algorithm.is_none_or(|meant| meant == algorithm)
            && matches!(
                (&self.material, algorithm),
                (Material::Rsa(_), Rs256 | Rs384 | Rs512)
                    | (Material::P256(_), Es256)
                    | (Material::P384(_), Es384)
                    | (Material::P521(_), Es512)
            )
    }

    /// Whether this key signed the message.
    pub(super) fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        use Algorithm::{Es256, Es384, Es512, Rs256, Rs384, Rs512};
        match (&self.material, algorithm) {
            (Material::Rsa(key), Rs256) => {
                key.pkcs1v15_verify::<Sha256>(message, signature).is_ok()
            }
            (Material::Rsa(key), Rs384) => {
                key.pkcs1v15_verify::<Sha384>(message, signature).is_ok()
            }
            (Material::Rsa(key), Rs512) => {
                key.pkcs1v15_verify::<Sha512>(message, signature).is_ok()
            }
            (Material::P256(key), Es256) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            (Material::P384(key), Es384) => p384::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            (Material::P521(key), Es512) => p521::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            _ => false,
        }
    }
}

impl Material {
    fn is_rsa(&self) -> bool {
        matches!(self, Self::Rsa(_))
    }
}

#[derive(Deserialize)]
struct Set {
    keys: Vec<Entry>,
}

/// A key as it is written, with the members that matter here.
#[derive(Deserialize)]
struct Entry {
    kty: String,
    #[serde(rename = "use")]
    purpose: Option<String>,
    kid: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

const NOT_ON_CURVE: &str = "x and y are no point of its curve";

fn number(text: Option<String>, member: &'static str) -> Result<BoxedUint, &'static str> {
    let bytes = bytes(text)
        .filter(|bytes| (1..=NUMBER).contains(&bytes.len()))
        .ok_or(match member {
            "n" => "n is not base64url of a number",
            _ => "e is not base64url of a number",
        })?;
    Ok(BoxedUint::from_be_slice_vartime(&bytes))
}

/// An uncompressed point, of coordinates that must have the length of the curve's.
fn point(entry: Entry, length: usize) -> Result<Vec<u8>, &'static str> {
    let coordinate = |text| bytes(text).filter(|bytes| bytes.len() == length);
    match (coordinate(entry.x), coordinate(entry.y)) {
        (Some(x), Some(y)) => Ok([&[4], &x[..], &y[..]].concat()),
        _ => Err("x or y is not base64url of its curve's length"),
    }
}

fn bytes(text: Option<String>) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(text?.as_bytes()).ok()
}
