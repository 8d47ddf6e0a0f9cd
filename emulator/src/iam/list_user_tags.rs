//! ListUserTags: the tags of a user, sorted by key.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html>

use serde::{Deserialize, Serialize};

use super::model::{Tag, by_key};
use super::paging::{Paging, Rest};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListUserTags;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
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

impl Operation for ListUserTags {
    const NAME: &'static str = "ListUserTags";
    const MEMBERS: &'static [Member] = &[
        members::USER_NAME.required(),
        members::MARKER,
        members::MAX_ITEMS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListUserTags",
            demand::user(call, &input.user_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let user = find::user(call, &input.user_name)?;
        let (tags, rest) = input.paging.page(by_key(&user.tags))?;
        Ok(Output { tags, rest })
    }
}
