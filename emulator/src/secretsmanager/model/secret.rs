//! A secret: its metadata, and which versions it has. The values are items of their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::policy::SecretPolicies;
use super::replication::Replication;
use super::rotation::Rotation;
use super::version_id::VersionId;
use super::versions::Versions;
use sekisho_iam::{ResourceKind, ResourcePolicy};

use crate::account::{Region, Scope};
use crate::authorization::Attributes;
use crate::store::{Key, Prefix, Record, Stored};
use crate::tag::Tag;
use crate::timestamp::Timestamp;

/// The length of the random end of an ARN.
const SUFFIX: usize = 6;

/// A secret.
#[derive(Clone)]
pub struct Secret {
    /// What it is called, which never changes.
    pub identity: Identity,
    /// Free text; empty if there is none.
    pub description: Box<str>,
    /// The KMS key as the caller named it; none for the default key.
    pub kms_key_id: Option<Box<str>>,
    /// Tags; none as long as there never was one, which AWS shows differently from "no more".
    pub tags: Option<Vec<Tag>>,
    /// When it was made.
    pub created: Timestamp,
    /// When anything about it last changed.
    pub changed: Timestamp,
    /// When it was last read. Shared by all versions of the record: a read is no change.
    pub accessed: Arc<Accessed>,
    /// Its deletion, if one is scheduled.
    pub deletion: Option<Deletion>,
    /// Its versions and their labels.
    pub versions: Versions,
    /// Its own policies.
    pub policies: Option<Arc<SecretPolicies>>,
    /// How it is rotated, once that was ever said.
    pub rotation: Option<Arc<Rotation>>,
    /// Its copies, or what it is a copy of.
    pub replication: Option<Arc<Replication>>,
    /// Whose secret it holds, if that is managed by rotation without a function: `Type`.
    pub managed_type: Option<Box<str>>,
}

/// Where a secret is kept, which says its name, and the six random characters that end its ARN. The
/// key is the store's own, so that it costs no memory.
#[derive(Clone)]
pub struct Identity {
    key: Key,
    suffix: [u8; SUFFIX],
}

/// A scheduled deletion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deletion {
    /// When DeleteSecret was called: what DescribeSecret shows as `DeletedDate`.
    pub requested: Timestamp,
    /// When the recovery window ends.
    pub due: Timestamp,
}

impl Secret {
    /// A secret without a value.
    pub fn new(scope: &Scope, name: &str, suffix: [u8; SUFFIX], now: Timestamp) -> Self {
        Self {
            identity: Identity {
                key: Self::key(scope, name),
                suffix,
            },
            description: "".into(),
            kms_key_id: None,
            tags: None,
            created: now,
            changed: now,
            accessed: Arc::default(),
            deletion: None,
            versions: Versions::default(),
            policies: None,
            rotation: None,
            replication: None,
            managed_type: None,
        }
    }

    /// Where the secret of a name is kept.
    pub fn key(scope: &Scope, name: &str) -> Key {
        Key::new(
            Self::KIND,
            &[scope.account.as_str(), scope.region.as_str(), name],
        )
    }

    /// All secrets of an account and region.
    pub fn all(scope: &Scope) -> Prefix {
        Prefix::new(Self::KIND, &[scope.account.as_str(), scope.region.as_str()])
    }

    /// The secrets of an account and region whose names begin so.
    pub fn named(scope: &Scope, beginning: &str) -> Prefix {
        let place = [scope.account.as_str(), scope.region.as_str()];
        Prefix::beginning(Self::KIND, &place, beginning)
    }

    /// Its name, unique in account and region.
    pub fn name(&self) -> &str {
        self.identity.key.last()
    }

    /// The six characters that end its ARN.
    pub fn suffix(&self) -> &str {
        std::str::from_utf8(&self.identity.suffix).unwrap_or_default()
    }

    /// Its ARN, where it lives.
    pub fn arn(&self, scope: &Scope) -> Arc<str> {
        Self::arn_of(scope, self.name(), self.suffix()).into()
    }

    /// Where it is kept.
    pub fn own_key(&self) -> &Key {
        &self.identity.key
    }

    /// The ARN of a secret of that name and suffix.
    pub fn arn_of(scope: &Scope, name: &str, suffix: &str) -> String {
        let (partition, region) = (scope.partition(), scope.region.as_str());
        let account = scope.account.as_str();
        [
            "arn:",
            partition,
            ":secretsmanager:",
            region,
            ":",
            account,
            ":secret:",
            name,
            "-",
            suffix,
        ]
        .concat()
    }

    /// Whether its recovery window has ended: then it is gone, whether or not it has been removed.
    pub fn is_gone(&self, now: Timestamp) -> bool {
        self.deletion.is_some_and(|deletion| deletion.due <= now)
    }
}

impl Record for Secret {}

impl Attributes for Secret {
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        Box::new(self.tags.iter().flatten().map(Tag::pair))
    }

    fn keys(&self) -> Vec<(&'static str, &str)> {
        let function = self.rotation.as_deref().and_then(Rotation::function);
        let region = self.primary_region().map(Region::as_str);
        let keys = [
            ("secretsmanager:SecretPrimaryRegion", region),
            ("secretsmanager:resource/AllowRotationLambdaArn", function),
            ("secretsmanager:resource/Type", self.managed_type.as_deref()),
        ];
        let known = keys
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)));
        known.collect()
    }

    fn policy(&self) -> Option<ResourcePolicy<'_>> {
        let policies = self.policies.as_deref()?;
        Some(ResourcePolicy {
            kind: ResourceKind::Secret,
            policy: policies.compiled(),
        })
    }
}

impl Stored for Secret {
    const KIND: &'static str = "secret";
}

/// The day something was last read. AWS keeps no more than the day.
#[derive(Debug)]
pub struct Accessed(AtomicI64);

impl Accessed {
    const NEVER: i64 = i64::MIN;

    /// Notes a read.
    pub fn touch(&self, at: Timestamp) {
        self.0.fetch_max(at.midnight().millis(), Ordering::Relaxed);
    }

    /// The same day, noted apart from now on.
    pub fn copy(&self) -> Self {
        Self(AtomicI64::new(self.0.load(Ordering::Relaxed)))
    }

    /// Midnight UTC of the day of the last read.
    pub fn day(&self) -> Option<Timestamp> {
        let millis = self.0.load(Ordering::Relaxed);
        (millis != Self::NEVER).then_some(Timestamp::from_millis(millis))
    }
}

impl Default for Accessed {
    fn default() -> Self {
        Self(AtomicI64::new(Self::NEVER))
    }
}

/// What is left of a secret with more versions than one commit can remove.
pub struct Discarded {
    /// Versions whose values are still to be removed.
    pub versions: Vec<VersionId>,
}

impl Discarded {
    /// Where the remains of a secret are kept.
    pub fn key(scope: &Scope, name: &str, suffix: &str) -> Key {
        Key::new(
            Self::KIND,
            &[scope.account.as_str(), scope.region.as_str(), name, suffix],
        )
    }
}

impl Record for Discarded {}

impl Stored for Discarded {
    const KIND: &'static str = "secret-discarded";
}
