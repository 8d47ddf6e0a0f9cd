//! Requests as a client sends them, signed by its own means, and what their answers say: XML and JSON
//! alike as JSON, elements without content as null.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use data_encoding::HEXLOWER;
use form_urlencoded::Serializer;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use quick_xml::escape::unescape;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::Emulator;
use crate::timestamp::Timestamp;

const REGION: &str = "us-east-1";

/// When all requests are signed, whatever the emulated time is.
pub(super) const SIGNED_AT: Timestamp = Timestamp::from_millis(1_767_323_045_000);
const DATE: &str = "20260102T030405Z";
const DAY: &str = "20260102";

/// What requests are signed with.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) id: String,
    /// None where nothing is to be proven.
    pub(super) secret: Option<String>,
    /// Only temporary ones have it.
    pub(super) token: Option<String>,
}

impl Credentials {
    /// Those of the root user of an account, who is taken at its word.
    pub(super) fn of_root(account: &str) -> Self {
        Self {
            id: account.to_owned(),
            secret: None,
            token: None,
        }
    }
}

/// What a request is answered: status and body.
pub(super) fn ask(
    emulator: &Emulator,
    by: &Credentials,
    service: &str,
    operation: &str,
    input: &Value,
) -> (u16, Value) {
    let host = format!("{service}.{REGION}.amazonaws.com");
    let mut headers = vec![("host", host), ("x-amz-date", DATE.to_owned())];
    if let Some(token) = &by.token {
        headers.push(("x-amz-security-token", token.clone()));
    }
    let is_json = service == "secretsmanager";
    let body = match is_json {
        true => {
            headers.push(("x-amz-target", format!("secretsmanager.{operation}")));
            input.to_string()
        }
        false => form(service, operation, input),
    };
    headers.push(("authorization", sign(by, service, &headers, &body)));
    let mut request = Request::post("/");
    if !is_json {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let response = block_on(emulator.handle(request.body(Bytes::from(body)).unwrap()));
    let text = std::str::from_utf8(response.body()).unwrap();
    let answer = match is_json {
        true => serde_json::from_str(text).unwrap_or_default(),
        false => element(&mut text.trim_start()).1,
    };
    (response.status().as_u16(), answer)
}

/// The memory store is always ready, so nothing here ever waits.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a future over the memory store waits"),
    }
}

/// Headers come sorted by their names.
fn sign(by: &Credentials, service: &str, headers: &[(&str, String)], body: &str) -> String {
    let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let scope = format!("{DAY}/{REGION}/{service}/aws4_request");
    let signature = |secret: &String| {
        let lines: String = headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let canonical = format!("POST\n/\n\n{lines}\n{names}\n{}", hash(body));
        let text = format!("AWS4-HMAC-SHA256\n{DATE}\n{scope}\n{}", hash(&canonical));
        let first = format!("AWS4{secret}").into_bytes();
        let key = scope.split('/').fold(first, |key, part| hmac(&key, part));
        HEXLOWER.encode(&hmac(&key, &text))
    };
    let signature = by.secret.as_ref().map_or("0".repeat(64), signature);
    let id = &by.id;
    format!(
        "AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
}

fn hash(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text))
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.chain_update(text).finalize().into_bytes().to_vec()
}

fn form(service: &str, operation: &str, input: &Value) -> String {
    let version = match service {
        "iam" => "2010-05-08",
        _ => "2011-06-15",
    };
    let mut form = Serializer::new(String::new());
    form.append_pair("Action", operation)
        .append_pair("Version", version);
    flatten(&mut form, "", input);
    form.finish()
}

fn flatten(form: &mut Serializer<'_, String>, name: &str, value: &Value) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                let dot = if name.is_empty() { "" } else { "." };
                flatten(form, &format!("{name}{dot}{member}"), value);
            }
        }
        Value::Array(items) => {
            for (value, number) in items.iter().zip(1..) {
                flatten(form, &format!("{name}.member.{number}"), value);
            }
        }
        Value::String(text) => drop(form.append_pair(name, text)),
        other => drop(form.append_pair(name, &other.to_string())),
    }
}

/// Reads an element off the front: its name and its content, which is text, a list of what is called
/// `member`, an object, or a map.
fn element(xml: &mut &str) -> (String, Value) {
    let (tag, rest) = xml.strip_prefix('<').unwrap().split_once('>').unwrap();
    *xml = rest;
    let name = tag.split([' ', '/']).next().unwrap().to_owned();
    if tag.ends_with('/') {
        return (name, Value::Null);
    }
    let mut children = Vec::new();
    loop {
        let (text, _) = xml.split_once('<').unwrap();
        let after = &xml[text.len()..];
        if let Some(rest) = after.strip_prefix("</") {
            *xml = rest.split_once('>').unwrap().1;
            let content = match children.is_empty() {
                true => Value::from(unescape(text).unwrap()),
                false => content(children),
            };
            return (name, content);
        }
        *xml = after;
        children.push(element(xml));
    }
}

fn content(children: Vec<(String, Value)>) -> Value {
    if children.iter().all(|(name, _)| name == "member") {
        return children.into_iter().map(|(_, value)| value).collect();
    }
    if children.iter().all(|(name, _)| name == "entry") {
        let entries: Value = children.into_iter().map(|(_, value)| value).collect();
        return json!({"entry": entries});
    }
    let mut object = Map::new();
    for (name, value) in children {
        assert!(object.insert(name, value).is_none(), "an element twice");
    }
    Value::Object(object)
}
