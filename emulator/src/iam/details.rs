//! Users, groups, roles and policies with all that is attached to them, as
//! GetAccountAuthorizationDetails shows them.

use std::sync::Arc;

use serde::Serialize;

use super::model::{
    AttachedTo, Group, GroupName, IdentityPolicies, InlinePolicy, InstanceProfile, ManagedPolicy,
    Role, Tag, User,
};
use super::view::{AttachedPolicyView, BoundaryView, GroupView, PolicyView, UserView, VersionView};
use super::view_role::{InstanceProfileView, LastUsedView};
use super::{attachments, aws_managed, find, quota};
use crate::operation::Call;
use crate::store::{Direction, Prefix, Record};
use crate::timestamp::{Timestamp, as_iso8601};
use crate::wire::aws_query::{Members, percent_encoded};

/// What is shown, each kind apart; a kind of which there is nothing is there as well.
#[derive(Serialize, Default)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Details {
    policies: Members<PolicyDetail>,
    user_detail_list: Members<UserDetail>,
    role_detail_list: Members<RoleDetail>,
    group_detail_list: Members<GroupDetail>,
}

/// Something that can be shown.
pub(super) enum Entity {
    User(Arc<User>),
    Group(Arc<Group>),
    Role(Arc<Role>),
    Policy(Arc<ManagedPolicy>),
}

impl Details {
    /// Adds an entity, with what it has now.
    pub(super) fn add(&mut self, call: &mut Call<'_>, entity: &Entity) {
        match entity {
            Entity::User(user) => self.user_detail_list.push(UserDetail::of(call, user)),
            Entity::Group(group) => self.group_detail_list.push(GroupDetail::of(call, group)),
            Entity::Role(role) => self.role_detail_list.push(RoleDetail::of(call, role)),
            Entity::Policy(policy) => self.policies.push(PolicyDetail::of(call, policy)),
        }
    }
}

