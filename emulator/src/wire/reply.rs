//! How a request is answered: in the protocol of its service, and STS's answers also as JSON.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use super::route::Endpoint;
use super::{Fault, Protocol, aws_json, aws_query, refusal, response};

/// What is to be known of a request to answer it.
#[derive(Clone, Copy)]
pub struct Reply<'a> {
    /// The service that was asked.
    pub endpoint: &'a Endpoint,
    /// The id that the answer bears.
    pub request_id: &'a str,
    /// JSON in place of XML.
    as_json: bool,
}

impl<'a> Reply<'a> {
    /// The reply to a request with these headers.
    pub fn new(endpoint: &'a Endpoint, request_id: &'a str, headers: &HeaderMap) -> Self {
        let wants_json = |value: &HeaderValue| value.as_bytes().starts_with(JSON.as_bytes());
        Self {
            endpoint,
            request_id,
            as_json: endpoint.speaks_json && headers.get(header::ACCEPT).is_some_and(wants_json),
        }
    }

    /// The body of an operation's answer.
    ///
    /// # Errors
    /// The output cannot be written, which is a mistake of ours.
    pub fn body(&self, operation: &str, output: &impl Serialize) -> Result<Vec<u8>, Fault> {
        let Endpoint {
            protocol, marker, ..
        } = *self.endpoint;
        let body = match protocol {
            Protocol::Json => aws_json::body(output).map_err(|error| error.to_string()),
            Protocol::Query if self.as_json => {
                aws_query::json::body(operation, self.request_id, output)
                    .map_err(|error| error.to_string())
            }
            Protocol::Query => aws_query::body(operation, marker, self.request_id, output)
                .map_err(|error| error.to_string()),
        };
        body.map_err(|error| {
            tracing::error!(operation, error, "an answer could not be written");
            Fault::internal(protocol)
        })
    }

    /// An answer.
    pub fn answer(&self, body: Vec<u8>) -> Response<Bytes> {
        let protocol = self.endpoint.protocol;
        self.typed(response(protocol, StatusCode::OK, self.request_id, body))
    }

    /// A refusal.
    pub fn refusal(&self, fault: &Fault) -> Response<Bytes> {
        let Endpoint {
            protocol, marker, ..
        } = *self.endpoint;
        let mut refusal = refusal(protocol, marker, self.request_id, fault);
        if self.as_json {
            *refusal.body_mut() = aws_query::json::error_body(fault, self.request_id).into();
        }
        self.typed(refusal)
    }

    fn typed(&self, mut response: Response<Bytes>) -> Response<Bytes> {
        if self.as_json {
            let json = HeaderValue::from_static(JSON);
            response.headers_mut().insert(header::CONTENT_TYPE, json);
        }
        response
    }
}

const JSON: &str = "application/json";
