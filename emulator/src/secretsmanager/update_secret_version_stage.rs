//! UpdateSecretVersionStage: moves a staging label from one version to another, attaches or removes
//! it.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::{Refused, Secret, Stage, VersionId};
use super::{Error, find, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct UpdateSecretVersionStage;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    version_stage: Stage,
    remove_from_version_id: Option<VersionId>,
    move_to_version_id: Option<VersionId>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
}

impl Operation for UpdateSecretVersionStage {
    const NAME: &'static str = "UpdateSecretVersionStage";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        Member::string("VersionStage", 1, 256).required(),
        Member::string("RemoveFromVersionId", 32, 64),
        Member::string("MoveToVersionId", 32, 64),
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
            Demand::on("secretsmanager:UpdateSecretVersionStage", target)
                .with("secretsmanager:VersionStage", Some(&input.version_stage)),
        ]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.writable()?;
        let mut secret = Secret::clone(&found.secret);
        let (from, to) = (
            input.remove_from_version_id.as_ref(),
            input.move_to_version_id.as_ref(),
        );
        secret
            .versions
            .move_stage(&input.version_stage, from, to)
            .map_err(|refused| error(refused, &input.version_stage))?;
        secret.note_new_current(&found.secret.versions, call.now);
        secret.changed = call.now;
        saving::save(&mut call.tx, &found.scope, secret, call.now);
        Ok(Output {
            arn: found.arn(),
            name: found.name(),
        })
    }
}

fn error(refused: Refused, stage: &Stage) -> Error {
    match refused {
        Refused::HolderNotNamed(holder) => Error::HolderNotNamed {
            stage: stage.to_string(),
            holder: holder.to_string(),
        },
        Refused::OtherHolder(_) => Error::OtherHolder(stage.to_string()),
        other => other.into(),
    }
}
