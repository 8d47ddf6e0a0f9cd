//! The rules as a person reads them, without any care for speed: what the engine must agree with.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use sekisho_iam::{Layer, Outcome};

/// A statement as it is written.
#[derive(Debug, Clone)]
pub struct Statement {
    pub allow: bool,
    /// `Principal` or, negated, `NotPrincipal`: names of [`Who`], `*`, or an account.
    pub principal: Option<(bool, Vec<String>)>,
    pub actions: (bool, Vec<String>),
    pub resources: Option<(bool, Vec<String>)>,
    pub conditions: Vec<Condition>,
}

#[derive(Debug, Clone)]
pub struct Condition {
    pub quantifier: &'static str,
    pub operator: &'static str,
    pub if_exists: bool,
    pub key: String,
    pub values: Vec<String>,
}

pub type Policy = Vec<Statement>;

/// Who asks: from the account to the exact caller, the names that policies may use.
#[derive(Debug, Clone)]
pub struct Who {
    pub account: String,
    /// The role of a session.
    pub entity: Option<String>,
    pub exact: String,
    pub is_root: bool,
}

#[derive(Debug, Clone)]
pub struct Asked {
    pub who: Who,
    pub action: String,
    pub resource: Option<String>,
    pub owner: String,
    pub context: Vec<(String, Vec<String>, bool)>,
}

#[derive(Debug, Clone, Default)]
pub struct World {
    /// Whether the resource is a KMS key, whose policy must always allow.
    pub is_key: bool,
    pub identity: Vec<Policy>,
    pub boundary: Option<Policy>,
    pub session: Option<Vec<Policy>>,
    pub resource: Option<Policy>,
    pub endpoint: Option<Policy>,
    pub scp: Vec<Vec<Policy>>,
    pub rcp: Vec<Vec<Policy>>,
}

/// How closely a resource's policy names the caller.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Named {
    Account,
    Entity,
    Exactly,
}

pub fn decide(asked: &Asked, world: &World) -> (Outcome, Layer) {
    let none = World::default();
    let own = if asked.who.is_root { &none } else { world };
    let (boundary, session) = (&own.boundary, &own.session);
    // Of the services here, sqs heeds resource control policies.
    let has_rcp = lower(&asked.action).starts_with("sqs:");
    let rcp = world.rcp.iter().flatten().filter(|_| has_rcp);
    let layers: [(Layer, Vec<&Policy>); 7] = [
        (Layer::Scp, world.scp.iter().flatten().collect()),
        (Layer::Rcp, rcp.collect()),
        (Layer::Endpoint, world.endpoint.iter().collect()),
        (Layer::Resource, world.resource.iter().collect()),
        (Layer::Identity, own.identity.iter().collect()),
        (Layer::Boundary, boundary.iter().collect()),
        (Layer::Session, session.iter().flatten().collect()),
    ];
    for (layer, policies) in &layers {
        let mut statements = policies.iter().flat_map(|policy| policy.iter());
        if statements.any(|s| !s.allow && applies(s, asked, boundary.is_some())) {
            return (Outcome::ExplicitDeny, *layer);
        }
    }
    let allows = |policy: &Policy| policy.iter().any(|s| s.allow && applies(s, asked, false));
    let allowed = |policies: &[&Policy]| policies.iter().any(|policy| allows(policy));
    let granted = world
        .resource
        .iter()
        .flatten()
        .filter(|s| s.allow && applies(s, asked, false))
        .filter_map(|s| named(s, &asked.who))
        .max();
    let is_foreign = asked.who.account != asked.owner;
    let granted_here = granted.filter(|_| !is_foreign);
    for (layer, policies) in &layers {
        let refuses = match layer {
            Layer::Scp => !world.scp.iter().all(|level| level.iter().any(allows)),
            Layer::Rcp => false,
            Layer::Endpoint => world.endpoint.is_some() && !allowed(policies),
            Layer::Resource => (is_foreign || world.is_key) && granted.is_none(),
            Layer::Identity => {
                !asked.who.is_root && granted_here < Some(Named::Entity) && !allowed(policies)
            }
            Layer::Boundary => {
                boundary.is_some() && granted_here < Some(Named::Exactly) && !allowed(policies)
            }
            Layer::Session => {
                session.is_some() && granted_here < Some(Named::Exactly) && !allowed(policies)
            }
            _ => unreachable!(),
        };
        if refuses {
            return (Outcome::ImplicitDeny, *layer);
        }
    }
    let by = match (asked.who.is_root, granted_here) {
        (false, None | Some(Named::Account)) => Layer::Identity,
        (_, Some(_)) => Layer::Resource,
        (true, None) if is_foreign => Layer::Resource,
        (true, None) => Layer::Root,
    };
    (Outcome::Allow, by)
}

