//! What a managed policy is attached to. Kept apart from the policy, so that a customer's and AWS's
//! own are alike, and attaching one does not change the policy.

use std::collections::BTreeSet;

use super::identity::IdentityKind;
use crate::account::AccountId;
use crate::store::{Key, Prefix, Record, Stored};

/// What a managed policy is attached to in an account, and what it bounds.
#[derive(Clone, Default)]
pub(crate) struct AttachedTo {
    /// As a policy that gives rights.
    pub identities: BTreeSet<Attachment>,
    /// As a permissions boundary.
    pub bounded: BTreeSet<Attachment>,
}

/// One user, group or role: users and roles by their folded name, groups by their id.
pub(crate) type Attachment = (IdentityKind, String);

/// What a managed policy is to a user or role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PolicyUsage {
    /// It gives rights.
    Permissions,
    /// It bounds them.
    Boundary,
}

impl AttachedTo {
    /// Where the attachments of a policy are kept.
    pub(crate) fn key(account: AccountId, policy_arn: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), policy_arn])
    }

    /// The attachments of all policies of an account, by the ARN of the policy.
    pub(crate) fn all(account: AccountId) -> Prefix {
        Prefix::new(Self::KIND, &[account.as_str()])
    }

    /// Those of a usage.
    pub(crate) fn of(&mut self, usage: PolicyUsage) -> &mut BTreeSet<Attachment> {
        match usage {
            PolicyUsage::Permissions => &mut self.identities,
            PolicyUsage::Boundary => &mut self.bounded,
        }
    }

    /// Whether it is attached to nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.identities.is_empty() && self.bounded.is_empty()
    }
}

impl Record for AttachedTo {}

impl Stored for AttachedTo {
    const KIND: &'static str = "iam-attached";
}
