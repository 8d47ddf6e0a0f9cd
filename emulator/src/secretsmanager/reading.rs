//! The value of one version, as GetSecretValue and BatchGetSecretValue show it.

use std::sync::Arc;

use serde::Serialize;

use super::Error;
use super::find::Found;
use super::model::{
    DisclosedBinary, DisclosedText, Stage, Version, VersionId, VersionValue, Versions, disclose,
};
use crate::operation::Call;
use crate::timestamp::Timestamp;

/// A value with what it is the value of.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ValueView {
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

/// Reads a value: of the version of that id, of that label, or the current one.
pub(super) fn value(
    call: &mut Call<'_>,
    found: &Found,
    id: Option<&VersionId>,
    stage: Option<&Stage>,
) -> Result<ValueView, Error> {
    found.check_key(call)?;
    let versions = &found.secret.versions;
    let version = choose(versions, id, stage)?;
    // A version without a value is one that a rotation has announced and not yet filled. What an
    // older one of its id may have left is none of its.
    if !version.has_value {
        return Err(missing(id, stage));
    }
    let stored = call.tx.get::<VersionValue>(&found.version_key(&version.id));
    let stored = stored.ok_or_else(|| missing(id, stage))?;
    found.secret.accessed.touch(call.now);
    // The values of a copy are the primary's, which was not read.
    if !found.shares_values() {
        stored.accessed.touch(call.now);
    }
    let (secret_string, secret_binary) = disclose(stored);
    Ok(ValueView {
        arn: found.arn(),
        name: found.name(),
        version_id: version.id.clone(),
        secret_binary,
        secret_string,
        version_stages: versions.stages_in_order(&version.id),
        created_date: version.created,
    })
}

fn choose<'a>(
    versions: &'a Versions,
    id: Option<&VersionId>,
    stage: Option<&Stage>,
) -> Result<&'a Version, Error> {
    let version = match id {
        Some(id) => versions.find(id),
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
