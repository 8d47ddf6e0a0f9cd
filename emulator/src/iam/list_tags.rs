//! ListUserTags, ListRoleTags, ListPolicyTags, ListInstanceProfileTags,
//! ListOpenIDConnectProviderTags: the tags of an entity, sorted by key.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html>

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::entity::{Tagged, operation};
use super::model::{Tag, by_key};
use super::paging::{Paging, Rest};
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListTags<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(
        alias = "UserName",
        alias = "RoleName",
        alias = "PolicyArn",
        alias = "InstanceProfileName",
        alias = "OpenIDConnectProviderArn"
    )]
    entity: String,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    tags: Members<Tag>,
    #[serde(flatten)]
    rest: Rest,
}

impl<E: Tagged> Operation for ListTags<E> {
    const NAME: &'static str = operation(E::ACTIONS.list);
    const MEMBERS: &'static [Member] = &[E::MEMBER.required(), members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.entity)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(E::ACTIONS.list, E::target(call, &input.entity))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let entity = E::find(call, &input.entity)?;
        let (tags, rest) = input.paging.page(by_key(entity.tags()))?;
        Ok(Output { tags, rest })
    }
}
