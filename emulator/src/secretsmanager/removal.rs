//! Removing a secret with all that belongs to it. More values than one commit can remove are left
//! on a list, which the background works off.

use super::model::{Discarded, Due, Listed, Secret, VersionId, VersionValue};
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

/// The versions whose values are its own.
fn own_versions(secret: &Secret) -> Vec<VersionId> {
    let ids = secret.versions.iter().map(|version| &version.id);
    ids.filter(|id| secret.keeps_value(id)).cloned().collect()
}

/// Removes the values of a secret, at most so many at once. Those of a copy are the primary's, and
/// stay.
pub(super) fn remove_own_values(
    tx: &mut Transaction<'_>,
    secret: &Secret,
    scope: &Scope,
    values: usize,
) {
    let name = (secret.name(), secret.suffix());
    remove_some(tx, &own_versions(secret), scope, name, values);
}

/// Removes values, and adds those that are left for later to what is left already.
fn remove_some(
    tx: &mut Transaction<'_>,
    versions: &[VersionId],
    scope: &Scope,
    (name, suffix): (&str, &str),
    at_once: usize,
) {
    let (now, later) = versions.split_at(versions.len().min(at_once));
    if !later.is_empty() {
        let list = Discarded::key(scope, name, suffix);
        let known = tx.get::<Discarded>(&list);
        let mut versions = known.map_or(Vec::new(), |known| known.versions.clone());
        versions.extend_from_slice(later);
        tx.put(list, Discarded { versions });
    }
    for version in now {
        tx.delete(VersionValue::key(scope, name, suffix, version));
    }
}

/// Removes values that were left. A secret that has come to the same name and suffix since, as copies
/// do, may have such versions of its own: those stay.
pub(crate) fn work_off(tx: &mut Transaction<'_>, scope: &Scope, name: &str, suffix: &str) {
    let list = Discarded::key(scope, name, suffix);
    let Some(left) = tx.get::<Discarded>(&list) else {
        return;
    };
    let living = tx.get::<Secret>(&Secret::key(scope, name));
    let living = living.filter(|secret| secret.suffix() == suffix);
    let lives = |id: &VersionId| living.as_ref().is_some_and(|secret| secret.keeps_value(id));
    let (now, later) = left.versions.split_at(left.versions.len().min(AT_ONCE));
    for version in now.iter().filter(|id| !lives(id)) {
        tx.delete(VersionValue::key(scope, name, suffix, version));
    }
    if later.is_empty() {
        tx.delete(list);
    } else {
        let versions = later.to_vec();
        tx.put(list, Discarded { versions });
    }
}
