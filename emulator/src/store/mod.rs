//! State: items under keys, changed by commits that check what they were based on.
//!
//! A store keeps every item in memory, where reads find it without waiting; a commit is answered
//! once it is as durable as the engine promises and visible to reads. It knows no service: an item
//! is any `Record`, and what a key means is the affair of whoever made it.

mod key;
mod memory;
mod transaction;

pub mod conformance;
pub mod unreliable;

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use key::{Key, Prefix};
pub use memory::{Lagged, Memory, Watch};
pub use transaction::Transaction;

/// Position in a store's single total order of commits. Zero is the empty store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Revision(pub u64);

/// Something that can be stored: immutable once stored, shared by all readers.
pub trait Record: Any + Send + Sync {}

/// A record whose kind is known, and with it the keys it lives under.
pub trait Stored: Record {
    /// The first part of the keys of such records.
    const KIND: &'static str;
}

/// A record as it stands in the store.
#[derive(Clone)]
pub struct Entry {
    /// The item itself.
    pub record: Arc<dyn Record>,
    /// The commit that last wrote it.
    pub modified: Revision,
}

impl Entry {
    /// The record as the type it was stored as; none if it is of another.
    pub fn downcast<T: Record>(self) -> Option<Arc<T>> {
        let any: Arc<dyn Any + Send + Sync> = self.record;
        any.downcast().ok()
    }
}

/// What a commit relies on: that `key` was last modified at this revision, or is absent.
#[derive(Clone, Debug)]
pub struct Check {
    /// The key that was read.
    pub key: Key,
    /// The revision it had, none if there was nothing.
    pub modified: Option<Revision>,
}

/// One change of a commit.
#[derive(Clone)]
pub enum Write {
    /// Stores a record, in place of whatever was there.
    Put(Key, Arc<dyn Record>),
    /// Stores a key that says all there is to say: it is found among others, with nothing under it.
    /// Keys that have records are of other kinds.
    Mark(Key),
    /// Removes what is there, if anything.
    Delete(Key),
}

impl Write {
    /// The key that is written.
    pub fn key(&self) -> &Key {
        match self {
            Self::Put(key, _) | Self::Mark(key) | Self::Delete(key) => key,
        }
    }
}

/// Shows the key, never the record: it may hold a secret.
impl fmt::Debug for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Put(key, _) => write!(f, "put {key:?}"),
            Self::Mark(key) => write!(f, "mark {key:?}"),
            Self::Delete(key) => write!(f, "delete {key:?}"),
        }
    }
}

/// Why a commit did not, or may not, take effect.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommitError {
    /// A check failed; nothing was written.
    #[error("{} changed meanwhile", .0.first().map_or_else(String::new, Key::to_string))]
    Conflict(Vec<Key>),
    /// The engine gave no answer: the commit may have been applied or not.
    #[error("the outcome of the commit is unknown")]
    Unknown,
    /// The engine refused; nothing was written.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
}

/// The most keys one commit may check and write. etcd, the narrowest of the engines in view, takes as
/// many in one transaction if it is not told otherwise.
pub const MAX_COMMIT_KEYS: usize = 128;

/// Which way a scan runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// Keys ascend bytewise.
    Ascending,
    /// Keys descend bytewise.
    Descending,
}

/// A page of keys.
pub struct Keys {
    /// The keys, in the direction in which they were read.
    pub keys: Vec<Key>,
    /// Whether more follow the last one.
    pub more: bool,
}

/// A page of a scan.
pub struct Page {
    /// The entries, in the direction of the scan.
    pub entries: Vec<(Key, Entry)>,
    /// Whether more follow the last one.
    pub more: bool,
}

/// A future of the store's, boxed: one allocation per commit is nothing beside the commit.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The contract of every engine. `conformance` is its executable form.
///
/// Writes of one commit become visible in the order given; a commit over several items that a
/// reader could see half of therefore puts the pointer to new items last.
pub trait Store: Send + Sync + 'static {
    /// The item under a key. Never waits for a disk or a network.
    fn get(&self, key: &Key) -> Option<Entry>;

    /// Keys under a prefix, in order or against it, behind a key if one is given.
    fn keys(
        &self,
        prefix: &Prefix,
        after: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Keys;

    /// The same with what is under them. A key with nothing under it is left out, and so is one that
    /// was deleted meanwhile.
    fn scan(
        &self,
        prefix: &Prefix,
        after: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Page {
        let Keys { keys, more } = self.keys(prefix, after, limit, direction);
        let entry = |key: Key| self.get(&key).map(|entry| (key, entry));
        let entries = keys.into_iter().filter_map(entry).collect();
        Page { entries, more }
    }

    /// All of the writes if all of the checks hold, else nothing. At most `MAX_COMMIT_KEYS` keys.
    fn commit(
        &self,
        checks: Vec<Check>,
        writes: Vec<Write>,
    ) -> Pending<'_, Result<Revision, CommitError>>;

    /// Every commit after `from`, whole and in order, our own included; `Lagged` says that this
    /// can no longer be had, and that the reader must scan again.
    fn watch(&self, from: Revision) -> Result<Watch, Lagged>;

    /// A revision not older than any commit answered before this call began.
    fn head(&self) -> Pending<'_, Result<Revision, CommitError>>;
}
