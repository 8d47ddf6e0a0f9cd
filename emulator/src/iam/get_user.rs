//! GetUser: shows a user; without a name, the caller.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html>

use serde::{Deserialize, Serialize};

use super::view::UserView;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetUser;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    user: UserView,
}

impl Operation for GetUser {
    const NAME: &'static str = "GetUser";
    const MEMBERS: &'static [Member] = &[members::USER_NAME];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.user_name.as_deref(), check::user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:GetUser",
            demand::user_or_caller(call, input.user_name.as_deref()),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let user = match find::name_or_callers(call, input.user_name.as_deref())? {
            Some(name) => UserView::whole(&*find::user(call, &name)?, call.scope),
            None => UserView::root(call.access.caller()),
        };
        Ok(Output { user })
    }
}
