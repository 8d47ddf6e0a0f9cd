//! From text to [`Policy`]: JSON and the shape of the elements, tolerantly. What is of the wrong
//! shape is reported and left out.
//!
//! Never judges values beyond their type; the checks do.

mod condition;
mod elements;
mod fault;

use std::collections::HashMap;
use std::ops::Range;

use super::codes;
use super::model::{Grammar as _, Policy, Statement, Text};
use super::report::Report;
use super::words;
use crate::document::read::STATEMENT;
use crate::json::{self, Data, Member, Value};
use crate::{Effect, Kind};

/// None if the text is not JSON.
pub(super) fn parse<'a>(text: &'a str, report: &mut Report<'_>) -> Option<Value<'a>> {
    match json::read(text) {
        Ok(root) => Some(root),
        Err(json::NotJson(offset)) => {
            let (bytes, message) = fault::explain(text, offset);
            report.refuse(&codes::JSON_SYNTAX_ERROR, bytes, message);
            None
        }
    }
}

pub(super) fn read<'v>(root: &'v Value<'_>, kind: Kind, report: &mut Report<'_>) -> Policy<'v> {
    duplicates(root, report);
    let mut policy = Policy {
        kind,
        has_variables: false,
        statements: Vec::new(),
    };
    let Some(members) = object(root, "a policy", report) else {
        return policy;
    };
    let names = ["Version", "Id", "Statement"];
    let [version, id, statement] = members_named(members, names, "a policy", report);
    policy.has_variables = read_version(root, version, kind, report);
    if let Some(id) = id {
        string(&id.value, "Id", report);
    }
    let Some(statement) = statement else {
        let message = "The policy has no Statement, so it says nothing. Add one.".to_owned();
        report.refuse(&codes::MISSING_STATEMENT, brace(root), message);
        return policy;
    };
    match &statement.value.data {
        Data::Array(values) if values.is_empty() => {
            let message = "The list of statements is empty. Add a statement.".to_owned();
            report.refuse(&codes::MISSING_STATEMENT, place(&statement.value), message);
        }
        Data::Array(values) => {
            let statements = values.iter();
            policy.statements = statements
                .filter_map(|value| read_statement(value, &policy, report))
                .collect();
        }
        _ => {
            let statement = read_statement(&statement.value, &policy, report);
            policy.statements.extend(statement);
        }
    }
    policy
}

/// Whether the version has variables.
fn read_version(
    root: &Value<'_>,
    version: Option<&Member<'_>>,
    kind: Kind,
    report: &mut Report<'_>,
) -> bool {
    // Where the documentation asks for the version of 2012.
    let needs_2012 = kind.is_identity() || matches!(kind, Kind::Scp | Kind::Rcp);
    let Some(version) = version else {
        let mut message = "Without a Version, the policy is read as one of 2008-10-17, in which \
                           ${…} is plain text. Add \"Version\": \"2012-10-17\"."
            .to_owned();
        if needs_2012 {
            message = format!("{message} AWS does not save {} without it.", kind.noun());
            report.refuse(&codes::MISSING_VERSION, brace(root), message);
        } else {
            report.add(&codes::MISSING_VERSION, brace(root), message);
        }
        return false;
    };
    let Some(text) = string(&version.value, "Version", report) else {
        return false;
    };
    let message = match text.text {
        "2012-10-17" => return true,
        "2008-10-17" if !needs_2012 => return false,
        "2008-10-17" => format!(
            "AWS saves {} only with the version 2012-10-17.",
            kind.noun()
        ),
        other => format!(
            "{other:?} is no version of the policy language. Write 2012-10-17; it is not a date of \
             your choice."
        ),
    };
    report.refuse(&codes::INVALID_VERSION, text.bytes, message);
    false
}

fn read_statement<'v>(
    value: &'v Value<'_>,
    policy: &Policy<'_>,
    report: &mut Report<'_>,
) -> Option<Statement<'v>> {
    let members = object(value, "a statement", report)?;
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
    ] = members_named(members, STATEMENT, "a statement", report);
    let kind = policy.kind;
    let sid = sid.and_then(|sid| string(&sid.value, "Sid", report));
    let effect = read_effect(value, effect, report);
    let principals = elements::either(principal, not_principal, report);
    let actions = elements::either(action, not_action, report);
    let resources = elements::either(resource, not_resource, report);
    elements::presence(value, kind, [principals, actions, resources], report);
    let (conditions, are_whole) = match condition {
        Some(condition) => condition::read(&condition.value, report),
        None => (Vec::new(), true),
    };
    let mut statement = Statement {
        bytes: place(value),
        sid,
        effect,
        principal: principals.and_then(|(member, is_negated)| {
            elements::principals(&member.value, is_negated, report)
        }),
        action: actions
            .and_then(|(member, is_negated)| elements::actions(&member.value, is_negated, report)),
        resource: resources.and_then(|(member, is_negated)| {
            elements::resources(&member.value, is_negated, policy, report)
        }),
        conditions,
        is_whole: are_whole,
    };
    statement.is_whole &= statement.effect.is_some()
        && statement.action.is_some()
        && statement.resource.is_some() == resources.is_some()
        && statement.principal.is_some() == principals.is_some();
    Some(statement)
}

