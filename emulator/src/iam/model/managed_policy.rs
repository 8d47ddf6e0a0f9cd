//! A customer managed policy and its versions.

use std::sync::Arc;

use sekisho_iam::Named;

use super::names::fold;
use crate::account::AccountId;
use crate::authorization::Attributes;
use crate::store::{Key, Prefix, Record, Stored};
use crate::tag::Tag;
use crate::timestamp::Timestamp;

/// A managed policy of an account.
#[derive(Clone)]
pub(crate) struct ManagedPolicy {
    /// As it was given; compared without regard to case.
    pub name: String,
    /// `/`, or `/team/`.
    pub path: String,
    /// `ANPA…`.
    pub id: String,
    /// Its ARN, fixed when it was made.
    pub arn: String,
    /// What it is for, in its maker's words; empty if not said.
    pub description: String,
    /// When it was made.
    pub created: Timestamp,
    /// When its newest version was made.
    pub updated: Timestamp,
    /// Its tags, in the order given.
    pub tags: Vec<Tag>,
    /// Its versions, oldest first; at least one, at most five.
    pub versions: Vec<PolicyVersion>,
    /// The number of the version in force.
    pub default: u32,
    /// The number of the next version; that of a deleted one never comes again.
    pub next: u32,
}

/// One version of a managed policy.
#[derive(Clone)]
pub(crate) struct PolicyVersion {
    /// 1 for `v1`. Numbers only grow.
    pub number: u32,
    /// The text, as it was given.
    pub document: Arc<str>,
    /// The same, compiled.
    pub policy: Arc<Named>,
    /// When it was made.
    pub created: Timestamp,
}

impl PolicyVersion {
    /// `v1`.
    pub(crate) fn id(&self) -> String {
        format!("v{}", self.number)
    }
}

impl ManagedPolicy {
    /// Where the policy of a name is kept.
    pub(crate) fn key(account: AccountId, name: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), &fold(name)])
    }

    /// Where the policy of an ARN is kept; none if it is no ARN of a customer managed policy.
    pub(crate) fn key_of_arn(arn: &str) -> Option<Key> {
        let (account, path_and_name) = split_arn(arn)?;
        Some(Self::key(account, path_and_name.rsplit('/').next()?))
    }

    /// Whether a text is the ARN of a managed policy: a customer's, or AWS's own.
    pub(crate) fn is_arn(text: &str) -> bool {
        policy_arn(text)
            .is_some_and(|(account, _)| account == "aws" || AccountId::parse(account).is_some())
    }

    /// The account in the ARN of a customer managed policy.
    pub(crate) fn account_of_arn(arn: &str) -> Option<AccountId> {
        split_arn(arn).map(|(account, _)| account)
    }

    /// All managed policies of an account.
    pub(crate) fn all(account: AccountId) -> Prefix {
        Prefix::new(Self::KIND, &[account.as_str()])
    }

    /// The ARN of a policy of that path and name.
    pub(crate) fn arn_of(partition: &str, account: AccountId, path: &str, name: &str) -> String {
        format!("arn:{partition}:iam::{account}:policy{path}{name}")
    }

    /// A version by its id.
    pub(crate) fn version_by_id(&self, id: &str) -> Option<&PolicyVersion> {
        self.versions.iter().find(|version| version.id() == id)
    }

    /// A version by number.
    pub(crate) fn version(&self, number: u32) -> Option<&PolicyVersion> {
        self.versions
            .iter()
            .find(|version| version.number == number)
    }

    /// The version in force.
    ///
    /// INVARIANT (default exists): `default` is always the number of one of `versions`; the
    /// operations refuse to delete that one. The newest stands in, were it ever otherwise.
    pub(crate) fn default_version(&self) -> &PolicyVersion {
        self.version(self.default)
            .unwrap_or(&self.versions[self.versions.len() - 1])
    }
}

/// Account, and path with name, of the ARN of a customer managed policy.
fn split_arn(arn: &str) -> Option<(AccountId, &str)> {
    let (account, path_and_name) = policy_arn(arn)?;
    Some((AccountId::parse(account)?, path_and_name))
}

/// What stands for the account, and path with name, of the ARN of a managed policy.
fn policy_arn(arn: &str) -> Option<(&str, &str)> {
    let mut parts = arn.splitn(6, ':');
    let (Some("arn"), Some(_), Some("iam"), Some("")) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let (account, resource) = (parts.next()?, parts.next()?);
    Some((account, resource.strip_prefix("policy/")?))
}

impl Record for ManagedPolicy {}

impl Attributes for ManagedPolicy {
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        Box::new(self.tags.iter().map(Tag::pair))
    }
}

impl Stored for ManagedPolicy {
    const KIND: &'static str = "iam-policy";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_lead_to_keys() {
        let account = AccountId::parse("111122223333").unwrap();
        let key = ManagedPolicy::key(account, "read-keys");
        for arn in [
            "arn:aws:iam::111122223333:policy/read-keys",
            "arn:aws:iam::111122223333:policy/team/a/Read-Keys",
        ] {
            assert_eq!(ManagedPolicy::key_of_arn(arn), Some(key.clone()));
        }
        for arn in [
            "",
            "read-keys",
            "arn:aws:iam::aws:policy/X",
            "arn:aws:iam::111122223333:user/x",
            "arn:aws:s3:::policy/x",
        ] {
            assert_eq!(ManagedPolicy::key_of_arn(arn), None, "{arn}");
        }
    }
}
