//! Principals, actions and resources of a statement: their shape, and whether this kind of policy
//! has them.

use super::{brace, key_place, mismatch, place, string};
use crate::Kind;
use crate::document::PrincipalType;
use crate::json::{Data, Member, Value};
use crate::lint::arn::Arn;
use crate::lint::codes::{self, Code};
use crate::lint::model::{
    ActionEntry, Grammar as _, List, Meaning, Policy, Principals, ResourceEntry, Text,
};
use crate::lint::report::Report;
use crate::lint::words;

const PRINCIPAL_TYPES: [PrincipalType; 4] = [
    PrincipalType::Aws,
    PrincipalType::Service,
    PrincipalType::Federated,
    PrincipalType::CanonicalUser,
];

/// A member, and whether it is the `Not…` form.
type Found<'v, 'a> = Option<(&'v Member<'a>, bool)>;

/// An element or its negation. Of both, the plain one is read on.
pub(super) fn either<'v, 'a>(
    plain: Option<&'v Member<'a>>,
    negated: Option<&'v Member<'a>>,
    report: &mut Report<'_>,
) -> Found<'v, 'a> {
    if let (Some(plain), Some(negated)) = (plain, negated) {
        let message = format!(
            "A statement has either {} or {}. Remove one of them, or make two statements.",
            plain.key, negated.key
        );
        report.refuse(
            &codes::UNSUPPORTED_ELEMENT_COMBINATION,
            key_place(negated),
            message,
        );
    }
    plain
        .map(|member| (member, false))
        .or(negated.map(|member| (member, true)))
}

/// Reports elements that this kind of policy needs or cannot have.
pub(super) fn presence(
    statement: &Value<'_>,
    kind: Kind,
    [principal, action, resource]: [Found<'_, '_>; 3],
    report: &mut Report<'_>,
) {
    let mut missing = |code: &'static Code, name: &str, why: &str| {
        let message = format!("The statement has no {name}. {why}");
        report.refuse(code, brace(statement), message);
    };
    if action.is_none() {
        missing(
            &codes::MISSING_ACTION,
            "Action",
            "Say which actions it is about.",
        );
    }
    if resource.is_none() && !kind.is_trust() {
        let why = if kind.is_resource() {
            "Say which resources it is about; \"*\" is the resource that the policy is attached to."
        } else {
            "Say which resources it is about."
        };
        missing(&codes::MISSING_RESOURCE, "Resource", why);
    }
    if principal.is_none() && !kind.is_identity() && kind != Kind::Scp {
        let why = match kind {
            Kind::Rcp => "A resource control policy names everyone: \"Principal\": \"*\".",
            _ => "Say whom it is about.",
        };
        missing(&codes::MISSING_PRINCIPAL, "Principal", why);
    }
    let mut unsupported = |code: &'static Code, member: &Member<'_>, why: &str| {
        let message = format!("{} has no {}. {why}", upper_first(kind.noun()), member.key);
        report.refuse(code, key_place(member), message);
    };
    match (principal, kind) {
        (Some((member, _)), Kind::Identity | Kind::Session) => unsupported(
            &codes::UNSUPPORTED_PRINCIPAL,
            member,
            "It is about those it is attached to. Remove the element.",
        ),
        (Some((member, _)), Kind::Scp) => unsupported(
            &codes::SCP_SYNTAX_ERROR_PRINCIPAL,
            member,
            "It is about everyone in the accounts below it. Remove the element; aws:PrincipalArn in \
             a condition can tell principals apart.",
        ),
        (Some((member, true)), Kind::Trust) => unsupported(
            &codes::ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL,
            member,
            "Name those who may assume the role with Principal.",
        ),
        _ => {}
    }
    if let (Some((member, _)), Kind::Trust) = (resource, kind) {
        unsupported(
            &codes::ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE,
            member,
            "It is about the role it is attached to. Remove the element.",
        );
    }
}

