//! What AWS's services tell of themselves: actions, the resources and condition keys of each, and
//! the global condition keys.
//!
//! Covers the services `iam`, `kms`, `secretsmanager` and `sts`, as of the date in
//! `data/iam-data.json`; the build script makes static tables of that file. Nothing here depends on
//! a policy, and that something is missing here never proves that AWS does not have it.
//! Names are found without regard to case, as IAM compares them.

use std::cmp::Ordering;

use crate::glob;

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// A service, its actions and what they work on.
#[derive(Debug)]
pub struct Service {
    /// The prefix of its actions, as in `secretsmanager`.
    pub name: &'static str,
    /// In alphabetical order.
    pub actions: &'static [Action],
    /// The types of resources that actions of this service take. Their ARNs may be those of another
    /// service: `sts:AssumeRole` takes an IAM role.
    pub resource_types: &'static [ResourceType],
    /// The condition keys that some action of the service carries, besides the global ones.
    pub keys: &'static [Key],
}

/// An action and what requests for it carry.
#[derive(Debug)]
pub struct Action {
    /// In full and in AWS's spelling: `secretsmanager:GetSecretValue`.
    pub name: &'static str,
    /// The types of resources it takes. None for an action such as `secretsmanager:ListSecrets`,
    /// which only the resource `*` matches.
    pub resources: &'static [ResourceUse],
    /// The condition keys that its requests can carry, besides those of its resources and the
    /// global ones.
    pub keys: &'static [&'static str],
}

/// A type of resource that an action takes.
#[derive(Debug)]
pub struct ResourceUse {
    /// The name of the [`ResourceType`], as in `Secret`.
    pub name: &'static str,
    /// The type's [`ResourceType::arn`].
    pub arn: &'static str,
    /// Whether each request names a resource of this type.
    pub is_required: bool,
    /// The condition keys that come with the resource.
    pub keys: &'static [&'static str],
}

/// A type of resource.
#[derive(Debug)]
pub struct ResourceType {
    /// As in `Secret`.
    pub name: &'static str,
    /// A pattern that its ARNs match: `arn:*:secretsmanager:*:*:secret:*`.
    pub arn: &'static str,
    /// The condition keys that come with such a resource.
    pub keys: &'static [&'static str],
}

/// A condition key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// In AWS's spelling; `${…}` stands for what each policy fills in, as in
    /// `aws:ResourceTag/${TagKey}`.
    pub name: &'static str,
    /// The type of its value, or of each of its values.
    pub kind: KeyType,
    /// Whether a request can give it several values, so that conditions need `ForAllValues:` or
    /// `ForAnyValue:`.
    pub is_multivalued: bool,
}

/// The type of a condition key's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// Text.
    String,
    /// An ARN.
    Arn,
    /// `true` or `false`.
    Bool,
    /// A number.
    Numeric,
    /// A point in time.
    Date,
    /// An IP address.
    Ip,
    /// Bytes, in base64.
    Binary,
}

/// Finds a service by the prefix of its actions.
///
/// ```
/// let service = sekisho_iam::table::service("SecretsManager").expect("is in the table");
/// assert_eq!(service.name, "secretsmanager");
/// assert!(sekisho_iam::table::service("s3").is_none());
/// ```
pub fn service(name: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|s| s.name.eq_ignore_ascii_case(name))
}

/// Finds an action by its full name.
///
/// ```
/// let action = sekisho_iam::table::action("secretsmanager:getsecretvalue").expect("is an action");
/// assert_eq!(action.name, "secretsmanager:GetSecretValue");
/// assert!(action.has_resource());
/// assert!(action.may_have("secretsmanager:VersionStage"));
/// ```
pub fn action(name: &str) -> Option<&'static Action> {
    let (prefix, _) = name.split_once(':')?;
    let actions = service(prefix)?.actions;
    let at = actions.binary_search_by(|action| ignoring_case(action.name, name));
    actions.get(at.ok()?)
}

/// Finds a condition key, be it global or one service's. Where AWS's name has a `${…}`, any text
/// may stand.
///
/// ```
/// let key = sekisho_iam::table::key("aws:resourcetag/Team").expect("is a key");
/// assert_eq!(key.name, "aws:ResourceTag/${TagKey}");
/// assert!(!key.is_multivalued);
/// assert!(sekisho_iam::table::key("aws:ResourceTag/").is_none());
/// ```
pub fn key(name: &str) -> Option<Key> {
    entry(name).map(|entry| entry.key)
}

