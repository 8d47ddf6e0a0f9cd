//! DeleteAccessKey: deletes an access key; without a user's name, one of the caller's.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::{AccessKey, User};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteAccessKey;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: Option<String>,
    access_key_id: String,
}

impl Operation for DeleteAccessKey {
    const NAME: &'static str = "DeleteAccessKey";
    const MEMBERS: &'static [Member] = &[members::USER_NAME, members::ACCESS_KEY_ID];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.user_name.as_deref(), check::user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:DeleteAccessKey",
            demand::user_or_caller(call, input.user_name.as_deref()),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let (user, key) =
            find::access_key_of(call, input.user_name.as_deref(), &input.access_key_id)?;
        let mut user = Arc::unwrap_or_clone(user);
        user.access_keys.retain(|id| *id != key.id);
        call.tx.delete(AccessKey::key(&key.id));
        call.tx.put(User::key(call.scope.account, &user.name), user);
        Ok(Nothing {})
    }
}
