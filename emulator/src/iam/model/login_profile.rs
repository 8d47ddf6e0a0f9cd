//! A user's right to sign in to the console. There is no console here, and so nobody who would need
//! the password: it is judged and forgotten.

use crate::account::AccountId;
use crate::store::{Key, Record, Stored};
use crate::timestamp::Timestamp;

/// The login profile of a user.
#[derive(Clone)]
pub(crate) struct LoginProfile {
    /// When it was made.
    pub created: Timestamp,
    /// Whether the user has to choose another password first.
    pub reset_required: bool,
    /// The longest that one may stay signed in, in seconds; none if that was not said.
    pub max_session: Option<i64>,
}

impl LoginProfile {
    /// Where the profile of the user of an id is kept: a new name is no matter of it.
    pub(crate) fn key(account: AccountId, user_id: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), user_id])
    }
}

impl Record for LoginProfile {}

impl Stored for LoginProfile {
    const KIND: &'static str = "iam-login-profile";
}
