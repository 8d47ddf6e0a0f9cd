//! The store that is nothing but memory: the default engine, and the view that others fill.
//!
//! Reads take a shard's lock for as long as it takes to clone an `Arc`, never longer. Commits are
//! serialized by one lock, which is what makes a check and its writes one step.

use std::collections::{BTreeSet, VecDeque};
use std::future::{poll_fn, ready};
use std::hash::BuildHasher;
use std::ops::Bound;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard, Weak};
use std::task::{Poll, Waker};

use foldhash::quality::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Slot;

use super::{
    Check, CommitError, Direction, Entry, Key, Keys, MAX_COMMIT_KEYS, Pending, Prefix, Revision,
    Store, Write,
};

const SHARDS: usize = 64;

/// How many commits a watcher may fall behind before it has to scan again.
const WATCH_BACKLOG: usize = 1024;

/// An in-memory store.
pub struct Memory {
    shards: Vec<RwLock<HashTable<(Key, Entry)>>>,
    hasher: RandomState,
    /// All keys, for scans, and marks, which are nowhere else. Keys are shared with the shards.
    order: RwLock<BTreeSet<Key>>,
    head: AtomicU64,
    writer: Mutex<Vec<Weak<Backlog>>>,
}

impl Memory {
    /// An empty store.
    pub fn new() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| RwLock::default()).collect(),
            hasher: RandomState::default(),
            order: RwLock::default(),
            head: AtomicU64::new(0),
            writer: Mutex::default(),
        }
    }

    /// The shard of a hash, taken from bits that the tables do not use to find their buckets.
    fn shard(&self, hash: u64) -> &RwLock<HashTable<(Key, Entry)>> {
        &self.shards[(hash >> 48) as usize % SHARDS]
    }

    fn apply(&self, checks: &[Check], writes: Vec<Write>) -> Result<Revision, CommitError> {
        let mut watchers = lock(&self.writer);
        let stale =
            |check: &&Check| self.get(&check.key).map(|entry| entry.modified) != check.modified;
        let conflicts: Vec<Key> = checks
            .iter()
            .filter(stale)
            .map(|check| check.key.clone())
            .collect();
        if !conflicts.is_empty() {
            return Err(CommitError::Conflict(conflicts));
        }
        if checks.len().max(writes.len()) > MAX_COMMIT_KEYS {
            return Err(CommitError::Unavailable(format!(
                "more than {MAX_COMMIT_KEYS} keys in one commit"
            )));
        }
        let revision = Revision(self.head.load(Ordering::Acquire) + 1);
        watchers.retain(|watcher| watcher.strong_count() > 0);
        let commit = (!watchers.is_empty()).then(|| {
            Arc::new(Commit {
                revision,
                writes: writes.clone(),
            })
        });
        for write in writes {
            self.write(write, revision);
        }
        self.head.store(revision.0, Ordering::Release);
        if let Some(commit) = commit {
            for watcher in watchers.iter().filter_map(Weak::upgrade) {
                watcher.push(commit.clone());
            }
        }
        Ok(revision)
    }

    fn write(&self, write: Write, modified: Revision) {
        match write {
            Write::Put(key, record) => {
                if self.put(&key, Entry { record, modified }) {
                    changed(&self.order).insert(key);
                }
            }
            Write::Mark(key) => {
                changed(&self.order).insert(key);
            }
            Write::Delete(key) => {
                self.remove(&key);
                changed(&self.order).remove(&key);
            }
        }
    }

    /// Puts an entry under a key; whether nothing was there before.
    fn put(&self, key: &Key, entry: Entry) -> bool {
        let hash = self.hasher.hash_one(key);
        let mut shard = changed(self.shard(hash));
        let is = |(known, _): &(Key, Entry)| known == key;
        match shard.entry(hash, is, |(known, _)| self.hasher.hash_one(known)) {
            Slot::Occupied(mut old) => {
                old.get_mut().1 = entry;
                false
            }
            Slot::Vacant(free) => {
                free.insert((key.clone(), entry));
                true
            }
        }
    }

    fn remove(&self, key: &Key) {
        let hash = self.hasher.hash_one(key);
        let mut shard = changed(self.shard(hash));
        if let Ok(old) = shard.find_entry(hash, |(known, _)| known == key) {
            old.remove();
        }
    }
}