/// All entities of a kind, by what sorts them.
pub(super) type All = fn(&Call<'_>) -> Vec<(String, Entity)>;

/// The kinds as filters call them.
pub(super) const KINDS: &[(&str, All)] = &[
    ("User", |call| {
        let users = scan::<User>(call, &User::all(call.scope.account));
        let found = users.map(|(name, user)| (name, Entity::User(user)));
        found.collect()
    }),
    ("Group", |call| {
        let account = call.scope.account;
        let names = scan::<GroupName>(call, &GroupName::all(account));
        let found = names.filter_map(|(name, id)| {
            let group = call.tx.peek::<Group>(&Group::key(account, &id.0))?;
            Some((name, Entity::Group(group)))
        });
        found.collect()
    }),
    ("Role", |call| {
        let roles = scan::<Role>(call, &Role::all(call.scope.account));
        let found = roles.map(|(name, role)| (name, Entity::Role(role)));
        found.collect()
    }),
    ("LocalManagedPolicy", |call| {
        let policies = scan::<ManagedPolicy>(call, &ManagedPolicy::all(call.scope.account));
        let found = policies.map(|(name, policy)| (name, Entity::Policy(policy)));
        found.collect()
    }),
    ("AWSManagedPolicy", |call| {
        let used = quota::all(call, &AttachedTo::all(call.scope.account));
        let found = used.into_iter().filter_map(|key| {
            let policy = aws_managed::policy(key.last())?;
            Some((policy.arn.clone(), Entity::Policy(policy)))
        });
        found.collect()
    }),
];

fn scan<T: Record>(
    call: &Call<'_>,
    all: &Prefix,
) -> impl Iterator<Item = (String, Arc<T>)> + use<T> {
    let page = call.tx.scan(all, None, usize::MAX, Direction::Ascending);
    let entries = page.entries.into_iter();
    entries.filter_map(|(key, entry)| Some((key.last().to_owned(), entry.downcast()?)))
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct UserDetail {
    #[serde(flatten)]
    user: UserView,
    /// Absent when it is empty, unlike that of a group or role.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_policy_list: Option<Members<InlineView>>,
    group_list: Members<String>,
    attached_managed_policies: Members<AttachedPolicyView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_boundary: Option<BoundaryView>,
    tags: Members<Tag>,
}

impl UserDetail {
    fn of(call: &mut Call<'_>, user: &User) -> Self {
        let inline = &user.policies.inline;
        let name_of = |id: &String| {
            let group = Group::key(call.scope.account, id);
            call.tx
                .peek::<Group>(&group)
                .map(|group| group.name.clone())
        };
        Self {
            user: UserView::plain(user, call.scope),
            user_policy_list: (!inline.is_empty()).then(|| InlineView::all(&user.policies)),
            group_list: user.groups.iter().filter_map(name_of).collect(),
            attached_managed_policies: attached(call, &user.policies),
            permissions_boundary: BoundaryView::of(user.boundary.as_deref()),
            tags: user.tags.iter().cloned().collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct GroupDetail {
    #[serde(flatten)]
    group: GroupView,
    group_policy_list: Members<InlineView>,
    attached_managed_policies: Members<AttachedPolicyView>,
}

impl GroupDetail {
    fn of(call: &mut Call<'_>, group: &Group) -> Self {
        Self {
            group: GroupView::new(group, call.scope),
            group_policy_list: InlineView::all(&group.policies),
            attached_managed_policies: attached(call, &group.policies),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RoleDetail {
    path: String,
    role_name: String,
    role_id: String,
    arn: String,
    #[serde(serialize_with = "as_iso8601")]
    create_date: Timestamp,
    assume_role_policy_document: String,
    instance_profile_list: Members<InstanceProfileView>,
    role_policy_list: Members<InlineView>,
    attached_managed_policies: Members<AttachedPolicyView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_boundary: Option<BoundaryView>,
    tags: Members<Tag>,
    role_last_used: LastUsedView,
}

impl RoleDetail {
    fn of(call: &mut Call<'_>, role: &Role) -> Self {
        let partition = call.scope.partition();
        let trust = role.trust.text(&call.tx, partition);
        let profile = |name: &String| {
            let key = InstanceProfile::key(call.scope.account, name);
            call.tx.peek::<InstanceProfile>(&key)
        };
        let profiles: Vec<_> = role.instance_profiles.iter().filter_map(profile).collect();
        let profiles = profiles.into_iter();
        Self {
            path: role.path.clone(),
            role_name: role.name.clone(),
            role_id: role.id.clone(),
            arn: role.arn(partition, call.scope.account),
            create_date: role.created,
            assume_role_policy_document: percent_encoded(&trust),
            instance_profile_list: profiles
                .map(|profile| InstanceProfileView::plain(&profile, call))
                .collect(),
            role_policy_list: InlineView::all(&role.policies),
            attached_managed_policies: attached(call, &role.policies),
            permissions_boundary: BoundaryView::of(role.boundary.as_deref()),
            tags: role.tags.iter().cloned().collect(),
            role_last_used: LastUsedView::new(role.last_used.last()),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyDetail {
    #[serde(flatten)]
    policy: PolicyView,
    policy_version_list: Members<VersionView>,
}

impl PolicyDetail {
    fn of(call: &mut Call<'_>, policy: &ManagedPolicy) -> Self {
        let newest_first = policy.versions.iter().rev();
        let versions = newest_first.map(|version| VersionView::with_document(policy, version));
        Self {
            policy: PolicyView::plain(policy, &attachments::of(call, &policy.arn)),
            policy_version_list: versions.collect(),
        }
    }
}

/// An inline policy.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InlineView {
    policy_name: String,
    policy_document: String,
}

impl InlineView {
    fn all(policies: &IdentityPolicies) -> Members<Self> {
        let view = |(name, policy): (&String, &InlinePolicy)| Self {
            policy_name: name.clone(),
            policy_document: percent_encoded(&policy.document),
        };
        policies.inline.iter().map(view).collect()
    }
}

fn attached(call: &mut Call<'_>, policies: &IdentityPolicies) -> Members<AttachedPolicyView> {
    let managed = policies.attached.iter();
    let managed = managed.filter_map(|arn| find::policy(call, arn));
    managed
        .map(|policy| AttachedPolicyView::new(&policy))
        .collect()
}
