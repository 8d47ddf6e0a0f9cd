//! A secret's metadata as DescribeSecret and ListSecrets show it: what has no value is left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::model::{RotationRules, Secret, Stage, Tag, VersionId};
use crate::account::Scope;
use crate::timestamp::Timestamp;

/// What stands before the versions.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Metadata {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kms_key_id: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation_enabled: Option<bool>,
    #[serde(rename = "RotationLambdaARN", skip_serializing_if = "Option::is_none")]
    rotation_lambda_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation_rules: Option<RotationRules>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_rotated_date: Option<Timestamp>,
    last_changed_date: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_accessed_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_rotation_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<Tag>>,
}

/// What stands behind them.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Origin {
    created_date: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    primary_region: Option<String>,
}

impl Metadata {
    pub(super) fn of(secret: &Secret, scope: &Scope) -> Self {
        // A copy is rotated where its primary is.
        let rotation = secret.rotation.as_deref();
        Self {
            arn: secret.arn(scope),
            name: secret.name().to_owned(),
            r#type: secret.managed_type.clone(),
            description: Some(secret.description.clone()).filter(|text| !text.is_empty()),
            kms_key_id: secret.kms_key_id.clone(),
            rotation_enabled: rotation.map(|rotation| rotation.is_enabled),
            rotation_lambda_arn: rotation.and_then(|it| it.function().map(str::to_owned)),
            rotation_rules: rotation.and_then(|rotation| rotation.shown_rules.clone()),
            last_rotated_date: rotation.and_then(|rotation| rotation.last_rotated),
            last_changed_date: secret.changed,
            last_accessed_date: secret.accessed.day(),
            deleted_date: secret.deletion.map(|deletion| deletion.requested),
            next_rotation_date: rotation.and_then(|rotation| rotation.next),
            tags: secret.tags.clone(),
        }
    }
}

impl Origin {
    pub(super) fn of(secret: &Secret) -> Self {
        Self {
            created_date: secret.created,
            primary_region: secret.primary_region().map(ToString::to_string),
        }
    }
}

/// The labels of each version that has any; none if no version has.
pub(super) fn labelled_versions(secret: &Secret) -> Option<BTreeMap<VersionId, Vec<Stage>>> {
    let versions = &secret.versions;
    let labelled: BTreeMap<_, _> = versions
        .iter()
        .map(|version| (version.id.clone(), versions.stages_in_order(&version.id)))
        .filter(|(_, stages)| !stages.is_empty())
        .collect();
    (!labelled.is_empty()).then_some(labelled)
}
