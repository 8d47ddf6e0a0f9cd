//! Unique ids of users and roles, and whose they are: policies keep the id of whom they name.

use crate::account::AccountId;
use crate::store::{Key, Record, Stored};

/// The user or role that has a unique id.
#[derive(Clone)]
pub(crate) struct PrincipalId {
    /// Its account.
    pub account: AccountId,
    /// What it is.
    pub kind: PrincipalKind,
    /// Its folded name.
    pub name: String,
}

/// What can be named in a policy by its unique id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PrincipalKind {
    /// A user, `AIDA…`.
    User,
    /// A role, `AROA…`.
    Role,
}

impl PrincipalId {
    /// Where the holder of an id is kept. Ids are unique across accounts.
    pub(crate) fn key(id: &str) -> Key {
        Key::new(Self::KIND, &[id])
    }
}

impl Record for PrincipalId {}

impl Stored for PrincipalId {
    const KIND: &'static str = "iam-principal";
}
