//! PutUserPolicy: makes or replaces an inline policy of a user.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::{InlinePolicy, User};
use super::{Error, check, demand, document, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct PutUserPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    policy_name: String,
    policy_document: String,
}

impl Operation for PutUserPolicy {
    const NAME: &'static str = "PutUserPolicy";
    const MEMBERS: &'static [Member] = &[
        members::USER_NAME.required(),
        members::POLICY_NAME,
        members::POLICY_DOCUMENT,
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)?;
        check::policy_name(&input.policy_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:PutUserPolicy",
            demand::user(call, &input.user_name),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut user = Arc::unwrap_or_clone(find::user(call, &input.user_name)?);
        let others = user
            .inline
            .iter()
            .filter(|(name, _)| **name != input.policy_name);
        let length = others
            .map(|(_, inline)| document::size(&inline.document))
            .sum::<usize>();
        if length + document::size(&input.policy_document) > document::MAX_INLINE {
            return Err(Error::UserPoliciesTooLong(user.name));
        }
        let inline = InlinePolicy {
            document: input.policy_document.as_str().into(),
            policy: document::compile(
                format!("inline:{}", input.policy_name),
                &input.policy_document,
            )?,
        };
        user.inline.insert(input.policy_name.clone(), inline);
        call.tx.put(User::key(call.scope.account, &user.name), user);
        Ok(Nothing {})
    }
}