/// The first keys that are under a prefix, and whether more follow.
fn cut<'k>(keys: impl Iterator<Item = &'k Key>, prefix: &Prefix, limit: usize) -> Keys {
    let mut keys = keys.take_while(|key| key.starts_with(prefix));
    Keys {
        keys: keys.by_ref().take(limit).cloned().collect(),
        more: keys.next().is_some(),
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Store for Memory {
    fn get(&self, key: &Key) -> Option<Entry> {
        let hash = self.hasher.hash_one(key);
        let shard = self
            .shard(hash)
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        shard
            .find(hash, |(known, _)| known == key)
            .map(|(_, entry)| entry.clone())
    }

    fn keys(
        &self,
        prefix: &Prefix,
        after: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Keys {
        let order = self.order.read().unwrap_or_else(PoisonError::into_inner);
        let (first, end) = (prefix.first_key(), prefix.end_key());
        match direction {
            Direction::Ascending => {
                let start = after.map_or(Bound::Included(&first), Bound::Excluded);
                cut(order.range((start, Bound::Unbounded)), prefix, limit)
            }
            Direction::Descending => {
                let end = Bound::Excluded(after.unwrap_or(&end));
                cut(order.range((Bound::Unbounded, end)).rev(), prefix, limit)
            }
        }
    }

    fn commit(
        &self,
        checks: Vec<Check>,
        writes: Vec<Write>,
    ) -> Pending<'_, Result<Revision, CommitError>> {
        Box::pin(ready(self.apply(&checks, writes)))
    }

    fn watch(&self, from: Revision) -> Result<Watch, Lagged> {
        let mut watchers = lock(&self.writer);
        if self.head.load(Ordering::Acquire) != from.0 {
            return Err(Lagged);
        }
        let backlog = Arc::new(Backlog::default());
        watchers.push(Arc::downgrade(&backlog));
        Ok(Watch(backlog))
    }

    fn head(&self) -> Pending<'_, Result<Revision, CommitError>> {
        Box::pin(ready(Ok(Revision(self.head.load(Ordering::Acquire)))))
    }
}

/// A commit as a watcher sees it.
#[derive(Debug)]
pub struct Commit {
    /// Its place in the order.
    pub revision: Revision,
    /// All that it wrote.
    pub writes: Vec<Write>,
}

/// The watcher missed commits and must scan again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("commits were missed: scan again")]
pub struct Lagged;

/// A stream of commits; see [`Store::watch`].
pub struct Watch(Arc<Backlog>);

impl Watch {
    /// The next commit, as soon as there is one.
    pub async fn next(&mut self) -> Result<Arc<Commit>, Lagged> {
        poll_fn(|context| {
            let mut state = lock(&self.0.0);
            if state.lagged {
                return Poll::Ready(Err(Lagged));
            }
            match state.commits.pop_front() {
                Some(commit) => Poll::Ready(Ok(commit)),
                None => {
                    state.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}

#[derive(Default)]
struct Backlog(Mutex<BacklogState>);

#[derive(Default)]
struct BacklogState {
    commits: VecDeque<Arc<Commit>>,
    lagged: bool,
    waker: Option<Waker>,
}

impl Backlog {
    fn push(&self, commit: Arc<Commit>) {
        let mut state = lock(&self.0);
        if state.commits.len() == WATCH_BACKLOG {
            state.commits.clear();
            state.lagged = true;
        } else if !state.lagged {
            state.commits.push_back(commit);
        }
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    }
}

/// Nothing that holds these locks can leave its data half done, so a poisoned one is still good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn changed<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn memory_keeps_the_contract() {
        super::super::conformance::run(Memory::new).await;
    }
}