fn applies(statement: &Statement, asked: &Asked, has_boundary: bool) -> bool {
    let action = statement
        .actions
        .1
        .iter()
        .any(|pattern| glob(&lower(pattern), &lower(&asked.action)));
    let resource = statement
        .resources
        .as_ref()
        .is_none_or(|(negated, patterns)| {
            patterns
                .iter()
                .any(|pattern| matches_resource(pattern, asked))
                != *negated
        });
    let principal = match &statement.principal {
        None => true,
        Some((true, _)) if !statement.allow => !exempts(statement, &asked.who) || has_boundary,
        Some(_) => named(statement, &asked.who).is_some(),
    };
    action != statement.actions.0
        && resource
        && principal
        && statement
            .conditions
            .iter()
            .all(|condition| holds(condition, asked).unwrap_or(!statement.allow))
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

fn matches_resource(pattern: &str, asked: &Asked) -> bool {
    let Some(resource) = &asked.resource else {
        return pattern == "*";
    };
    if pattern == "*" {
        return true;
    }
    let parts: Vec<&str> = pattern.splitn(6, ':').collect();
    parts
        .iter()
        .zip(resource.splitn(6, ':'))
        .enumerate()
        .all(|(number, (pattern, part))| {
            let pattern = match number {
                5 => filled(pattern, asked),
                _ => Some((*pattern).to_owned()),
            };
            pattern.is_some_and(|pattern| glob(&pattern, part))
        })
}

/// Fills in the variables. What is filled in is literal: its wildcards become other characters,
/// which stand for them in requests too.
fn filled(text: &str, asked: &Asked) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (key, after) = after.split_once('}')?;
        filled.push_str(before);
        let (_, values, is_many) = asked
            .context
            .iter()
            .find(|(known, ..)| lower(known) == lower(key))?;
        if *is_many {
            return None;
        }
        filled.push_str(&values[0].replace('*', "\u{1}").replace('?', "\u{2}"));
        rest = after;
    }
    Some(filled + rest)
}

fn glob(pattern: &str, text: &str) -> bool {
    glob_from(pattern, text, false)
}

/// `is_half` is whether the first unit of a character that takes two in UTF-16 has been matched: a
/// wildcard takes one.
fn glob_from(pattern: &str, text: &str, is_half: bool) -> bool {
    let Some(first) = pattern.chars().next() else {
        return text.is_empty();
    };
    let rest = &pattern[first.len_utf8()..];
    let next = text.chars().next();
    let tail = next.map(|character| &text[character.len_utf8()..]);
    let unit = |pattern| match next {
        Some(character) if character.len_utf16() == 2 && !is_half => glob_from(pattern, text, true),
        _ => tail.is_some_and(|tail| glob(pattern, tail)),
    };
    let is = |character| {
        next == Some(character) && !is_half && tail.is_some_and(|tail| glob(rest, tail))
    };
    match first {
        '*' => glob_from(rest, text, is_half) || unit(pattern),
        '?' => unit(rest),
        '\u{1}' => is('*'),
        '\u{2}' => is('?'),
        _ => is(first),
    }
}

