//! A user: who it is, and what is attached to it.

use super::identity::IdentityPolicies;
use super::names::fold;
use crate::account::AccountId;
use crate::authorization::Attributes;
use crate::store::{Key, Prefix, Record, Stored};
use crate::tag::Tag;
use crate::timestamp::Timestamp;

/// An IAM user.
#[derive(Clone)]
pub struct User {
    /// As it was given; compared without regard to case.
    pub name: String,
    /// `/`, or `/team/`.
    pub path: String,
    /// `AIDA…`, never used again once the user is gone.
    pub id: String,
    /// When it was made.
    pub created: Timestamp,
    /// Its tags, in the order given.
    pub tags: Vec<Tag>,
    /// Its own policies.
    pub(crate) policies: IdentityPolicies,
    /// The ARN of its permissions boundary.
    pub(crate) boundary: Option<String>,
    /// The ids of the groups that it is in, oldest membership first; at most ten.
    pub(crate) groups: Vec<String>,
    /// The ids of its access keys, oldest first; at most two.
    pub access_keys: Vec<String>,
}

impl User {
    /// Where the user of a name is kept.
    pub fn key(account: AccountId, name: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), &fold(name)])
    }

    /// All users of an account.
    pub fn all(account: AccountId) -> Prefix {
        Prefix::new(Self::KIND, &[account.as_str()])
    }

    /// Its ARN.
    pub fn arn(&self, partition: &str, account: AccountId) -> String {
        Self::arn_of(partition, account, &self.path, &self.name)
    }

    /// The ARN of a user of that path and name.
    pub fn arn_of(partition: &str, account: AccountId, path: &str, name: &str) -> String {
        [
            "arn:",
            partition,
            ":iam::",
            account.as_str(),
            ":user",
            path,
            name,
        ]
        .concat()
    }
}

impl Record for User {}

impl Attributes for User {
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        Box::new(self.tags.iter().map(Tag::pair))
    }

    fn keys(&self) -> Vec<(&'static str, &str)> {
        let boundary = self.boundary.iter();
        boundary
            .map(|arn| ("iam:PermissionsBoundary", arn.as_str()))
            .collect()
    }
}

impl Stored for User {
    const KIND: &'static str = "iam-user";
}
