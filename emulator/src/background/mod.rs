//! What happens without a caller: here, removing what a recovery window has run out on. Answers
//! never depend on it; a secret is gone the moment it is due.

use crate::account::{AccountId, Region, Scope};
use crate::environment::Environment;
use crate::secretsmanager::model::{Discarded, Due, Secret};
use crate::secretsmanager::removal;
use crate::store::{Direction, Key, Prefix, Store, Stored, Transaction};
use crate::timestamp::Timestamp;

/// How many keys are read at once. Most often there is nothing to do, and one read tells.
const BATCH: usize = 16;

/// Does what has fallen due.
pub(crate) async fn tick(store: &dyn Store, environment: &Environment) {
    let now = environment.now();
    for place in keys(store, &Due::all(), |key| Due::is_past(key, now)) {
        let mut tx = Transaction::new(store);
        remove(&mut tx, place, now);
        commit(store, tx).await;
    }
    for key in keys(store, &Prefix::new(Discarded::KIND, &[]), |_| true) {
        let mut tx = Transaction::new(store);
        let [_, _, _, name, suffix] = key.parts().collect::<Vec<_>>()[..] else {
            continue;
        };
        if let Some(scope) = scope_of(&key) {
            removal::work_off(&mut tx, &scope, name, suffix);
            commit(store, tx).await;
        }
    }
}

/// Removes the secret of a place that is past, and the place with it.
fn remove(tx: &mut Transaction<'_>, place: Key, now: Timestamp) {
    if let Some((scope, name)) = Due::secret(&place) {
        let due = tx.get::<Secret>(&Secret::key(&scope, name));
        if let Some(secret) = due.filter(|secret| secret.is_gone(now)) {
            removal::remove(tx, &secret, &scope);
        }
    }
    tx.delete(place);
}

/// The keys under a prefix, up to the first that is not as asked.
fn keys(store: &dyn Store, prefix: &Prefix, is: impl Fn(&Key) -> bool) -> Vec<Key> {
    let mut found: Vec<Key> = Vec::new();
    loop {
        let page = store.keys(prefix, found.last(), BATCH, Direction::Ascending);
        let read = page.keys.len();
        let before = found.len();
        found.extend(page.keys.into_iter().take_while(&is));
        if !page.more || found.len() < before + read {
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

#[cfg(test)]
mod tests;
