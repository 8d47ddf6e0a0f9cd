//! A role: who may assume it, and what it is given.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::access_key::LastUsed;
use super::identity::IdentityPolicies;
use super::names::fold;
use super::trust::TrustPolicy;
use crate::account::AccountId;
use crate::authorization::Attributes;
use crate::store::{Key, Prefix, Record, Stored};
use crate::tag::Tag;
use crate::timestamp::Timestamp;

/// An IAM role.
#[derive(Clone)]
pub struct Role {
    /// As it was given; compared without regard to case.
    pub(crate) name: String,
    /// `/`, or `/team/`.
    pub(crate) path: String,
    /// `AROA…`, never used again once the role is gone.
    pub(crate) id: String,
    /// When it was made.
    pub(crate) created: Timestamp,
    /// What it is for, in its maker's words; none if that was never said.
    pub(crate) description: Option<String>,
    /// The longest that a session may last, in seconds: 3,600 to 43,200.
    pub(crate) max_session: i64,
    /// The longest that a session in AWS's console may last, in seconds, if that was ever said.
    pub(crate) max_signin: Option<i64>,
    /// Who may assume it.
    pub(crate) trust: Arc<TrustPolicy>,
    /// Its tags, in the order given.
    pub(crate) tags: Vec<Tag>,
    /// Its policies.
    pub(crate) policies: IdentityPolicies,
    /// The ARN of its permissions boundary.
    pub(crate) boundary: Option<String>,
    /// Whether it was made for a service of AWS, which alone may change it.
    pub(crate) service_linked: bool,
    /// The folded names of the instance profiles that it is in.
    pub(crate) instance_profiles: BTreeSet<String>,
    /// Shared by all versions of the record: noting a use is no change of the role.
    pub(crate) last_used: Arc<LastUsed>,
}

impl Role {
    /// Where the role of a name is kept.
    pub(crate) fn key(account: AccountId, name: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), &fold(name)])
    }

    /// All roles of an account.
    pub(crate) fn all(account: AccountId) -> Prefix {
        Prefix::new(Self::KIND, &[account.as_str()])
    }

    /// Its ARN.
    pub(crate) fn arn(&self, partition: &str, account: AccountId) -> String {
        Self::arn_of(partition, account, &self.path, &self.name)
    }

    /// The ARN of a role of that path and name.
    pub(crate) fn arn_of(partition: &str, account: AccountId, path: &str, name: &str) -> String {
        format!("arn:{partition}:iam::{account}:role{path}{name}")
    }
}

impl Record for Role {}

impl Attributes for Role {
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        Box::new(self.tags.iter().map(Tag::pair))
    }

    /// Whoever may change only roles with a certain boundary is known by this key.
    fn keys(&self) -> Vec<(&'static str, &str)> {
        let boundary = self.boundary.as_deref();
        Vec::from_iter(boundary.map(|arn| ("iam:PermissionsBoundary", arn)))
    }
}

impl Stored for Role {
    const KIND: &'static str = "iam-role";
}
