//! What is stored for a principal: its policies, its boundary, and what binds its account. The one
//! place of the simulator that reads the store.

use std::collections::BTreeMap;
use std::sync::Arc;

use sekisho_iam::Named;

use super::caller::{EntityArn, EntityKind};
use super::{Error, Invalid, Origin, SourceType, Sourced};
use crate::authorization::{Attributes, Target};
use crate::iam::find;
use crate::iam::model::{Group, IdentityPolicies, InlinePolicy, ManagedPolicy};
use crate::operation::Call;
use crate::organization::Organization;

/// What is stored for a principal.
pub(in crate::iam) struct Source {
    pub(super) kind: EntityKind,
    /// As it is stored, whatever path was given.
    pub(super) arn: String,
    pub(super) policies: Vec<Sourced>,
    pub(super) boundary: Option<Sourced>,
    /// Service control policies by level; none outside an organization.
    pub(super) controls: Option<Vec<Vec<Arc<Named>>>>,
}

impl Source {
    /// The context keys of all policies, a policy at a time, and of the boundary.
    pub(in crate::iam) fn keys(&self) -> impl Iterator<Item = &String> {
        let policies = self.policies.iter().chain(&self.boundary);
        policies.flat_map(Sourced::keys)
    }
}

/// What is stored for the user, group or role of an ARN. Its name counts, its path does not.
pub(in crate::iam) fn source(call: &mut Call<'_>, arn: &str) -> Result<Source, Error> {
    let entity = EntityArn::parse(arn).ok_or_else(|| Invalid::SourceArn(arn.to_owned()))?;
    let (partition, account) = (call.scope.partition(), call.scope.account);
    if entity.account != account {
        return Err(Invalid::ForeignSource {
            own: account.to_string(),
            other: entity.account.to_string(),
        }
        .into());
    }
    let (kind, name) = (entity.kind, entity.name);
    let no_source = |_| Invalid::NoSource;
    let (arn, policies, boundary) = match kind {
        EntityKind::User => {
            let user = find::user(call, name).map_err(no_source)?;
            let mut policies = of_identity(call, kind, &user.name, &user.policies);
            for id in &user.groups {
                if let Some(group) = call.tx.get::<Group>(&Group::key(account, id)) {
                    let of_group =
                        of_identity(call, EntityKind::Group, &group.name, &group.policies);
                    policies.extend(of_group);
                }
            }
            (
                user.arn(partition, account),
                policies,
                user.boundary.clone(),
            )
        }
        EntityKind::Group => {
            let group = find::group(call, name).map_err(no_source)?;
            let policies = of_identity(call, kind, &group.name, &group.policies);
            (group.arn(partition, account), policies, None)
        }
        EntityKind::Role => {
            let role = find::role(call, name).map_err(no_source)?;
            let policies = of_identity(call, kind, &role.name, &role.policies);
            (
                role.arn(partition, account),
                policies,
                role.boundary.clone(),
            )
        }
    };
    let boundary = boundary.and_then(|arn| find::policy(call, &arn));
    Ok(Source {
        kind,
        arn,
        policies,
        boundary: boundary.map(|policy| managed(&policy, SourceType::Boundary)),
        controls: controls(call),
    })
}

/// What binds the account, if it belongs to an organization.
fn controls(call: &mut Call<'_>) -> Option<Vec<Vec<Arc<Named>>>> {
    let account = call.scope.account;
    let organization = call.tx.get::<Organization>(Organization::key())?;
    let levels = organization.scps_of(account).iter();
    let levels = levels.map(|level| level.policies.clone()).collect();
    organization.has(account).then_some(levels)
}

/// The policies of a user, group or role.
fn of_identity(
    call: &mut Call<'_>,
    kind: EntityKind,
    owner: &str,
    policies: &IdentityPolicies,
) -> Vec<Sourced> {
    let attached = policies.attached.iter();
    let attached = attached.filter_map(|arn| find::policy(call, arn));
    let attached = attached.map(|policy| managed(&policy, SourceType::Identity));
    attached
        .chain(inline(kind, owner, &policies.inline))
        .collect()
}

/// The same as a denial names it: by the ARN that was sent, though that of the entity as it is
/// stored is matched.
pub(in crate::iam) fn target(call: &mut Call<'_>, arn: &str) -> Target {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    let entity = EntityArn::parse(arn).filter(|entity| entity.account == account);
    let stored = entity.and_then(|entity| {
        let name = entity.name;
        Some(match entity.kind {
            EntityKind::User => {
                let user = find::user(call, name).ok()?;
                (user.arn(partition, account), user as Arc<dyn Attributes>)
            }
            EntityKind::Group => {
                let group = find::group(call, name).ok()?;
                (group.arn(partition, account), group as Arc<dyn Attributes>)
            }
            EntityKind::Role => {
                let role = find::role(call, name).ok()?;
                (role.arn(partition, account), role as Arc<dyn Attributes>)
            }
        })
    });
    let (stored, attributes) = stored.unzip();
    Target::Resource {
        arn: stored.unwrap_or_else(|| arn.to_owned()).into(),
        shown: arn.to_owned(),
        account,
        attributes,
    }
}

/// A managed policy, in force as it is now. Results call it by its name.
fn managed(policy: &ManagedPolicy, kind: SourceType) -> Sourced {
    let version = policy.default_version();
    Sourced::new(
        policy.name.clone(),
        kind,
        Origin::Managed {
            arn: policy.arn.clone(),
        },
        &version.document,
        version.policy.clone(),
    )
}

/// The inline policies of an entity. Results call them `user_NAME_POLICY`.
fn inline(
    entity: EntityKind,
    owner: &str,
    policies: &BTreeMap<String, InlinePolicy>,
) -> impl Iterator<Item = Sourced> {
    policies.iter().map(move |(name, inline)| {
        Sourced::new(
            format!("{}_{owner}_{name}", entity.name()),
            SourceType::Identity,
            Origin::Inline {
                entity,
                owner: owner.to_owned(),
                name: name.clone(),
            },
            &inline.document,
            inline.policy.clone(),
        )
    })
}
