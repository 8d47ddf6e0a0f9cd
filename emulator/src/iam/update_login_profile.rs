//! UpdateLoginProfile: gives a user another password, or says that one has to be chosen.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::LoginProfile;
use super::{Error, check, demand, find, members, passwords};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::sensitive::Sensitive;
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UpdateLoginProfile;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    password: Option<Sensitive<String>>,
    password_reset_required: Option<bool>,
    max_signin_session_duration: Option<i64>,
    #[serde(default)]
    reset_max_signin_session_duration: bool,
}

impl Operation for UpdateLoginProfile {
    const NAME: &'static str = "UpdateLoginProfile";
    const MEMBERS: &'static [Member] = &[
        members::SHORT_USER_NAME.required(),
        members::PASSWORD,
        Member::boolean("PasswordResetRequired"),
        members::MAX_SIGNIN_SESSION,
        Member::boolean("ResetMaxSigninSessionDuration"),
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let user = demand::user(call, &input.user_name);
        vec![Demand::on("iam:UpdateLoginProfile", user)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let user = find::user(call, &input.user_name)?;
        let mut profile = Arc::unwrap_or_clone(passwords::profile(call, &user)?);
        if let Some(password) = &input.password {
            passwords::judge(call, password)?;
        }
        if let Some(required) = input.password_reset_required {
            profile.reset_required = required;
        }
        if input.reset_max_signin_session_duration {
            profile.max_session = None;
        }
        profile.max_session = input.max_signin_session_duration.or(profile.max_session);
        let key = LoginProfile::key(call.scope.account, &user.id);
        call.tx.put(key, profile);
        Ok(Nothing {})
    }
}
