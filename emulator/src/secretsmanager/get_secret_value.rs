//! GetSecretValue: the value of one version, the current one if none is named.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Error;
use super::find;
use super::model::{
    DisclosedBinary, DisclosedText, Stage, Version, VersionId, VersionValue, Versions, disclose,
};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::timestamp::Timestamp;
use crate::wire::Member;

pub(super) struct GetSecretValue;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    version_id: Option<VersionId>,
    version_stage: Option<Stage>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
    version_id: VersionId,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_binary: Option<DisclosedBinary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_string: Option<DisclosedText>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    version_stages: Vec<Stage>,
    created_date: Timestamp,
}

impl Operation for GetSecretValue {
    const NAME: &'static str = "GetSecretValue";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        Member::string("VersionId", 32, 64),
        Member::string("VersionStage", 1, 256),
    ];
    type Input = Input;
    type Output = Output;
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

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.alive()?;
        let versions = &found.secret.versions;
        let version = choose(
            versions,
            input.version_id.as_ref(),
            input.version_stage.as_ref(),
        )?;
        // A version without a value is one that a rotation has announced and not yet filled.
        let Some(stored) = call.tx.get::<VersionValue>(&found.version_key(&version.id)) else {
            return Err(missing(
                input.version_id.as_ref(),
                input.version_stage.as_ref(),
            ));
        };
        found.secret.accessed.touch(call.now);
        stored.accessed.touch(call.now);
        let (secret_string, secret_binary) = disclose(stored);
        Ok(Output {
            arn: found.arn(),
            name: found.name(),
            version_id: version.id.clone(),
            secret_binary,
            secret_string,
            version_stages: versions.stages(&version.id).cloned().collect(),
            created_date: version.created,
        })
    }
}

fn choose<'a>(
    versions: &'a Versions,
    id: Option<&VersionId>,
    stage: Option<&Stage>,
) -> Result<&'a Version, Error> {
    let version = match id {
        Some(id) => versions.find(id.as_str()),
        None => versions.labelled(stage.unwrap_or(&Stage::Current)),
    };
    let version = version.ok_or_else(|| missing(id, stage))?;
    match (id, stage) {
        (Some(_), Some(stage)) if !versions.stages(&version.id).any(|label| label == stage) => {
            Err(Error::StageNotOfVersion)
        }
        _ => Ok(version),
    }
}

fn missing(id: Option<&VersionId>, stage: Option<&Stage>) -> Error {
    match id {
        Some(id) => Error::VersionNotFound(id.to_string()),
        None => Error::StageNotFound(stage.unwrap_or(&Stage::Current).to_string()),
    }
}
