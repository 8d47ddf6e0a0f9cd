//! DeleteLoginProfile: takes a user's password for the console away; without a name, the caller's.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html>

use serde::Deserialize;

use super::model::LoginProfile;
use super::{Error, check, demand, find, members, passwords};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteLoginProfile;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: Option<String>,
}

impl Operation for DeleteLoginProfile {
    const NAME: &'static str = "DeleteLoginProfile";
    const MEMBERS: &'static [Member] = &[members::SHORT_USER_NAME];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.user_name.as_deref(), check::user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let user = demand::user_or_caller(call, input.user_name.as_deref());
        vec![Demand::on("iam:DeleteLoginProfile", user)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let user = find::user_or_caller(call, input.user_name.as_deref())?;
        passwords::profile(call, &user)?;
        let key = LoginProfile::key(call.scope.account, &user.id);
        call.tx.delete(key);
        Ok(Nothing {})
    }
}
