//! Removing a secret with all that belongs to it. More values than one commit can remove are left
//! on a list, which the background works off.

use super::model::{Discarded, Due, Listed, Replica, Secret, VersionId, VersionValue};
use crate::account::Scope;
use crate::store::{MAX_COMMIT_KEYS, Transaction};

/// How many values one commit removes, beside the secret, its places and the list.
const AT_ONCE: usize = MAX_COMMIT_KEYS - 6;

/// Removes a secret; its name is free at once.
pub(crate) fn remove(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope) {
    remove_with(tx, secret, scope, AT_ONCE);
}

/// The same where other things are written, too: at most so many values go with it, and the others
/// later.
pub(super) fn remove_with(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope, values: usize) {
    let versions = forget(tx, secret, scope);
    let name = (secret.name(), secret.suffix());
    remove_some(tx, &versions, scope, name, values);
}

/// Removes a secret but for its values, which are named.
fn forget(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope) -> Vec<VersionId> {
    tx.delete(secret.own_key().clone());
    tx.delete(Listed::key(scope, secret));
    if let Some(deletion) = secret.deletion {
        tx.delete(Due::key(scope, deletion.due, secret.name()));
    }
    own_versions(secret)
}

/// The versions whose values are its own. Those of a copy are the primary's.
fn own_versions(secret: &Secret) -> Vec<VersionId> {
    let is_copy = secret.replica().is_some_and(Replica::shares_values);
    let versions = secret.versions.iter().filter(|_| !is_copy);
    versions.map(|version| version.id.clone()).collect()
}

/// Removes the values of a secret, as far as one commit beside others can. Those of a copy are the
/// primary's, and stay.
pub(super) fn remove_own_values(tx: &mut Transaction<'_>, secret: &Secret, scope: &Scope) {
    let name = (secret.name(), secret.suffix());
    remove_values(tx, &own_versions(secret), scope, name);
}

/// Removes values, and notes those that are left for later.
pub(crate) fn remove_values(
    tx: &mut Transaction<'_>,
    versions: &[VersionId],
    scope: &Scope,
    name: (&str, &str),
) {
    remove_some(tx, versions, scope, name, AT_ONCE);
}

fn remove_some(
    tx: &mut Transaction<'_>,
    versions: &[VersionId],
    scope: &Scope,
    (name, suffix): (&str, &str),
    at_once: usize,
) {
    let (now, later) = versions.split_at(versions.len().min(at_once));
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
