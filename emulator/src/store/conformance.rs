//! The store's contract as tests. Every engine runs the same suite under the same names.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Check, CommitError, Direction, Key, Lagged, Prefix, Record, Revision, Store, Write};

/// Runs the whole suite, each part on a fresh store. Panics at the first broken promise.
pub async fn run<S: Store>(fresh: impl Fn() -> S) {
    what_is_put_is_found(fresh()).await;
    a_failed_check_writes_nothing(fresh()).await;
    absence_can_be_checked(fresh()).await;
    a_commit_is_whole(fresh()).await;
    scans_are_ordered_and_paged(fresh()).await;
    marks_are_keys_and_nothing_else(fresh()).await;
    revisions_grow_and_head_knows_them(fresh()).await;
    a_watch_sees_each_commit_in_order(fresh()).await;
    a_slow_watch_is_told(fresh()).await;
    one_of_many_writers_wins(fresh()).await;
    large_values_come_back(fresh()).await;
}

/// The record of the suite: a text.
struct Text(String);

impl Record for Text {}

fn key(name: &str) -> Key {
    Key::new("text", &["suite", name])
}

fn put(name: &str, text: &str) -> Write {
    Write::Put(key(name), Arc::new(Text(text.to_owned())))
}

fn read(store: &impl Store, name: &str) -> Option<String> {
    store
        .get(&key(name))
        .and_then(|entry| entry.downcast::<Text>())
        .map(|text| text.0.clone())
}

fn check(store: &impl Store, name: &str) -> Check {
    Check {
        key: key(name),
        modified: store.get(&key(name)).map(|entry| entry.modified),
    }
}

async fn must<S: Store>(store: &S, checks: Vec<Check>, writes: Vec<Write>) -> Revision {
    match store.commit(checks, writes).await {
        Ok(revision) => revision,
        Err(error) => panic!("a commit that had to succeed failed: {error}"),
    }
}

async fn what_is_put_is_found<S: Store>(store: S) {
    assert!(read(&store, "a").is_none());
    must(&store, vec![], vec![put("a", "one")]).await;
    assert_eq!(read(&store, "a").as_deref(), Some("one"));
    must(&store, vec![], vec![Write::Delete(key("a"))]).await;
    assert!(read(&store, "a").is_none());
    must(&store, vec![], vec![Write::Delete(key("a"))]).await;
}

async fn a_failed_check_writes_nothing<S: Store>(store: S) {
    must(&store, vec![], vec![put("a", "one")]).await;
    let before = check(&store, "a");
    must(&store, vec![], vec![put("a", "two")]).await;
    let outcome = store
        .commit(vec![before], vec![put("a", "three"), put("b", "three")])
        .await;
    assert_eq!(outcome, Err(CommitError::Conflict(vec![key("a")])));
    assert_eq!(read(&store, "a").as_deref(), Some("two"));
    assert!(read(&store, "b").is_none());
}

async fn absence_can_be_checked<S: Store>(store: S) {
    let absent = check(&store, "a");
    must(&store, vec![absent.clone()], vec![put("a", "one")]).await;
    let outcome = store.commit(vec![absent], vec![put("a", "two")]).await;
    assert_eq!(outcome, Err(CommitError::Conflict(vec![key("a")])));
    assert_eq!(read(&store, "a").as_deref(), Some("one"));
}

async fn a_commit_is_whole<S: Store>(store: S) {
    let revision = must(
        &store,
        vec![],
        vec![put("a", "1"), put("b", "2"), put("c", "3")],
    )
    .await;
    for name in ["a", "b", "c"] {
        assert_eq!(check(&store, name).modified, Some(revision), "{name}");
    }
}

async fn scans_are_ordered_and_paged<S: Store>(store: S) {
    for name in ["d", "a", "c/x", "b", "c"] {
        must(&store, vec![], vec![put(name, name)]).await;
    }
    let other = Write::Put(
        Key::new("text", &["suite2", "z"]),
        Arc::new(Text("z".to_owned())),
    );
    must(&store, vec![], vec![other]).await;
    let before = Write::Put(
        Key::new("text", &["suit", "z"]),
        Arc::new(Text("z".to_owned())),
    );
    must(&store, vec![], vec![before]).await;
    let names = ["a", "b", "c", "c/x", "d"];
    assert_eq!(scanned(&store, Direction::Ascending), names);
    let backwards: Vec<&str> = names.into_iter().rev().collect();
    assert_eq!(scanned(&store, Direction::Descending), backwards);
    for direction in [Direction::Ascending, Direction::Descending] {
        let none = store.scan(&Prefix::new("none", &[]), None, 10, direction);
        assert!(none.entries.is_empty() && !none.more);
    }
}