fn read_effect(
    statement: &Value<'_>,
    effect: Option<&Member<'_>>,
    report: &mut Report<'_>,
) -> Option<Effect> {
    let Some(effect) = effect else {
        let message = "The statement has no Effect. Add \"Effect\": \"Allow\" or \"Deny\".";
        report.refuse(&codes::MISSING_EFFECT, brace(statement), message.to_owned());
        return None;
    };
    let text = string(&effect.value, "Effect", report)?;
    let nearest = match text.text {
        "Allow" => return Some(Effect::Allow),
        "Deny" => return Some(Effect::Deny),
        other => words::nearest(other, ["Allow", "Deny"], &report.effort),
    };
    let message = format!(
        "{:?} is no effect; write Allow or Deny, in this case{}",
        text.text,
        words::did_you_mean(nearest)
    );
    report.refuse(&codes::INVALID_EFFECT, text.bytes, message);
    None
}

/// The members of these names, of several the first. Others are reported.
fn members_named<'v, 'a, const N: usize>(
    members: &'v [Member<'a>],
    names: [&str; N],
    of: &str,
    report: &mut Report<'_>,
) -> [Option<&'v Member<'a>>; N] {
    let mut found = [None; N];
    for member in members {
        if let Some(at) = names.iter().position(|name| *name == member.key) {
            found[at] = found[at].or(Some(member));
            continue;
        }
        let nearest = words::nearest(&member.key, names, &report.effort);
        let message = format!(
            "{:?} is no element of {of}{}",
            member.key,
            words::did_you_mean(nearest)
        );
        report.refuse(&codes::INVALID_POLICY_ELEMENT, key_place(member), message);
    }
    found
}

/// Reports what stands twice in one object, however deep.
fn duplicates(value: &Value<'_>, report: &mut Report<'_>) {
    match &value.data {
        Data::Array(values) => values.iter().for_each(|value| duplicates(value, report)),
        Data::Object(members) => {
            let mut seen = HashMap::new();
            for member in members {
                if seen.insert(&member.key, ()).is_some() {
                    let message = format!(
                        "{:?} stands here for the second time. AWS refuses that; merge the two.",
                        member.key
                    );
                    report.refuse(&codes::DUPLICATE_ELEMENT, key_place(member), message);
                }
                duplicates(&member.value, report);
            }
        }
        _ => {}
    }
}

fn object<'v, 'a>(
    value: &'v Value<'a>,
    what: &str,
    report: &mut Report<'_>,
) -> Option<&'v [Member<'a>]> {
    match &value.data {
        Data::Object(members) => Some(members),
        _ => mismatch(value, what, "an object", report),
    }
}

fn string<'v>(value: &'v Value<'_>, what: &str, report: &mut Report<'_>) -> Option<Text<'v>> {
    match &value.data {
        Data::String(text) => Some(Text {
            text,
            bytes: place(value),
        }),
        _ => mismatch(value, what, "a string", report),
    }
}

fn mismatch<T>(
    value: &Value<'_>,
    what: &str,
    expected: &str,
    report: &mut Report<'_>,
) -> Option<T> {
    let found = match &value.data {
        Data::Null => "null",
        Data::Bool(_) => "a boolean",
        Data::Number(_) => "a number",
        Data::String(_) => "a string",
        Data::Array(_) => "an array",
        Data::Object(_) => "an object",
    };
    let message = format!("Here is {found}; {what} is {expected}.");
    report.refuse(&codes::DATA_TYPE_MISMATCH, place(value), message);
    None
}

fn place(value: &Value<'_>) -> Range<usize> {
    value.start..value.end
}

/// Where something is missing in an object.
fn brace(object: &Value<'_>) -> Range<usize> {
    object.start..object.start + 1
}

fn key_place(member: &Member<'_>) -> Range<usize> {
    // The key ends before the colon; escapes may have made it longer than its text.
    let shortest = member.key_start + member.key.len() + 2;
    member.key_start..shortest.min(member.value.start)
}
