//! A store in front of which another writer waits: between the moment when a request has decided and
//! the moment when it commits, another request is answered. What the first relied on may be gone.

use std::sync::{Mutex, PoisonError};

use crate::store::unreliable::{Mishap, Unreliable};
use crate::store::{
    Check, CommitError, Direction, Entry, Key, Keys, Lagged, Memory, Pending, Prefix, Revision,
    Store, Watch, Write,
};

/// What another writer does.
type Rival = Box<dyn FnOnce() + Send>;

pub(super) struct Contested {
    inner: Unreliable<Memory>,
    rival: Mutex<Option<Rival>>,
}

impl Contested {
    pub(super) fn new() -> Self {
        Self {
            inner: Unreliable::new(Memory::new(), []),
            rival: Mutex::default(),
        }
    }

    pub(super) fn plan(&self, mishaps: impl IntoIterator<Item = Mishap>) {
        self.inner.plan(mishaps);
    }

    /// Lets another writer come before the next commit.
    pub(super) fn arrange(&self, rival: Rival) {
        *self.waiting() = Some(rival);
    }

    /// Lets whoever waits go first.
    pub(super) fn give_way(&self) {
        // Not while it is locked: the other writer commits as well.
        let rival = self.waiting().take();
        if let Some(rival) = rival {
            rival();
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Option<Rival>> {
        self.rival.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Contested {
    fn get(&self, key: &Key) -> Option<Entry> {
        self.inner.get(key)
    }

    fn keys(
        &self,
        prefix: &Prefix,
        after: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Keys {
        self.inner.keys(prefix, after, limit, direction)
    }

    fn commit(
        &self,
        checks: Vec<Check>,
        writes: Vec<Write>,
    ) -> Pending<'_, Result<Revision, CommitError>> {
        self.give_way();
        self.inner.commit(checks, writes)
    }

    fn watch(&self, from: Revision) -> Result<Watch, Lagged> {
        self.inner.watch(from)
    }

    fn head(&self) -> Pending<'_, Result<Revision, CommitError>> {
        self.inner.head()
    }
}
