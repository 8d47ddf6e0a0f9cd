//! AWS's own vectors: every case, in both forms.

#![allow(clippy::unwrap_used)] // Helpers of tests are tests, though clippy does not know.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sekisho_sigv4::{Claim, Error, Expected, Request, SecretKey};

/// 20150830T123600Z, the time of every case.
const NOW: u64 = 1_440_938_160;

/// Cases signed over the raw path, as for S3 only: other services normalise the path, and so must refuse them.
const UNNORMALIZED: [&str; 6] = [
    "get-relative-relative-unnormalized",
    "get-relative-unnormalized",
    "get-slash-dot-slash-unnormalized",
    "get-slash-pointless-dot-unnormalized",
    "get-slash-unnormalized",
    "get-slashes-unnormalized",
];

/// Its query form leaves the token out of the signature, although every other parameter is signed. AWS documents this
/// for some services only; none of those verified here is among them.
const TOKEN_AFTER_SIGNING: &str = "post-sts-header-after";

#[test]
fn every_case_in_both_forms() {
    let mut accepted = 0;
    for case in cases() {
        for form in ["header", "query"] {
            let vector = Vector::read(&case, form);
            let what = format!("{} ({form})", vector.name);
            if UNNORMALIZED.contains(&vector.name.as_str())
                || (vector.name == TOKEN_AFTER_SIGNING && form == "query")
            {
                assert!(matches!(vector.verify(), Err(Error::Mismatch(_))), "{what}");
                continue;
            }
            assert_eq!(vector.verify(), Ok(()), "{what}");
            accepted += 1;
            let Err(Error::Mismatch(mismatch)) = vector.verify_with("another secret") else {
                panic!("{what}")
            };
            assert_eq!(
                mismatch.canonical_request, vector.canonical_request,
                "{what}"
            );
            assert_eq!(mismatch.string_to_sign, vector.string_to_sign, "{what}");
        }
    }
    assert_eq!(accepted, 2 * 38 - 2 * UNNORMALIZED.len() - 1);
}

#[test]
fn one_byte_off_is_refused() {
    for case in cases() {
        for form in ["header", "query"] {
            let vector = Vector::read(&case, form);
            let refused = |change: &dyn Fn(&mut Vector)| {
                let mut changed = Vector::read(&case, form);
                change(&mut changed);
                assert!(changed.verify().is_err(), "{} ({form})", vector.name);
            };
            refused(&|v| v.method.push('X'));
            refused(&|v| v.path.push('x'));
            refused(&|v| v.body.push(b'x'));
            refused(&|v| v.header("host")[0] ^= 1);
            let signature = vector.signature.clone();
            for i in 0..signature.len() {
                let flipped = if signature.as_bytes()[i] == b'0' {
                    "1"
                } else {
                    "0"
                };
                let wrong = [&signature[..i], flipped, &signature[i + 1..]].concat();
                match form {
                    "query" => refused(&|v| v.query = v.query.replace(&signature, &wrong)),
                    _ => refused(&|v| {
                        let header = v.header("authorization");
                        let text = String::from_utf8(header.clone()).unwrap();
                        *header = text.replace(&signature, &wrong).into_bytes();
                    }),
                }
            }
            if form == "header" {
                for i in 0..16 {
                    refused(&|v| v.header("x-amz-date")[i] ^= 1);
                }
            }
            if !vector.body.is_empty() {
                for i in 0..vector.body.len() {
                    refused(&|v| v.body[i] ^= 1);
                }
            }
        }
    }
}

#[test]
fn a_presigned_case_expires() {
    let case = root().join("get-vanilla");
    let vector = Vector::read(&case, "query");
    assert_eq!(vector.verify_at(NOW + 3_600, vector.secret()), Ok(()));
    assert!(matches!(
        vector.verify_at(NOW + 3_601, vector.secret()),
        Err(Error::Expired(_))
    ));
}

struct Vector {
    name: String,
    context: serde_json::Value,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
    canonical_request: String,
    string_to_sign: String,
    signature: String,
}

impl Vector {
    fn read(case: &Path, form: &str) -> Self {
        let read = |name: &str| std::fs::read_to_string(case.join(name)).unwrap();
        let request = read(&format!("{form}-signed-request.txt"));
        let (head, body) = request.split_once("\n\n").unwrap();
        let (line, rest) = head.split_once('\n').unwrap();
        // A target may hold spaces.
        let (method, target) = line
            .strip_suffix(" HTTP/1.1")
            .unwrap()
            .split_once(' ')
            .unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
        for line in rest.lines() {
            if line.starts_with(' ') {
                let (_, value) = headers.last_mut().unwrap();
                value.extend([b"\r\n", line.as_bytes()].concat());
            } else {
                let (name, value) = line.split_once(':').unwrap();
                headers.push((name.to_lowercase(), value.as_bytes().to_vec()));
            }
        }
        Self {
            name: case.file_name().unwrap().to_str().unwrap().to_owned(),
            context: serde_json::from_str(&read("context.json")).unwrap(),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body.as_bytes().to_vec(),
            canonical_request: read(&format!("{form}-canonical-request.txt")),
            string_to_sign: read(&format!("{form}-string-to-sign.txt")),
            signature: read(&format!("{form}-signature.txt")),
        }
    }

    fn secret(&self) -> &str {
        self.context["credentials"]["secret_access_key"]
            .as_str()
            .unwrap()
    }

    fn header(&mut self, name: &str) -> &mut Vec<u8> {
        &mut self.headers.iter_mut().find(|(n, _)| n == name).unwrap().1
    }

    fn verify(&self) -> Result<(), Error> {
        self.verify_with(self.secret())
    }

    fn verify_with(&self, secret: &str) -> Result<(), Error> {
        self.verify_at(NOW, secret)
    }

    fn verify_at(&self, now: u64, secret: &str) -> Result<(), Error> {
        let headers: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_slice()))
            .collect();
        let request = Request {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &headers,
            authority: None,
            body: &self.body,
        };
        let claim = Claim::read(&request)?;
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        assert_eq!(
            claim.session_token().map(str::to_owned),
            text(&self.context["credentials"]["token"])
        );
        assert_eq!(
            Some(claim.access_key_id().to_owned()),
            text(&self.context["credentials"]["access_key_id"])
        );
        claim.check(
            now,
            &Expected {
                service: self.context["service"].as_str().unwrap(),
                skew: Duration::from_secs(300),
                region_is_valid: self.context["region"] == claim.region(),
                honours_expires: true,
            },
        )?;
        let key = SecretKey::new(secret);
        let first = key.verify(&claim, &request);
        // Once more, with the signing key remembered.
        assert_eq!(key.verify(&claim, &request), first);
        first
    }
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<_> = std::fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert_eq!(cases.len(), 38);
    cases
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fixtures/sigv4/v4")
}
