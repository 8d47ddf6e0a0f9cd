//! Login profiles and their passwords, which are judged here and kept nowhere.

use std::sync::Arc;

use serde::Serialize;

use super::Error;
use super::error::AccountError;
use super::model::{LoginProfile, PasswordPolicy, User};
use crate::operation::Call;
use crate::sensitive::Sensitive;
use crate::timestamp::{Timestamp, as_iso8601};

/// The login profile of a user.
pub(super) fn profile(call: &mut Call<'_>, user: &User) -> Result<Arc<LoginProfile>, Error> {
    let key = LoginProfile::key(call.scope.account, &user.id);
    let none = || AccountError::NoLoginProfile(user.name.clone()).into();
    call.tx.get::<LoginProfile>(&key).ok_or_else(none)
}

/// Refuses a password that the account's policy does not allow.
pub(super) fn judge(call: &mut Call<'_>, password: &Sensitive<String>) -> Result<(), Error> {
    let key = PasswordPolicy::key(call.scope.account);
    let conforms = match call.tx.get::<PasswordPolicy>(&key) {
        Some(policy) => policy.allows(password.expose()),
        None => PasswordPolicy::allows_by_default(password.expose()),
    };
    if conforms {
        Ok(())
    } else {
        Err(AccountError::WeakPassword.into())
    }
}

/// A login profile as answers show it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LoginProfileView {
    user_name: String,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
    password_reset_required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_signin_session_duration: Option<i64>,
}

impl LoginProfileView {
    pub(super) fn new(user: &User, profile: &LoginProfile) -> Self {
        Self {
            user_name: user.name.clone(),
            create_date: profile.created,
            password_reset_required: profile.reset_required,
            max_signin_session_duration: profile.max_session,
        }
    }
}
