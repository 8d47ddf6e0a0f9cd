//! The one organization in the store: found, put, taken away.

use std::sync::Arc;

use super::{Organization, OrganizationError};
use crate::environment::Environment;
use crate::store::{Check, CommitError, Entry, Store, Write};

/// How often a change is tried while others change the same.
const ATTEMPTS: usize = 16;

/// The organization, if there is one.
pub(crate) fn find(store: &dyn Store) -> Option<Arc<Organization>> {
    store.get(Organization::key())?.downcast()
}

/// Puts an organization in place of whatever was there; all of it, or nothing.
pub(crate) async fn put(
    store: &dyn Store,
    environment: &Environment,
    json: &str,
) -> Result<Arc<Organization>, OrganizationError> {
    change(store, |former| {
        let made = Arc::new(Organization::read(json, former, environment)?);
        let write = Write::Put(Organization::key().clone(), made.clone());
        Ok((made, write))
    })
    .await
}

/// Takes the organization away: no account belongs to one any more. Whether there was one.
pub(crate) async fn remove(store: &dyn Store) -> Result<bool, OrganizationError> {
    change(store, |former| {
        let write = Write::Delete(Organization::key().clone());
        Ok((former.is_some(), write))
    })
    .await
}

/// Commits what is made of the organization that there is, and makes it anew if that has changed
/// meanwhile.
async fn change<T>(
    store: &dyn Store,
    make: impl Fn(Option<&Organization>) -> Result<(T, Write), OrganizationError> + Send,
) -> Result<T, OrganizationError> {
    let mut last = CommitError::Unknown;
    for _ in 0..ATTEMPTS {
        let entry = store.get(Organization::key());
        let check = Check {
            key: Organization::key().clone(),
            modified: entry.as_ref().map(|entry| entry.modified),
        };
        let former = entry.and_then(Entry::downcast::<Organization>);
        let (made, write) = make(former.as_deref())?;
        match store.commit(vec![check], vec![write.clone()]).await {
            Ok(_) => return Ok(made),
            Err(CommitError::Unknown) if stands(store, &write) => return Ok(made),
            Err(error @ CommitError::Unavailable(_)) => return Err(error.into()),
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

/// Whether a write of unknown outcome took effect.
fn stands(store: &dyn Store, write: &Write) -> bool {
    match (write, store.get(write.key())) {
        (Write::Put(_, record), Some(entry)) => Arc::ptr_eq(record, &entry.record),
        (Write::Delete(_), None) => true,
        _ => false,
    }
}
