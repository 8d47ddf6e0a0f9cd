//! A secret's metadata as DescribeSecret and ListSecrets show it: what has no value is left out.

use std::sync::Arc;

use std::collections::BTreeMap;

use serde::Serialize;

use super::model::{Secret, Stage, Tag, VersionId};
use crate::timestamp::Timestamp;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Metadata {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kms_key_id: Option<String>,
    last_changed_date: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_accessed_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<Tag>>,
}

impl Metadata {
    pub(super) fn of(secret: &Secret) -> Self {
        Self {
            arn: secret.arn().clone(),
            name: secret.name().to_owned(),
            description: (!secret.description.is_empty()).then(|| secret.description.to_string()),
            kms_key_id: secret.kms_key_id.as_deref().map(str::to_owned),
            last_changed_date: secret.changed,
            last_accessed_date: secret.accessed.day(),
            deleted_date: secret.deletion.map(|deletion| deletion.requested),
            tags: secret.tags.clone(),
        }
    }
}

/// The labels of each version that has any; none if no version has.
pub(super) fn labelled_versions(secret: &Secret) -> Option<BTreeMap<String, Vec<Stage>>> {
    let stages = |id: &VersionId| secret.versions.stages(id).cloned().collect::<Vec<_>>();
    let labelled: BTreeMap<_, _> = secret
        .versions
        .iter()
        .map(|version| (version.id.to_string(), stages(&version.id)))
        .filter(|(_, stages)| !stages.is_empty())
        .collect();
    (!labelled.is_empty()).then_some(labelled)
}
