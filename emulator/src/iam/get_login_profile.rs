//! GetLoginProfile: shows whether a user may sign in to the console; without a name, the caller.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html>

use serde::{Deserialize, Serialize};

use super::passwords::{self, LoginProfileView};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetLoginProfile;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    login_profile: LoginProfileView,
}

impl Operation for GetLoginProfile {
    const NAME: &'static str = "GetLoginProfile";
    const MEMBERS: &'static [Member] = &[members::SHORT_USER_NAME];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.user_name.as_deref(), check::user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let user = demand::user_or_caller(call, input.user_name.as_deref());
        vec![Demand::on("iam:GetLoginProfile", user)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let user = find::user_or_caller(call, input.user_name.as_deref())?;
        let profile = passwords::profile(call, &user)?;
        Ok(Output {
            login_profile: LoginProfileView::new(&user, &profile),
        })
    }
}
