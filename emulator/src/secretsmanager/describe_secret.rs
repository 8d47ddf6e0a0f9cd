//! DescribeSecret: a secret's metadata, never its value; also while it is scheduled for deletion.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Error;
use super::entry::{Metadata, labelled_versions};
use super::find;
use super::model::Stage;
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::timestamp::Timestamp;
use crate::wire::Member;

pub(super) struct DescribeSecret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(flatten)]
    metadata: Metadata,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_ids_to_stages: Option<BTreeMap<String, Vec<Stage>>>,
    created_date: Timestamp,
}

impl Operation for DescribeSecret {
    const NAME: &'static str = "DescribeSecret";
    const MEMBERS: &'static [Member] = &[find::SECRET_ID];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "secretsmanager:DescribeSecret",
            find::target(call, &input.secret_id),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?;
        Ok(Output {
            metadata: Metadata::of(&found.secret),
            version_ids_to_stages: labelled_versions(&found.secret),
            created_date: found.secret.created,
        })
    }
}
