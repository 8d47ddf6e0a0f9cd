//! What a managed policy is attached to, as IAM lists it.

use serde::Serialize;

use super::model::{Attachment, Group, IdentityKind, Role, User};
use crate::operation::Call;
use crate::wire::aws_query::Members;

/// Groups, users and roles, apart.
#[derive(Serialize, Default)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Entities {
    policy_groups: Members<PolicyGroup>,
    policy_users: Members<PolicyUser>,
    policy_roles: Members<PolicyRole>,
}

/// A group, user or role.
pub(super) struct Entity {
    kind: IdentityKind,
    name: String,
    id: String,
    path: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyGroup {
    group_name: String,
    group_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyUser {
    user_name: String,
    user_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyRole {
    role_name: String,
    role_id: String,
}

impl Entity {
    /// What an attachment stands for.
    pub(super) fn of(call: &mut Call<'_>, (kind, key): &Attachment) -> Option<Self> {
        let account = call.scope.account;
        let (name, id, path) = match kind {
            IdentityKind::User => {
                let user = call.tx.get::<User>(&User::key(account, key))?;
                (user.name.clone(), user.id.clone(), user.path.clone())
            }
            IdentityKind::Group => {
                let group = call.tx.get::<Group>(&Group::key(account, key))?;
                (group.name.clone(), group.id.clone(), group.path.clone())
            }
            IdentityKind::Role => {
                let role = call.tx.get::<Role>(&Role::key(account, key))?;
                (role.name.clone(), role.id.clone(), role.path.clone())
            }
        };
        Some(Self {
            kind: *kind,
            name,
            id,
            path,
        })
    }

    /// Whether it is of a kind, as filters call it.
    pub(super) fn is_a(&self, title: &str) -> bool {
        self.kind.title() == title
    }

    /// Whether its path begins so.
    pub(super) fn is_under(&self, prefix: &str) -> bool {
        self.path.starts_with(prefix)
    }
}

impl FromIterator<Entity> for Entities {
    fn from_iter<I: IntoIterator<Item = Entity>>(entities: I) -> Self {
        let mut all = Self::default();
        for Entity { kind, name, id, .. } in entities {
            match kind {
                IdentityKind::User => all.policy_users.push(PolicyUser {
                    user_name: name,
                    user_id: id,
                }),
                IdentityKind::Group => all.policy_groups.push(PolicyGroup {
                    group_name: name,
                    group_id: id,
                }),
                IdentityKind::Role => all.policy_roles.push(PolicyRole {
                    role_name: name,
                    role_id: id,
                }),
            }
        }
        all
    }
}
