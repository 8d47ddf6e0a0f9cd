//! Roles and instance profiles as IAM's answers show them. Each answer shows of a role what AWS's
//! does, which is never the same.

use serde::Serialize;

use super::model::{InstanceProfile, LastUse, Role, Tag};
use super::view::{BoundaryView, some};
use crate::operation::Call;
use crate::timestamp::{Timestamp, as_iso8601};
use crate::wire::aws_query::{Members, percent_encoded};

/// A role.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RoleView {
    path: String,
    role_name: String,
    role_id: String,
    arn: String,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
    assume_role_policy_document: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_session_duration: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_signin_session_duration: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_boundary: Option<BoundaryView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Members<Tag>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_last_used: Option<LastUsedView>,
}

/// When and where a role was used; empty if it never was.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LastUsedView {
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
}

impl RoleView {
    /// As instance profiles show it: with its trust policy and nothing that can be left out.
    fn plain(role: &Role, call: &Call<'_>) -> Self {
        let partition = call.scope.partition();
        Self {
            path: role.path.clone(),
            role_name: role.name.clone(),
            role_id: role.id.clone(),
            arn: role.arn(partition, call.scope.account),
            create_date: role.created,
            assume_role_policy_document: percent_encoded(&role.trust.text(&call.tx, partition)),
            description: None,
            max_session_duration: None,
            max_signin_session_duration: None,
            permissions_boundary: None,
            tags: None,
            role_last_used: None,
        }
    }

    /// As CreateRole shows it: with boundary and tags, if there are any.
    pub(super) fn created(role: &Role, call: &Call<'_>) -> Self {
        Self {
            permissions_boundary: BoundaryView::of(role.boundary.as_deref()),
            tags: some(&role.tags),
            ..Self::plain(role, call)
        }
    }

    /// As UpdateRoleDescription shows it.
    pub(super) fn described(role: &Role, call: &Call<'_>) -> Self {
        Self {
            description: role.description.clone(),
            ..Self::plain(role, call)
        }
    }

    /// As ListRoles shows it: never with boundary, tags and last use.
    pub(super) fn listed(role: &Role, call: &Call<'_>) -> Self {
        Self {
            max_session_duration: Some(role.max_session),
            max_signin_session_duration: role.max_signin,
            ..Self::described(role, call)
        }
    }

    /// As GetRole shows it.
    pub(super) fn whole(role: &Role, call: &Call<'_>) -> Self {
        Self {
            permissions_boundary: BoundaryView::of(role.boundary.as_deref()),
            tags: some(&role.tags),
            role_last_used: Some(LastUsedView::new(role.last_used.last())),
            ..Self::listed(role, call)
        }
    }
}

impl LastUsedView {
    pub(super) fn new(last: Option<LastUse>) -> Self {
        Self {
            last_used_date: last.as_ref().map(|last| last.at.iso8601()),
            region: last.map(|last| last.region.to_string()),
        }
    }
}

/// An instance profile.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct InstanceProfileView {
    path: String,
    instance_profile_name: String,
    instance_profile_id: String,
    arn: String,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
    roles: Members<RoleView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Members<Tag>>,
}

impl InstanceProfileView {
    /// As lists show it: never with tags.
    pub(super) fn plain(profile: &InstanceProfile, call: &Call<'_>) -> Self {
        let account = call.scope.account;
        let role = profile.role.as_deref();
        let role = role.and_then(|name| call.tx.peek::<Role>(&Role::key(account, name)));
        Self {
            path: profile.path.clone(),
            instance_profile_name: profile.name.clone(),
            instance_profile_id: profile.id.clone(),
            arn: profile.arn(call.scope.partition(), account),
            create_date: profile.created,
            roles: role
                .iter()
                .map(|role| RoleView::plain(role, call))
                .collect(),
            tags: None,
        }
    }

    /// As CreateInstanceProfile shows it: with tags, if there are any.
    pub(super) fn created(profile: &InstanceProfile, call: &Call<'_>) -> Self {
        Self {
            tags: some(&profile.tags),
            ..Self::plain(profile, call)
        }
    }

    /// As GetInstanceProfile shows it: with tags even if there are none.
    pub(super) fn whole(profile: &InstanceProfile, call: &Call<'_>) -> Self {
        Self {
            tags: Some(profile.tags.iter().cloned().collect()),
            ..Self::plain(profile, call)
        }
    }
}
