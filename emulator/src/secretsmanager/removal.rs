//! Removing a secret with all that belongs to it. More values than one commit can remove are left
//! on a list, which the background works off.

use super::model::{Discarded, Listed, Replica, Secret, VersionId, VersionValue};
use crate::account::Scope;
use crate::store::{MAX_COMMIT_KEYS, Transaction};

/// How many values one commit removes, beside the secret and the list.
const AT_ONCE: usize = MAX_COMMIT_KEYS - 5;

/// Removes a secret; its name is free at once.
pub(crate) fn remove(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope) {
    tx.delete(Secret::key(scope, secret.name()));
    tx.delete(Listed::key(scope, secret));
    remove_own_values(tx, secret, scope);
}

/// Removes the values of a secret. Those of a copy are the primary's, and stay.
pub(super) fn remove_own_values(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope) {
    if secret.replica().is_some_and(Replica::shares_values) {
        return;
    }
    let versions: Vec<VersionId> = secret
        .versions
        .iter()
        .map(|version| version.id.clone())
        .collect();
    remove_values(tx, &versions, scope, secret.name(), secret.suffix());
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
