//! An instance profile: what an EC2 instance is given to get at a role.

use super::names::fold;
use crate::account::AccountId;
use crate::authorization::Attributes;
use crate::store::{Key, Prefix, Record, Stored};
use crate::tag::Tag;
use crate::timestamp::Timestamp;

/// An instance profile.
#[derive(Clone)]
pub(crate) struct InstanceProfile {
    /// As it was given; compared without regard to case.
    pub name: String,
    /// `/`, or `/team/`.
    pub path: String,
    /// `AIPA…`.
    pub id: String,
    /// When it was made.
    pub created: Timestamp,
    /// Its tags, in the order given.
    pub tags: Vec<Tag>,
    /// The folded name of its role. AWS shows a list, which never has two.
    pub role: Option<String>,
}

impl InstanceProfile {
    /// Where the instance profile of a name is kept.
    pub(crate) fn key(account: AccountId, name: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), &fold(name)])
    }

    /// All instance profiles of an account.
    pub(crate) fn all(account: AccountId) -> Prefix {
        Prefix::new(Self::KIND, &[account.as_str()])
    }

    /// Its ARN.
    pub(crate) fn arn(&self, partition: &str, account: AccountId) -> String {
        Self::arn_of(partition, account, &self.path, &self.name)
    }

    /// The ARN of an instance profile of that path and name.
    pub(crate) fn arn_of(partition: &str, account: AccountId, path: &str, name: &str) -> String {
        format!("arn:{partition}:iam::{account}:instance-profile{path}{name}")
    }
}

impl Record for InstanceProfile {}

impl Attributes for InstanceProfile {
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        Box::new(self.tags.iter().map(Tag::pair))
    }
}

impl Stored for InstanceProfile {
    const KIND: &'static str = "iam-instance-profile";
}
