//! Turns `data/iam-data.json` into the static tables of `src/table`, so that nothing is read or
//! parsed when the program runs.
//!
//! Never fetches anything, and never judges the data beyond its shape: a build with data of another
//! shape fails.

// Cargo is spoken to on standard output.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

/// The crate's own reader, found as `src/json.rs`.
#[allow(dead_code)]
mod src {
    pub(crate) mod json;
}

use src::json::{self, Data, Member, Value};

const DATA: &str = "data/iam-data.json";

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    for path in ["build.rs", "src/json.rs", DATA] {
        println!("cargo:rerun-if-changed={path}");
    }
    let text = fs::read_to_string(DATA)?;
    let root = json::read(&text).map_err(|error| format!("{DATA}: no JSON at byte {}", error.0))?;
    let tables = Tables::read(&root)?.render()?;
    let out = env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    fs::write(Path::new(&out).join("table.rs"), tables)?;
    Ok(())
}

/// The key of every map is a name in lower case: the tables are searched without regard to case.
struct Tables<'a> {
    services: BTreeMap<String, Service<'a>>,
    keys: BTreeMap<String, Key<'a>>,
    rcp_services: Vec<&'a str>,
}

struct Service<'a> {
    name: &'a str,
    actions: BTreeMap<String, Action<'a>>,
    resource_types: BTreeMap<String, ResourceType<'a>>,
    keys: BTreeMap<String, Key<'a>>,
}

struct Action<'a> {
    name: &'a str,
    resources: Vec<(&'a str, bool)>,
    keys: Vec<String>,
}

struct ResourceType<'a> {
    name: &'a str,
    arn: String,
    keys: Vec<String>,
}

#[derive(Clone)]
struct Key<'a> {
    name: String,
    kind: &'a str,
    presence: &'static str,
}

impl<'a> Tables<'a> {
    fn read(root: &'a Value<'a>) -> Result<Self> {
        let mut services = BTreeMap::new();
        for member in object(field(root, "services")?)? {
            services.insert(member.key.to_lowercase(), Service::read(member)?);
        }
        let mut keys = BTreeMap::new();
        for Member { key, value, .. } in object(field(root, "globalConditionKeys")?)? {
            let key = Key {
                name: with_placeholder(key),
                kind: string(field(value, "type")?)?,
                presence: global_presence(key, string(field(value, "category")?)?),
            };
            keys.insert(key.name.to_lowercase(), key);
        }
        let of_services = services.values().flat_map(|service| &service.keys);
        for (name, key) in of_services {
            let known = keys.entry(name.clone()).or_insert_with(|| key.clone());
            if known.kind != key.kind {
                return Err(format!("{name} has two types").into());
            }
        }
        Ok(Self {
            services,
            keys,
            rcp_services: strings(field(root, "rcpSupportedServices")?)?,
        })
    }

    fn render(&self) -> Result<String> {
        let mut out = String::new();
        let services = self.services.values().map(Service::render);
        let services = services.collect::<Result<String>>()?;
        let (patterns, plain): (Vec<_>, Vec<_>) =
            self.keys.values().partition(|key| key.name.contains("${"));
        let plain: Result<String> = plain.into_iter().map(Key::entry).collect();
        let patterns: Result<String> = patterns.into_iter().map(Key::entry).collect();
        let (plain, patterns) = (plain?, patterns?);
        writeln!(out, "static SERVICES: &[Service] = &[{services}];")?;
        writeln!(out, "static KEYS: &[Entry] = &[{plain}];")?;
        writeln!(out, "static KEY_PATTERNS: &[Entry] = &[{patterns}];")?;
        let rcp_services = &self.rcp_services;
        writeln!(out, "static RCP_SERVICES: &[&str] = &{rcp_services:?};")?;
        Ok(out)
    }
}

impl<'a> Service<'a> {
    fn read(member: &'a Member<'a>) -> Result<Self> {
        let name = member.key.as_ref();
        let mut actions = BTreeMap::new();
        for Member { key, value, .. } in object(field(&member.value, "actions")?)? {
            let uses = array(field(value, "resourceTypes")?)?.iter();
            let action = Action {
                name: key,
                resources: uses
                    .map(|u| Ok((string(field(u, "name")?)?, boolean(field(u, "required")?)?)))
                    .collect::<Result<_>>()?,
                keys: key_names(field(value, "conditionKeys")?)?,
            };
            actions.insert(key.to_lowercase(), action);
        }
        let mut resource_types = BTreeMap::new();
        for Member { key, value, .. } in object(field(&member.value, "resourceTypes")?)? {
            let resource_type = ResourceType {
                name: key,
                arn: as_pattern(string(field(value, "arn")?)?)?,
                keys: key_names(field(value, "conditionKeys")?)?,
            };
            resource_types.insert(key.to_lowercase(), resource_type);
        }
        let mut keys = BTreeMap::new();
        for Member { key, value, .. } in object(field(&member.value, "conditionKeys")?)? {
            let key = Key {
                name: with_placeholder(key),
                kind: string(value)?,
                presence: service_presence(name, key),
            };
            keys.insert(key.name.to_lowercase(), key);
        }
        Ok(Self {
            name,
            actions,
            resource_types,
            keys,
        })
    }

