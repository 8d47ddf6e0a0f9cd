//! Signatures, algorithms, key ids and times.

use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use serde_json::json;

use super::super::sample::{
    ALGORITHMS, ISSUER, NOW, claims, jwk, jwks, kid, sign, token, token_of,
};
use super::super::{Jwks, Refusal, Token};
use super::{at, keys, verified};

#[test]
fn every_algorithm_verifies() {
    for algorithm in ALGORITHMS {
        let text = token(algorithm, &claims());
        let read = Token::read(&text).ok().unwrap();
        assert_eq!((read.issuer(), read.kid()), (ISSUER, Some(kid(algorithm))));
        let verified = verified(&text).unwrap();
        assert_eq!(verified.subject, "repo:octo/repo:ref:refs/heads/main");
        assert_eq!(verified.all["repository"], "octo/repo");
    }
}

/// Made with OpenSSL, of the same test keys.
#[test]
fn tokens_and_keys_of_another_implementation_verify() {
    let corpus = [
        include_str!("../../../../fuzz/corpus/web_identity/rs256"),
        include_str!("../../../../fuzz/corpus/web_identity/rs384"),
        include_str!("../../../../fuzz/corpus/web_identity/rs512"),
        include_str!("../../../../fuzz/corpus/web_identity/es256"),
        include_str!("../../../../fuzz/corpus/web_identity/es384"),
        include_str!("../../../../fuzz/corpus/web_identity/es512"),
    ];
    for (algorithm, input) in ALGORITHMS.into_iter().zip(corpus) {
        let (set, rest) = input.split_once('\n').unwrap();
        let (text, now) = rest.split_once('\n').unwrap();
        let keys = Jwks::parse(set.as_bytes()).unwrap();
        let outcome =
            Token::read(text).and_then(|token| token.verify(&keys, at(now.parse().unwrap())));
        assert!(outcome.is_ok(), "{algorithm}: {outcome:?}");
        // And ours are the same keys.
        assert!(verified(text).is_ok());
    }
}

#[test]
fn a_changed_byte_is_noticed() {
    for algorithm in ["RS256", "ES256", "ES384", "ES512"] {
        let text = token(algorithm, &claims());
        let parts: Vec<Vec<u8>> = text
            .split('.')
            .map(|part| BASE64URL_NOPAD.decode(part.as_bytes()).unwrap())
            .collect();
        for part in 0..3 {
            for place in (0..parts[part].len()).step_by(17) {
                let mut changed = parts.clone();
                changed[part][place] ^= 1;
                let changed = changed.map_parts();
                assert!(verified(&changed).is_err(), "{algorithm}: {changed}");
            }
        }
    }
}

trait MapParts {
    fn map_parts(&self) -> String;
}

impl MapParts for Vec<Vec<u8>> {
    fn map_parts(&self) -> String {
        let parts: Vec<String> = self
            .iter()
            .map(|part| BASE64URL_NOPAD.encode(part))
            .collect();
        parts.join(".")
    }
}

#[test]
fn nothing_but_rsa_and_ecdsa_is_a_token() {
    let names = [
        "none", "None", "NONE", "", "HS256", "HS384", "HS512", "PS256", "EdDSA", "ES256K", "rs256",
        "RS256 ",
    ];
    for name in names {
        for signed_as in ["RS256", "ES256"] {
            let text = token_of(
                &json!({ "alg": name, "kid": kid(signed_as) }),
                signed_as,
                &claims(),
            );
            assert_eq!(verified(&text).err(), Some(Refusal::NotJwt), "{name}");
            let (signed, _) = text.rsplit_once('.').unwrap();
            assert_eq!(
                verified(&format!("{signed}.")).err(),
                Some(Refusal::NotJwt),
                "{name}"
            );
        }
    }
    for header in [
        json!({}),
        json!({ "alg": null }),
        json!({ "alg": ["RS256"] }),
        json!("RS256"),
    ] {
        let text = token_of(&header, "RS256", &claims());
        assert_eq!(verified(&text).err(), Some(Refusal::NotJwt), "{header}");
    }
}

