//! What the store holds is what there is, and nothing else.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::machine::Outcome;
use super::reference::{Place, Reference};
use crate::account::{AccountId, Region, Scope};
use crate::secretsmanager::model::{
    Discarded, Due, Listed, Secret, VersionId, VersionValue, disclose,
};
use crate::store::{Direction, Entry, Key, Prefix, Store, Stored};
use crate::timestamp::Timestamp;

/// Every secret, its place in lists and its values are there; and nothing but them, unless something
/// has run out that waits for the background.
pub(super) fn check(store: &dyn Store, reference: &Reference) -> Outcome {
    let mut wanted = BTreeMap::new();
    for (place, secret) in &reference.secrets {
        let scope = scope(place);
        let created = Timestamp::from_millis(secret.created * 1000);
        wanted.insert(Secret::key(&scope, &place.name), Value::Null);
        wanted.insert(Listed::key_at(&scope, created, &place.name), Value::Null);
        if let Some(deletion) = &secret.deletion {
            let due = Timestamp::from_millis(deletion.due * 1000);
            wanted.insert(Due::key(&scope, due, &place.name), Value::Null);
        }
        // A linked copy has no values of its own.
        for version in &secret.versions {
            let id = VersionId::from(version.id.as_str());
            let key = VersionValue::key(&scope, &place.name, &secret.suffix, &id);
            if let Some(value) = &version.value {
                wanted.insert(key, value.clone());
            }
        }
    }
    let kinds = [
        Secret::KIND,
        Listed::KIND,
        Due::KIND,
        VersionValue::KIND,
        Discarded::KIND,
    ];
    let mut found: BTreeMap<Key, Value> = BTreeMap::new();
    for kind in kinds {
        let page = store.keys(&Prefix::new(kind, &[]), None, 1000, Direction::Ascending);
        let value = |key: &Key| store.get(key).map_or(Value::Null, value);
        found.extend(page.keys.into_iter().map(|key| (key.clone(), value(&key))));
    }
    for (key, value) in &wanted {
        if found.get(key) != Some(value) {
            return Err(format!("{key} is not in the store, or is something else"));
        }
    }
    let rest = found.keys().find(|key| !wanted.contains_key(*key));
    match rest.filter(|_| !reference.untidy) {
        Some(rest) => Err(format!("{rest} is left in the store")),
        None => Ok(()),
    }
}

fn scope(place: &Place) -> Scope {
    Scope {
        account: AccountId::parse(&place.account).unwrap(),
        region: Region::parse(&place.region).unwrap(),
    }
}

/// The value that an item holds, as requests have it; null if it holds none.
fn value(entry: Entry) -> Value {
    match entry.downcast::<VersionValue>().map(disclose) {
        Some((Some(text), _)) => json!({"SecretString": text}),
        Some((_, Some(binary))) => json!({"SecretBinary": binary}),
        _ => Value::Null,
    }
}
