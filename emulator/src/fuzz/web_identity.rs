//! Web identity tokens and key sets. An input is up to three lines: a key set, a token, and the time
//! in seconds since the epoch.

use data_encoding::BASE64URL_NOPAD;

use crate::sts::web_identity::{Claims, Jwks, Refusal, Token, Verified};
use crate::timestamp::Timestamp;
use crate::wire::Fault;

/// Reading is total, and refusals are the client's. What is accepted is signed to the last bit, has
/// the claims that every token must have, and is valid at the time.
pub fn web_identity(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.splitn(3, '\n');
    let (set, token) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    let now = lines.next().and_then(|seconds| seconds.parse().ok());
    let now = now.unwrap_or(1_768_017_100_i64);
    // Beyond, there is no timestamp.
    let now = now.clamp(i64::MIN / 1000, i64::MAX / 1000);
    match (Jwks::parse(set.as_bytes()), Token::read(token)) {
        (Ok(keys), Ok(_)) => match verified(token, &keys, now) {
            Ok(verified) => accepted(&verified, token, &keys, now),
            Err(refusal) => refused(refusal),
        },
        (keys, token) => {
            if let Err(error) = keys {
                assert!(!error.to_string().is_empty());
            }
            token.map_or_else(refused, drop);
        }
    }
}

fn verified(token: &str, keys: &Jwks, now: i64) -> Result<Verified, Refusal> {
    let now = Timestamp::from_millis(now * 1000);
    Token::read(token)?.verify(keys, now)
}

fn accepted(claims: &Claims, token: &str, keys: &Jwks, now: i64) {
    assert!(!claims.audiences.is_empty());
    for name in ["iss", "sub", "aud", "exp", "iat"] {
        assert!(claims.all.contains_key(name), "{name}");
    }
    assert!(now < claims.expires.saturating_add(300));
    assert!((claims.issued - 300..=claims.issued + 86_400).contains(&now));
    assert!(
        claims
            .not_before
            .is_none_or(|from| now >= from.saturating_sub(300))
    );
    assert_eq!(claims.audience(&[]), Err(Refusal::WrongAudience));
    claims.session_tags().map_or_else(refused, drop);
    claims.source_identity().map_or_else(refused, drop);
    claims.names_role("").map_or_else(refused, drop);

    let parts = token
        .split('.')
        .map(|part| BASE64URL_NOPAD.decode(part.as_bytes()));
    let parts: Vec<Vec<u8>> = parts.collect::<Result<_, _>>().unwrap_or_default();
    let Ok(parts) = <[Vec<u8>; 3]>::try_from(parts) else {
        panic!("not three parts of base64url");
    };
    for part in 0..3 {
        let mut changed = parts.clone();
        let middle = changed[part].len() / 2;
        changed[part][middle] ^= 1;
        let changed = changed.map(|part| BASE64URL_NOPAD.encode(&part)).join(".");
        assert!(verified(&changed, keys, now).is_err(), "{changed}");
    }
}

fn refused(refusal: Refusal) {
    let fault = Fault::from(refusal);
    assert_eq!(fault.status, 400);
    assert!(fault.message.is_some_and(|message| !message.is_empty()));
}
