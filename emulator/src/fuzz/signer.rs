//! A signer of plain requests, written apart from the verifier: it handles only what needs no
//! escapes, and knows nothing of any emulator.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sekisho_sigv4::Request;
use sha2::{Digest, Sha256};

pub(super) const SERVICE: &str = "secretsmanager";
const KEY_ID: &str = "AKID";
const DATE: &str = "20260102T030405Z";
const SCOPE: &str = "20260102/eu-west-1/secretsmanager/aws4_request";
const HOST: &str = "secretsmanager.eu-west-1.amazonaws.com";

/// What is signed: words of ASCII letters and digits, but for the body.
pub(super) struct Plain<'a> {
    pub(super) path: &'a [&'a str],
    pub(super) query: &'a [&'a str],
    pub(super) target: &'a str,
    pub(super) body: &'a [u8],
    pub(super) presigned: bool,
}

/// A request as sent: method, path, query, body, then the values of `HEADERS`.
pub(super) struct Signed(Vec<Vec<u8>>);

const HEADERS: [&str; 4] = ["host", "x-amz-target", "x-amz-date", "authorization"];
const BODY: usize = 3;
const FIRST_HEADER: usize = 4;

impl Plain<'_> {
    pub(super) fn sign(&self, secret: &str) -> Signed {
        let names = if self.presigned {
            "host;x-amz-target"
        } else {
            "host;x-amz-date;x-amz-target"
        };
        let pairs = self.query.chunks(2);
        let mut query: Vec<(String, String)> = pairs
            .map(|pair| {
                (
                    pair[0].to_owned(),
                    pair.get(1).copied().unwrap_or_default().to_owned(),
                )
            })
            .collect();
        if self.presigned {
            let own = [
                ("X-Amz-Algorithm", "AWS4-HMAC-SHA256".to_owned()),
                (
                    "X-Amz-Credential",
                    format!("{KEY_ID}/{SCOPE}").replace('/', "%2F"),
                ),
                ("X-Amz-Date", DATE.to_owned()),
                ("X-Amz-Expires", "300".to_owned()),
                ("X-Amz-SignedHeaders", names.replace(';', "%3B")),
            ];
            query.extend(own.map(|(name, value)| (name.to_owned(), value)));
        }
        let wire = joined(&query);
        query.sort();
        let path = format!("/{}", self.path.join("/"));
        let date = if self.presigned {
            String::new()
        } else {
            format!("x-amz-date:{DATE}\n")
        };
        let canonical = format!(
            "POST\n{path}\n{}\nhost:{HOST}\n{date}x-amz-target:{}\n\n{names}\n{}",
            joined(&query),
            self.target,
            HEXLOWER.encode(&digest(self.body))
        );
        let hash = HEXLOWER.encode(&digest(canonical.as_bytes()));
        let text = format!("AWS4-HMAC-SHA256\n{DATE}\n{SCOPE}\n{hash}");
        let start = format!("AWS4{secret}").into_bytes();
        let key = SCOPE
            .split('/')
            .fold(start, |key, part| hmac(&key, part.as_bytes()));
        let signature = HEXLOWER.encode(&hmac(&key, text.as_bytes()));

        let sent = |query: String| vec!["POST".to_owned(), path.clone(), query];
        let mut parts = if self.presigned {
            sent(format!("{wire}&X-Amz-Signature={signature}"))
        } else {
            sent(wire)
        };
        parts.extend([String::new(), HOST.to_owned(), self.target.to_owned()]);
        if !self.presigned {
            parts.push(DATE.to_owned());
            parts.push(format!(
                "AWS4-HMAC-SHA256 Credential={KEY_ID}/{SCOPE}, SignedHeaders={names}, Signature={signature}"
            ));
        }
        let mut parts: Vec<_> = parts.into_iter().map(String::into_bytes).collect();
        parts[BODY] = self.body.to_vec();
        Signed(parts)
    }
}

impl Signed {
    pub(super) fn with<T>(&self, then: impl FnOnce(&Request<'_>) -> T) -> T {
        let part = |at: usize| std::str::from_utf8(&self.0[at]).unwrap_or_default();
        let values = self.0[FIRST_HEADER..].iter().map(Vec::as_slice);
        let headers: Vec<_> = HEADERS.into_iter().zip(values).collect();
        then(&Request {
            method: part(0),
            path: part(1),
            query: part(2),
            headers: &headers,
            authority: None,
            body: &self.0[BODY],
        })
    }

    /// Puts a byte in one place of what is signed; says whether that makes it another request.
    /// Outside the body only letters and digits are replaced, for white space and escapes have
    /// more than one spelling; and the access key id is spared, which no signature covers.
    pub(super) fn change(&mut self, place: usize, byte: u8) -> bool {
        let mut at = place % self.0.iter().map(Vec::len).sum::<usize>();
        let mut number = 0;
        while at >= self.0[number].len() {
            at -= self.0[number].len();
            number += 1;
        }
        let part = &mut self.0[number];
        let old = part[at];
        let is_escape = part[at.saturating_sub(2)..at].contains(&b'%');
        let is_key_id = part[at.saturating_sub(KEY_ID.len() - 1)..]
            .windows(KEY_ID.len())
            .take(KEY_ID.len())
            .any(|window| window == KEY_ID.as_bytes());
        let spared = number != BODY && (is_escape || is_key_id || !old.is_ascii_alphanumeric());
        // Method, path and query are text.
        let byte = if number < BODY { byte & 0x7f } else { byte };
        if spared || old == byte {
            return false;
        }
        part[at] = byte;
        true
    }
}

fn digest(text: &[u8]) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length.
    Hmac::<Sha256>::new_from_slice(key).map_or_else(
        |_| Vec::new(),
        |mac| mac.chain_update(text).finalize().into_bytes().to_vec(),
    )
}

fn joined(query: &[(String, String)]) -> String {
    let pairs: Vec<_> = query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}
