//! ListRoles: the roles of the account, or those under a path.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>

use serde::{Deserialize, Serialize};

use super::model::Role;
use super::paging::{Paging, Rest};
use super::view_role::RoleView;
use super::{Error, check, demand, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListRoles;

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
    roles: Members<RoleView>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListRoles {
    const NAME: &'static str = "ListRoles";
    const MEMBERS: &'static [Member] = &[members::PATH_PREFIX, members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.path_prefix.as_deref(), check::path_prefix)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListRoles",
            demand::roles_under(call, input.prefix()),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let roles = input.paging.records::<Role>(call, Role::all, Role::key)?;
        let listed = roles
            .filter(|(_, role)| role.path.starts_with(input.prefix()))
            .map(|(name, role)| (name, RoleView::listed(&role, call)));
        let (roles, rest) = input.paging.page(listed)?;
        Ok(Output { roles, rest })
    }
}

impl Input {
    fn prefix(&self) -> &str {
        self.path_prefix.as_deref().unwrap_or("/")
    }
}
