//! Signatures. An input is an Authorization header, an `X-Amz-Date`, and a query, a line each, then
//! a body; the last four bytes say where and how a signed request is changed.

use std::time::Duration;

use sekisho_sigv4::{Claim, Error, Expected, Request, SecretKey};

use super::signer::{Plain, SERVICE};
use super::world::NOW;

/// What the fuzzer does not know.
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// What is made up never verifies, what is signed does, and what is changed after that does not.
pub fn authorization(data: &[u8]) {
    let key = SecretKey::new(SECRET);
    let (text, [low, high, how, byte]) = data.split_last_chunk().unwrap_or((data, &[0; 4]));
    let lines: Vec<&[u8]> = text.splitn(4, |byte| *byte == b'\n').collect();
    let line = |number: usize| lines.get(number).copied().unwrap_or_default();
    let query = String::from_utf8_lossy(line(2));
    let body = line(3);
    made_up(&key, line(0), line(1), &query, body);

    let text = String::from_utf8_lossy(text);
    let mut words = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let target = words.next().unwrap_or_default();
    let words: Vec<&str> = words.take(7).collect();
    let (path, query) = words.split_at(words.len().min(usize::from(how >> 1 & 3)));
    let plain = Plain {
        path,
        query,
        target,
        body,
        presigned: how & 1 == 1,
    };
    let mut signed = plain.sign(SECRET);
    assert_eq!(signed.with(|request| verify(&key, request)), Ok(()));
    if signed.change(usize::from(u16::from_le_bytes([*low, *high])), *byte) {
        assert!(signed.with(|request| verify(&key, request)).is_err());
    }
}

fn made_up(key: &SecretKey, authorization: &[u8], date: &[u8], query: &str, body: &[u8]) {
    let headers: [(&str, &[u8]); 5] = [
        ("host", b"secretsmanager.eu-west-1.amazonaws.com"),
        ("x-amz-target", b"secretsmanager.GetSecretValue"),
        ("content-type", b"application/x-amz-json-1.1"),
        ("x-amz-date", date),
        ("authorization", authorization),
    ];
    // A header that is empty is left out, as the date is of presigned requests.
    let sent: Vec<_> = headers
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    for path in ["/", "/a/../b%20/"] {
        let request = Request {
            method: "POST",
            path,
            query,
            headers: &sent,
            authority: None,
            body,
        };
        assert!(verify(key, &request).is_err());
    }
}

fn verify(key: &SecretKey, request: &Request<'_>) -> Result<(), Error> {
    let claim = Claim::read(request).inspect_err(show)?;
    let expected = Expected {
        service: SERVICE,
        skew: Duration::from_secs(300),
        region_is_valid: claim.region() == "eu-west-1",
        honours_expires: true,
    };
    let checked = claim.check(NOW as u64, &expected).inspect_err(show);
    // Verified even if the check has failed: that must do no harm either.
    let verified = key.verify(&claim, request).inspect_err(show);
    assert_eq!(key.verify(&claim, request), verified);
    let parts = [
        claim.access_key_id(),
        claim.date(),
        claim.region(),
        claim.service(),
    ];
    assert!(parts.iter().all(|part| !part.contains('/')));
    checked.and(verified)
}

/// Every refusal can be put into words.
fn show(error: &Error) {
    let _ = (
        error.to_string(),
        error.query_text(),
        error.kind(),
        format!("{error:?}"),
    );
}
