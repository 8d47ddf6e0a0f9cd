//! Whole requests of any form against whole emulators. An input is an HTTP/1 request, read
//! leniently: what cannot be a method, a target or a header is left out.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request};

use super::world::{World, call_json, call_query, send};
use crate::Mode;

/// No answer is a failure, and whoever has not proven who they are changes and learns nothing. The
/// control address, which asks for no token here, is open to everybody.
pub fn request(data: &[u8]) {
    let world = World::new();
    let (off, enforce) = (world.emulator(Mode::Off), world.emulator(Mode::Enforce));
    let made = call_json(
        &off,
        "CreateSecret",
        br#"{"Name":"db","SecretString":"hunter2","ClientRequestToken":"01234567890123456789012345678901"}"#,
    );
    assert!(matches!(made, Some((200, _))));
    let (status, _) = call_query(&off, b"Action=CreateUser&Version=2010-05-08&UserName=ann");
    assert_eq!(status, 200);

    let request = read(data);
    let (before, listed) = (world.head(), call_json(&off, "ListSecrets", b"{}"));
    let response = send(&enforce, request.clone());
    let is_ours = ["/_sekisho/", "/_localstack/"]
        .iter()
        .any(|place| request.uri().path().starts_with(place));
    assert!(is_ours || response.status().is_client_error());
    assert!(is_ours || world.head() == before);
    assert_eq!(call_json(&off, "ListSecrets", b"{}"), listed);

    send(&off, request);
    let after = call_json(&off, "ListSecrets", b"{}");
    assert!(matches!(after, Some((200, _))));
}

fn read(data: &[u8]) -> Request<Bytes> {
    let mut rest = data;
    let mut request = Request::default();
    let mut first = line(&mut rest).split(|byte| *byte == b' ');
    *request.method_mut() =
        Method::from_bytes(first.next().unwrap_or_default()).unwrap_or(Method::POST);
    if let Some(Ok(target)) = first.next().map(TryInto::try_into) {
        *request.uri_mut() = target;
    }
    loop {
        let header = line(&mut rest);
        if header.is_empty() {
            break;
        }
        let colon = header.iter().position(|byte| *byte == b':');
        let (name, value) = header.split_at(colon.unwrap_or(header.len()));
        let value = HeaderValue::from_bytes(value.get(1..).unwrap_or_default().trim_ascii());
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), value) {
            request.headers_mut().append(name, value);
        }
    }
    *request.body_mut() = Bytes::copy_from_slice(rest);
    request
}

/// Takes a line off; it ends with a line feed, or where there is none with the text.
fn line<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let end = rest.iter().position(|byte| *byte == b'\n');
    let (line, tail) = rest.split_at(end.unwrap_or(rest.len()));
    *rest = tail.get(1..).unwrap_or_default();
    line.trim_ascii()
}
