//! UpdateAccessKey: makes an access key active or inactive.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>

use std::sync::Arc;

use serde::Deserialize;

use super::model::{AccessKey, KeyStatus};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UpdateAccessKey;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: Option<String>,
    access_key_id: String,
    status: String,
}

impl Operation for UpdateAccessKey {
    const NAME: &'static str = "UpdateAccessKey";
    const MEMBERS: &'static [Member] = &[
        members::USER_NAME,
        members::ACCESS_KEY_ID,
        members::word("Status", &["Active", "Inactive", "Expired"]).required(),
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.user_name.as_deref(), check::user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:UpdateAccessKey",
            demand::user_or_caller(call, input.user_name.as_deref()),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let status = KeyStatus::read(&input.status).ok_or(Error::KeyExpiry)?;
        let (_, key) = find::access_key_of(call, input.user_name.as_deref(), &input.access_key_id)?;
        let key = AccessKey {
            status,
            ..Arc::unwrap_or_clone(key)
        };
        call.tx.put(AccessKey::key(&key.id), key);
        Ok(Nothing {})
    }
}