/// Every condition key of the table, global or one service's.
pub fn keys() -> impl Iterator<Item = Key> {
    KEYS.iter().chain(KEY_PATTERNS).map(|entry| entry.key)
}

/// Whether resource control policies apply to the service. Unlike the rest of the table, this
/// knows all services.
///
/// ```
/// assert!(sekisho_iam::table::has_resource_control("s3"));
/// assert!(!sekisho_iam::table::has_resource_control("iam"));
/// ```
pub fn has_resource_control(service: &str) -> bool {
    let mut services = RCP_SERVICES.iter();
    services.any(|name| name.eq_ignore_ascii_case(service))
}

impl Action {
    /// Whether its requests can name a resource. Only the resource `*` matches one that cannot.
    pub fn has_resource(&self) -> bool {
        !self.resources.is_empty()
    }

    /// Whether an ARN is one of a resource that it takes.
    ///
    /// ```
    /// let get = sekisho_iam::table::action("secretsmanager:GetSecretValue").expect("is an action");
    /// assert!(get.takes("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"));
    /// assert!(!get.takes("arn:aws:iam::111122223333:role/app"));
    /// ```
    pub fn takes(&self, arn: &str) -> bool {
        let mut resources = self.resources.iter();
        resources.any(|resource| glob::arn(resource.arn.as_bytes(), arn.as_bytes()))
    }

    /// Whether a request for this action can ever carry the condition key: because the action or
    /// one of its resources lists it, or because it is global.
    ///
    /// Of the global keys, those about the resource need an action with a resource, and those about
    /// tags must be listed: `aws:ResourceTag/…` is never there where a resource cannot have tags,
    /// `aws:RequestTag/…` and `aws:TagKeys` only where the action itself takes tags.
    /// A key that is not in the table is never there.
    ///
    /// ```
    /// let create = sekisho_iam::table::action("secretsmanager:CreateSecret").expect("is an action");
    /// assert!(create.may_have("aws:ResourceTag/team"), "filled from the tags of the request");
    /// assert!(!create.may_have("secretsmanager:SecretId"));
    /// ```
    pub fn may_have(&self, key: &str) -> bool {
        let Some(Entry { key, presence }) = entry(key) else {
            return false;
        };
        let lists = |names: &[&str]| names.contains(&key.name);
        match presence {
            Presence::Anywhere => true,
            Presence::WithResource => self.has_resource(),
            Presence::WhereActionLists => lists(self.keys),
            Presence::WhereListed => {
                lists(self.keys) || self.resources.iter().any(|r| lists(r.keys))
            }
        }
    }
}

#[derive(Debug)]
struct Entry {
    key: Key,
    presence: Presence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Anywhere,
    WithResource,
    WhereActionLists,
    WhereListed,
}

fn entry(name: &str) -> Option<&'static Entry> {
    let plain = KEYS.binary_search_by(|entry| ignoring_case(entry.key.name, name));
    let plain = plain.ok().and_then(|at| KEYS.get(at));
    plain.or_else(|| KEY_PATTERNS.iter().find(|e| stands_for(e.key.name, name)))
}

/// Whether the name is the pattern with some text in the place of its `${…}`.
fn stands_for(pattern: &str, name: &str) -> bool {
    let Some((start, (_, end))) = pattern
        .split_once("${")
        .and_then(|(start, rest)| Some((start, rest.split_once('}')?)))
    else {
        return false;
    };
    let (start, end, name) = (start.as_bytes(), end.as_bytes(), name.as_bytes());
    let (longest, rest) = (
        name.len().saturating_sub(end.len()),
        name.get(start.len()..),
    );
    rest.is_some()
        && longest > start.len()
        && name[..start.len()].eq_ignore_ascii_case(start)
        && name[longest..].eq_ignore_ascii_case(end)
}

fn ignoring_case(a: &str, b: &str) -> Ordering {
    let [a, b] = [a, b].map(|text| text.bytes().map(|byte| byte.to_ascii_lowercase()));
    a.cmp(b)
}

#[cfg(test)]
mod tests;