    fn render(&self) -> Result<String> {
        let mut actions = String::new();
        for action in self.actions.values() {
            let mut resources = String::new();
            for (name, is_required) in &action.resources {
                let resource_type = self.resource_types.get(&name.to_lowercase());
                let ResourceType { name, arn, keys } =
                    resource_type.ok_or_else(|| format!("{}: no {name}", action.name))?;
                write!(
                    resources,
                    "ResourceUse {{ name: {name:?}, arn: {arn:?}, is_required: {is_required}, keys: &{keys:?} }},"
                )?;
            }
            let (name, keys) = (action.name, &action.keys);
            writeln!(
                actions,
                "Action {{ name: {name:?}, resources: &[{resources}], keys: &{keys:?} }},"
            )?;
        }
        let mut resource_types = String::new();
        for ResourceType { name, arn, keys } in self.resource_types.values() {
            writeln!(
                resource_types,
                "ResourceType {{ name: {name:?}, arn: {arn:?}, keys: &{keys:?} }},"
            )?;
        }
        let keys = self
            .keys
            .values()
            .map(Key::render)
            .collect::<Result<Vec<_>>>()?;
        let (name, keys) = (self.name, keys.join(","));
        Ok(format!(
            "Service {{ name: {name:?}, actions: &[{actions}], resource_types: &[{resource_types}], keys: &[{keys}] }},"
        ))
    }
}

impl Key<'_> {
    fn render(&self) -> Result<String> {
        let (kind, is_multivalued) = match self.kind.strip_prefix("ArrayOf") {
            Some(kind) => (kind, true),
            None => (self.kind, false),
        };
        let kind = match kind {
            "String" => "String",
            "ARN" => "Arn",
            "Bool" => "Bool",
            "Numeric" => "Numeric",
            "Date" => "Date",
            "IPAddress" => "Ip",
            "Binary" => "Binary",
            other => return Err(format!("{}: a type {other}", self.name).into()),
        };
        let name = &self.name;
        Ok(format!(
            "Key {{ name: {name:?}, kind: KeyType::{kind}, is_multivalued: {is_multivalued} }}"
        ))
    }

    fn entry(&self) -> Result<String> {
        let (key, presence) = (self.render()?, self.presence);
        Ok(format!(
            "Entry {{ key: {key}, presence: Presence::{presence} }},\n"
        ))
    }
}

/// Global keys are in every request, but for those that tell of its resource or its tags. Types of
/// resources list the tags of requests too, although few requests for them have any.
fn global_presence(name: &str, category: &str) -> &'static str {
    let starts_with = |prefix| name.starts_with(prefix);
    if ["aws:RequestTag/", "aws:TagKeys"]
        .into_iter()
        .any(starts_with)
    {
        "WhereActionLists"
    } else if starts_with("aws:ResourceTag/") {
        "WhereListed"
    } else if category == "resource" {
        "WithResource"
    } else {
        "Anywhere"
    }
}

/// What an identity provider said of a caller stays with its session: such keys (`saml:sub`,
/// `accounts.google.com:aud`) can be in the requests of any service.
fn service_presence(service: &str, key: &str) -> &'static str {
    let prefix = key.split(':').next().unwrap_or_default();
    if service == "sts" && !["aws", "iam", "sts"].contains(&prefix) {
        "Anywhere"
    } else {
        "WhereListed"
    }
}

/// The data writes the changeable part of a key now as `${TagKey}`, now as `tag-key`.
fn with_placeholder(key: &str) -> String {
    match key.strip_suffix("/tag-key") {
        Some(start) => format!("{start}/${{TagKey}}"),
        None => key.to_owned(),
    }
}

fn key_names(value: &Value<'_>) -> Result<Vec<String>> {
    let names = strings(value)?.into_iter();
    Ok(names.map(with_placeholder).collect())
}

/// `*` for each `${…}`.
fn as_pattern(arn: &str) -> Result<String> {
    let mut pieces = arn.split("${");
    let mut pattern = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (_, rest) = piece.split_once('}').ok_or("an unclosed placeholder")?;
        pattern = pattern + "*" + rest;
    }
    Ok(pattern)
}

fn field<'v>(value: &'v Value<'v>, name: &str) -> Result<&'v Value<'v>> {
    let member = object(value)?.iter().find(|member| member.key == name);
    Ok(&member.ok_or_else(|| format!("{DATA}: no {name}"))?.value)
}

fn object<'v>(value: &'v Value<'v>) -> Result<&'v [Member<'v>]> {
    match &value.data {
        Data::Object(members) => Ok(members),
        _ => shape(value, "an object"),
    }
}

fn array<'v>(value: &'v Value<'v>) -> Result<&'v [Value<'v>]> {
    match &value.data {
        Data::Array(values) => Ok(values),
        _ => shape(value, "an array"),
    }
}

fn string<'v>(value: &'v Value<'v>) -> Result<&'v str> {
    match &value.data {
        Data::String(text) => Ok(text),
        _ => shape(value, "a string"),
    }
}

fn strings<'v>(value: &'v Value<'v>) -> Result<Vec<&'v str>> {
    array(value)?.iter().map(string).collect()
}

fn boolean(value: &Value<'_>) -> Result<bool> {
    match value.data {
        Data::Bool(value) => Ok(value),
        _ => shape(value, "true or false"),
    }
}

fn shape<T>(value: &Value<'_>, expected: &str) -> Result<T> {
    Err(format!("{DATA}: not {expected} at byte {}", value.start).into())
}
