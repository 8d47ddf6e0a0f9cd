//! What happens without a caller: here, removing what a recovery window has run out on. Answers
//! never depend on it; a secret is gone the moment it is due.

use crate::account::{AccountId, Region, Scope};
use crate::environment::Environment;
use crate::secretsmanager::model::{Discarded, Secret};
use crate::secretsmanager::removal;
use crate::store::{Direction, Entry, Key, Prefix, Record, Store, Stored, Transaction};

const BATCH: usize = 256;

/// Does what has fallen due.
pub(crate) async fn tick(store: &dyn Store, environment: &Environment) {
    let now = environment.now();
    for key in keys(store, |secret: &Secret| secret.is_gone(now)) {
        let mut tx = Transaction::new(store);
        let due = tx.get::<Secret>(&key).filter(|secret| secret.is_gone(now));
        if let (Some(secret), Some(scope)) = (due, scope_of(&key)) {
            removal::remove(&mut tx, &secret, &scope);
            commit(store, tx).await;
        }
    }
    for key in keys(store, |_: &Discarded| true) {
        let mut tx = Transaction::new(store);
        let [_, _, _, name, suffix] = key.parts().collect::<Vec<_>>()[..] else {
            continue;
        };
        if let (Some(rest), Some(scope)) = (tx.get::<Discarded>(&key), scope_of(&key)) {
            removal::remove_values(&mut tx, &rest.versions, &scope, name, suffix);
            commit(store, tx).await;
        }
    }
}

/// The keys of all records of a kind that are as asked.
fn keys<T: Record + Stored>(store: &dyn Store, is: impl Fn(&T) -> bool) -> Vec<Key> {
    let (prefix, mut after, mut found) = (Prefix::new(T::KIND, &[]), None, Vec::new());
    loop {
        let page = store.scan(&prefix, after.as_ref(), BATCH, Direction::Ascending);
        after = page.entries.last().map(|(key, _)| key.clone());
        let as_asked =
            |(_, entry): &(Key, Entry)| entry.downcast::<T>().is_some_and(|record| is(&record));
        found.extend(
            page.entries
                .into_iter()
                .filter(as_asked)
                .map(|(key, _)| key),
        );
        if !page.more {
            return found;
        }
    }
}

/// Account and region, which lead the keys of all records of Secrets Manager.
fn scope_of(key: &Key) -> Option<Scope> {
    let mut parts = key.parts().skip(1);
    Some(Scope {
        account: AccountId::parse(parts.next()?)?,
        region: Region::parse(parts.next()?)?,
    })
}

/// A conflict means that somebody else was at it; the next tick looks again.
async fn commit(store: &dyn Store, tx: Transaction<'_>) {
    let (checks, writes) = tx.finish();
    if let Err(error) = store.commit(checks, writes).await {
        tracing::debug!(%error, "a removal waits for the next round");
    }
}
