//! From text to [`Document`]: JSON and the shape of the elements, nearly the same for every
//! kind of policy. Never judges values beyond their type, and never picks the words of a refusal.

use super::{Condition, Document, Element, Kind, PrincipalType, Scalar, Span, Statement, Version};
use crate::Effect;
use crate::condition::operator::Operator;
use crate::json::{self, Data, Lines, Member, Value};

/// Why a text is no policy document. Offsets are in bytes: where AWS's reader stands when it notices,
/// which for an element is just past the first character of its value, as two recorded answers show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    NotJson,
    Null,
    /// Something of the wrong shape, or unknown, or there twice.
    Shape(usize),
    Version(usize),
    StatementEmpty,
    Missing(&'static str),
}

pub(crate) fn read(text: &str, kind: Kind) -> Result<Document, Fault> {
    let root = json::read(text).map_err(|_| Fault::NotJson)?;
    let members = match &root.data {
        Data::Null => return Err(Fault::Null),
        Data::Object(members) => members,
        _ => return Err(Fault::NotJson),
    };
    let [version, id, statement] = members_named(members, ["Version", "Id", "Statement"])?;
    let version = match version {
        None => None,
        Some(value) => match string(value)? {
            "2008-10-17" => Some(Version::V2008),
            "2012-10-17" => Some(Version::V2012),
            _ => return Err(Fault::Version(value.start)),
        },
    };
    let id = id.map(string).transpose()?.map(str::to_owned);
    let statement = statement.ok_or(Fault::Shape(root.end))?;
    let mut lines = Lines::new(text);
    let mut read_statement = |value: &Value<'_>| {
        let span = Span {
            start: lines.position(value.start),
            end: lines.position(value.end),
        };
        read_statement(value, kind, span)
    };
    let statements = match &statement.data {
        Data::Object(_) => vec![read_statement(statement)?],
        Data::Array(values) if values.is_empty() => return Err(Fault::StatementEmpty),
        Data::Array(values) => values
            .iter()
            .map(&mut read_statement)
            .collect::<Result<_, _>>()?,
        _ => return Err(Fault::Shape(statement.start)),
    };
    Ok(Document {
        version,
        id,
        statements,
    })
}

/// What a statement may have.
pub(crate) const STATEMENT: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

fn read_statement(value: &Value<'_>, kind: Kind, span: Span) -> Result<Statement, Fault> {
    let [
        sid,
        effect,
        principal,
        not_principal,
        action,
        not_action,
        resource,
        not_resource,
        condition,
    ] = members_named(object(value)?, STATEMENT)?;
    let sid = sid.map(string).transpose()?.map(str::to_owned);
    let (effect, effect_exact) = read_effect(effect.ok_or(Fault::Missing("Effect"))?, kind)?;
    Ok(Statement {
        sid,
        effect,
        effect_exact,
        principal: either(principal, not_principal, read_principal)?,
        action: either(action, not_action, strings)?,
        resource: either(resource, not_resource, resources)?,
        conditions: condition
            .map(read_condition)
            .transpose()?
            .unwrap_or_default(),
        span,
    })
}

/// The effect, and whether its case is right too: IAM lets a wrong one pass as syntax and refuses
/// it later, the other parsers do not.
fn read_effect(value: &Value<'_>, kind: Kind) -> Result<(Effect, bool), Fault> {
    let lenient = matches!(kind, Kind::Identity | Kind::Session);
    match string(value)? {
        "Allow" => Ok((Effect::Allow, true)),
        "Deny" => Ok((Effect::Deny, true)),
        text if lenient && text.eq_ignore_ascii_case("Allow") => Ok((Effect::Allow, false)),
        text if lenient && text.eq_ignore_ascii_case("Deny") => Ok((Effect::Deny, false)),
        _ => Err(Fault::Shape(value.start)),
    }
}

fn read_principal(value: &Value<'_>) -> Result<Vec<(PrincipalType, String)>, Fault> {
    if let Data::String(text) = &value.data {
        return match text.as_ref() {
            "*" => Ok(vec![(PrincipalType::Star, "*".to_owned())]),
            _ => Err(Fault::Shape(value.start)),
        };
    }
    let [aws, service, federated, canonical] = members_named(
        object(value)?,
        ["AWS", "Service", "Federated", "CanonicalUser"],
    )?;
    let mut principals = Vec::new();
    for (kind, names) in [
        (PrincipalType::Aws, aws),
        (PrincipalType::Service, service),
        (PrincipalType::Federated, federated),
        (PrincipalType::CanonicalUser, canonical),
    ] {
        let names = names.map(strings).transpose()?.unwrap_or_default();
        principals.extend(names.into_iter().map(|name| (kind, name)));
    }
    // An empty NotPrincipal would mean everyone.
    if principals.is_empty() {
        Err(Fault::Shape(value.end))
    } else {
        Ok(principals)
    }
}

