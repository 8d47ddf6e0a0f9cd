//! Accounts, organizational units, and the control policies that bind them: configuration that is
//! put as a whole, and compiled once for all decisions.
//!
//! Decides nothing itself, and serves no operation of AWS Organizations.
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_authorization_policies.html>

// From the text to what decisions take: read, given ids, compiled; then stored.
mod compile;
mod config;
mod ids;
mod kind;
mod library;
mod nearest;
mod node;
mod stored;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use foldhash::quality::RandomState;
use sekisho_iam::Level;
use serde::{Serialize, Serializer};

pub(crate) use stored::{find, put, remove};

use crate::account::AccountId;
use crate::environment::Environment;
use crate::operation::Call;
use crate::store::{CommitError, Key, Record, Stored};
use config::Config;
use library::Listed;

/// An organization, ready to be decided by.
pub(crate) struct Organization {
    id: String,
    management: Option<AccountId>,
    members: HashMap<AccountId, Member, RandomState>,
    /// What was put, with all ids in it.
    config: Config,
    policies: Vec<Listed>,
    notes: Vec<String>,
}

/// An account of the organization.
pub(super) struct Member {
    /// As `aws:PrincipalOrgPaths` has it.
    path: String,
    /// The root's, those of the units from the outermost to the innermost, the account's own. The
    /// management account has none.
    scps: Vec<Level>,
    rcps: Vec<Level>,
}

/// Whether accounts belong to one organization.
pub(crate) fn holds(call: &mut Call<'_>, accounts: [AccountId; 2]) -> bool {
    let organization = call.tx.get::<Organization>(Organization::key());
    organization.is_some_and(|known| accounts.iter().all(|account| known.has(*account)))
}

// What decisions ask.
impl Organization {
    /// Where the organization is kept: there is one, or none.
    pub(crate) fn key() -> &'static Key {
        static KEY: LazyLock<Key> = LazyLock::new(|| Key::new(Organization::KIND, &["current"]));
        &KEY
    }

    /// `aws:PrincipalOrgID` and `aws:ResourceOrgID` of its accounts.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Whether an account belongs to it.
    pub(crate) fn has(&self, account: AccountId) -> bool {
        self.members.contains_key(&account)
    }

    /// The one value of `aws:PrincipalOrgPaths` and `aws:ResourceOrgPaths`, which are multivalued
    /// keys: `o-…/r-…/ou-…/`, with a slash at its end.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path>
    pub(crate) fn path_of(&self, account: AccountId) -> Option<&str> {
        Some(&self.members.get(&account)?.path)
    }

    /// The service control policies that bind the principals of an account, level by level. Empty
    /// for the management account, and for accounts that do not belong to the organization.
    pub(crate) fn scps_of(&self, account: AccountId) -> &[Level] {
        self.members
            .get(&account)
            .map_or(&[], |member| &member.scps)
    }

    /// The resource control policies that bind the resources of an account, level by level, with
    /// `RCPFullAWSAccess` at each. Empty for the management account, and for accounts that do not
    /// belong to the organization.
    pub(crate) fn rcps_of(&self, account: AccountId) -> &[Level] {
        self.members
            .get(&account)
            .map_or(&[], |member| &member.rcps)
    }
}

impl Organization {
    /// Reads a configuration, and compiles it in place of another one: an id that is not given
    /// stays that of the other.
    pub(crate) fn read(
        json: &str,
        former: Option<&Self>,
        environment: &Environment,
    ) -> Result<Self, Invalid> {
        let mut config = Config::read(json)?;
        let given = config.id.clone();
        let id = given
            .or_else(|| former.map(|former| former.id.clone()))
            .unwrap_or_else(|| ids::organization(environment));
        ids::assign(&mut config, &id)?;
        let (members, policies, notes) = compile::compile(&config)?;
        Ok(Self {
            id,
            management: config.management,
            members,
            config,
            policies,
            notes,
        })
    }

    /// What is valid and probably not meant, for people to read.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }
}

/// What was put, with all ids in it so that it can be put again, and what came of it.
impl Serialize for Organization {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            organization: &'a Config,
            policies: &'a [Listed],
            accounts: BTreeMap<&'a str, Account<'a>>,
            notes: &'a [String],
        }
        #[derive(Serialize)]
        struct Account<'a> {
            path: &'a str,
            is_management: bool,
        }
        let accounts = self.members.iter().map(|(account, member)| {
            let shown = Account {
                path: &member.path,
                is_management: self.management == Some(*account),
            };
            (account.as_str(), shown)
        });
        let shown = Shown {
            organization: &self.config,
            policies: &self.policies,
            accounts: accounts.collect(),
            notes: &self.notes,
        };
        shown.serialize(serializer)
    }
}

impl Record for Organization {}

impl Stored for Organization {
    const KIND: &'static str = "organization";
}

/// What is wrong with a configuration, and where.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{at}{}{message}", if at.is_empty() { "" } else { ": " })]
pub(crate) struct Invalid {
    at: String,
    message: String,
}

/// Why an organization was not put.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OrganizationError {
    /// The configuration is not valid.
    #[error("{at}{}{message}", if at.is_empty() { "" } else { ": " })]
    Invalid {
        /// The way to the fault, as in `units.prod.scps[1]`; empty if it is the whole.
        at: String,
        /// What is wrong there.
        message: String,
    },
    /// The store did not take it.
    #[error("the organization was not stored: {0}")]
    Store(#[from] CommitError),
}

impl From<Invalid> for OrganizationError {
    fn from(Invalid { at, message }: Invalid) -> Self {
        Self::Invalid { at, message }
    }
}

#[cfg(test)]
mod tests;
