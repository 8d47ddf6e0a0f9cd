//! What is attached to a caller, and what takes part in a decision.

use std::sync::{Arc, LazyLock};

use sekisho_iam::{Kind, Level, Named, Policies, Policy};

use super::demand::{Demand, Target};
use crate::account::AccountId;
use crate::caller::{Caller, Principal};
use crate::iam::managed_policy;
use crate::iam::model::{Group, IdentityPolicies, ManagedPolicy, Role, User};
use crate::organization::Organization;
use crate::store::Transaction;
use crate::sts::Session;
use crate::tag::Tag;

/// What is attached to a caller, as of one attempt.
#[derive(Clone, Default)]
pub(super) struct Attached {
    /// Whose tags conditions may ask for.
    pub(super) holder: Holder,
    pub(super) identity: Arc<[Arc<Named>]>,
    pub(super) boundary: Option<Arc<Named>>,
    /// None for a session without policies, which is not the same as an empty list.
    pub(super) session: Option<Arc<[Arc<Named>]>>,
    /// The organization, whose control policies bind callers and resources.
    pub(super) organization: Option<Arc<Organization>>,
}

/// The user or role behind a caller.
#[derive(Clone, Default)]
pub(super) enum Holder {
    #[default]
    Nobody,
    User(Arc<User>),
    Role(Arc<Role>),
}

impl Attached {
    /// All policies that take part in a decision on a demand.
    pub(super) fn policies<'a>(&'a self, caller: &Caller, demand: &'a Demand) -> Policies<'a> {
        Policies {
            scp: self.scps(caller),
            rcp: self.rcps(demand),
            identity: &self.identity,
            boundary: self.boundary.as_deref(),
            session: self.session.as_deref(),
            resource: demand.resource_policy(),
            ..Policies::default()
        }
    }

    /// Every policy whose statements a decision on a demand may look at.
    pub(super) fn all<'a>(
        &'a self,
        caller: &Caller,
        demand: &'a Demand,
    ) -> impl Iterator<Item = &'a Named> {
        let levels = self.scps(caller).iter().chain(self.rcps(demand));
        let control = levels.flat_map(|level| level.policies.iter().map(|named| &**named));
        let own = self.identity.iter().chain(&self.boundary);
        let own = own.chain(self.session.iter().flat_map(|session| session.iter()));
        own.map(|named| &**named)
            .chain(demand.resource_policy().map(|resource| resource.policy))
            .chain(control)
    }

    /// The service control policies that bind the caller, level by level. They bind no role that AWS's
    /// services use.
    pub(super) fn scps(&self, caller: &Caller) -> &[Level] {
        let is_service_linked = match &self.holder {
            Holder::Role(role) => role.path.starts_with("/aws-service-role/"),
            Holder::Nobody | Holder::User(_) => false,
        };
        match &self.organization {
            Some(organization) if !is_service_linked => organization.scps_of(caller.account),
            _ => &[],
        }
    }

    /// The resource control policies that bind what is demanded, level by level. There are none where
    /// nothing is named.
    pub(super) fn rcps(&self, demand: &Demand) -> &[Level] {
        match (&self.organization, &demand.target) {
            (Some(organization), Target::Resource { account, .. }) => {
                organization.rcps_of(*account)
            }
            _ => &[],
        }
    }

    /// The organization.
    pub(super) fn organization(&self) -> Option<&Organization> {
        self.organization.as_deref()
    }

    /// The tags of the user or role.
    pub(super) fn tags(&self) -> &[Tag] {
        match &self.holder {
            Holder::Nobody => &[],
            Holder::User(user) => &user.tags,
            Holder::Role(role) => &role.tags,
        }
    }
}

/// Everything attached to a caller: inline policies first, then managed ones, then those of groups.
/// Read through the transaction, so that a write relies on the policies and tags that allowed it.
pub(super) fn attached(tx: &mut Transaction<'_>, caller: &Caller) -> Attached {
    Attached {
        organization: tx.get::<Organization>(Organization::key()),
        ..of_caller(tx, caller)
    }
}

