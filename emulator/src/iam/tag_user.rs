//! TagUser: adds tags to a user; one with a key that is there already takes the other's place.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::{KeyCase, Tag, User, set_tags};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct TagUser;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    tags: Vec<Tag>,
}

impl Operation for TagUser {
    const NAME: &'static str = "TagUser";
    const MEMBERS: &'static [Member] = &[members::USER_NAME.required(), members::TAGS.required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)?;
        check::user_tags(&input.tags)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = demand::user(call, &input.user_name);
        vec![Demand::on("iam:TagUser", target).with_tags(input.tags.iter().map(Tag::pair))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let user = find::user(call, &input.user_name)?;
        let tags =
            set_tags(&user.tags, &input.tags, KeyCase::Insensitive).ok_or(Error::TooManyTags)?;
        let key = User::key(call.scope.account, &user.name);
        call.tx.put(
            key,
            User {
                tags,
                ..Arc::unwrap_or_clone(user)
            },
        );
        Ok(Nothing {})
    }
}
