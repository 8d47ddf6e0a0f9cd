//! The walk as a whole, without signatures: what a lost race, a lost answer and a broken store do.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};

use crate::store::unreliable::{Mishap, Unreliable};
use crate::store::{Direction, Memory, Prefix, Store};
use crate::timestamp::Timestamp;
use crate::{Emulator, Mode};

fn emulator(mishaps: impl IntoIterator<Item = Mishap>) -> Emulator {
    Emulator::builder()
        .mode(Mode::Off)
        .store(Arc::new(Unreliable::new(Memory::new(), mishaps)))
        .build()
}

async fn send(
    emulator: &Emulator,
    request: http::request::Builder,
    body: impl Into<Bytes>,
) -> Response<Bytes> {
    emulator.handle(request.body(body.into()).unwrap()).await
}

async fn call(emulator: &Emulator, operation: &str, input: Value) -> (u16, Value) {
    let request = Request::post("/").header("x-amz-target", format!("secretsmanager.{operation}"));
    let response = send(emulator, request, input.to_string()).await;
    (
        response.status().as_u16(),
        serde_json::from_slice(response.body()).unwrap(),
    )
}

fn value(text: &str, token: char) -> Value {
    json!({"Name": "db", "SecretId": "db", "SecretString": text, "ClientRequestToken": token.to_string().repeat(36)})
}

#[tokio::test]
async fn a_lost_race_is_run_again() {
    for mishaps in [
        vec![Mishap::Conflict; 3],
        vec![Mishap::UnknownLost; 3],
        vec![Mishap::UnknownApplied],
    ] {
        let emulator = emulator(mishaps.clone());
        let (status, made) = call(&emulator, "CreateSecret", value("one", 'a')).await;
        assert_eq!(status, 200, "{mishaps:?}: {made}");
        let (_, versions) = call(
            &emulator,
            "ListSecretVersionIds",
            json!({"SecretId": "db", "IncludeDeprecated": true}),
        )
        .await;
        assert_eq!(
            versions["Versions"].as_array().unwrap().len(),
            1,
            "{mishaps:?}"
        );
        assert_eq!(
            versions["ARN"], made["ARN"],
            "the answer speaks of the secret that was stored"
        );
    }
}

#[tokio::test]
async fn a_write_that_never_wins_is_given_up_and_changes_nothing() {
    let emulator = emulator(vec![Mishap::Conflict; 100]);
    let (status, error) = call(&emulator, "CreateSecret", value("one", 'a')).await;
    assert_eq!(
        (status, error["__type"].as_str()),
        (500, Some("InternalServiceError"))
    );
    assert_eq!(
        call(&emulator, "DescribeSecret", json!({"SecretId": "db"}))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn a_broken_store_is_an_internal_error_without_its_reason() {
    let emulator = emulator([Mishap::Unavailable]);
    let (status, error) = call(&emulator, "CreateSecret", value("hunter2", 'a')).await;
    assert_eq!(
        (status, error["__type"].as_str()),
        (500, Some("InternalServiceError"))
    );
    let text = error.to_string();
    assert!(
        !text.contains("planned") && !text.contains("hunter2"),
        "{text}"
    );
    assert_eq!(
        call(&emulator, "CreateSecret", value("hunter2", 'a'))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn writers_at_once_lose_no_version() {
    let emulator = emulator([]);
    call(&emulator, "CreateSecret", value("first", '0')).await;
    let writers: Vec<_> = ('a'..='p')
        .map(|token| {
            let emulator = emulator.clone();
            tokio::spawn(async move {
                call(&emulator, "PutSecretValue", value("next", token))
                    .await
                    .0
            })
        })
        .collect();
    for writer in writers {
        assert_eq!(writer.await.unwrap(), 200);
    }
    let (_, versions) = call(
        &emulator,
        "ListSecretVersionIds",
        json!({"SecretId": "db", "IncludeDeprecated": true}),
    )
    .await;
    assert_eq!(versions["Versions"].as_array().unwrap().len(), 17);
}

#[tokio::test]
async fn recovery_windows_follow_the_clock() {
    let emulator = emulator([]);
    emulator.hold_clock(Timestamp::from_millis(1_000_000));
    call(&emulator, "CreateSecret", value("one", 'a')).await;
    let (_, deleted) = call(
        &emulator,
        "DeleteSecret",
        json!({"SecretId": "db", "RecoveryWindowInDays": 7}),
    )
    .await;
    assert_eq!(deleted["DeletionDate"], json!(1000 + 7 * 86_400));
    let (_, described) = call(&emulator, "DescribeSecret", json!({"SecretId": "db"})).await;
    assert_eq!(described["DeletedDate"], json!(1000));
    emulator.hold_clock(Timestamp::from_millis(1_000_000).plus_days(7));
    assert_eq!(
        call(&emulator, "DescribeSecret", json!({"SecretId": "db"}))
            .await
            .0,
        400,
        "gone the moment it is due"
    );
    let (status, made) = call(&emulator, "CreateSecret", value("two", 'b')).await;
    assert_eq!(status, 200, "the name is free: {made}");
    emulator.tick().await;
    assert_eq!(
        call(&emulator, "GetSecretValue", json!({"SecretId": "db"}))
            .await
            .1["SecretString"],
        "two"
    );
}

#[tokio::test]
async fn what_is_removed_leaves_nothing_behind() {
    let store = Arc::new(Memory::new());
    let emulator = Emulator::builder()
        .mode(Mode::Off)
        .store(store.clone())
        .build();
    call(&emulator, "CreateSecret", value("one", '0')).await;
    for number in 0..150 {
        let token = format!("{number:0>36}");
        call(
            &emulator,
            "PutSecretValue",
            json!({"SecretId": "db", "SecretString": "x", "ClientRequestToken": token}),
        )
        .await;
    }
    let (status, _) = call(
        &emulator,
        "DeleteSecret",
        json!({"SecretId": "db", "ForceDeleteWithoutRecovery": true}),
    )
    .await;
    assert_eq!(status, 200);
    for _ in 0..3 {
        emulator.tick().await;
    }
    for kind in ["secret", "secret-version", "secret-discarded"] {
        assert!(
            store
                .scan(&Prefix::new(kind, &[]), None, 1, Direction::Ascending)
                .entries
                .is_empty(),
            "{kind}"
        );
    }
}
