//! Entities as IAM's answers show them.

use serde::Serialize;

use super::model::{
    AccessKey, AttachedTo, Group, KeyStatus, ManagedPolicy, PolicyVersion, Tag, User,
};
use crate::account::Scope;
use crate::caller::Caller;
use crate::timestamp::{Timestamp, as_iso8601};
use crate::wire::aws_query::{Members, percent_encoded};

/// A user.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UserView {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_name: Option<String>,
    user_id: String,
    arn: String,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_boundary: Option<BoundaryView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Members<Tag>>,
}

impl UserView {
    /// As ListUsers shows it: never with boundary and tags.
    pub(super) fn plain(user: &User, scope: &Scope) -> Self {
        Self {
            path: Some(user.path.clone()),
            user_name: Some(user.name.clone()),
            user_id: user.id.clone(),
            arn: user.arn(scope.partition(), scope.account),
            create_date: user.created,
            permissions_boundary: None,
            tags: None,
        }
    }

    /// As GetUser and CreateUser show it: with boundary and tags, if there are any.
    pub(super) fn whole(user: &User, scope: &Scope) -> Self {
        Self {
            permissions_boundary: BoundaryView::of(user.boundary.as_deref()),
            tags: some(&user.tags),
            ..Self::plain(user, scope)
        }
    }

    /// As GetUser shows the root user: without name and path. Accounts here have always existed.
    pub(super) fn root(caller: &Caller) -> Self {
        Self {
            path: None,
            user_name: None,
            user_id: caller.account.to_string(),
            arn: caller.arn.clone(),
            create_date: Timestamp::from_millis(0),
            permissions_boundary: None,
            tags: None,
        }
    }
}

/// A permissions boundary.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BoundaryView {
    permissions_boundary_type: &'static str,
    permissions_boundary_arn: String,
}

impl BoundaryView {
    pub(super) fn of(arn: Option<&str>) -> Option<Self> {
        arn.map(|arn| Self {
            permissions_boundary_type: "Policy",
            permissions_boundary_arn: arn.to_owned(),
        })
    }
}

/// A group.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GroupView {
    path: String,
    group_name: String,
    group_id: String,
    arn: String,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
}

impl GroupView {
    pub(super) fn new(group: &Group, scope: &Scope) -> Self {
        Self {
            path: group.path.clone(),
            group_name: group.name.clone(),
            group_id: group.id.clone(),
            arn: group.arn(scope.partition(), scope.account),
            create_date: group.created,
        }
    }
}

/// A managed policy that is attached.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AttachedPolicyView {
    policy_name: String,
    policy_arn: String,
}

impl AttachedPolicyView {
    pub(super) fn new(policy: &ManagedPolicy) -> Self {
        Self {
            policy_name: policy.name.clone(),
            policy_arn: policy.arn.clone(),
        }
    }
}

/// An access key, without its secret.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AccessKeyView {
    user_name: String,
    access_key_id: String,
    status: KeyStatus,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
}

impl AccessKeyView {
    pub(super) fn new(key: &AccessKey) -> Self {
        Self {
            user_name: key.user.clone(),
            access_key_id: key.id.clone(),
            status: key.status,
            create_date: key.created,
        }
    }
}

/// A managed policy.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicyView {
    policy_name: String,
    policy_id: String,
    arn: String,
    path: String,
    default_version_id: String,
    attachment_count: usize,
    permissions_boundary_usage_count: usize,
    is_attachable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
    #[serde(serialize_with = "as_iso8601")]
    update_date: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Members<Tag>>,
}

impl PolicyView {
    /// As ListPolicies shows it: never with description and tags.
    pub(super) fn plain(policy: &ManagedPolicy, attached: &AttachedTo) -> Self {
        Self {
            policy_name: policy.name.clone(),
            policy_id: policy.id.clone(),
            arn: policy.arn.clone(),
            path: policy.path.clone(),
            default_version_id: policy.default_version().id(),
            attachment_count: attached.identities.len(),
            permissions_boundary_usage_count: attached.bounded.len(),
            is_attachable: true,
            description: None,
            create_date: policy.created,
            update_date: policy.updated,
            tags: None,
        }
    }

    /// As CreatePolicy shows it: with tags, if there are any.
    pub(super) fn created(policy: &ManagedPolicy, attached: &AttachedTo) -> Self {
        Self {
            tags: some(&policy.tags),
            ..Self::plain(policy, attached)
        }
    }

    /// As GetPolicy shows it: with a description, if there is one, and with tags even if there are
    /// none.
    pub(super) fn whole(policy: &ManagedPolicy, attached: &AttachedTo) -> Self {
        let description = (!policy.description.is_empty()).then(|| policy.description.clone());
        Self {
            description,
            tags: Some(policy.tags.iter().cloned().collect()),
            ..Self::plain(policy, attached)
        }
    }
}

/// A version of a managed policy.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct VersionView {
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    version_id: String,
    is_default_version: bool,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
}

impl VersionView {
    /// As CreatePolicyVersion and ListPolicyVersions show it: without the document.
    pub(super) fn plain(policy: &ManagedPolicy, version: &PolicyVersion) -> Self {
        Self {
            document: None,
            version_id: version.id(),
            is_default_version: version.number == policy.default,
            create_date: version.created,
        }
    }

    /// As GetPolicyVersion shows it.
    pub(super) fn with_document(policy: &ManagedPolicy, version: &PolicyVersion) -> Self {
        Self {
            document: Some(percent_encoded(&version.document)),
            ..Self::plain(policy, version)
        }
    }
}

/// Tags, where none are not shown.
pub(super) fn some(tags: &[Tag]) -> Option<Members<Tag>> {
    (!tags.is_empty()).then(|| tags.iter().cloned().collect())
}