/// Operator → key → value or values. An unknown operator passes as long as it is empty.
fn read_condition(value: &Value<'_>) -> Result<Vec<Condition>, Fault> {
    let mut conditions = Vec::new();
    let operators = object(value)?;
    unique(operators)?;
    for operator in operators {
        let keys = object(&operator.value)?;
        unique(keys)?;
        if !keys.is_empty() && Operator::read(&operator.key).is_none() {
            return Err(Fault::Shape(operator.key_start));
        }
        for key in keys {
            let (operator, values) = (operator.key.to_string(), scalars(&key.value)?);
            conditions.push(Condition {
                operator,
                key: key.key.to_string(),
                values,
            });
        }
    }
    Ok(conditions)
}

/// The members of these names; any other name, and any name twice, is a fault.
fn members_named<'v, 'a, const N: usize>(
    members: &'v [Member<'a>],
    names: [&str; N],
) -> Result<[Option<&'v Value<'a>>; N], Fault> {
    let mut found = [None; N];
    for member in members {
        let slot = names.iter().position(|name| *name == member.key);
        let slot = slot
            .and_then(|at| found.get_mut(at))
            .filter(|slot| slot.is_none());
        *slot.ok_or(Fault::Shape(member.value.start + 1))? = Some(&member.value);
    }
    Ok(found)
}

fn unique(members: &[Member<'_>]) -> Result<(), Fault> {
    let mut keys: Vec<_> = members
        .iter()
        .map(|member| (&member.key, member.key_start))
        .collect();
    keys.sort_unstable();
    match keys.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        Some(pair) => Err(Fault::Shape(pair[1].1)),
        None => Ok(()),
    }
}

/// An element or its negation, never both.
fn either<'v, 'a, T>(
    plain: Option<&'v Value<'a>>,
    negated: Option<&'v Value<'a>>,
    read: impl Fn(&'v Value<'a>) -> Result<Vec<T>, Fault>,
) -> Result<Option<Element<T>>, Fault> {
    let (value, is_negated) = match (plain, negated) {
        (None, None) => return Ok(None),
        (Some(value), None) => (value, false),
        (None, Some(value)) => (value, true),
        (Some(a), Some(b)) => return Err(Fault::Shape(a.start.max(b.start))),
    };
    let values = read(value)?;
    Ok(Some(Element { is_negated, values }))
}

fn object<'v, 'a>(value: &'v Value<'a>) -> Result<&'v [Member<'a>], Fault> {
    match &value.data {
        Data::Object(members) => Ok(members),
        _ => Err(Fault::Shape(value.start)),
    }
}

fn string<'v>(value: &'v Value<'_>) -> Result<&'v str, Fault> {
    match &value.data {
        Data::String(text) => Ok(text),
        _ => Err(Fault::Shape(value.start)),
    }
}

/// A string or an array of them.
fn strings(value: &Value<'_>) -> Result<Vec<String>, Fault> {
    match &value.data {
        Data::Array(values) => values
            .iter()
            .map(|value| string(value).map(str::to_owned))
            .collect(),
        _ => Ok(vec![string(value)?.to_owned()]),
    }
}

/// Like [`strings`], but AWS lets `null` pass between resources.
fn resources(value: &Value<'_>) -> Result<Vec<String>, Fault> {
    match &value.data {
        Data::Array(values) => values
            .iter()
            .filter(|value| !matches!(value.data, Data::Null))
            .map(|value| string(value).map(str::to_owned))
            .collect(),
        _ => strings(value),
    }
}

/// A condition's value or values.
fn scalars(value: &Value<'_>) -> Result<Vec<Scalar>, Fault> {
    match &value.data {
        Data::Array(values) => values.iter().map(scalar).collect(),
        _ => Ok(vec![scalar(value)?]),
    }
}

fn scalar(value: &Value<'_>) -> Result<Scalar, Fault> {
    let (text, is_bare) = match &value.data {
        Data::String(text) => (text.to_string(), false),
        Data::Number(text) => ((*text).to_owned(), true),
        Data::Bool(value) => (value.to_string(), true),
        _ => return Err(Fault::Shape(value.start)),
    };
    Ok(Scalar { text, is_bare })
}
