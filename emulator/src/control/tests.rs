//! What the control address takes, from whom, and in what form.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response, header};
use serde_json::{Value, json};

use crate::store::unreliable::{Mishap, Unreliable};
use crate::store::{Memory, Revision, Store};
use crate::{Emulator, Permit};

const ORGANIZATION: &str = "/_sekisho/organization";
const JSON: &str = "application/json";

async fn send(
    emulator: &Emulator,
    method: Method,
    path: &str,
    content_type: &str,
    body: impl Into<Bytes>,
) -> Response<Bytes> {
    let mut request = Request::builder().method(method).uri(path);
    if !content_type.is_empty() {
        request = request.header(header::CONTENT_TYPE, content_type);
    }
    emulator.handle(request.body(body.into()).unwrap()).await
}

async fn call(emulator: &Emulator, method: Method, body: &Value) -> (u16, Value) {
    let body = body.to_string();
    let response = send(emulator, method, ORGANIZATION, JSON, body).await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], JSON);
    let answer = serde_json::from_slice(response.body()).unwrap();
    (response.status().as_u16(), answer)
}

/// An emulator, and its store.
fn emulator() -> (Emulator, Arc<Memory>) {
    let store = Arc::new(Memory::new());
    let emulator = Emulator::builder().store(store.clone()).build();
    (emulator, store)
}

async fn head(store: &Arc<Memory>) -> Revision {
    store.head().await.unwrap()
}

#[tokio::test]
async fn an_organization_is_put_shown_and_taken_away() {
    let (emulator, _) = emulator();
    let none = json!({"message": "There is no organization. PUT makes one."});
    for method in [Method::GET, Method::DELETE] {
        let answer = call(&emulator, method, &json!({})).await;
        assert_eq!(answer, (404, none.clone()));
    }
    let config = json!({
        "management": "111122223333",
        "units": {"prod": {"accounts": ["444455556666"], "scps": []}},
    });
    let (status, put) = call(&emulator, Method::PUT, &config).await;
    assert_eq!(status, 200, "{put}");
    assert_eq!(
        put["notes"],
        json!([
            "units.prod.scps: No policy here allows anything, so all is denied in every account \
             below. List FullAWSAccess as well."
        ])
    );
    let organization = &put["organization"];
    let [id, root, unit] = [
        &organization["id"],
        &organization["root"]["id"],
        &organization["units"]["prod"]["id"],
    ]
    .map(|id| id.as_str().unwrap().to_owned());
    assert_eq!(
        put["accounts"],
        json!({
            "111122223333": {"path": format!("{id}/{root}/"), "is_management": true},
            "444455556666": {"path": format!("{id}/{root}/{unit}/"), "is_management": false},
        })
    );
    assert_eq!(
        call(&emulator, Method::GET, &json!({})).await,
        (200, put.clone())
    );
    let again = call(&emulator, Method::PUT, organization).await;
    assert_eq!(again, (200, put.clone()), "what is shown can be put");

    let notes = emulator.put_organization("{}").await.unwrap();
    assert!(notes.is_empty());
    let (_, replaced) = call(&emulator, Method::GET, &json!({})).await;
    assert_eq!(replaced["accounts"], json!({}));
    assert_eq!(replaced["organization"]["id"], id.as_str());
    assert_eq!(call(&emulator, Method::DELETE, &json!({})).await.0, 200);
    assert_eq!(call(&emulator, Method::GET, &json!({})).await.0, 404);
}

#[tokio::test]
async fn what_is_wrong_is_said_with_its_place() {
    let (emulator, store) = emulator();
    let config = json!({"units": {"prod": {"scp": []}}});
    let expected = json!({
        "at": "units.prod.scp",
        "message": "units.prod.scp: There is no key \"scp\" here; did you mean \"scps\"? \
                    Known are id, accounts, scps, rcps, units.",
    });
    assert_eq!(call(&emulator, Method::PUT, &config).await, (400, expected));
    let error = emulator.put_organization(&config.to_string()).await;
    assert!(
        error
            .unwrap_err()
            .to_string()
            .starts_with("units.prod.scp: There")
    );
    for body in [&b"{"[..], b"", b"{\"id\": \"\xff\"}", b"null"] {
        let response = send(&emulator, Method::PUT, ORGANIZATION, JSON, body).await;
        assert_eq!(response.status(), 400, "{body:?}");
    }
    assert_eq!(head(&store).await, Revision(0), "nothing was stored");
}

