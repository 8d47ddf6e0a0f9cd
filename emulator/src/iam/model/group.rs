//! A group: users, and what they are all given. Kept under its id, which users know it by, so that
//! a new name concerns nobody else.

use std::collections::BTreeSet;

use super::identity::IdentityPolicies;
use super::names::fold;
use crate::account::AccountId;
use crate::authorization::Attributes;
use crate::store::{Key, Prefix, Record, Stored};
use crate::tag::Tag;
use crate::timestamp::Timestamp;

/// An IAM group.
#[derive(Clone)]
pub(crate) struct Group {
    /// As it was given; compared without regard to case.
    pub name: String,
    /// `/`, or `/team/`.
    pub path: String,
    /// `AGPA…`.
    pub id: String,
    /// When it was made.
    pub created: Timestamp,
    /// Its policies.
    pub policies: IdentityPolicies,
    /// The folded names of the users in it.
    pub members: BTreeSet<String>,
}

/// The id that a group's name stands for.
#[derive(Clone)]
pub(crate) struct GroupName(pub String);

impl Group {
    /// Where the group of an id is kept.
    pub(crate) fn key(account: AccountId, id: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), id])
    }

    /// The ARN of a group of that path and name.
    pub(crate) fn arn_of(partition: &str, account: AccountId, path: &str, name: &str) -> String {
        format!("arn:{partition}:iam::{account}:group{path}{name}")
    }

    /// Its ARN.
    pub(crate) fn arn(&self, partition: &str, account: AccountId) -> String {
        Self::arn_of(partition, account, &self.path, &self.name)
    }
}

impl GroupName {
    /// Where the id of a name is kept.
    pub(crate) fn key(account: AccountId, name: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), &fold(name)])
    }

    /// The names of all groups of an account.
    pub(crate) fn all(account: AccountId) -> Prefix {
        Prefix::new(Self::KIND, &[account.as_str()])
    }
}

impl Record for Group {}

/// Groups have no tags.
impl Attributes for Group {
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        Box::new([].iter().map(Tag::pair))
    }
}

impl Stored for Group {
    const KIND: &'static str = "iam-group";
}

impl Record for GroupName {}

impl Stored for GroupName {
    const KIND: &'static str = "iam-group-name";
}