#[test]
fn a_key_is_used_for_its_own_algorithm_alone() {
    for claimed in ALGORITHMS {
        for signed_as in ALGORITHMS.into_iter().filter(|name| *name != claimed) {
            let header = json!({ "alg": claimed, "kid": kid(signed_as) });
            let refusal = verified(&token_of(&header, signed_as, &claims())).err();
            let expected = match kid(claimed) == kid(signed_as) {
                true => Refusal::WrongSignature,
                false => Refusal::NoKey,
            };
            assert_eq!(refusal, Some(expected), "{claimed}, signed as {signed_as}");
        }
    }
    // What a key says it is for counts.
    let mut key = jwk("RS256");
    key["alg"] = json!("RS512");
    let set = Jwks::parse(json!({ "keys": [key] }).to_string().as_bytes()).unwrap();
    let outcome = |algorithm| {
        Token::read(&token(algorithm, &claims()))
            .and_then(|token| token.verify(&set, NOW))
            .err()
    };
    assert_eq!(outcome("RS512"), None);
    assert_eq!(outcome("RS256"), Some(Refusal::NoKey));
}

#[test]
fn signatures_of_another_form_are_wrong() {
    for algorithm in ALGORITHMS {
        let text = token(algorithm, &claims());
        let (signed, _) = text.rsplit_once('.').unwrap();
        let good = sign(algorithm, signed.as_bytes());
        let longer = [&good[..], &[0]].concat();
        let padded = [&[0], &good[..]].concat();
        let zero = vec![0; good.len()];
        let ones = vec![0xff; good.len()];
        for bad in [&[][..], &good[1..], &longer, &padded, &zero, &ones] {
            let text = format!("{signed}.{}", BASE64URL_NOPAD.encode(bad));
            assert_eq!(
                verified(&text).err(),
                Some(Refusal::WrongSignature),
                "{algorithm}"
            );
        }
    }
    // ASN.1 is for certificates.
    let text = token("ES256", &claims());
    let (signed, _) = text.rsplit_once('.').unwrap();
    let signature = p256::ecdsa::Signature::from_slice(&sign("ES256", signed.as_bytes())).unwrap();
    let text = format!(
        "{signed}.{}",
        BASE64URL_NOPAD.encode(signature.to_der().as_bytes())
    );
    assert_eq!(verified(&text).err(), Some(Refusal::WrongSignature));
}

#[test]
fn the_key_id_selects_the_key() {
    let with = |header| verified(&token_of(&header, "RS256", &claims())).err();
    assert_eq!(
        with(json!({ "alg": "RS256", "kid": "other" })),
        Some(Refusal::NoKey)
    );
    assert_eq!(
        with(json!({ "alg": "RS256", "kid": "" })),
        Some(Refusal::NoKey)
    );
    assert_eq!(
        with(json!({ "alg": "RS256", "kid": 1 })),
        Some(Refusal::NotJwt)
    );
    // Without one, every key that fits is tried.
    assert_eq!(with(json!({ "alg": "RS256" })), None);
    let (mut first, mut second) = (jwk("RS256"), jwk("RS256"));
    first["n"] = json!(BASE64URL_NOPAD.encode(&[0xd5; 256]));
    second["kid"] = json!("second");
    let outcome = |keys, header| {
        let set = Jwks::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap();
        Token::read(&token_of(&header, "RS256", &claims()))
            .and_then(|token| token.verify(&set, NOW))
            .err()
    };
    let both = json!([first, second]);
    assert_eq!(outcome(both.clone(), json!({ "alg": "RS256" })), None);
    assert_eq!(
        outcome(both.clone(), json!({ "alg": "RS256", "kid": "second" })),
        None
    );
    let refusal = outcome(both, json!({ "alg": "RS256", "kid": "rsa" }));
    assert_eq!(refusal, Some(Refusal::WrongSignature));
    // A key without an id is nobody's choice.
    second.as_object_mut().unwrap().remove("kid");
    let one = json!([second]);
    assert_eq!(outcome(one.clone(), json!({ "alg": "RS256" })), None);
    let refusal = outcome(one, json!({ "alg": "RS256", "kid": "rsa" }));
    assert_eq!(refusal, Some(Refusal::NoKey));
}

#[test]
fn keys_that_a_token_brings_along_are_not_looked_at() {
    let foreign = json!({
        "alg": "RS256", "kid": "mine", "jwk": jwk("RS256"), "jku": "http://127.0.0.1:1/", "x5c": ["AAAA"],
    });
    let refusal = verified(&token_of(&foreign, "RS256", &claims())).err();
    assert_eq!(refusal, Some(Refusal::NoKey));
    let critical = json!({ "alg": "RS256", "kid": "rsa", "crit": ["b64"], "b64": false });
    let refusal = verified(&token_of(&critical, "RS256", &claims())).err();
    assert_eq!(refusal, Some(Refusal::NotJwt));
}