#[tokio::test]
async fn a_change_is_no_form() {
    let (emulator, store) = emulator();
    for content_type in [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=application/json",
        "application/jsonp",
    ] {
        for method in [Method::PUT, Method::DELETE] {
            let response = send(&emulator, method, ORGANIZATION, content_type, "{}").await;
            assert_eq!(response.status(), 415, "{content_type}");
        }
    }
    assert_eq!(head(&store).await, Revision(0));
    for content_type in ["application/json; charset=utf-8", "Application/JSON"] {
        let response = send(&emulator, Method::PUT, ORGANIZATION, content_type, "{}").await;
        assert_eq!(response.status(), 200, "{content_type}");
    }
}

#[tokio::test]
async fn reading_changes_nothing() {
    let (emulator, store) = emulator();
    emulator.put_organization("{}").await.unwrap();
    let before = head(&store).await;
    for method in [Method::GET, Method::HEAD] {
        let config = json!({"units": {"prod": {}}}).to_string();
        let response = send(&emulator, method, ORGANIZATION, JSON, config).await;
        assert_eq!(response.status(), 200);
    }
    assert_eq!(head(&store).await, before);
}

#[tokio::test]
async fn each_path_has_its_methods() {
    let (emulator, _) = emulator();
    for (path, allowed) in [
        (ORGANIZATION, "GET, HEAD, PUT, DELETE"),
        ("/_sekisho/requests", "GET, HEAD"),
        ("/_sekisho/requests/x", "GET, HEAD"),
        ("/_sekisho/health", "GET, HEAD"),
        ("/_localstack/health", "GET, HEAD"),
    ] {
        let response = send(&emulator, Method::POST, path, JSON, "{}").await;
        assert_eq!(response.status(), 405, "{path}");
        assert_eq!(response.headers()[header::ALLOW], allowed);
    }
    for path in [
        "/_sekisho/",
        "/_sekisho/organizations",
        "/_localstack/organization",
    ] {
        for method in [Method::GET, Method::PUT] {
            let response = send(&emulator, method, path, JSON, "{}").await;
            assert_eq!(response.status(), 404, "{path}");
        }
    }
}

#[tokio::test]
async fn the_token_is_asked_for_by_all_but_health() {
    let emulator = Emulator::builder().control(Permit::token("t")).build();
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::POST] {
        for path in [ORGANIZATION, "/_sekisho/requests", "/_sekisho/nothing"] {
            let response = send(&emulator, method.clone(), path, JSON, "{}").await;
            assert_eq!(response.status(), 403, "{method} {path}");
        }
    }
    for path in ["/_sekisho/health", "/_localstack/health"] {
        let response = send(&emulator, Method::GET, path, "", "").await;
        assert_eq!(response.status(), 200);
    }
    let request = Request::put(ORGANIZATION)
        .header(header::CONTENT_TYPE, JSON)
        .header(header::AUTHORIZATION, "Bearer t");
    let response = emulator.handle(request.body("{}".into()).unwrap()).await;
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn a_broken_store_is_told_without_its_reason() {
    let store = Unreliable::new(Memory::new(), [Mishap::Unavailable]);
    let emulator = Emulator::builder().store(Arc::new(store)).build();
    let (status, answer) = call(&emulator, Method::PUT, &json!({})).await;
    assert_eq!(status, 503);
    assert!(!answer.to_string().contains("planned"), "{answer}");
    assert_eq!(call(&emulator, Method::GET, &json!({})).await.0, 404);
}
