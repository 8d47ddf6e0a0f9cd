//! Our own endpoints beside AWS's: `/_sekisho/…`, and LocalStack's health check, because scripts
//! wait on it. Never changes state by GET.

mod health;
mod permit;
mod requests;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, Response, StatusCode, header};
use serde_json::{Value, json};

pub use permit::Permit;

use crate::service::Service;

/// Whether a path is ours: no AWS service has one that begins like this.
pub(crate) fn is_ours(path: &str) -> bool {
    path.starts_with("/_sekisho/") || path.starts_with("/_localstack/")
}

/// Answers a request to one of our paths.
pub(crate) fn handle(service: &Service, parts: &Parts) -> Response<Bytes> {
    let path = parts.uri.path();
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        return answer(
            StatusCode::METHOD_NOT_ALLOWED,
            &json!({"message": "This is read with GET."}),
        );
    }
    match path {
        "/_sekisho/health" => return answer(StatusCode::OK, &health::ours(service)),
        "/_localstack/health" => return answer(StatusCode::OK, &health::localstack()),
        _ => {}
    }
    if !service.control.allows(&parts.headers) {
        let message = "The control address asks for its token: `Authorization: Bearer …`.";
        return answer(StatusCode::FORBIDDEN, &json!({"message": message}));
    }
    let query = parts.uri.query().unwrap_or_default();
    let found = match path.strip_prefix("/_sekisho/") {
        Some("requests") => Some(requests::list(service, query)),
        Some(path) => path
            .strip_prefix("requests/")
            .and_then(|id| requests::one(service, id, query)),
        None => None,
    };
    match found {
        Some(body) => answer(StatusCode::OK, &body),
        None => answer(
            StatusCode::NOT_FOUND,
            &json!({"message": format!("There is nothing at {path}.")}),
        ),
    }
}

fn answer(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(format!("{body}\n")));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}
