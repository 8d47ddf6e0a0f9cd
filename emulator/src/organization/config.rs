//! The configuration as it is written: read from JSON, and printed as JSON that reads the same.
//!
//! Knows nothing of what policies say, and of names and accounts only what each is by itself.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::node::{self, Node, Object, Place};
use super::{Invalid, ids};
use crate::account::AccountId;

/// "Five levels of OUs deep under a root."
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
const MAX_NESTING: usize = 5;
/// Of units and of policies.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html>
const MAX_NAME: usize = 128;

/// An organization.
#[derive(Serialize)]
pub(super) struct Config {
    /// `o-…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "text")]
    pub(super) management: Option<AccountId>,
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub(super) policies: Named<Box<RawValue>>,
    /// Its units are those of the organization.
    pub(super) root: Target,
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub(super) units: Named<Target>,
    /// What is attached to single accounts.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub(super) accounts: Named<Attached>,
}

/// The root, or a unit.
#[derive(Default, Serialize)]
pub(super) struct Target {
    /// `r-…` or `ou-…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "texts")]
    pub(super) accounts: Vec<AccountId>,
    #[serde(flatten)]
    pub(super) attached: Attached,
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub(super) units: Named<Self>,
}

/// The control policies attached to the root, a unit or an account.
#[derive(Default, Serialize)]
pub(super) struct Attached {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scps: Option<Vec<Entry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rcps: Option<Vec<Entry>>,
}

/// A control policy where it is attached.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Entry {
    /// One of the configuration's, or one of AWS's.
    Name(String),
    /// Written in place.
    Document(Box<RawValue>),
}

/// Things that have names, in the order in which they were written.
pub(super) struct Named<T>(pub(super) Vec<(String, T)>);

impl Config {
    /// Reads a configuration.
    pub(super) fn read(json: &str) -> Result<Self, Invalid> {
        let keys = ["id", "management", "policies", "root", "units", "accounts"];
        let mut fields = Node::read(json)?.object(&keys)?;
        let id = fields.take("id");
        let management = fields.take("management");
        let root = fields.take("root");
        Ok(Self {
            id: id.map(|node| ids::given(&node, "o-", 10)).transpose()?,
            management: management.map(|node| node.account()).transpose()?,
            policies: named(fields.take("policies"), |name, node| {
                is_name(name, &node.at)?;
                node.document()
            })?,
            root: root.map_or_else(|| Ok(Target::default()), |node| read_root(&node))?,
            units: units(fields.take("units"), MAX_NESTING)?,
            accounts: named(fields.take("accounts"), |account, node| {
                node::account(account, &node.at)?;
                attached(&mut node.object(&["scps", "rcps"])?)
            })?,
        })
    }
}

fn read_root(node: &Node<'_>) -> Result<Target, Invalid> {
    let mut fields = node.object(&["id", "accounts", "scps", "rcps"])?;
    let id = fields.take("id");
    let id = id.map(|id| ids::given(&id, "r-", 4)).transpose()?;
    target(&mut fields, id)
}

/// The units of the root or of a unit, below which so many levels may follow.
fn units(node: Option<Node<'_>>, levels: usize) -> Result<Named<Target>, Invalid> {
    named(node, |name, node| {
        if levels == 0 {
            let message = format!("Units nest {MAX_NESTING} levels deep at most.");
            return Err(node.at.invalid(message));
        }
        is_name(name, &node.at)?;
        let mut fields = node.object(&["id", "accounts", "scps", "rcps", "units"])?;
        let id = fields.take("id");
        let id = id.map(|id| ids::given_unit(&id)).transpose()?;
        Ok(Target {
            units: units(fields.take("units"), levels - 1)?,
            ..target(&mut fields, id)?
        })
    })
}

fn target(fields: &mut Object<'_>, id: Option<String>) -> Result<Target, Invalid> {
    let accounts = fields
        .take("accounts")
        .map(|node| node.list())
        .transpose()?;
    let accounts = accounts.iter().flatten().map(Node::account);
    Ok(Target {
        id,
        accounts: accounts.collect::<Result<_, _>>()?,
        attached: attached(fields)?,
        units: Named::default(),
    })
}

fn attached(fields: &mut Object<'_>) -> Result<Attached, Invalid> {
    let mut entries = |key: &str| {
        let node = fields.take(key)?;
        let entries = || node.list()?.iter().map(entry).collect();
        Some(entries())
    };
    Ok(Attached {
        scps: entries("scps").transpose()?,
        rcps: entries("rcps").transpose()?,
    })
}

fn entry(node: &Node<'_>) -> Result<Entry, Invalid> {
    if node.is_text() {
        return Ok(Entry::Name(node.text()?));
    }
    let document = node.document();
    let document = document.map_err(|_| node.expected("the name of a policy, or a document"));
    Ok(Entry::Document(document?))
}

fn named<'a, T>(
    node: Option<Node<'a>>,
    mut read: impl FnMut(&str, Node<'a>) -> Result<T, Invalid>,
) -> Result<Named<T>, Invalid> {
    let Some(node) = node else {
        return Ok(Named::default());
    };
    let members = node.members()?.into_iter();
    let read = members.map(|(name, node)| Ok((name.clone(), read(&name, node)?)));
    Ok(Named(read.collect::<Result<_, _>>()?))
}

fn is_name(name: &str, at: &Place) -> Result<(), Invalid> {
    if (1..=MAX_NAME).contains(&name.chars().count()) {
        return Ok(());
    }
    Err(at.invalid(format!("A name has 1 to {MAX_NAME} characters.")))
}

impl<T> Named<T> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

fn text<S: Serializer>(account: &Option<AccountId>, serializer: S) -> Result<S::Ok, S::Error> {
    account
        .as_ref()
        .map(AccountId::as_str)
        .serialize(serializer)
}

fn texts<S: Serializer>(accounts: &[AccountId], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(accounts.iter().map(AccountId::as_str))
}
