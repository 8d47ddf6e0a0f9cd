//! Our own endpoints beside AWS's: `/_sekisho/…`, and LocalStack's health check, because scripts
//! wait on it. Never changes state by GET.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::service::{Service, TABLES};

/// Whether a path is ours: no AWS service has one that begins like this.
pub(crate) fn is_ours(path: &str) -> bool {
    path.starts_with("/_sekisho/") || path.starts_with("/_localstack/")
}

/// Answers a request to one of our paths.
pub(crate) fn handle(service: &Service, request: &Request<Bytes>) -> Response<Bytes> {
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    match request.uri().path() {
        "/_sekisho/health" | "/_localstack/health" if !reading => {
            answer(StatusCode::METHOD_NOT_ALLOWED, &json!({"message": "Health is read with GET."}))
        }
        "/_sekisho/health" => answer(StatusCode::OK, &health(service)),
        "/_localstack/health" => answer(StatusCode::OK, &localstack_health()),
        path => answer(StatusCode::NOT_FOUND, &json!({"message": format!("There is nothing at {path}.")})),
    }
}

/// Ready means ready: the port answers only once state is loaded, so there is nothing to wait for.
fn health(service: &Service) -> Value {
    json!({
        "status": "ready",
        "version": env!("CARGO_PKG_VERSION"),
        "services": TABLES.map(|table| table.endpoint.name),
        "auth": format!("{:?}", service.mode).to_lowercase(),
        "time": service.environment.now().iso8601_millis(),
    })
}

fn localstack_health() -> Value {
    let services: serde_json::Map<String, Value> =
        TABLES.iter().map(|table| (table.endpoint.name.to_owned(), "available".into())).collect();
    json!({"services": services, "edition": "sekisho", "version": env!("CARGO_PKG_VERSION")})
}

fn answer(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(format!("{body}\n")));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
