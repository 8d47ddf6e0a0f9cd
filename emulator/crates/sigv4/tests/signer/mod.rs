//! A tiny signer of plain requests, written apart from the verifier: it only handles what needs no escapes.

use hmac::{Hmac, KeyInit, Mac};
use proptest::sample::Index;
use sekisho_sigv4::Request;
use sha2::{Digest, Sha256};

pub(crate) const SERVICE: &str = "secretsmanager";
const DATE: &str = "20150830T123600Z";
const SCOPE: [&str; 4] = ["20150830", "eu-west-1", SERVICE, "aws4_request"];
const HOST: &str = "localhost:4566";

/// A request without escapes, unsigned.
#[derive(Clone, Debug)]
pub(crate) struct Plain {
    pub(crate) method: String,
    pub(crate) path: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// The request as sent.
#[derive(Debug)]
pub(crate) struct Signed {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Plain {
    pub(crate) fn sign(&self, secret: &str, presigned: bool) -> Signed {
        let mut headers = self.headers.clone();
        headers.push(("host".into(), HOST.into()));
        if !presigned {
            headers.push(("x-amz-date".into(), DATE.into()));
        }
        let mut names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort();
        names.dedup();
        let list = names.join(";");
        let lines: String = names
            .iter()
            .map(|name| {
                let values: Vec<&str> = headers
                    .iter()
                    .filter(|(n, _)| n == name)
                    .map(|(_, v)| v.as_str())
                    .collect();
                format!("{name}:{}\n", values.join(","))
            })
            .collect();

        let credential = format!("AKID/{}", SCOPE.join("/"));
        let mut query = self.query.clone();
        if presigned {
            let own = [
                ("X-Amz-Algorithm", "AWS4-HMAC-SHA256".to_owned()),
                ("X-Amz-Credential", credential.replace('/', "%2F")),
                ("X-Amz-Date", DATE.to_owned()),
                ("X-Amz-Expires", "300".to_owned()),
                ("X-Amz-SignedHeaders", list.replace(';', "%3B")),
            ];
            query.extend(own.map(|(name, value)| (name.to_owned(), value)));
        }
        let wire = join(&query);
        query.sort();
        let path = format!("/{}", self.path.join("/"));
        let canonical = format!(
            "{}\n{path}\n{}\n{lines}\n{list}\n{}",
            self.method,
            join(&query),
            hex(&Sha256::digest(&self.body))
        );
        let text = format!(
            "AWS4-HMAC-SHA256\n{DATE}\n{}\n{}",
            SCOPE.join("/"),
            hex(&Sha256::digest(canonical.as_bytes()))
        );
        let key = SCOPE
            .iter()
            .fold(format!("AWS4{secret}").into_bytes(), |key, part| {
                hmac(&key, part.as_bytes())
            });
        let signature = hex(&hmac(&key, text.as_bytes()));

        let mut headers: Vec<_> = headers
            .into_iter()
            .map(|(name, value)| (name, value.into_bytes()))
            .collect();
        let query = if presigned {
            format!("{wire}&X-Amz-Signature={signature}")
        } else {
            let header = format!(
                "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={list}, Signature={signature}"
            );
            headers.push(("authorization".into(), header.into_bytes()));
            wire
        };
        Signed {
            method: self.method.clone(),
            path,
            query,
            headers,
            body: self.body.clone(),
        }
    }
}

impl Signed {
    pub(crate) fn with<T>(&self, f: impl FnOnce(&Request<'_>) -> T) -> T {
        let headers: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_slice()))
            .collect();
        f(&Request {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &headers,
            authority: None,
            body: &self.body,
        })
    }

    /// Puts `byte` in one place of what is signed; says whether that changed anything. Only letters and digits are
    /// replaced, for white space has more than one spelling, and the access key id (which is not signed) is spared.
    pub(crate) fn change(&mut self, place: Index, byte: u8) -> bool {
        let mut parts: Vec<Vec<u8>> = vec![self.method.clone().into(), self.path.clone().into()];
        parts.push(self.query.clone().into());
        parts.extend(self.headers.iter().map(|(_, value)| value.clone()));
        parts.push(self.body.clone());
        let at = place.index(parts.iter().map(Vec::len).sum());
        let mut rest = at;
        let part = parts
            .iter()
            .position(|part| {
                rest < part.len() || {
                    rest -= part.len();
                    false
                }
            })
            .unwrap();
        let old = parts[part][rest];
        let is_body = part == parts.len() - 1;
        let is_key = parts[part][rest.saturating_sub(4)..]
            .windows(4)
            .take(5)
            .any(|four| four == b"AKID");
        let escape = parts[part][rest.saturating_sub(2)..rest].contains(&b'%');
        if old == byte || is_key || escape || !(is_body || old.is_ascii_alphanumeric()) {
            return false;
        }
        parts[part][rest] = byte;
        let mut parts = parts.into_iter();
        let mut next = || parts.next().unwrap();
        self.method = String::from_utf8(next()).unwrap();
        self.path = String::from_utf8(next()).unwrap();
        self.query = String::from_utf8(next()).unwrap();
        for (_, value) in &mut self.headers {
            *value = next();
        }
        self.body = next();
        true
    }
}

fn join(query: &[(String, String)]) -> String {
    query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
