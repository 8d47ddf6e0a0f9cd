//! What is stored for a principal: its policies, its boundary, and what binds its account. The one
//! place of the simulator that reads the store.

use std::collections::BTreeMap;
use std::sync::Arc;

use sekisho_iam::Named;

use super::caller::{EntityArn, EntityKind};
use super::{Error, Invalid, Origin, SourceType, Sourced};
use crate::authorization::{Attributes, Target};
use crate::iam::find;
use crate::iam::model::{InlinePolicy, ManagedPolicy};
use crate::operation::Call;

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
    match entity.kind {
        EntityKind::User => {
            let user = find::user(call, entity.name).map_err(|_| Invalid::NoSource)?;
            let mut policies = attached(call, &user.attached);
            policies.extend(inline(entity.kind, &user.name, &user.inline));
            Ok(Source {
                kind: entity.kind,
                arn: user.arn(partition, account),
                policies,
                boundary: None,
                controls: None,
            })
        }
        // There are none yet.
        EntityKind::Group | EntityKind::Role => Err(Invalid::NoSource.into()),
    }
}

/// The same as a denial names it: by the ARN that was sent, though that of the entity as it is
/// stored is matched.
pub(in crate::iam) fn target(call: &mut Call<'_>, arn: &str) -> Target {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    let entity = EntityArn::parse(arn).filter(|entity| entity.account == account);
    let user = entity
        .filter(|entity| entity.kind == EntityKind::User)
        .and_then(|entity| find::user(call, entity.name).ok());
    let stored = user.as_ref().map(|user| user.arn(partition, account));
    Target::Resource {
        arn: stored.unwrap_or_else(|| arn.to_owned()).into(),
        shown: arn.to_owned(),
        account,
        attributes: user.map(|user| user as Arc<dyn Attributes>),
    }
}

/// The managed policies of these ARNs, in force as they are now. Results call them by their names.
fn attached(call: &mut Call<'_>, arns: &[String]) -> Vec<Sourced> {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    let policies = arns.iter().filter_map(|arn| find::policy(call, arn));
    policies
        .map(|policy| {
            let arn = ManagedPolicy::arn_of(partition, account, "/", &policy.name);
            let version = policy.default_version();
            Sourced::new(
                policy.name.clone(),
                SourceType::Identity,
                Origin::Managed { arn },
                &version.document,
                version.policy.clone(),
            )
        })
        .collect()
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
