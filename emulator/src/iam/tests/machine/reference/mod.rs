//! A small IAM, written from what AWS documents and was recorded to answer, apart from the emulator:
//! everything has a number of its own, its unique id, and what belongs together is a pair of them, so
//! that a new name concerns nobody and nothing is kept twice. Of refusals it tells the code, and all
//! codes where several are right.

mod account;
mod answers;
mod ask;
mod decide;
mod entities;
mod kind;
mod policies;
mod principals;
mod relations;
mod show;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub(super) use ask::Ask;
use ask::Wrong;
use decide::Session;
pub(super) use decide::{Deed, VALUE};
pub(super) use kind::Kind;

/// What a request is answered: what it says, or the codes that it can be refused with.
pub(super) type Answer = Result<Value, Vec<&'static str>>;

/// The policies of AWS's own that requests name. The last two allow and deny everything; the others
/// allow nothing that is asked for here.
pub(super) const OF_AWS: [&str; 12] = [
    "AWSCloudTrail_ReadOnlyAccess",
    "AWSLambdaExecute",
    "AmazonEC2FullAccess",
    "AmazonEC2ReadOnlyAccess",
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonSSMReadOnlyAccess",
    "CloudWatchAgentServerPolicy",
    "AWSDenyAll",
    "AdministratorAccess",
];

/// The ARN of a policy of AWS's own.
pub(super) fn of_aws(name: &str) -> String {
    format!("arn:aws:iam::aws:policy/{name}")
}

/// All that there is.
#[derive(Clone, Default)]
pub(super) struct Reference {
    /// Seconds since the epoch.
    pub(super) now: i64,
    pub(super) entities: BTreeMap<String, Entity>,
    /// Groups and the users in them.
    pub(super) members: BTreeSet<(String, String)>,
    /// Instance profiles and their roles.
    pub(super) roles_in: BTreeMap<String, String>,
    /// Users, groups and roles with the ARNs of policies, oldest first.
    pub(super) attached: Vec<(String, String)>,
    /// Users and roles with the ARN of the policy that bounds them.
    pub(super) bounded: BTreeMap<String, String>,
    /// Who has which inline policies, by their names in small letters: the name, and the text.
    pub(super) inline: BTreeMap<(String, String), (String, String)>,
    pub(super) keys: BTreeMap<String, AccessKey>,
    /// Users with passwords, and since when.
    pub(super) logins: BTreeMap<String, i64>,
    pub(super) aliases: BTreeMap<&'static str, String>,
    /// Temporary credentials, by their access key ids.
    sessions: BTreeMap<String, Session>,
    /// The policies of the secrets, by account.
    pub(super) secrets: BTreeMap<&'static str, Value>,
    /// Every id there ever was.
    pub(super) ids: Vec<String>,
    /// What the emulator has answered: it chooses the ids.
    got: Value,
}

/// A user, group, role, instance profile or managed policy.
#[derive(Clone)]
pub(super) struct Entity {
    pub(super) account: &'static str,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) path: String,
    pub(super) id: String,
    created: i64,
    tags: Vec<(String, String)>,
    description: Option<String>,
    /// Of a role.
    pub(super) trust: Value,
    max_session: i64,
    used: Option<i64>,
    /// Of a policy: numbers, texts and dates.
    versions: Vec<(u32, String, i64)>,
    default: u32,
    last_version: u32,
    /// When its newest version was made, be it there still or not.
    updated: i64,
}

/// An access key that there is.
#[derive(Clone)]
pub(super) struct AccessKey {
    pub(super) user: String,
    pub(super) is_active: bool,
    created: i64,
    /// When, and for which service.
    used: Option<(i64, &'static str)>,
}

pub(super) const MISSING: &str = "NoSuchEntity";
const EXISTS: &str = "EntityAlreadyExists";
const IN_USE: &str = "DeleteConflict";
const LIMIT: &str = "LimitExceeded";
const MALFORMED: &str = "MalformedPolicyDocument";
const INPUT: &str = "InvalidInput";
const INVALID: &str = "ValidationError";
pub(super) const DENIED: &str = "AccessDenied";

impl Reference {
    /// Answers a request. A request that is refused changes nothing.
    pub(super) fn answer(&mut self, ask: &Ask, got: &Value) -> Answer {
        let changes = !ask.operation.starts_with("Get") && !ask.operation.starts_with("List");
        let before = changes.then(|| self.clone());
        self.got = got.clone();
        self.run(ask).map_err(|mut codes| {
            if let Some(before) = before {
                *self = before;
            }
            codes.extend(ask.bad_members());
            codes
        })
    }

