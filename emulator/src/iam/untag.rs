//! UntagUser, UntagRole, UntagPolicy, UntagInstanceProfile, UntagOpenIDConnectProvider: takes tags
//! away.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html>

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;

use super::entity::{Tagged, operation};
use super::model::remove_tags;
use super::{Error, check, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UntagEntity<E>(PhantomData<E>);

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
    tag_keys: Vec<String>,
}

impl<E: Tagged> Operation for UntagEntity<E> {
    const NAME: &'static str = operation(E::ACTIONS.untag);
    const MEMBERS: &'static [Member] = &[E::MEMBER.required(), members::TAG_KEYS];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.entity)?;
        check::some(&input.tag_keys)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let untag = Demand::on(E::ACTIONS.untag, E::target(call, &input.entity));
        vec![untag.with_all("aws:TagKeys", input.tag_keys.clone())]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut entity = Arc::unwrap_or_clone(E::find_own(call, &input.entity, E::ACTIONS.untag)?);
        remove_tags(entity.tags_mut(), &input.tag_keys, E::KEY_CASE);
        entity.save(call);
        Ok(Nothing {})
    }
}