async fn marks_are_keys_and_nothing_else<S: Store>(store: S) {
    let mark = |name| Write::Mark(key(name));
    must(&store, vec![], vec![mark("b"), mark("a"), mark("b")]).await;
    let all = Prefix::new("text", &["suite"]);
    let keys = |store: &S| store.keys(&all, None, 10, Direction::Ascending).keys;
    assert_eq!(keys(&store), [key("a"), key("b")]);
    assert!(read(&store, "a").is_none());
    assert!(scanned(&store, Direction::Ascending).is_empty());
    must(&store, vec![], vec![Write::Delete(key("a"))]).await;
    assert_eq!(keys(&store), [key("b")]);
}

/// The names of the suite's items, two at a time.
fn scanned(store: &impl Store, direction: Direction) -> Vec<String> {
    let prefix = Prefix::new("text", &["suite"]);
    let (mut names, mut after) = (Vec::new(), None);
    loop {
        let page = store.scan(&prefix, after.as_ref(), 2, direction);
        names.extend(page.entries.iter().map(|(key, _)| key.last().to_owned()));
        after = page.entries.last().map(|(key, _)| key.clone());
        if !page.more {
            return names;
        }
        assert_eq!(page.entries.len(), 2);
    }
}

async fn revisions_grow_and_head_knows_them<S: Store>(store: S) {
    let mut last = Revision::default();
    for text in ["1", "2", "3"] {
        let revision = must(&store, vec![], vec![put("a", text)]).await;
        assert!(revision > last);
        last = revision;
        assert!(store.head().await.is_ok_and(|head| head >= revision));
    }
}

async fn a_watch_sees_each_commit_in_order<S: Store>(store: S) {
    let from = must(&store, vec![], vec![put("a", "0")]).await;
    let Ok(mut watch) = store.watch(from) else {
        panic!("the head can be watched from")
    };
    let mut expected = Vec::new();
    for text in ["1", "2"] {
        expected.push(must(&store, vec![], vec![put("a", text), put("b", text)]).await);
    }
    for revision in expected {
        match watch.next().await {
            Ok(commit) => {
                assert_eq!(commit.revision, revision);
                assert_eq!(commit.writes.len(), 2);
            }
            Err(Lagged) => panic!("nothing was missed"),
        }
    }
}

async fn a_slow_watch_is_told<S: Store>(store: S) {
    let from = must(&store, vec![], vec![put("a", "0")]).await;
    let Ok(mut watch) = store.watch(from) else {
        panic!("the head can be watched from")
    };
    for number in 0..100_000 {
        must(&store, vec![], vec![put("a", "x")]).await;
        if number % 1000 == 0 && number >= 4000 {
            break;
        }
    }
    let mut last = from;
    loop {
        match watch.next().await {
            Ok(commit) if commit.revision.0 == last.0 + 1 => last = commit.revision,
            Ok(commit) => panic!("{:?} came after {last:?} without a word", commit.revision),
            Err(Lagged) => break,
        }
        if store.head().await.is_ok_and(|head| head == last) {
            break;
        }
    }
}

async fn one_of_many_writers_wins<S: Store>(store: S) {
    let mut seen = HashSet::new();
    for round in 0..50 {
        let basis = check(&store, "counter");
        let mut winners = 0;
        for writer in 0..4 {
            let write = put("counter", &format!("{round} {writer}"));
            match store.commit(vec![basis.clone()], vec![write]).await {
                Ok(revision) => {
                    winners += 1;
                    assert!(seen.insert(revision));
                }
                Err(error) => assert!(matches!(error, CommitError::Conflict(_)), "{error}"),
            }
        }
        assert_eq!(winners, 1);
    }
}

async fn large_values_come_back<S: Store>(store: S) {
    let text = "x".repeat(65_536);
    must(&store, vec![], vec![put("large", &text)]).await;
    assert_eq!(read(&store, "large"), Some(text));
}