fn of_caller(tx: &mut Transaction<'_>, caller: &Caller) -> Attached {
    let account = caller.account;
    let session = caller.session.as_deref();
    match &caller.principal {
        Principal::Root | Principal::Provider(_) => Attached::default(),
        // Within what the session's policies say, it may do what the root user may.
        Principal::FederatedRoot(_) => Attached {
            identity: EVERYTHING.iter().cloned().collect(),
            session: session.and_then(|session| narrowed(tx, session)),
            ..Attached::default()
        },
        Principal::User {
            user: known,
            key,
            inline,
        } => {
            // The user as of this attempt: deleted meanwhile, it has no policies any more.
            let Some(user) = tx.get::<User>(key).filter(|user| user.id == known.id) else {
                return Attached::default();
            };
            let is_plain = user.policies.attached.is_empty() && user.groups.is_empty();
            let identity = if Arc::ptr_eq(&user, known) && is_plain {
                inline.clone()
            } else {
                of_user(tx, account, &user)
            };
            Attached {
                identity,
                boundary: bound(tx, account, user.boundary.as_deref()),
                holder: Holder::User(user),
                ..Attached::default()
            }
        }
        Principal::FederatedUser {
            user: known, key, ..
        } => {
            let Some(user) = tx.get::<User>(key).filter(|user| user.id == known.id) else {
                return Attached::default();
            };
            Attached {
                identity: of_user(tx, account, &user),
                boundary: bound(tx, account, user.boundary.as_deref()),
                session: session.and_then(|session| narrowed(tx, session)),
                holder: Holder::User(user),
                organization: None,
            }
        }
        Principal::Role {
            role: known, key, ..
        } => {
            let Some(role) = tx.get::<Role>(key).filter(|role| role.id == known.id) else {
                return Attached::default();
            };
            let mut identity = Vec::new();
            add(tx, account, &role.policies, &mut identity);
            Attached {
                identity: identity.into(),
                boundary: bound(tx, account, role.boundary.as_deref()),
                session: session.and_then(|session| narrowed(tx, session)),
                holder: Holder::Role(role),
                organization: None,
            }
        }
    }
}

static EVERYTHING: LazyLock<Option<Arc<Named>>> = LazyLock::new(|| {
    let text =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    Some(Arc::new(Named {
        name: "root user".to_owned(),
        policy: Policy::parse(text, Kind::Identity).ok()?,
    }))
});

fn of_user(tx: &mut Transaction<'_>, account: AccountId, user: &User) -> Arc<[Arc<Named>]> {
    let mut policies = Vec::new();
    add(tx, account, &user.policies, &mut policies);
    for id in &user.groups {
        let group = tx.get::<Group>(&Group::key(account, id));
        debug_assert!(group.is_some(), "the group {id} is gone");
        if let Some(group) = group {
            add(tx, account, &group.policies, &mut policies);
        }
    }
    policies.into()
}

fn add(
    tx: &mut Transaction<'_>,
    account: AccountId,
    from: &IdentityPolicies,
    to: &mut Vec<Arc<Named>>,
) {
    to.extend(from.inline.values().map(|inline| inline.policy.clone()));
    to.extend(from.attached.iter().filter_map(|arn| {
        let managed = managed_policy(tx, account, arn);
        // A policy that is attached cannot be deleted.
        debug_assert!(managed.is_some(), "{arn} is gone");
        managed.map(in_force)
    }));
}

fn bound(tx: &mut Transaction<'_>, account: AccountId, arn: Option<&str>) -> Option<Arc<Named>> {
    let managed = managed_policy(tx, account, arn?);
    // A policy that bounds somebody cannot be deleted.
    debug_assert!(managed.is_some(), "{arn:?} is gone");
    managed.map(in_force)
}

/// The policies that a session was narrowed by. A managed one counts as it is now; one that is gone
/// allows nothing.
fn narrowed(tx: &mut Transaction<'_>, session: &Session) -> Option<Arc<[Arc<Named>]>> {
    let policies = session.policies.as_ref()?;
    let managed = policies.managed.iter();
    let managed = managed.filter_map(|arn| managed_policy(tx, session.account, arn).map(in_force));
    Some(policies.inline.iter().cloned().chain(managed).collect())
}

fn in_force(managed: Arc<ManagedPolicy>) -> Arc<Named> {
    managed.default_version().policy.clone()
}
