//! The organization: `GET`, `PUT` and `DELETE /_sekisho/organization`.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::json;

use super::{answer, refusal};
use crate::organization::{self, OrganizationError};
use crate::service::Service;

/// What was put, with the ids of everything, and what came of it.
pub(super) fn show(service: &Service) -> Response<Bytes> {
    match organization::find(&*service.store) {
        Some(organization) => answer(StatusCode::OK, &*organization),
        None => missing(),
    }
}

/// Puts the organization of the body in place of whatever was there, or says why not.
pub(super) async fn put(service: &Service, body: &Bytes) -> Response<Bytes> {
    let Ok(json) = std::str::from_utf8(body) else {
        return refusal(
            StatusCode::BAD_REQUEST,
            "This is not JSON: it is not UTF-8.",
        );
    };
    match organization::put(&*service.store, &service.environment, json).await {
        Ok(organization) => answer(StatusCode::OK, &*organization),
        Err(error) => refused(&error),
    }
}

/// Takes the organization away.
pub(super) async fn delete(service: &Service) -> Response<Bytes> {
    match organization::remove(&*service.store).await {
        Ok(true) => answer(StatusCode::OK, &json!({})),
        Ok(false) => missing(),
        Err(error) => refused(&error),
    }
}

fn missing() -> Response<Bytes> {
    let message = "There is no organization. PUT makes one.";
    refusal(StatusCode::NOT_FOUND, message)
}

fn refused(error: &OrganizationError) -> Response<Bytes> {
    match error {
        OrganizationError::Invalid { at, .. } => {
            let body = json!({"message": error.to_string(), "at": at});
            answer(StatusCode::BAD_REQUEST, &body)
        }
        OrganizationError::Store(error) => {
            tracing::error!(%error, "the store refused an organization");
            let message = "The organization was not changed: the store did not take it.";
            refusal(StatusCode::SERVICE_UNAVAILABLE, message)
        }
    }
}
