//! Removing a secret with all that belongs to it. More values than one commit can remove are left
//! on a list, which the background works off.

use super::model::{Discarded, Listed, Replica, Secret, VersionId, VersionValue};
use crate::account::Scope;
use crate::store::{MAX_COMMIT_KEYS, Transaction};

/// How many values one commit removes, beside the secret and the list.
const AT_ONCE: usize = MAX_COMMIT_KEYS - 5;

/// Removes a secret; its name is free at once.
pub(crate) fn remove(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope) {
    let versions = forget(tx, secret, scope);
    remove_values(tx, &versions, scope, secret.name(), secret.suffix());
}

/// The same, where much else is written: all values are left for later.
pub(super) fn discard(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope) {
    let versions = forget(tx, secret, scope);
    if !versions.is_empty() {
        let list = Discarded::key(scope, secret.name(), secret.suffix());
        tx.put(list, Discarded { versions });
    }
}

/// Removes a secret but for its values, which are named.
fn forget(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope) -> Vec<VersionId> {
    tx.delete(Secret::key(scope, secret.name()));
    tx.delete(Listed::key(scope, secret));
    // The values of a copy are the primary's.
    let is_copy = secret.replica().is_some_and(Replica::shares_values);
    let versions = secret.versions.iter().filter(|_| !is_copy);
    versions.map(|version| version.id.clone()).collect()
}

/// Removes values, and notes those that are left for later.
pub(crate) fn remove_values(
    tx: &mut Transaction<'_>,
    versions: &[VersionId],
    scope: &Scope,
    name: &str,
    suffix: &str,
) {
    let (now, later) = versions.split_at(versions.len().min(AT_ONCE));
    let list = Discarded::key(scope, name, suffix);
    if later.is_empty() {
        // There may be one from a round before.
        tx.delete(list);
    } else {
        tx.put(
            list,
            Discarded {
                versions: later.to_vec(),
            },
        );
    }
    for version in now {
        tx.delete(VersionValue::key(scope, name, suffix, version));
    }
}
