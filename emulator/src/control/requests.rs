//! The records of the last requests, each with what was decided and why.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::service::Service;

const DEFAULT_LIMIT: usize = 100;

/// `GET /_sekisho/requests?limit=N`: the newest first.
pub(super) fn list(service: &Service, query: &str) -> Value {
    let limit = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "limit")
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(DEFAULT_LIMIT);
    let records: Vec<Value> = service
        .records
        .newest(limit)
        .iter()
        .map(|record| record.to_json())
        .collect();
    json!({"requests": records})
}

/// `GET /_sekisho/requests/{id}`: one, by the id that its answer carried. With `?explain` every
/// policy and statement that its decisions looked at, and why it did or did not apply.
pub(super) fn one(service: &Service, id: &str, query: &str) -> Option<Value> {
    let record = service.records.find(Uuid::try_parse(id).ok()?)?;
    let explains = form_urlencoded::parse(query.as_bytes())
        .any(|(name, value)| name == "explain" && value != "false");
    Some(if explains {
        record.explained()
    } else {
        record.to_json()
    })
}
