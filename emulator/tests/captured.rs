//! Requests of real clients, recorded byte by byte, are answered as they were sent, still verify
//! after what an honest proxy does to them, and are refused with any signed byte changed.
//! How they were recorded: `fixtures/requests/SOURCE.md`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::Request;
use sekisho::Emulator;
use sekisho::timestamp::Timestamp;
use sekisho_sigv4::{self as sigv4, Claim, SecretKey};
use serde_json::Value;

/// What is said of a request that cannot be taken for the sender's; `Exception` may follow.
const UNAUTHENTIC: &str = "IncompleteSignature InvalidClientTokenId InvalidSignature MalformedQueryString \
                           MissingAuthenticationToken SignatureDoesNotMatch UnrecognizedClient";
/// What is said of a service or an operation that there is not, before anybody asks who sent it.
const UNROUTABLE: &str = "InvalidAction MissingAction UnknownOperation";
/// The parts that name service and operation, so that a change of one may lead to either.
const ROUTING: &str = "x-amz-target content-type body path query method";

/// A recorded request, with what `index.json` says of it.
#[derive(Clone)]
struct Capture {
    index: Value,
    method: String,
    target: String,
    headers: Vec<Header>,
    body: Vec<u8>,
}

type Header = (String, String);
/// The status, and the code of an error.
type Outcome = (u16, Option<String>);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/requests")
}

fn captures() -> Vec<Capture> {
    let index = fs::read(folder().join("index.json")).unwrap();
    let index: Vec<Value> = serde_json::from_slice(&index).unwrap();
    index.into_iter().map(Capture::read).collect()
}

impl Capture {
    fn read(index: Value) -> Self {
        let file = index["file"].as_str().unwrap();
        let bytes = fs::read(folder().join(file)).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let (head, body) = bytes.split_at(end.unwrap() + 4);
        let mut lines = std::str::from_utf8(head).unwrap().trim_end().split("\r\n");
        let start: Vec<_> = lines.next().unwrap().split(' ').collect();
        let [method, target, "HTTP/1.1"] = start[..] else {
            panic!("{file}: {start:?}");
        };
        let header = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_owned(), value.trim().to_owned())
        };
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: lines.map(header).collect(),
            body: body.to_owned(),
            index,
        }
    }

    fn text(&self, name: &str) -> &str {
        self.index[name].as_str().unwrap()
    }

    fn expected(&self) -> Outcome {
        let status = self.index["status"].as_u64().unwrap();
        let code = self.index["type"].as_str().map(str::to_owned);
        (status.try_into().unwrap(), code)
    }

    fn request(&self) -> Request<Bytes> {
        let start = Request::builder().method(self.method.as_str());
        let mut request = start.uri(&self.target);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(Bytes::from(self.body.clone())).unwrap()
    }

    /// What a fresh emulator answers at the time of the recording, or so many seconds later.
    async fn outcome(&self, later: i64) -> Outcome {
        let emulator = Emulator::builder().build();
        let at = chrono::DateTime::parse_from_rfc3339(self.text("at")).unwrap();
        emulator.hold_signature_clock(Timestamp::from_millis((at.timestamp() + later) * 1000));
        let response = emulator.handle(self.request()).await;
        let body = std::str::from_utf8(response.body()).unwrap();
        let code = match serde_json::from_str::<Value>(body) {
            Ok(json) => json["__type"].as_str().map(str::to_owned),
            Err(_) => between(body, "<Code>", "</Code>").map(str::to_owned),
        };
        (response.status().as_u16(), code)
    }

    /// Whether the key made the signature, whatever the emulator makes of service, time and token.
    fn verifies(&self) -> bool {
        let (parts, body) = self.request().into_parts();
        let headers = parts.headers.iter();
        let headers: Vec<_> = headers.map(|(n, v)| (n.as_str(), v.as_bytes())).collect();
        let request = sigv4::Request {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &headers,
            authority: parts.uri.authority().map(http::uri::Authority::as_str),
            body: &body,
        };
        let key = SecretKey::new(self.text("secret"));
        Claim::read(&request).is_ok_and(|claim| {
            claim.access_key_id() == self.text("access_key_id")
                && key.verify(&claim, &request).is_ok()
        })
    }

    /// The signed headers and, since each byte of it counts as well, `authorization`.
    fn covered(&self) -> Vec<&str> {
        let found = self.headers.iter().find(|it| is(it, "authorization"));
        let list = match found {
            Some((_, value)) => between(value, "SignedHeaders=", ","),
            None => between(&self.target, "X-Amz-SignedHeaders=", "&"),
        };
        let signed = list.unwrap().split(';');
        signed.chain(found.map(|_| "authorization")).collect()
    }

    fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        change(&mut changed);
        changed
    }

    /// The request with one byte changed, for each byte that the signature covers or consists of.
    fn forgeries(&self) -> Vec<(&str, Self)> {
        let mut forgeries = Vec::new();
        for name in self.covered() {
            let i = self.headers.iter().position(|it| is(it, name)).unwrap();
            for value in flips(self.headers[i].1.as_bytes()) {
                let value = String::from_utf8(value).unwrap();
                forgeries.push((name, self.with(|it| it.headers[i].1 = value)));
            }
            if name == "x-amz-target" {
                let other = "secretsmanager.DeleteSecret".to_owned();
                forgeries.push(("operation", self.with(|it| it.headers[i].1 = other)));
            }
        }
        for body in flips(&self.body).chain([[&self.body[..], b" "].concat()]) {
            forgeries.push(("body", self.with(|it| it.body = body)));
        }
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        for query in flips(query.as_bytes()) {
            let target = format!("{path}?{}", String::from_utf8(query).unwrap());
            forgeries.push(("query", self.with(|it| it.target = target)));
        }
        forgeries.push(("query", self.with(|it| it.target += "?more")));
        let other = format!("{path}x?{query}");
        forgeries.push(("path", self.with(|it| it.target = other)));
        forgeries.push(("method", self.with(|it| it.method = "PUT".to_owned())));
        forgeries
    }

    /// What proxies do to a request and may: none of it is signed, or the signature looks past it.
    fn honest_changes(&self) -> [(&str, Self); 4] {
        let each = |change: fn(&mut Header)| self.with(|it| it.headers.iter_mut().for_each(change));
        let signed_by_none = self.with(|it| {
            it.headers.retain(|header| !is(header, "user-agent"));
            for name in ["User-Agent", "X-Forwarded-For", "Via", "X-Amzn-Trace-Id"] {
                it.headers.push((name.to_owned(), "1.1 proxy".to_owned()));
            }
        });
        [
            ("signed by none", signed_by_none),
            ("order", self.with(|it| it.headers.reverse())),
            ("case", each(|it| it.0.make_ascii_uppercase())),
            // Those around a value an HTTP parser takes away; of those within, a run counts as one.
            ("spaces", each(|it| it.1 = it.1.replace(' ', "   "))),
        ]
    }
}

