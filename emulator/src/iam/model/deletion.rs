//! That a role which was linked to a service has been deleted, for whoever asks by the task's id.

use crate::account::AccountId;
use crate::store::{Key, Record, Stored};

/// A deletion that is done.
#[derive(Clone)]
pub(crate) struct Deletion;

impl Deletion {
    /// Where the deletion of a task's id is kept.
    pub(crate) fn key(account: AccountId, task: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), task])
    }
}

impl Record for Deletion {}

impl Stored for Deletion {
    const KIND: &'static str = "iam-deletion";
}
