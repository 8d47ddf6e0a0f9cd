//! What is due is found without looking at what is not, and leaves nothing behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::store::{
    Check, CommitError, Direction, Entry, Key, Keys, Lagged, Memory, Pending, Prefix, Revision,
    Store, Watch, Write,
};
use crate::timestamp::Timestamp;
use crate::{Emulator, Mode};

/// A store that counts what is read of it.
#[derive(Default)]
struct Counting {
    inner: Memory,
    records: AtomicUsize,
    keys: AtomicUsize,
}

impl Counting {
    /// Records and keys read since this was last asked.
    fn read(&self) -> (usize, usize) {
        let take = |count: &AtomicUsize| count.swap(0, Ordering::Relaxed);
        (take(&self.records), take(&self.keys))
    }

    /// All keys there are, by kind.
    fn kinds(&self) -> Vec<(&'static str, usize)> {
        let kinds = ["secret", "secret-version", "secret-listed", "secret-due"];
        let count = |kind| {
            let all = Prefix::new(kind, &[]);
            let page = self.inner.keys(&all, None, 1_000, Direction::Ascending);
            (kind, page.keys.len())
        };
        kinds.map(count).into()
    }
}

impl Store for Counting {
    fn get(&self, key: &Key) -> Option<Entry> {
        self.records.fetch_add(1, Ordering::Relaxed);
        self.inner.get(key)
    }

    fn keys(
        &self,
        prefix: &Prefix,
        after: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Keys {
        let page = self.inner.keys(prefix, after, limit, direction);
        self.keys.fetch_add(page.keys.len(), Ordering::Relaxed);
        page
    }

    fn commit(
        &self,
        checks: Vec<Check>,
        writes: Vec<Write>,
    ) -> Pending<'_, Result<Revision, CommitError>> {
        self.inner.commit(checks, writes)
    }

    fn watch(&self, from: Revision) -> Result<Watch, Lagged> {
        self.inner.watch(from)
    }

    fn head(&self) -> Pending<'_, Result<Revision, CommitError>> {
        self.inner.head()
    }
}

async fn call(emulator: &Emulator, operation: &str, input: Value) -> Value {
    let request = Request::post("/").header("x-amz-target", format!("secretsmanager.{operation}"));
    let request = request.body(Bytes::from(input.to_string())).unwrap();
    let answer = emulator.handle(request).await;
    assert_eq!(answer.status(), 200, "{:?}", answer.body());
    serde_json::from_slice(answer.body()).unwrap()
}

async fn create(emulator: &Emulator, name: &str) {
    let token = format!("{name:0>36}");
    let input = json!({"Name": name, "SecretString": "x", "ClientRequestToken": token});
    call(emulator, "CreateSecret", input).await;
}

async fn delete(emulator: &Emulator, name: &str, days: i64) {
    let input = json!({"SecretId": name, "RecoveryWindowInDays": days});
    call(emulator, "DeleteSecret", input).await;
}

/// At day 0, with twenty secrets.
async fn twenty() -> (Arc<Counting>, Emulator) {
    let store = Arc::new(Counting::default());
    let emulator = Emulator::builder()
        .mode(Mode::Off)
        .store(store.clone())
        .build();
    to_day(&emulator, 0);
    for number in 0..20 {
        create(&emulator, &format!("s{number}")).await;
    }
    (store, emulator)
}

fn to_day(emulator: &Emulator, day: i64) {
    emulator.hold_clock(Timestamp::from_millis(1_000_000).plus_days(day));
}

fn left(secrets: usize, versions: usize, listed: usize, due: usize) -> Vec<(&'static str, usize)> {
    vec![
        ("secret", secrets),
        ("secret-version", versions),
        ("secret-listed", listed),
        ("secret-due", due),
    ]
}

#[tokio::test]
async fn where_nothing_is_due_nothing_is_looked_at() {
    let (store, emulator) = twenty().await;
    store.read();
    emulator.tick().await;
    assert_eq!(store.read(), (0, 0));
    for number in 0..20 {
        delete(&emulator, &format!("s{number}"), 30).await;
    }
    store.read();
    emulator.tick().await;
    let (records, keys) = store.read();
    assert_eq!(records, 0);
    assert!(keys < 20, "the head of the index is enough: {keys}");
    assert_eq!(store.kinds(), left(20, 20, 20, 20));
}

#[tokio::test]
async fn what_is_due_goes_with_all_that_belongs_to_it() {
    let (store, emulator) = twenty().await;
    for number in 0..19 {
        delete(&emulator, &format!("s{number}"), 7).await;
    }
    delete(&emulator, "s19", 8).await;
    to_day(&emulator, 7);
    emulator.tick().await;
    assert_eq!(store.kinds(), left(1, 1, 1, 1), "more than one batch");
    to_day(&emulator, 8);
    emulator.tick().await;
    assert_eq!(store.kinds(), left(0, 0, 0, 0));
}

#[tokio::test]
async fn what_is_restored_or_removed_is_due_no_longer() {
    let (store, emulator) = twenty().await;
    delete(&emulator, "s1", 7).await;
    call(&emulator, "RestoreSecret", json!({"SecretId": "s1"})).await;
    assert_eq!(store.kinds(), left(20, 20, 20, 0));
    delete(&emulator, "s1", 7).await;
    let force = json!({"SecretId": "s1", "ForceDeleteWithoutRecovery": true});
    call(&emulator, "DeleteSecret", force).await;
    assert_eq!(store.kinds(), left(19, 19, 19, 0));
}

#[tokio::test]
async fn a_name_that_is_free_again_leaves_nothing_of_its_past() {
    let (store, emulator) = twenty().await;
    delete(&emulator, "s1", 7).await;
    to_day(&emulator, 7);
    create(&emulator, "s1").await;
    assert_eq!(store.kinds(), left(20, 20, 20, 0));
    let list = call(&emulator, "ListSecrets", json!({"MaxResults": 100})).await;
    assert_eq!(list["SecretList"].as_array().unwrap().len(), 20);
    emulator.tick().await;
    assert_eq!(store.kinds(), left(20, 20, 20, 0));
}
