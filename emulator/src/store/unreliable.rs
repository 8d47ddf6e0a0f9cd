//! A store that fails on request: for proving that a lost race or a lost answer loses no write and
//! applies none twice. Never used by the program.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::{
    Check, CommitError, Direction, Entry, Key, Keys, Lagged, Pending, Prefix, Revision, Store,
    Watch, Write,
};

/// What goes wrong with one commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mishap {
    /// Nothing: the commit goes through.
    None,
    /// Another writer was quicker; nothing is written.
    Conflict,
    /// The answer is lost; the commit was applied.
    UnknownApplied,
    /// The answer is lost; the commit was not applied.
    UnknownLost,
    /// The engine refuses.
    Unavailable,
}

/// A store in front of which mishaps wait, one for each commit to come.
pub struct Unreliable<S> {
    inner: S,
    mishaps: Mutex<VecDeque<Mishap>>,
}

impl<S: Store> Unreliable<S> {
    /// A store whose next commits suffer these, in order; later ones go through.
    pub fn new(inner: S, mishaps: impl IntoIterator<Item = Mishap>) -> Self {
        Self {
            inner,
            mishaps: Mutex::new(mishaps.into_iter().collect()),
        }
    }

    /// Adds mishaps for commits to come.
    pub fn plan(&self, mishaps: impl IntoIterator<Item = Mishap>) {
        self.mishaps
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(mishaps);
    }

    fn next(&self) -> Mishap {
        self.mishaps
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
            .unwrap_or(Mishap::None)
    }
}

impl<S: Store> Store for Unreliable<S> {
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
        Box::pin(async move {
            match self.next() {
                Mishap::None => self.inner.commit(checks, writes).await,
                Mishap::Conflict => Err(CommitError::Conflict(
                    checks.into_iter().map(|check| check.key).collect(),
                )),
                Mishap::UnknownApplied => self
                    .inner
                    .commit(checks, writes)
                    .await
                    .and(Err(CommitError::Unknown)),
                Mishap::UnknownLost => Err(CommitError::Unknown),
                Mishap::Unavailable => Err(CommitError::Unavailable("a planned mishap".to_owned())),
            }
        })
    }

    fn watch(&self, from: Revision) -> Result<Watch, Lagged> {
        self.inner.watch(from)
    }

    fn head(&self) -> Pending<'_, Result<Revision, CommitError>> {
        self.inner.head()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Memory, conformance};
    use super::*;

    #[tokio::test]
    async fn without_mishaps_it_keeps_the_contract() {
        conformance::run(|| Unreliable::new(Memory::new(), [])).await;
    }

    #[tokio::test]
    async fn mishaps_happen_once_and_in_order() {
        let store = Unreliable::new(
            Memory::new(),
            [Mishap::Conflict, Mishap::UnknownLost, Mishap::Unavailable],
        );
        assert!(matches!(
            store.commit(vec![], vec![]).await,
            Err(CommitError::Conflict(_))
        ));
        assert_eq!(
            store.commit(vec![], vec![]).await,
            Err(CommitError::Unknown)
        );
        assert!(matches!(
            store.commit(vec![], vec![]).await,
            Err(CommitError::Unavailable(_))
        ));
        assert!(store.commit(vec![], vec![]).await.is_ok());
    }
}
