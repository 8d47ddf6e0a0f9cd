//! Policy variables: whether they are written as AWS reads them, stand where it reads them, and can
//! ever have a value.
//!
//! Never fills any in.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use std::ops::Range;

use super::codes::{self, Code};
use super::conditions;
use super::model::{Policy, Statement, Text};
use super::presence;
use super::report::Report;
use crate::condition::operator::Test;
use crate::table;

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    for statement in &policy.statements {
        if policy.has_variables {
            check_statement(statement, report);
        } else {
            check_old(statement, report);
        }
    }
}

/// The texts in which there can be variables.
fn texts<'s>(statement: &'s Statement<'_>) -> impl Iterator<Item = &'s Text<'s>> {
    let resources = statement.resource.iter().flat_map(|list| &list.entries);
    let values = statement
        .conditions
        .iter()
        .flat_map(|condition| &condition.values);
    resources
        .map(|entry| &entry.text)
        .chain(values.map(|value| &value.text))
}

/// In the language of 2008 there are none.
fn check_old(statement: &Statement<'_>, report: &mut Report<'_>) {
    for text in texts(statement) {
        let closed = variables(text.text).find_map(|(bytes, inside)| Some((bytes, inside?)));
        if let Some((bytes, inside)) = closed.filter(|(_, inside)| inside.contains(':')) {
            let message = format!(
                "Before the version 2012-10-17, ${{{inside}}} is plain text. Write \"Version\": \
                 \"2012-10-17\"."
            );
            let bytes = report.within(text, bytes);
            report.add(&codes::VARIABLE_UNSUPPORTED_IN_VERSION, bytes, message);
        }
    }
}

fn check_statement(statement: &Statement<'_>, report: &mut Report<'_>) {
    let actions = statement.action.iter().flat_map(|list| &list.entries);
    let principals = statement
        .principal
        .iter()
        .flat_map(|principals| &principals.entries);
    let keys = statement.conditions.iter().map(|condition| &condition.key);
    let elsewhere = (actions.map(|entry| &entry.text))
        .chain(principals.map(|(_, text)| text))
        .chain(keys);
    for text in elsewhere {
        if let Some((bytes, _)) = variables(text.text).next() {
            let message = "There are no variables here, only in Resource and in the values of \
                           conditions. Remove it.";
            let code = &codes::VARIABLE_UNSUPPORTED_IN_ELEMENT;
            let bytes = report.within(text, bytes);
            report.add(code, bytes, message.to_owned());
        }
    }
    for entry in statement.resource.iter().flat_map(|list| &list.entries) {
        let prefix = prefix_length(entry.text.text);
        for (bytes, _) in variables(entry.text.text).filter(|(bytes, _)| bytes.start < prefix) {
            let message = "A variable in an ARN stands behind the fifth colon. Write \"*\" for the \
                           region or the account, and a condition such as StringEquals on \
                           aws:ResourceAccount.";
            let code = &codes::VARIABLE_IN_ARN_PREFIX;
            let bytes = report.within(&entry.text, bytes);
            report.add(code, bytes, message.to_owned());
        }
    }
    for condition in &statement.conditions {
        let has_variables = match condition.operator.test {
            Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike => true,
            Test::ArnLike | Test::Bool => true,
            Test::Numeric(_) | Test::Date(_) | Test::BinaryEquals => false,
            Test::IpAddress | Test::Null => false,
        };
        for value in condition.values.iter().filter(|_| !has_variables) {
            if let Some((bytes, _)) = variables(value.text.text).next() {
                let message = format!(
                    "{} takes no variables; the String and Arn operators and Bool do.",
                    condition.operator_text.text
                );
                let bytes = report.within(&value.text, bytes);
                report.add(&codes::INVALID_VARIABLE_FOR_OPERATOR, bytes, message);
            }
        }
    }
    for text in texts(statement) {
        for (bytes, inside) in variables(text.text) {
            if let Some((code, message)) = fault(statement, inside, report) {
                let bytes = report.within(text, bytes);
                report.add(code, bytes, message);
            }
        }
    }
}

fn fault(
    statement: &Statement<'_>,
    inside: Option<&str>,
    report: &Report<'_>,
) -> Option<(&'static Code, String)> {
    let fault = |code, message: String| Some((code, message));
    let Some(inside) = inside else {
        let message = "The variable is not closed, and so is plain text. Write } behind it.";
        return fault(&codes::MISSING_BRACE_IN_VARIABLE, message.to_owned());
    };
    if inside.trim().is_empty() {
        let message = "The variable has no name. Write one, or ${$} for a dollar sign.";
        return fault(&codes::EMPTY_VARIABLE, message.to_owned());
    }
    if matches!(inside, "*" | "?" | "$") {
        return None;
    }
    if inside.contains("${") {
        let message = "There are no variables within variables.".to_owned();
        return fault(&codes::INVALID_VARIABLE, message);
    }
    let (name, default) = match inside.split_once(',') {
        Some((name, default)) => (name, Some(default)),
        None => (inside, None),
    };
    if name.contains(char::is_whitespace) {
        let message = format!("The name {name:?} has a space in it. Remove it.");
        return fault(&codes::UNSUPPORTED_SPACE_IN_VARIABLE, message);
    }
    let is_quoted = |text: &str| {
        let text = text.trim();
        text.len() >= 2 && text.starts_with('\'') && text.ends_with('\'')
    };
    if default.is_some_and(|default| !is_quoted(default)) {
        let message = format!("Write the default in single quotes: ${{{name}, 'text'}}.");
        return fault(&codes::MISSING_QUOTE_IN_VARIABLE, message);
    }
    let Some(key) = table::key(name) else {
        let (_, message) = conditions::unknown(name, &report.effort)?;
        let message =
            format!("{message} A variable is a condition key; this one never has a value.");
        return fault(&codes::INVALID_VARIABLE, message);
    };
    let then = match default {
        Some(_) => "its default is always taken",
        None => "what it stands in never matches",
    };
    if key.is_multivalued {
        let message = format!(
            "{name} can have several values, so as a variable it has none, and no default stands in \
             for them: what it stands in never matches a request that has the key."
        );
        return fault(&codes::VARIABLE_NEVER_RESOLVES, message);
    }
    let actions = statement.stated_actions();
    let never = actions
        .iter()
        .all(|entry| presence::never_has(entry, name, report));
    if never && !actions.is_empty() {
        let message = format!("No request for the actions of the statement has {name}: {then}.");
        return fault(&codes::VARIABLE_NEVER_RESOLVES, message);
    }
    None
}

/// Each `${`, and what is inside up to the brace; None if there is no brace.
fn variables(text: &str) -> impl Iterator<Item = (Range<usize>, Option<&str>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find("${")?;
        let end = text[start..].find('}').map(|length| start + length);
        at = end.map_or(text.len(), |end| end + 1);
        Some((start..at, end.map(|end| &text[start + 2..end])))
    })
}

/// Up to the fifth colon that is not a variable's.
fn prefix_length(arn: &str) -> usize {
    let inside: Vec<_> = variables(arn).map(|(bytes, _)| bytes).collect();
    let is_outside = |at: usize| {
        let before = inside.partition_point(|bytes| bytes.start <= at);
        before == 0 || inside[before - 1].end <= at
    };
    let mut colons = arn
        .match_indices(':')
        .map(|(at, _)| at)
        .filter(|at| is_outside(*at));
    colons.nth(4).unwrap_or(0)
}
