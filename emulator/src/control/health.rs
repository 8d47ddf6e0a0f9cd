//! Health, in our form and in LocalStack's. Ready means ready: a port answers only once state is
//! loaded, so there is nothing to wait for.

use serde_json::{Map, Value, json};

use crate::service::{Service, TABLES};

pub(super) fn ours(service: &Service) -> Value {
    json!({
        "status": "ready",
        "version": env!("CARGO_PKG_VERSION"),
        "services": TABLES.map(|table| table.endpoint.name),
        "auth": format!("{:?}", service.rules.mode).to_lowercase(),
        "time": service.environment.now().iso8601_millis(),
    })
}

pub(super) fn localstack() -> Value {
    let services: Map<String, Value> = TABLES
        .iter()
        .map(|table| (table.endpoint.name.to_owned(), "available".into()))
        .collect();
    json!({"services": services, "edition": "sekisho", "version": env!("CARGO_PKG_VERSION")})
}
