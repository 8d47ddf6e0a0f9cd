//! Removing a secret with all that belongs to it. More values than one commit can remove are left
//! on a list, which the background works off.

use super::model::{Discarded, Due, Listed, Replica, Secret, VersionId, VersionValue};
use crate::account::Scope;
use crate::store::{MAX_COMMIT_KEYS, Transaction};

/// How many values one commit removes, beside the secret, its places and the list.
const AT_ONCE: usize = MAX_COMMIT_KEYS - 6;

/// Removes a secret; its name is free at once.
pub(crate) fn remove(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope) {
    tx.delete(secret.own_key().clone());
    tx.delete(Listed::key(scope, secret));
    if let Some(deletion) = secret.deletion {
        tx.delete(Due::key(scope, deletion.due, secret.name()));
    }
    // The values of a copy are the primary's.
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
