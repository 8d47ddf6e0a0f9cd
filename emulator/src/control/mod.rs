//! Our own endpoints beside AWS's: `/_sekisho/…`, and LocalStack's health check, because scripts
//! wait on it. Never changes state by GET, nor by anything that a web page's form can send.

mod health;
mod organization;
mod permit;
mod requests;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use serde::Serialize;
use serde_json::json;

pub use permit::Permit;

use crate::service::Service;

/// Whether a path is ours: no AWS service has one that begins like this.
pub(crate) fn is_ours(path: &str) -> bool {
    path.starts_with("/_sekisho/") || path.starts_with("/_localstack/")
}

/// What there is at our paths.
#[derive(Clone, Copy)]
enum Endpoint<'a> {
    Health,
    LocalstackHealth,
    Requests,
    Request(&'a str),
    Organization,
}

impl<'a> Endpoint<'a> {
    fn find(path: &'a str) -> Option<Self> {
        match path {
            "/_sekisho/health" => Some(Self::Health),
            "/_localstack/health" => Some(Self::LocalstackHealth),
            "/_sekisho/requests" => Some(Self::Requests),
            "/_sekisho/organization" => Some(Self::Organization),
            _ => path.strip_prefix("/_sekisho/requests/").map(Self::Request),
        }
    }

    fn is_open(self) -> bool {
        matches!(self, Self::Health | Self::LocalstackHealth)
    }

    fn methods(self) -> &'static str {
        match self {
            Self::Organization => "GET, HEAD, PUT, DELETE",
            _ => "GET, HEAD",
        }
    }
}

/// Answers a request to one of our paths.
pub(crate) async fn handle(service: &Service, parts: &Parts, body: &Bytes) -> Response<Bytes> {
    let path = parts.uri.path();
    let endpoint = Endpoint::find(path);
    let is_open = endpoint.is_some_and(Endpoint::is_open);
    if !is_open && !service.control.allows(&parts.headers) {
        let message = "The control address asks for its token: `Authorization: Bearer …`.";
        return refusal(StatusCode::FORBIDDEN, message);
    }
    let Some(endpoint) = endpoint else {
        return nothing(path);
    };
    let methods = endpoint.methods();
    if !methods.split(", ").any(|method| method == parts.method) {
        let message = format!("This takes {methods}.");
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, message);
        let methods = HeaderValue::from_static(methods);
        response.headers_mut().insert(header::ALLOW, methods);
        return response;
    }
    let changes = !matches!(parts.method, Method::GET | Method::HEAD);
    // A form can be posted from any page; a page that sends this type has to be let in first.
    if changes && !is_json(&parts.headers) {
        let message = "A change has to be sent with `Content-Type: application/json`.";
        return refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, message);
    }
    let query = parts.uri.query().unwrap_or_default();
    match endpoint {
        Endpoint::Health => answer(StatusCode::OK, &health::ours(service)),
        Endpoint::LocalstackHealth => answer(StatusCode::OK, &health::localstack()),
        Endpoint::Requests => answer(StatusCode::OK, &requests::list(service, query)),
        Endpoint::Request(id) => match requests::one(service, id, query) {
            Some(record) => answer(StatusCode::OK, &record),
            None => nothing(path),
        },
        Endpoint::Organization => match parts.method {
            Method::PUT => organization::put(service, body).await,
            Method::DELETE => organization::delete(service).await,
            _ => organization::show(service),
        },
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let sent = headers.get(header::CONTENT_TYPE);
    let sent = sent.and_then(|sent| sent.to_str().ok()).unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

fn nothing(path: &str) -> Response<Bytes> {
    refusal(
        StatusCode::NOT_FOUND,
        format!("There is nothing at {path}."),
    )
}

fn refusal(status: StatusCode, message: impl Into<String>) -> Response<Bytes> {
    answer(status, &json!({"message": message.into()}))
}

fn answer(status: StatusCode, body: &impl Serialize) -> Response<Bytes> {
    // Serializing what is answered here cannot fail: its keys are texts.
    let mut text = serde_json::to_vec(body).unwrap_or_default();
    text.push(b'\n');
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}

#[cfg(test)]
mod tests;