pub(super) fn principals<'v>(
    value: &'v Value<'_>,
    is_negated: bool,
    report: &mut Report<'_>,
) -> Option<Principals<'v>> {
    let mut principals = Principals {
        is_negated,
        bytes: place(value),
        is_bare: false,
        entries: Vec::new(),
    };
    let members = match &value.data {
        Data::Object(members) => members,
        Data::String(text) if text == "*" => {
            let bytes = place(value);
            principals.is_bare = true;
            principals
                .entries
                .push((PrincipalType::Aws, Text { text, bytes }));
            return Some(principals);
        }
        Data::String(text) => {
            let message = format!(
                "The only principal that is a plain string is \"*\". Say what kind of principal it \
                 is, as in {{\"AWS\": {text:?}}}."
            );
            report.refuse(&codes::INVALID_PRINCIPAL_FORMAT, place(value), message);
            return None;
        }
        _ => return mismatch(value, "a principal", "\"*\" or an object", report),
    };
    if members.is_empty() {
        let message = "No principal is listed, so the statement is about nobody. List some.";
        report.refuse(
            &codes::EMPTY_OBJECT_PRINCIPAL,
            place(value),
            message.to_owned(),
        );
    }
    let mut is_whole = true;
    for member in members {
        let key = PRINCIPAL_TYPES
            .into_iter()
            .find(|kind| kind.key() == member.key);
        let Some(key) = key else {
            let names = PRINCIPAL_TYPES.map(PrincipalType::key);
            let nearest = words::nearest(&member.key, names, &report.effort);
            let message = format!(
                "{:?} is no kind of principal; there are AWS, Service, Federated and CanonicalUser{}",
                member.key,
                words::did_you_mean(nearest)
            );
            report.refuse(&codes::INVALID_PRINCIPAL_KEY, key_place(member), message);
            is_whole = false;
            continue;
        };
        let texts = strings(&member.value, "a principal", report);
        is_whole &= texts.is_some();
        let texts = texts.unwrap_or_default();
        if texts.is_empty() && is_whole {
            let message = format!("No principal is listed under {}. List some.", member.key);
            report.refuse(&codes::EMPTY_ARRAY_PRINCIPAL, place(&member.value), message);
        }
        principals
            .entries
            .extend(texts.into_iter().map(|text| (key, text)));
    }
    is_whole.then_some(principals)
}

pub(super) fn actions<'v>(
    value: &'v Value<'_>,
    is_negated: bool,
    report: &mut Report<'_>,
) -> Option<List<ActionEntry<'v>>> {
    let texts = strings(value, "an action", report)?;
    if texts.is_empty() {
        empty(&codes::EMPTY_ARRAY_ACTION, value, "action", report);
    }
    let entries = texts.into_iter().map(|text| ActionEntry {
        meaning: Meaning::of(text.text, &report.effort),
        text,
    });
    Some(List {
        is_negated,
        bytes: place(value),
        entries: entries.collect(),
    })
}

pub(super) fn resources<'v>(
    value: &'v Value<'_>,
    is_negated: bool,
    policy: &Policy<'_>,
    report: &mut Report<'_>,
) -> Option<List<ResourceEntry<'v>>> {
    let texts = strings(value, "a resource", report)?;
    if texts.is_empty() {
        empty(&codes::EMPTY_ARRAY_RESOURCE, value, "resource", report);
    }
    let entries = texts.into_iter().map(|text| ResourceEntry {
        arn: Arn::read(text.text, policy.kind, policy.has_variables),
        text,
    });
    Some(List {
        is_negated,
        bytes: place(value),
        entries: entries.collect(),
    })
}

fn empty(code: &'static Code, value: &Value<'_>, what: &str, report: &mut Report<'_>) {
    let message = format!("No {what} is listed, so AWS refuses the statement. List some.");
    report.refuse(code, place(value), message);
}

/// A string or an array of strings; None if there was anything else.
fn strings<'v>(value: &'v Value<'_>, what: &str, report: &mut Report<'_>) -> Option<Vec<Text<'v>>> {
    let Data::Array(values) = &value.data else {
        return match &value.data {
            Data::String(_) => Some(vec![string(value, what, report)?]),
            _ => mismatch(value, what, "a string or an array of strings", report),
        };
    };
    let texts: Vec<_> = values
        .iter()
        .map(|value| string(value, what, report))
        .collect();
    texts.into_iter().collect()
}

fn upper_first(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