    /// The entity of a name, in whatever case.
    pub(super) fn named(&self, account: &str, kind: Kind, name: &str) -> Option<&Entity> {
        self.all(account, kind)
            .find(|entity| entity.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn all(&self, account: &str, kind: Kind) -> impl Iterator<Item = &Entity> {
        let is_one = move |it: &&Entity| it.account == account && it.kind == kind;
        self.entities.values().filter(is_one)
    }

    /// What a request names: policies by ARN, all else by name.
    pub(super) fn known(&self, account: &str, kind: Kind, handle: &str) -> Option<&Entity> {
        match kind {
            Kind::Policy => self.policy(account, handle),
            _ => self.named(account, kind, handle),
        }
    }

    /// The managed policy of an ARN.
    fn policy(&self, account: &str, arn: &str) -> Option<&Entity> {
        let arn = arn.to_owned();
        self.all(account, Kind::Policy).find(|it| it.arn() == arn)
    }

    /// The managed policies of an identity.
    pub(super) fn attached_to(&self, id: &str) -> impl Iterator<Item = &String> {
        let of = self.attached.iter().filter(move |(holder, _)| holder == id);
        of.map(|(_, arn)| arn)
    }

    pub(super) fn inline_of(&self, id: &str) -> impl Iterator<Item = &(String, String)> {
        let of = self.inline.iter().filter(move |((it, _), _)| it == id);
        of.map(|(_, named)| named)
    }

    pub(super) fn keys_of(&self, user: &str) -> impl Iterator<Item = (&String, &AccessKey)> {
        self.keys.iter().filter(move |(_, key)| key.user == user)
    }

    pub(super) fn groups_of(&self, user: &str) -> impl Iterator<Item = &Entity> {
        let of = self.members.iter().filter(move |(_, it)| it == user);
        of.map(|(group, _)| &self.entities[group])
    }

    pub(super) fn users_in(&self, group: &str) -> impl Iterator<Item = &Entity> {
        let of = self.members.iter().filter(move |(it, _)| it == group);
        of.map(|(_, user)| &self.entities[user])
    }

    pub(super) fn profiles_of(&self, role: &str) -> impl Iterator<Item = &Entity> {
        let of = self.roles_in.iter().filter(move |(_, it)| *it == role);
        of.map(|(profile, _)| &self.entities[profile])
    }

    fn entity(&mut self, id: &str) -> &mut Entity {
        self.entities.get_mut(id).unwrap()
    }
}

impl Entity {
    /// Whether policies can name it.
    fn is_principal(&self) -> bool {
        matches!(self.kind, Kind::User | Kind::Role)
    }

    pub(super) fn arn(&self) -> String {
        let (word, path, name) = (self.kind.word(), &self.path, &self.name);
        format!("arn:aws:iam::{}:{word}{path}{name}", self.account)
    }

    /// What requests that name it have it by.
    pub(super) fn handle(&self) -> String {
        match self.kind {
            Kind::Policy => self.arn(),
            _ => self.name.clone(),
        }
    }

    /// The text of one of its versions.
    fn text(&self, number: u32) -> &str {
        let mut versions = self.versions.iter();
        versions.find(|it| it.0 == number).map_or("", |it| &it.1)
    }

    /// The numbers of its versions.
    pub(super) fn version_numbers(&self) -> impl Iterator<Item = u32> {
        self.versions.iter().map(|(number, ..)| *number)
    }

    /// The number of the version in force.
    pub(super) fn default_version(&self) -> u32 {
        self.default
    }
}
