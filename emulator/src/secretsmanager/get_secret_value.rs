//! GetSecretValue: the value of one version, the current one if none is named.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html>

use serde::Deserialize;

use super::model::{Stage, VersionId};
use super::reading::{self, ValueView};
use super::{Error, find};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetSecretValue;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    version_id: Option<VersionId>,
    version_stage: Option<Stage>,
}

impl Operation for GetSecretValue {
    const NAME: &'static str = "GetSecretValue";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        Member::string("VersionId", 32, 64),
        Member::string("VersionStage", 1, 256),
    ];
    type Input = Input;
    type Output = ValueView;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        vec![
            Demand::on("secretsmanager:GetSecretValue", target)
                .with("secretsmanager:VersionId", input.version_id.as_ref())
                .with("secretsmanager:VersionStage", input.version_stage.as_ref()),
        ]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<ValueView, Error> {
        let found = find::secret(call, &input.secret_id)?.alive()?;
        let (id, stage) = (input.version_id.as_ref(), input.version_stage.as_ref());
        reading::value(call, &found, id, stage)
    }
}
