//! ListUserPolicies, ListGroupPolicies, ListRolePolicies: the names of inline policies.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html>

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::entity::{Identity, operation};
use super::paging::{Paging, Rest};
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListInlinePolicies<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(alias = "UserName", alias = "GroupName", alias = "RoleName")]
    identity: String,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    policy_names: Members<String>,
    #[serde(flatten)]
    rest: Rest,
}

impl<E: Identity> Operation for ListInlinePolicies<E> {
    const NAME: &'static str = operation(E::ACTIONS.list);
    const MEMBERS: &'static [Member] = &[E::MEMBER.required(), members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.identity)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            E::ACTIONS.list,
            E::target(call, &input.identity),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let identity = E::find(call, &input.identity)?;
        let names = identity.policies().inline.keys();
        let (policy_names, rest) = input.paging.page(names.map(|name| (name, name.clone())))?;
        Ok(Output { policy_names, rest })
    }
}
