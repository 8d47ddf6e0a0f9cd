//! TagUser, TagRole, TagPolicy, TagInstanceProfile, TagOpenIDConnectProvider: adds tags; one with a
//! key that is there already takes the other's place.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html>

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;

use super::entity::{Tagged, operation};
use super::model::{Tag, set_tags};
use super::{Error, check, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct TagEntity<E>(PhantomData<E>);

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
    tags: Vec<Tag>,
}

impl<E: Tagged> Operation for TagEntity<E> {
    const NAME: &'static str = operation(E::ACTIONS.tag);
    const MEMBERS: &'static [Member] = &[E::MEMBER.required(), members::TAGS.required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.entity)?;
        check::some_tags(&input.tags, E::KEY_CASE)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let tag = Demand::on(E::ACTIONS.tag, E::target(call, &input.entity));
        vec![tag.with_tags(input.tags.iter().map(Tag::pair))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut entity = Arc::unwrap_or_clone(E::find_own(call, &input.entity, E::ACTIONS.tag)?);
        let tags = set_tags(entity.tags(), &input.tags, E::KEY_CASE);
        *entity.tags_mut() = tags.ok_or(Error::TooManyTags)?;
        entity.save(call);
        Ok(Nothing {})
    }
}
