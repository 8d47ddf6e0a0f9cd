//! ListUsers: the users of the account, or those under a path.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>

use serde::{Deserialize, Serialize};

use super::model::User;
use super::paging::{Paging, Rest};
use super::view::UserView;
use super::{Error, check, demand, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListUsers;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    path_prefix: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    users: Members<UserView>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListUsers {
    const NAME: &'static str = "ListUsers";
    const MEMBERS: &'static [Member] = &[members::PATH_PREFIX, members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.path_prefix.as_deref(), check::path_prefix)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListUsers",
            demand::users_under(call, input.prefix()),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let users = input.paging.records::<User>(call, User::all, User::key)?;
        let listed = users
            .filter(|(_, user)| user.path.starts_with(input.prefix()))
            .map(|(name, user)| (name, UserView::plain(&user, call.scope)));
        let (users, rest) = input.paging.page(listed)?;
        Ok(Output { users, rest })
    }
}

impl Input {
    fn prefix(&self) -> &str {
        self.path_prefix.as_deref().unwrap_or("/")
    }
}
