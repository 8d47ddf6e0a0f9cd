//! UntagUser: takes tags from a user.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::{KeyCase, User, remove_tags};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UntagUser;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    tag_keys: Vec<String>,
}

impl Operation for UntagUser {
    const NAME: &'static str = "UntagUser";
    const MEMBERS: &'static [Member] = &[members::USER_NAME.required(), members::TAG_KEYS];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = demand::user(call, &input.user_name);
        vec![Demand::on("iam:UntagUser", target).with_all("aws:TagKeys", input.tag_keys.clone())]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut user = Arc::unwrap_or_clone(find::user(call, &input.user_name)?);
        remove_tags(&mut user.tags, &input.tag_keys, KeyCase::Insensitive);
        call.tx.put(User::key(call.scope.account, &user.name), user);
        Ok(Nothing {})
    }
}
