//! Entities as IAM's answers show them.

use serde::Serialize;

use super::model::{Tag, User};
use crate::account::Scope;
use crate::timestamp::{Timestamp, as_iso8601};
use crate::wire::aws_query::Members;

/// A user.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UserView {
    path: String,
    user_name: String,
    user_id: String,
    arn: String,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Members<Tag>>,
}

impl UserView {
    /// As ListUsers shows it: never with tags.
    pub(super) fn plain(user: &User, scope: &Scope) -> Self {
        Self {
            path: user.path.clone(),
            user_name: user.name.clone(),
            user_id: user.id.clone(),
            arn: user.arn(scope.partition(), scope.account),
            create_date: user.created,
            tags: None,
        }
    }

    /// As GetUser and CreateUser show it: with tags, if there are any.
    pub(super) fn with_tags(user: &User, scope: &Scope) -> Self {
        let tags = (!user.tags.is_empty()).then(|| user.tags.iter().cloned().collect());
        Self { tags, ..Self::plain(user, scope) }
    }
}
