//! Requests of the roots of accounts to regions, in process and unproven.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{Request, header};
use serde_json::Value;

use crate::Emulator;

/// Status and body of the answer; null if that is empty.
pub(super) fn ask(
    emulator: &Emulator,
    (account, region): (&str, &str),
    operation: &str,
    input: &Value,
) -> (u16, Value) {
    let credential = format!("{account}/20260102/{region}/secretsmanager/aws4_request");
    let claim = format!(
        "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date;x-amz-target, \
         Signature={}",
        "0".repeat(64)
    );
    let request = Request::post("/")
        .header("x-amz-target", format!("secretsmanager.{operation}"))
        .header(header::HOST, "localhost")
        .header("x-amz-date", "20260102T030405Z")
        .header(header::AUTHORIZATION, claim)
        .body(Bytes::from(input.to_string()))
        .unwrap();
    let response = block_on(emulator.handle(request));
    let answer = match response.body() {
        empty if empty.is_empty() => Value::Null,
        body => serde_json::from_slice(body).unwrap(),
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
