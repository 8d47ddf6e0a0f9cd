//! Test keys, and the tokens they sign. The keys are published here: they protect nothing, and nothing
//! outside of tests may ever trust them.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use p256::ecdsa::signature::Signer;
use rsa::sha2::{Digest, Sha256, Sha384, Sha512};
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Pkcs1v15Sign, PrivateKey};
use serde_json::{Value, json};

use crate::timestamp::Timestamp;

pub(crate) const ALGORITHMS: [&str; 6] = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];
pub(crate) const ISSUER: &str = "https://token.actions.githubusercontent.com";
/// Within the times of `claims`.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_768_017_100_000);

/// Claims of a token that is valid now.
pub(crate) fn claims() -> Value {
    json!({
        "iss": ISSUER,
        "sub": "repo:octo/repo:ref:refs/heads/main",
        "aud": "sts.amazonaws.com",
        "iat": 1_768_017_000,
        "nbf": 1_768_016_700,
        "exp": 1_768_017_300,
        "repository": "octo/repo",
    })
}

/// The id of the test key for an algorithm.
pub(crate) fn kid(algorithm: &str) -> &'static str {
    match algorithm {
        "ES256" => "p256",
        "ES384" => "p384",
        "ES512" => "p521",
        _ => "rsa",
    }
}

/// A token of these claims.
pub(crate) fn token(algorithm: &str, claims: &Value) -> String {
    let header = json!({ "typ": "JWT", "alg": algorithm, "kid": kid(algorithm) });
    token_of(&header, algorithm, claims)
}

/// A token whose header may say anything, signed for an algorithm all the same.
pub(crate) fn token_of(header: &Value, algorithm: &str, claims: &Value) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = sign(algorithm, signed.as_bytes());
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
}

/// The public halves of all test keys.
pub(crate) fn jwks() -> String {
    let keys = ["RS256", "ES256", "ES384", "ES512"].map(jwk);
    json!({ "keys": keys }).to_string()
}

/// The public half of the test key for an algorithm.
pub(crate) fn jwk(algorithm: &str) -> Value {
    let kid = kid(algorithm);
    let (curve, point) = match algorithm {
        "ES256" => (
            "P-256",
            p256()
                .verifying_key()
                .to_sec1_point(false)
                .as_bytes()
                .to_vec(),
        ),
        "ES384" => (
            "P-384",
            p384()
                .verifying_key()
                .to_sec1_point(false)
                .as_bytes()
                .to_vec(),
        ),
        "ES512" => (
            "P-521",
            p521()
                .verifying_key()
                .to_sec1_point(false)
                .as_bytes()
                .to_vec(),
        ),
        _ => {
            let n = BASE64URL_NOPAD.encode(&rsa().n_bytes());
            return json!({ "kty": "RSA", "use": "sig", "kid": kid, "n": n, "e": "AQAB" });
        }
    };
    let (x, y) = point[1..].split_at(point.len() / 2);
    let [x, y] = [x, y].map(|coordinate| BASE64URL_NOPAD.encode(coordinate));
    json!({ "kty": "EC", "use": "sig", "kid": kid, "crv": curve, "x": x, "y": y })
}

/// The signature of a message by the test key for an algorithm, as a JWT has it.
pub(crate) fn sign(algorithm: &str, message: &[u8]) -> Vec<u8> {
    match algorithm {
        "RS256" => rsa().sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message)),
        "RS384" => rsa().sign(Pkcs1v15Sign::new::<Sha384>(), &Sha384::digest(message)),
        "RS512" => rsa().sign(Pkcs1v15Sign::new::<Sha512>(), &Sha512::digest(message)),
        "ES256" => {
            let signature: p256::ecdsa::Signature = p256().sign(message);
            return signature.to_bytes().to_vec();
        }
        "ES384" => {
            let signature: p384::ecdsa::Signature = p384().sign(message);
            return signature.to_bytes().to_vec();
        }
        "ES512" => {
            let signature: p521::ecdsa::Signature = p521().sign(message);
            return signature.to_bytes().to_vec();
        }
        other => panic!("no test key for {other}"),
    }
    .unwrap()
}

fn rsa() -> PrivateKey {
    let number = |hex: &str| BoxedUint::from_be_slice_vartime(&bytes(hex));
    PrivateKey::from_p_q(number(RSA_P), number(RSA_Q), BoxedUint::from(65_537_u64)).unwrap()
}

fn p256() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&bytes(P256)).unwrap()
}

fn p384() -> p384::ecdsa::SigningKey {
    p384::ecdsa::SigningKey::from_slice(&bytes(P384)).unwrap()
}

fn p521() -> p521::ecdsa::SigningKey {
    p521::ecdsa::SigningKey::from_slice(&bytes(P521)).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    HEXLOWER.decode(hex.as_bytes()).unwrap()
}

// TEST KEYS, known to everybody.
const RSA_P: &str = "f467a07f8b0a19fe90438c3b244afa80e18f73e29404f46b0eb7dba68b5b9292cf2042d0c2f1b3de45297a55036630b24b943a670c3de008b901d00c4714a5f0b2900d4939656df3e7adfacf3e47d022f7ad2eb6c8e0564e29e65f84793dfa4e489b410a7d13cead6f8cb46e702b98c7e50d2db1a9ca3e21fb432b8be78e2c5f";
const RSA_Q: &str = "c2f7d9d642a594a74ed1bbcd908d4a7c9e9820cd79291832f4d90c0cf80337bcdd548722b026e6fc1b77ec2ae93d10659ca729751bb682c2f5b5442e0e0add98e3a65349381bcac0e9ba725ce4b0bc29203b30161710a56cb36ffb39c2c43128e0213ef04785556e464c021b3e4e78480317b7b24b03847d554d58a5602d9667";
const P256: &str = "b122f1ef0c68158e737362e9ab1926b4c2f9725391de9cd7c143e824fee92922";
const P384: &str = "6b21ed24752512c22ead403b530637d439fb32e5d27e7daa2ada6859b2c637b83d147fa682fc522c556520db645d4050";
const P521: &str = "003d51f7f8091a54149d27b7003c3d2cd45fb9f886911017202f3fb92c2f09504144789e188793015de349c4136004ba550e1b759a6fccff01731106c561a7ab0a19";
