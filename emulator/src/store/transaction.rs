//! One attempt at an operation: what it read, and what it would write. Knows no service.

use std::sync::Arc;

use super::{Check, Direction, Entry, Key, Keys, Page, Prefix, Record, Store, Write};

/// Reads through a store, remembers what it saw, and gathers writes. Reading a key twice gives the
/// same answer, so an operation works on what its authorization was decided on.
pub struct Transaction<'s> {
    store: &'s dyn Store,
    reads: Vec<(Key, Option<Entry>)>,
    writes: Vec<Write>,
}

impl<'s> Transaction<'s> {
    /// An attempt that has read nothing yet.
    pub fn new(store: &'s dyn Store) -> Self {
        Self {
            store,
            // A GetSecretValue reads five records.
            reads: Vec::with_capacity(8),
            writes: Vec::new(),
        }
    }

    /// The record under a key, this transaction's own writes included. A commit relies on it.
    pub fn get<T: Record>(&mut self, key: &Key) -> Option<Arc<T>> {
        if let Some(write) = self.writes.iter().find(|write| write.key() == key) {
            return match write {
                Write::Put(_, record) => Entry {
                    record: record.clone(),
                    modified: Default::default(),
                }
                .downcast(),
                Write::Mark(_) | Write::Delete(_) => None,
            };
        }
        self.read(key).and_then(|entry| entry.downcast())
    }

    /// A page of keys as they stand in the store. A commit does not rely on it.
    pub fn keys(
        &self,
        prefix: &Prefix,
        after: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Keys {
        self.store.keys(prefix, after, limit, direction)
    }

    /// A page of records as they stand in the store. A commit does not rely on it: where that
    /// matters, read the parent record as well.
    pub fn scan(
        &self,
        prefix: &Prefix,
        after: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Page {
        self.store.scan(prefix, after, limit, direction)
    }

    /// The record under a key as it stands in the store. A commit does not rely on it.
    pub fn peek<T: Record>(&self, key: &Key) -> Option<Arc<T>> {
        self.store.get(key)?.downcast()
    }

    /// Stores a record when the transaction commits.
    pub fn put<T: Record>(&mut self, key: Key, record: T) {
        self.write(Write::Put(key, Arc::new(record)));
    }

    /// Stores a key with nothing under it when the transaction commits.
    pub fn mark(&mut self, key: Key) {
        self.write(Write::Mark(key));
    }

    /// Removes a record when the transaction commits.
    pub fn delete(&mut self, key: Key) {
        self.write(Write::Delete(key));
    }

    /// What was relied on, and what is to be written.
    pub fn finish(mut self) -> (Vec<Check>, Vec<Write>) {
        // What points to something is changed before that is taken away.
        self.writes
            .sort_by_key(|write| matches!(write, Write::Delete(_)));
        let checks = self.reads.into_iter().map(|(key, entry)| Check {
            key,
            modified: entry.map(|e| e.modified),
        });
        (checks.collect(), self.writes)
    }

    /// Of several writes to a key the last one counts; an engine sees no other.
    fn write(&mut self, write: Write) {
        self.writes.retain(|known| known.key() != write.key());
        self.writes.push(write);
    }

    fn read(&mut self, key: &Key) -> Option<Entry> {
        // What is read again was most often read last.
        if let Some((_, entry)) = self.reads.iter().rev().find(|(read, _)| read == key) {
            return entry.clone();
        }
        let entry = self.store.get(key);
        self.reads.push((key.clone(), entry.clone()));
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::super::Memory;
    use super::*;

    struct Number(u32);
    impl Record for Number {}

    #[tokio::test]
    async fn reads_repeat_and_see_own_writes() {
        let store = Memory::new();
        let key = Key::new("number", &["one"]);
        let mut tx = Transaction::new(&store);
        assert!(tx.get::<Number>(&key).is_none());
        store
            .commit(vec![], vec![Write::Put(key.clone(), Arc::new(Number(1)))])
            .await
            .unwrap();
        assert!(
            tx.get::<Number>(&key).is_none(),
            "a later commit must not show"
        );
        tx.put(key.clone(), Number(2));
        tx.delete(key.clone());
        assert!(tx.get::<Number>(&key).is_none());
        tx.put(key.clone(), Number(3));
        assert_eq!(tx.get::<Number>(&key).unwrap().0, 3);
        let (checks, writes) = tx.finish();
        assert_eq!(writes.len(), 1);
        assert!(
            store.commit(checks, writes).await.is_err(),
            "what was read has changed"
        );
    }
}
