//! Emulators whose time and ids are held, requests to them, and what every answer must be.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, header};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value};

use crate::store::{Memory, Revision, Store};
use crate::timestamp::Timestamp;
use crate::{Emulator, Mode};

/// When the requests of the corpora were signed: 2026-01-02T03:04:05Z, in seconds.
pub(super) const NOW: i64 = 1_767_323_045;

/// Emulators over one store.
pub(super) struct World {
    store: Arc<dyn Store>,
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            store: Arc::new(Memory::new()),
        }
    }

    /// An emulator of this world. The mode seeds the ids, so that those of two never meet.
    pub(super) fn emulator(&self, mode: Mode) -> Emulator {
        let emulator = Emulator::builder()
            .mode(mode)
            .store(self.store.clone())
            .seed_ids(mode as u64)
            .rotation_function("arn:aws:lambda:us-east-1:000000000000:function:f")
            .build();
        emulator.hold_clock(Timestamp::from_millis(NOW * 1000));
        emulator.hold_signature_clock(Timestamp::from_millis(NOW * 1000));
        emulator
    }

    /// The last commit: the same as before if nothing was written.
    pub(super) fn head(&self) -> Revision {
        match block_on(self.store.head()) {
            Ok(revision) => revision,
            Err(error) => panic!("{error}"),
        }
    }
}

/// Sends a request, and judges the answer by what holds for all: no failure of ours, and a body
/// that is what its content type says.
pub(super) fn send(emulator: &Emulator, request: Request<Bytes>) -> Response<Bytes> {
    let response = block_on(emulator.handle(request));
    let body = response.body();
    assert!(response.status().as_u16() < 500, "{response:?}");
    match response
        .headers()
        .get(header::CONTENT_TYPE)
        .map(HeaderValue::as_bytes)
    {
        Some(b"application/x-amz-json-1.1" | b"application/json") => {
            json(body);
        }
        Some(b"text/xml") => well_formed(text(body)),
        other => panic!("content type {other:?}"),
    }
    response
}

/// Calls an operation of Secrets Manager. None if no header can hold its name.
pub(super) fn call_json(emulator: &Emulator, operation: &str, body: &[u8]) -> Option<(u16, Value)> {
    let target = HeaderValue::from_str(&format!("secretsmanager.{operation}")).ok()?;
    let mut request = Request::new(Bytes::copy_from_slice(body));
    *request.method_mut() = Method::POST;
    request.headers_mut().insert("x-amz-target", target);
    let response = send(emulator, request);
    Some((response.status().as_u16(), json(response.body())))
}

/// Sends a form, which names its service and operation itself.
pub(super) fn call_query(emulator: &Emulator, form: &[u8]) -> (u16, String) {
    let mut request = Request::new(Bytes::copy_from_slice(form));
    *request.method_mut() = Method::POST;
    request.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8"),
    );
    let response = send(emulator, request);
    (response.status().as_u16(), text(response.body()).to_owned())
}

/// What stands in the first element of that name; only for texts without escapes.
pub(super) fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    Some(rest.split_once("</")?.0)
}

fn text(body: &[u8]) -> &str {
    std::str::from_utf8(body).unwrap_or_else(|error| panic!("{error}: {body:?}"))
}

/// An operation without output has no body at all.
fn json(body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Object(Map::new());
    }
    serde_json::from_slice(body).unwrap_or_else(|error| panic!("{error}: {}", text(body)))
}

/// One root, everything closed, no undeclared entity, and only characters that XML 1.0 has.
fn well_formed(xml: &str) {
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => {
                roots += usize::from(depth == 0);
                depth += 1;
            }
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Empty(_)) => roots += usize::from(depth == 0),
            Ok(Event::GeneralRef(name)) => {
                let is_named = matches!(&*name, "amp" | "lt" | "gt" | "quot" | "apos");
                let character = name.resolve_char_ref().ok().flatten();
                assert!(is_named || character.is_some_and(is_xml), "{xml:?}");
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{error}: {xml:?}"),
        }
    }
    assert_eq!((depth, roots), (0, 1), "{xml:?}");
    assert!(xml.chars().all(is_xml), "{xml:?}");
}

/// <https://www.w3.org/TR/xml/#charsets>
fn is_xml(character: char) -> bool {
    !matches!(character, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

/// The memory store is always ready, so nothing here ever waits.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a future over the memory store waits"),
    }
}