/// How a statement that allows names the caller.
fn named(statement: &Statement, who: &Who) -> Option<Named> {
    let (negated, names) = statement.principal.as_ref()?;
    let closest = names
        .iter()
        .filter_map(|name| match name {
            name if name == "*" || *name == who.exact => Some(Named::Exactly),
            name if Some(name) == who.entity.as_ref() => Some(Named::Entity),
            name if *name == who.account && who.is_root => Some(Named::Exactly),
            name if *name == who.account => Some(Named::Account),
            _ => None,
        })
        .max();
    match (negated, closest) {
        (false, closest) => closest,
        (true, None) => Some(Named::Exactly),
        (true, Some(_)) => None,
    }
}

/// A `NotPrincipal` that denies spares only whom it lists with account, role and session.
fn exempts(statement: &Statement, who: &Who) -> bool {
    let names = statement.principal.iter().flat_map(|(_, names)| names);
    let lists = |wanted: &String| names.clone().any(|name| name == "*" || name == wanted);
    let as_account = lists(&who.account);
    if who.is_root {
        return as_account;
    }
    as_account && who.entity.as_ref().is_none_or(lists) && lists(&who.exact)
}

/// None if AWS cannot tell.
fn holds(condition: &Condition, asked: &Asked) -> Option<bool> {
    let found = asked
        .context
        .iter()
        .find(|(key, ..)| lower(key) == lower(&condition.key));
    let found = found.filter(|(_, values, _)| !values.is_empty());
    let passes = |value: &String| passes(condition, value, asked);
    match (condition.quantifier, found) {
        ("ForAllValues:", None) => Some(true),
        ("ForAllValues:", Some((_, values, _))) => {
            let decides = |passes: &Option<bool>| *passes != Some(true);
            values
                .iter()
                .map(passes)
                .find(decides)
                .unwrap_or(Some(true))
        }
        ("ForAnyValue:", None) => Some(false),
        ("ForAnyValue:", Some((_, values, _))) => {
            let decides = |passes: &Option<bool>| *passes != Some(false);
            values
                .iter()
                .map(passes)
                .find(decides)
                .unwrap_or(Some(false))
        }
        (_, None) => {
            let is_negated = condition.operator.starts_with("Not");
            Some(condition.if_exists || is_negated && !condition.values.is_empty())
        }
        (_, Some((_, _, true))) => Some(false),
        (_, Some((_, values, false))) => passes(&values[0]),
    }
}

/// One value of the request.
fn passes(condition: &Condition, value: &str, asked: &Asked) -> Option<bool> {
    let (operator, negated) = match condition.operator.strip_prefix("Not") {
        Some(operator) => (operator, true),
        None => (condition.operator, false),
    };
    let is_of_type = match operator {
        "ArnLike" => is_arn(value),
        "IpAddress" => is_address(value),
        _ => true,
    };
    if condition.values.is_empty() || !is_of_type {
        return Some(false);
    }
    for policy in &condition.values {
        if compare(operator, value, policy, asked)? {
            return Some(!negated);
        }
    }
    Some(negated)
}

fn compare(operator: &str, value: &str, policy: &str, asked: &Asked) -> Option<bool> {
    let filled = || filled(policy, asked);
    let literal = |text: String| text.replace('\u{1}', "*").replace('\u{2}', "?");
    Some(match operator {
        "StringEquals" => filled().map(literal).as_deref() == Some(value),
        "StringLike" => filled().is_some_and(|pattern| glob(&pattern, value)),
        "NumericLessThan" => {
            let number = |text: &str| text.parse::<i32>().ok();
            let pair = number(value).zip(number(policy));
            pair.is_some_and(|(value, policy)| value < policy)
        }
        "Bool" => filled().is_some_and(|text| (lower(&text) == "true") == (lower(value) == "true")),
        // The requests have IPv4, the policies have single addresses.
        "IpAddress" => is_address(policy) && value == policy,
        "ArnLike" => match filled() {
            None => false,
            _ if policy == "*" => true,
            Some(pattern) if !is_arn(&pattern) => return None,
            Some(pattern) => {
                let mut parts = pattern.splitn(6, ':').zip(value.splitn(6, ':'));
                parts.all(|(pattern, part)| glob(pattern, part))
            }
        },
        other => unreachable!("{other}"),
    })
}

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.splitn(6, ':').count() == 6
}

fn is_address(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}
