//! Bytes to typed calls and back: routing, awsJson 1.1, awsQuery, errors, declared constraints.
//! Knows no operation's meaning, no signature, no store.

pub mod aws_json;
pub mod aws_query;
mod constraints;
mod fault;
mod reply;
pub mod route;
mod shape;

pub use constraints::Violations;
pub use fault::{Fault, MessageMember};
pub use reply::Reply;
pub use shape::{Member, Pattern, Shape};

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};

/// The two protocols of the services here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Protocol {
    /// awsJson 1.1: Secrets Manager.
    Json,
    /// awsQuery: IAM and STS.
    Query,
}

impl Protocol {
    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/x-amz-json-1.1",
            Self::Query => "text/xml",
        })
    }
}

/// An HTTP answer in a protocol, with the headers that AWS always sends.
pub fn response(
    protocol: Protocol,
    status: StatusCode,
    request_id: &str,
    body: impl Into<Bytes>,
) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, protocol.content_type());
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert("x-amzn-requestid", id);
    }
    response
}

/// A refusal in a protocol's form.
pub fn refusal(
    protocol: Protocol,
    namespace: &str,
    request_id: &str,
    fault: &Fault,
) -> Response<Bytes> {
    let body = match protocol {
        Protocol::Json => aws_json::error_body(fault),
        Protocol::Query => aws_query::error_body(fault, namespace, request_id),
    };
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response(protocol, status, request_id, body)
}
