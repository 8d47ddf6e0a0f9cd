//! What is attached to a caller, and what takes part in a decision.

use std::sync::Arc;

use sekisho_iam::{Named, Policies, ResourceKind, ResourcePolicy};

use super::demand::Demand;
use crate::caller::{Caller, Principal};
use crate::iam::model::{ManagedPolicy, User};
use crate::store::Transaction;

/// What is attached to a caller, as of one attempt.
#[derive(Clone, Default)]
pub(super) struct Attached {
    /// Whose tags conditions may ask for.
    pub(super) user: Option<Arc<User>>,
    pub(super) identity: Arc<[Arc<Named>]>,
}

impl Attached {
    /// All policies that take part in a decision on a demand.
    pub(super) fn policies<'a>(&'a self, demand: &'a Demand) -> Policies<'a> {
        let resource = demand.resource_policy().map(|policy| ResourcePolicy {
            kind: ResourceKind::Secret,
            policy,
        });
        Policies {
            identity: &self.identity,
            resource,
            ..Policies::default()
        }
    }
}

/// Everything attached to a caller: inline policies first, then managed ones. Read through the
/// transaction, so that a write relies on the policies and tags that allowed it.
pub(super) fn attached(tx: &mut Transaction<'_>, caller: &Caller) -> Attached {
    let Principal::User {
        user: known,
        key,
        inline,
    } = &caller.principal
    else {
        return Attached::default();
    };
    // The user as of this attempt: deleted meanwhile, it has no policies any more.
    let Some(user) = tx.get::<User>(key).filter(|user| user.id == known.id) else {
        return Attached::default();
    };
    let identity = if Arc::ptr_eq(&user, known) && user.attached.is_empty() {
        inline.clone()
    } else {
        let mut policies: Vec<Arc<Named>> =
            Vec::with_capacity(user.inline.len() + user.attached.len());
        policies.extend(user.inline.values().map(|inline| inline.policy.clone()));
        for arn in &user.attached {
            let managed =
                ManagedPolicy::key_of_arn(arn).and_then(|key| tx.get::<ManagedPolicy>(&key));
            // A policy that is attached cannot be deleted.
            debug_assert!(managed.is_some(), "{arn} is gone");
            policies.extend(managed.map(|managed| managed.default_version().policy.clone()));
        }
        policies.into()
    };
    Attached {
        user: Some(user),
        identity,
    }
}