fn is(header: &Header, name: &str) -> bool {
    header.0.eq_ignore_ascii_case(name)
}

fn is_one_of(word: &str, words: &str) -> bool {
    let mut words = words.split_whitespace();
    words.any(|one| word.strip_suffix("Exception").unwrap_or(word) == one)
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(text.split_once(start)?.1.split_once(end)?.0)
}

/// The text with one byte changed, for each byte of it.
fn flips(text: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..text.len()).map(|i| {
        let mut flipped = text.to_owned();
        flipped[i] = match text[i] {
            byte if (byte ^ 1).is_ascii_alphanumeric() => byte ^ 1,
            byte if byte.is_ascii_alphanumeric() => b'Q',
            _ => b'x',
        };
        flipped
    })
}

#[test]
fn the_index_is_complete() {
    let clients = ["boto3", "cli-v1", "cli-v2", "js-v3", "rust"];
    let files = clients.into_iter().flat_map(|client| {
        let files = fs::read_dir(folder().join(client)).unwrap();
        let name = |file: fs::DirEntry| file.file_name().into_string().unwrap();
        files.map(move |file| format!("{client}/{}", name(file.unwrap())))
    });
    let indexed: BTreeSet<_> = captures()
        .iter()
        .map(|it| it.text("file").to_owned())
        .collect();
    assert_eq!(files.collect::<BTreeSet<_>>(), indexed);
}

#[tokio::test]
async fn each_is_answered_as_it_should_be() {
    for capture in captures() {
        assert!(capture.verifies(), "{}", capture.text("file"));
        let answered = capture.outcome(0).await;
        assert_eq!(answered, capture.expected(), "{}", capture.text("file"));
    }
}

#[tokio::test]
async fn each_expires() {
    for capture in captures() {
        // Five minutes for Secrets Manager, fifteen for the others, whatever `X-Amz-Expires` says.
        let json = capture.headers.iter().any(|it| is(it, "x-amz-target"));
        let (minutes, status, code) = match json {
            true => (5, 400, "InvalidSignatureException"),
            false => (15, 403, "SignatureDoesNotMatch"),
        };
        for (later, expected) in [
            (60 * minutes, capture.expected()),
            (60 * minutes + 1, (status, Some(code.to_owned()))),
        ] {
            for later in [later, -later] {
                let outcome = capture.outcome(later).await;
                assert_eq!(outcome, expected, "{} {later}", capture.text("file"));
            }
        }
    }
}

#[tokio::test]
async fn no_signed_byte_may_change() {
    for capture in captures() {
        for (part, forgery) in capture.forgeries() {
            let (status, code) = forgery.outcome(0).await;
            let code = code.unwrap_or_default();
            let refused = is_one_of(&code, UNAUTHENTIC)
                || is_one_of(part, ROUTING) && is_one_of(&code, UNROUTABLE);
            let taken = !refused || !(400..500).contains(&status) || forgery.verifies();
            let (file, request) = (capture.text("file"), forgery.request());
            assert!(!taken, "{file}: {part}: {status} {code}: {request:?}");
        }
    }
}

#[tokio::test]
async fn what_honest_proxies_do_changes_nothing() {
    for capture in captures() {
        for (what, changed) in capture.honest_changes() {
            assert!(changed.verifies(), "{}: {what}", capture.text("file"));
            let outcome = changed.outcome(0).await;
            assert_eq!(
                outcome,
                capture.expected(),
                "{}: {what}",
                capture.text("file")
            );
        }
    }
}
