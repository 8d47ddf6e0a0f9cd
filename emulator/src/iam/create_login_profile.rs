//! CreateLoginProfile: gives a user a password for the console; without a name, the caller.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html>

use serde::{Deserialize, Serialize};

use super::error::AccountError;
use super::model::LoginProfile;
use super::passwords::{self, LoginProfileView};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::sensitive::Sensitive;
use crate::wire::Member;

pub(super) struct CreateLoginProfile;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: Option<String>,
    password: Sensitive<String>,
    #[serde(default)]
    password_reset_required: bool,
    max_signin_session_duration: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    login_profile: LoginProfileView,
}

impl Operation for CreateLoginProfile {
    const NAME: &'static str = "CreateLoginProfile";
    const MEMBERS: &'static [Member] = &[
        members::SHORT_USER_NAME,
        members::PASSWORD.required(),
        Member::boolean("PasswordResetRequired"),
        members::MAX_SIGNIN_SESSION,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.user_name.as_deref(), check::user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let user = demand::user_or_caller(call, input.user_name.as_deref());
        vec![Demand::on("iam:CreateLoginProfile", user)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let user = find::user_or_caller(call, input.user_name.as_deref())?;
        if passwords::profile(call, &user).is_ok() {
            return Err(AccountError::LoginProfileExists(user.name.clone()).into());
        }
        passwords::judge(call, &input.password)?;
        let profile = LoginProfile {
            created: call.now,
            reset_required: input.password_reset_required,
            max_session: input.max_signin_session_duration,
        };
        let login_profile = LoginProfileView::new(&user, &profile);
        let key = LoginProfile::key(call.scope.account, &user.id);
        call.tx.put(key, profile);
        Ok(Output { login_profile })
    }
}
