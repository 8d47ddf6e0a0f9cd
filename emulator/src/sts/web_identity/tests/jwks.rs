//! Key sets as issuers publish them, and what is none.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use super::super::jwks::InvalidJwks;
use super::super::sample::{NOW, claims, jwk, jwks, token_of};
use super::super::{Jwks, Refusal, Token};

fn parse(keys: &Value) -> Result<Jwks, InvalidJwks> {
    Jwks::parse(json!({ "keys": keys }).to_string().as_bytes())
}

fn verifies(keys: &Value, algorithm: &str, kid: &str) -> Result<(), Refusal> {
    let header =
        json!({ "typ": "JWT", "alg": algorithm, "kid": kid, "x5t": "ykNaY4qM_ta4k2TgZOCEYLkcYlA" });
    let token = Token::read(&token_of(&header, algorithm, &claims()))?;
    token.verify(&parse(keys).unwrap(), NOW).map(drop)
}

/// In the shape of <https://token.actions.githubusercontent.com/.well-known/jwks>.
#[test]
fn githubs_shape() {
    let kid = "cc413527-173f-5a05-976e-9c52b1d7b431";
    let key = |kid: &str, n: &Value| {
        json!({
            "n": n, "kty": "RSA", "kid": kid, "alg": "RS256", "e": "AQAB", "use": "sig",
            "x5c": ["MIIDKzCCAhOgAwIBAgIUDnwm6eRIqGFA3o/P1oBrChvx/nowDQYJKoZIhvcNAQELBQAw"],
            "x5t": "ykNaY4qM_ta4k2TgZOCEYLkcYlA",
        })
    };
    let other = json!(BASE64URL_NOPAD.encode(&[0xd5; 256]));
    let keys = json!([key("other", &other), key(kid, &jwk("RS256")["n"])]);
    assert_eq!(verifies(&keys, "RS256", kid), Ok(()));
    assert_eq!(
        verifies(&keys, "RS256", "other"),
        Err(Refusal::WrongSignature)
    );
    assert!(parse(&keys).is_ok_and(|keys| keys.has(kid) && !keys.has("cc413527")));
}

/// A cluster of Kubernetes has RSA keys or, if it was told so, others.
#[test]
fn keys_of_several_types_stand_side_by_side() {
    let mut keys: Value = serde_json::from_str(&jwks()).unwrap();
    let keys = keys["keys"].as_array_mut().unwrap();
    keys.extend([
        json!({ "kty": "OKP", "crv": "Ed25519", "kid": "okp", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }),
        json!({ "kty": "oct", "kid": "secret", "k": "c2VjcmV0", "alg": "HS256" }),
        json!({ "kty": "EC", "crv": "secp256k1", "kid": "k1", "x": "AA", "y": "AA" }),
        json!({ "kty": "RSA", "use": "enc", "kid": "enc", "n": "!", "e": "!" }),
        json!({ "kty": "RSA", "alg": "PS256", "kid": "pss", "n": "!", "e": "!" }),
        json!({ "kty": "future" }),
    ]);
    let keys = json!(keys);
    assert_eq!(verifies(&keys, "RS256", "rsa"), Ok(()));
    assert_eq!(verifies(&keys, "ES512", "p521"), Ok(()));
    let set = parse(&keys).unwrap();
    for left_out in ["okp", "secret", "k1", "enc", "pss"] {
        assert!(!set.has(left_out));
    }
}

#[test]
fn what_is_no_key_set() {
    let unreadable = [
        &b""[..],
        b"null",
        b"[]",
        b"{}",
        b"{\"keys\":{}}",
        b"{\"keys\":[1]}",
        b"{\"keys\":[{}]}",
        b"\xff",
        b"-----BEGIN PUBLIC KEY-----",
        b"{\"keys\":[{\"kty\":\"RSA\",\"n\":1}]}",
    ];
    for text in unreadable {
        let error = Jwks::parse(text).err().unwrap();
        assert!(matches!(error, InvalidJwks::Unreadable(_)), "{error}");
        assert!(error.to_string().starts_with("it is no JWKS: "), "{error}");
    }
    let none = [
        json!([]),
        json!([{ "kty": "oct", "k": "AA" }]),
        json!([{ "kty": "RSA", "use": "enc" }]),
    ];
    for keys in none {
        assert_eq!(parse(&keys).err(), Some(InvalidJwks::NoKey));
    }
}

#[test]
fn keys_that_cannot_be_are_named() {
    let changed = |algorithm, member: &str, value: Value| {
        let mut key = jwk(algorithm);
        key[member] = value;
        let error = parse(&json!([jwk("RS256"), key])).err().unwrap();
        error.to_string()
    };
    let n = jwk("RS256")["n"].as_str().unwrap().to_owned();
    let number = |bytes: &[u8]| json!(BASE64URL_NOPAD.encode(bytes));
    for n in [
        json!(""),
        json!(null),
        json!(format!("{n}==")),
        json!(n.replace('A', "+")),
        number(&[1; 1025]),
    ] {
        assert_eq!(
            changed("RS256", "n", n),
            "key 2 is not valid: n is not base64url of a number"
        );
    }
    // Even; too small; too large; the exponent 1, and one beyond all use.
    for (member, bytes) in [
        ("n", &[0xd4; 256][..]),
        ("n", &[0xd5; 127]),
        ("n", &[0]),
        ("e", &[0]),
        ("e", &[1]),
        ("e", &[0xd5; 8]),
    ] {
        let error = changed("RS256", member, number(bytes));
        assert_eq!(
            error,
            "key 2 is not valid: n and e are no RSA key of 1024 to 8192 bits"
        );
    }
    for (algorithm, length) in [("ES256", 32), ("ES384", 48), ("ES512", 66)] {
        for coordinate in [
            json!(null),
            number(&vec![1; length - 1]),
            number(&vec![1; length + 1]),
        ] {
            let error = changed(algorithm, "x", coordinate);
            assert_eq!(
                error,
                "key 2 is not valid: x or y is not base64url of its curve's length"
            );
        }
        let error = changed(algorithm, "y", number(&vec![0; length]));
        assert_eq!(
            error,
            "key 2 is not valid: x and y are no point of its curve"
        );
    }
}

#[test]
fn as_many_keys_as_aws_reads() {
    let many = |algorithm, count| {
        let keys: Vec<Value> = vec![jwk(algorithm); count];
        parse(&json!(keys)).err()
    };
    assert_eq!(many("ES256", 100), None);
    assert_eq!(many("ES256", 101), Some(InvalidJwks::TooManyKeys("EC")));
    assert_eq!(many("RS256", 101), Some(InvalidJwks::TooManyKeys("RSA")));
}
