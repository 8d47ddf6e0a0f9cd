//! Secrets that are copies of others: in another region of the account, or in another account.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html>
//!
//! A copy keeps its own record, and reads the values of the one that it is a copy of. Once the two
//! are parted, it has values of its own.

use std::sync::Arc;

use super::secret::Secret;
use super::value::VersionValue;
use super::version_id::VersionId;
use crate::account::{Region, Scope};
use crate::store::Key;
use crate::timestamp::Timestamp;

/// The key that a copy is encrypted under if none is named.
pub const DEFAULT_KEY: &str = "alias/aws/secretsmanager";

/// What a secret is to others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Replication {
    /// It is copied.
    Primary(Primary),
    /// It is a copy.
    Replica(Replica),
}

/// The copies of a secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Primary {
    /// The region it is in itself.
    pub home: Region,
    /// Those in other regions, in the order in which they were asked for.
    pub regions: Vec<RegionReplica>,
    /// The one in another account.
    pub account: Option<AccountReplica>,
}

/// A copy in another region, or the attempt to make one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegionReplica {
    /// Where it is.
    pub region: Region,
    /// Its KMS key, as the caller named it.
    pub kms_key_id: Box<str>,
    /// Why there is none.
    pub failure: Option<Box<str>>,
}

/// A copy in another account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountReplica {
    /// Which secret it is.
    pub secret: FullName,
    /// The role named to write it; kept and shown, not assumed.
    pub role_arn: Option<Box<str>>,
    /// Whether the copy has parted since.
    pub is_detached: bool,
}

/// What a secret is a copy of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replica {
    /// The one that is copied.
    pub primary: FullName,
    /// How the two are bound.
    pub link: Link,
}

/// How a copy is bound to what it is a copy of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link {
    /// By region, within an account.
    Region,
    /// Across accounts, once the primary is told.
    Pending,
    /// Across accounts.
    Account,
    /// No longer.
    Detached,
}

/// A secret, named in full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FullName {
    /// Its account and region.
    pub scope: Scope,
    /// Its name.
    pub name: Box<str>,
    /// The six characters that end its ARN.
    pub suffix: Box<str>,
}

impl FullName {
    /// The name of a secret that exists.
    pub fn of(secret: &Secret, scope: &Scope) -> Self {
        Self {
            scope: *scope,
            name: secret.name().into(),
            suffix: secret.suffix().into(),
        }
    }

    /// Where the value of one of its versions is kept.
    pub fn version_key(&self, version: &VersionId) -> Key {
        VersionValue::key(&self.scope, &self.name, &self.suffix, version)
    }

    /// Its ARN.
    pub fn arn(&self) -> String {
        Secret::arn_of(&self.scope, &self.name, &self.suffix)
    }
}

impl From<Replica> for Arc<Replication> {
    fn from(replica: Replica) -> Self {
        Self::new(Replication::Replica(replica))
    }
}

impl Replica {
    /// Whether the values are the primary's.
    pub fn shares_values(&self) -> bool {
        matches!(self.link, Link::Region | Link::Account)
    }
}

impl Secret {
    /// The copies of this secret, if it is none itself.
    pub fn primary(&self) -> Option<&Primary> {
        match self.replication.as_deref()? {
            Replication::Primary(primary) => Some(primary),
            Replication::Replica(_) => None,
        }
    }

    /// What this secret is a copy of, if it is one.
    pub fn replica(&self) -> Option<&Replica> {
        match self.replication.as_deref()? {
            Replication::Primary(_) => None,
            Replication::Replica(replica) => Some(replica),
        }
    }

    /// Whether it has the value of a version for itself. Those of a copy are the primary's.
    pub fn keeps_value(&self, id: &VersionId) -> bool {
        let is_copy = self.replica().is_some_and(Replica::shares_values);
        let version = self.versions.iter().find(|version| version.id == *id);
        !is_copy && version.is_some_and(|version| version.has_value)
    }

    /// Whether it is kept up to date with that secret.
    pub fn is_copy_of(&self, primary: &Self, scope: &Scope) -> bool {
        self.replica().is_some_and(|replica| {
            replica.shares_values() && replica.primary == FullName::of(primary, scope)
        })
    }

    /// The region of the primary; none for a secret that has no copies in other regions.
    pub fn primary_region(&self) -> Option<&Region> {
        match self.replication.as_deref()? {
            Replication::Primary(primary) => (!primary.regions.is_empty()).then_some(&primary.home),
            Replication::Replica(replica) => {
                (replica.link == Link::Region).then_some(&replica.primary.scope.region)
            }
        }
    }

    /// A copy of this secret in another region. Versions without labels are not copied.
    pub fn copy_to(&self, scope: &Scope, to: &RegionReplica, now: Timestamp) -> Self {
        let suffix = self.suffix().as_bytes().try_into().unwrap_or_default();
        let to_region = Scope {
            region: to.region,
            ..*scope
        };
        let copy = Self {
            replication: Some(Arc::new(Replication::Replica(Replica {
                primary: FullName::of(self, scope),
                link: Link::Region,
            }))),
            kms_key_id: Some(to.kms_key_id.clone()),
            ..Self::new(&to_region, self.name(), suffix, now)
        };
        copy.refreshed(self, now)
    }

    /// This copy after its primary has changed. A version that is new here was made here now.
    pub fn refreshed(&self, primary: &Self, now: Timestamp) -> Self {
        let mut copy = Self {
            versions: primary.versions.copied(&self.versions, now),
            changed: primary.changed,
            description: primary.description.clone(),
            ..self.clone()
        };
        let is_region = self
            .replica()
            .is_some_and(|replica| replica.link == Link::Region);
        if is_region {
            copy.tags = primary.tags.clone();
            copy.policies = primary.policies.clone();
            copy.managed_type = primary.managed_type.clone();
        } else {
            // It has tags and policies of its own, whose last change may be the later one.
            copy.changed = copy.changed.max(self.changed);
        }
        copy
    }
}
