//! Writing a secret with all that hangs on it: its place in the order of creation, its copies, and
//! the values of versions that had to make room.

use std::sync::Arc;

use super::find::Found;
use super::model::{
    FullName, Listed, Replication, Secret, SecretValue, Stage, VersionId, VersionValue,
};
use super::{Error, removal};
use crate::account::Scope;
use crate::operation::Call;
use crate::store::Transaction;
use crate::timestamp::Timestamp;

/// Stores a secret that is new. What the background has not yet removed of one of that name, whose
/// recovery window has ended, goes now, with at most so many values at once.
pub(super) fn create(tx: &mut Transaction<'_>, scope: &Scope, secret: Secret, values: usize) {
    let key = secret.own_key().clone();
    if let Some(gone) = tx.get::<Secret>(&key) {
        removal::remove_with(tx, &gone, scope, values);
    }
    tx.mark(Listed::key(scope, &secret));
    tx.put(key, secret);
}

/// Stores a secret that has changed; its copies follow at once.
pub(super) fn save(tx: &mut Transaction<'_>, scope: &Scope, secret: Secret, now: Timestamp) {
    for copy in copies(&secret, scope) {
        let key = Secret::key(&copy.scope, &copy.name);
        let Some(known) = tx.get::<Secret>(&key) else {
            continue;
        };
        if known.is_copy_of(&secret, scope) {
            tx.put(key, known.refreshed(&secret, now));
        }
    }
    tx.put(secret.own_key().clone(), secret);
}

/// Where the copies of a secret are.
fn copies(secret: &Secret, scope: &Scope) -> Vec<FullName> {
    let Some(primary) = secret.primary() else {
        return Vec::new();
    };
    let in_regions = primary.regions.iter().map(|replica| FullName {
        scope: Scope {
            region: replica.region,
            ..*scope
        },
        ..FullName::of(secret, scope)
    });
    let elsewhere = primary.account.iter().filter(|copy| !copy.is_detached);
    in_regions
        .chain(elsewhere.map(|copy| copy.secret.clone()))
        .collect()
}

/// Gives a secret a value: a new version under these labels, or the one that was announced. The
/// secret itself is still to be saved.
pub(super) fn put_value(
    call: &mut Call<'_>,
    scope: &Scope,
    secret: &mut Secret,
    (token, value): (&VersionId, SecretValue),
    stages: &[Stage],
) -> Result<(), Error> {
    let before = secret.versions.clone();
    let removed = secret.versions.put(token, call.now, stages)?;
    secret.note_new_current(&before, call.now);
    let own = FullName::of(secret, scope);
    for version in removed {
        call.tx.delete(own.version_key(&version));
    }
    secret.changed = call.now;
    let value = VersionValue::new(value, secret.kms_key_id.as_deref());
    call.tx.put(own.version_key(token), value);
    Ok(())
}

/// Puts the versions that are in use under the secret's new key, too. Others stay under the keys
/// they have.
pub(super) fn encrypt_anew(call: &mut Call<'_>, scope: &Scope, secret: &Secret) {
    let own = FullName::of(secret, scope);
    for stage in [Stage::Current, Stage::Pending, Stage::Previous] {
        let version = secret.versions.labelled(&stage);
        let Some(version) = version.filter(|version| version.has_value) else {
            continue;
        };
        let key = own.version_key(&version.id);
        if let Some(stored) = call.tx.get::<VersionValue>(&key) {
            call.tx
                .put(key, stored.also_under(secret.kms_key_id.as_deref()));
        }
    }
}

/// Gives a copy values of its own, and keeps what it is a copy of, or not. Of versions without
/// labels it keeps the newest.
pub(super) fn part(call: &mut Call<'_>, found: &Found, replication: Option<Replication>) -> Secret {
    let own = FullName::of(&found.secret, &found.scope);
    let mut secret = Secret {
        replication: replication.map(Arc::new),
        ..Secret::clone(&found.secret)
    };
    // It has been given them before.
    if !found.shares_values() {
        return secret;
    }
    secret.versions.keep_newest(MOST_VALUES);
    for version in secret.versions.iter().filter(|it| it.has_value) {
        let shared = call.tx.get::<VersionValue>(&found.version_key(&version.id));
        if let Some(shared) = shared {
            let value = VersionValue::new(shared.value.clone(), found.secret.kms_key_id.as_deref());
            call.tx.put(own.version_key(&version.id), value);
        }
    }
    secret
}

/// How many values one commit moves: they can be long.
pub(super) const MOST_VALUES: usize = 32;