#[test]
fn times_are_those_of_the_emulated_clock() {
    let (issued, starts, ends) = (1_768_017_000, 1_768_017_060, 1_768_017_300);
    let mut claims = claims();
    claims["nbf"] = json!(starts);
    let text = token("ES256", &claims);
    let when = |now| {
        Token::read(&text)
            .and_then(|token| token.verify(&keys(), at(now)))
            .err()
    };
    // Five minutes either way are a matter of clocks.
    assert_eq!(when(starts - 300), None);
    assert_eq!(when(ends + 299), None);
    let now = ends + 300;
    assert_eq!(when(now), Some(Refusal::Expired { now, expires: ends }));
    let now = starts - 301;
    let early = |claim, now, from| Some(Refusal::NotYetValid { claim, now, from });
    assert_eq!(when(now), early("nbf", now, starts));
    let now = issued - 301;
    assert_eq!(when(now), early("iat", now, issued));
    assert!(when(i64::MIN / 1000).is_some() && when(i64::MAX / 1000).is_some());

    claims["exp"] = json!(i64::MAX);
    let text = token("ES256", &claims);
    let when = |now| {
        Token::read(&text)
            .and_then(|token| token.verify(&keys(), at(now)))
            .err()
    };
    assert_eq!(when(issued + 86_400), None);
    assert_eq!(when(issued + 86_401), Some(Refusal::TooOld(86_401)));
}

#[test]
fn a_wrong_signature_comes_before_wrong_times() {
    let mut claims = claims();
    claims["exp"] = json!(1);
    let header = json!({ "alg": "RS256", "kid": "rsa" });
    let refusal = verified(&token_of(&header, "RS384", &claims)).err();
    assert_eq!(refusal, Some(Refusal::WrongSignature));
}

#[test]
fn garbage_is_no_token() {
    let good = token("ES256", &claims());
    let spoilt = [
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        "Atza|IQEBLjAsAhRFiXuWpUXuRvQ9PZL3GMFcYevydwIUFAHZwXZXX".into(),
        format!("{good}."),
        format!("{good}.AAAA.AAAA"),
        format!("{good}="),
        format!("{good}\n"),
        format!(" {good}"),
        format!("Bearer {good}"),
        good.replace('.', ".."),
        good.replacen('.', "", 1),
        "A".repeat(10 << 20),
        ".".repeat(1 << 20),
        format!("{}.{}.", "A".repeat(1 << 20), "A".repeat(1 << 20)),
        // Base64 of deeper JSON than is read.
        BASE64URL_NOPAD.encode("[".repeat(1 << 20).as_bytes()) + ".e30.AA",
    ];
    for text in spoilt {
        let start: String = text.chars().take(40).collect();
        assert_eq!(verified(&text).err(), Some(Refusal::NotJwt), "{start}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_makes_reading_panic(text in any::<String>(), json in "[\\[\\]{}\":,a-z0-9 ]{0,80}") {
        prop_assert!(verified(&text).is_err());
        let part = BASE64URL_NOPAD.encode(json.as_bytes());
        let header = BASE64URL_NOPAD.encode(br#"{"alg":"RS256"}"#);
        assert!(verified(&format!("{part}.{part}.{part}")).is_err());
        assert!(verified(&format!("{header}.{part}.{part}")).is_err());
    }

    #[test]
    fn nothing_makes_a_key_set_panic(bytes in any::<Vec<u8>>(), n in any::<Vec<u8>>(), e in any::<[u8; 3]>()) {
        let _ = Jwks::parse(&bytes);
        let [n, e] = [&n[..], &e[..]].map(|bytes| BASE64URL_NOPAD.encode(bytes));
        let rsa = json!({ "kty": "RSA", "n": n.repeat(12), "e": e });
        let ec = json!({ "kty": "EC", "crv": "P-256", "x": n, "y": n });
        for key in [rsa, ec] {
            if let Ok(keys) = Jwks::parse(json!({ "keys": [key] }).to_string().as_bytes()) {
                let header = json!({ "alg": "RS256" });
                let token = Token::read(&token_of(&header, "RS256", &claims())).ok().unwrap();
                prop_assert!(token.verify(&keys, NOW).is_err());
            }
        }
    }

    #[test]
    fn a_changed_token_never_verifies(place in any::<prop::sample::Index>(), to in "[A-Za-z0-9_.-]") {
        let good = token("ES256", &claims());
        let at = place.index(good.len());
        prop_assume!(good[at..=at] != *to);
        let changed = format!("{}{to}{}", &good[..at], &good[at + 1..]);
        prop_assert!(verified(&changed).is_err(), "{}", changed);
        prop_assert!(Jwks::parse(jwks().as_bytes()).is_ok());
    }
}
