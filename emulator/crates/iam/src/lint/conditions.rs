//! Operators and keys of conditions: whether the key exists, and whether the operator is one for it.
//!
//! Keys of services outside [`crate::table`] are not judged. Never looks at values; that is
//! [`super::values`]'s business.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>

use super::codes::{self, Code};
use super::effort::Effort;
use super::model::{Condition, Policy, Scalar, Statement};
use super::report::Report;
use super::words;
use crate::condition::bool_of;
use crate::condition::operator::{Quantifier, Test};
use crate::table::{self, Key, KeyType};

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    for statement in &policy.statements {
        for condition in &statement.conditions {
            check_values(condition, report);
            if condition.operator.test == Test::Null && condition.operator.quantifier.is_some() {
                let always = match condition.operator.quantifier {
                    Some(Quantifier::ForAllValues) => "holds",
                    _ => "fails",
                };
                let message = format!(
                    "{} always {always}. Null asks for the key, not for its values: write Null.",
                    condition.operator_text.text
                );
                let bytes = condition.operator_text.bytes.clone();
                report.add(&codes::NULL_WITH_QUALIFIER, bytes, message);
            }
            let name = condition.key.text;
            if name.contains("${") {
                continue; // Reported as a variable.
            }
            match table::key(name) {
                Some(key) => check_operator(statement, condition, key, report),
                None => {
                    if let Some((code, message)) = unknown(name, &report.effort) {
                        report.add(code, condition.key.bytes.clone(), message);
                    }
                }
            }
        }
    }
}

fn check_values(condition: &Condition<'_>, report: &mut Report<'_>) {
    if !condition.values.is_empty() {
        return;
    }
    let key = condition.key.text;
    let (code, effect): (&Code, _) = match condition.operator.quantifier {
        _ if condition.operator.if_exists => (
            &codes::EMPTY_ARRAY_CONDITION_IFEXISTS,
            "holds only where the key is absent",
        ),
        Some(Quantifier::ForAllValues) => (
            &codes::EMPTY_ARRAY_CONDITION_FORALLVALUES,
            "holds only where the key is absent",
        ),
        Some(Quantifier::ForAnyValue) => (&codes::EMPTY_ARRAY_CONDITION_FORANYVALUE, "never holds"),
        None => (&codes::EMPTY_ARRAY_CONDITION, "never holds"),
    };
    let message =
        format!("{key} has no values to be compared with; the condition {effect}. List some.");
    report.add(code, condition.bytes.clone(), message);
}

/// What is wrong with a key that the table does not have; None if it may be another service's.
pub(super) fn unknown(name: &str, effort: &Effort) -> Option<(&'static Code, String)> {
    let Some((prefix, _)) = name.split_once(':') else {
        let message = format!("{name:?} is no condition key; one looks like aws:SourceIp.");
        return Some((&codes::INVALID_CONDITION_KEY_FORMAT, message));
    };
    // aws:ResourceTag/ of aws:ResourceTag/${TagKey}.
    let beginnings = || table::keys().filter_map(|key| Some(key.name.split_once("${")?.0));
    let end = |c: char| matches!(c, '/' | ':');
    let is_cut_short = |beginning: &&str| {
        let (beginning, name) = (beginning.trim_end_matches(end), name.trim_end_matches(end));
        beginning.eq_ignore_ascii_case(name)
    };
    if let Some(beginning) = beginnings().find(is_cut_short) {
        let message = format!("{name} needs the name of a tag or the like: {beginning}NAME.");
        return Some((&codes::MISSING_TAG_KEY_IN_CONDITION, message));
    }
    let code = if prefix.eq_ignore_ascii_case("aws") {
        &codes::INVALID_GLOBAL_CONDITION_KEY
    } else if table::service(prefix).is_some() {
        &codes::INVALID_SERVICE_CONDITION_KEY
    } else {
        let near = words::near_service(prefix, effort)?;
        let message = format!("The service of {name} is unknown here; did you mean {near}?");
        return Some((&codes::INVALID_SERVICE_CONDITION_KEY, message));
    };
    let is_alike = |known: &&str| {
        let start = known.get(..=prefix.len());
        start.is_some_and(|start| {
            name.get(..=prefix.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(start))
        })
    };
    let plain = table::keys()
        .map(|key| key.name)
        .filter(|name| !name.contains("${"));
    let meant = match name.split_once('/') {
        Some((start, rest)) => {
            let starts = beginnings().filter_map(|beginning| beginning.strip_suffix('/'));
            let nearest = words::nearest(start, starts.filter(is_alike), effort);
            nearest.map(|nearest| format!("{nearest}/{rest}"))
        }
        None => words::nearest(name, plain.filter(is_alike), effort).map(str::to_owned),
    };
    let message = format!(
        "There is no condition key {name}{}",
        words::did_you_mean(meant.as_deref())
    );
    Some((code, message))
}

fn check_operator(
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    key: Key,
    report: &mut Report<'_>,
) {
    let operator = &condition.operator;
    if operator.test == Test::Null {
        return;
    }
    check_mfa(statement, condition, report);
    let (name, written) = (condition.key.text, condition.operator_text.text);
    match (operator.quantifier, key.is_multivalued) {
        (None, true) => {
            let message = format!(
                "A request can have several values of {name}, and {written} fits none then. Write \
                 ForAnyValue:{written} or ForAllValues:{written}."
            );
            report.add(
                &codes::MISSING_QUALIFIER,
                condition.key.bytes.clone(),
                message,
            );
        }
        (Some(Quantifier::ForAllValues), false) => {
            let message = format!(
                "{name} has one value at most, and {written} also holds when it has none. Leave out \
                 ForAllValues:."
            );
            let code = &codes::FORALLVALUES_WITH_SINGLE_VALUED_KEY;
            report.add(code, condition.key.bytes.clone(), message);
        }
        (Some(Quantifier::ForAllValues), true) if statement.allows() && !operator.if_exists => {
            let is_guard = |other: &Condition<'_>| other.is_over(name) && other.needs_key();
            if !statement.conditions.iter().any(is_guard) {
                let message = format!(
                    "{written} also holds, and allows, when the request has no {name}. Add \
                     \"Null\": {{\"{name}\": \"false\"}} if it must be there."
                );
                let code = &codes::ALLOW_FORALLVALUES_WITHOUT_NULL_CHECK;
                report.add(code, condition.key.bytes.clone(), message);
            }
        }
        _ => {}
    }
    // The values of tags and the like are text, but they may well be numbers or ARNs.
    let is_free = key.name.contains("${");
    if let Some(allowed) = mismatch(operator.test, key).filter(|_| !is_free) {
        let message = format!(
            "{written} is not for {name}, whose value is {}. Use {allowed}.",
            match key.kind {
                KeyType::String => "text",
                KeyType::Arn => "an ARN",
                KeyType::Bool => "true or false",
                KeyType::Numeric => "a number",
                KeyType::Date => "a date",
                KeyType::Ip => "an IP address",
                KeyType::Binary => "binary",
            }
        );
        report.add(&codes::TYPE_MISMATCH, condition.key.bytes.clone(), message);
    }
}

/// The operators to use instead, if the operator is not one for the key.
fn mismatch(test: Test, key: Key) -> Option<&'static str> {
    let fits = match test {
        Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike => {
            matches!(key.kind, KeyType::String | KeyType::Arn)
        }
        // Many keys that hold ARNs are listed as text.
        Test::ArnLike => matches!(key.kind, KeyType::String | KeyType::Arn),
        Test::Numeric(_) => key.kind == KeyType::Numeric || key.name == "aws:EpochTime",
        Test::Date(_) => key.kind == KeyType::Date,
        Test::Bool => key.kind == KeyType::Bool,
        Test::BinaryEquals => key.kind == KeyType::Binary,
        Test::IpAddress => key.kind == KeyType::Ip,
        Test::Null => true,
    };
    (!fits).then_some(match key.kind {
        KeyType::String => "StringEquals or StringLike",
        KeyType::Arn => "ArnLike",
        KeyType::Bool => "Bool",
        KeyType::Numeric => "NumericEquals, NumericLessThan and the like",
        KeyType::Date => "DateEquals, DateLessThan and the like",
        KeyType::Ip => "IpAddress or NotIpAddress",
        KeyType::Binary => "BinaryEquals",
    })
}

/// Requests with the access keys of a user do not have the key at all.
fn check_mfa(statement: &Statement<'_>, condition: &Condition<'_>, report: &mut Report<'_>) {
    let denies_without = |value: &Scalar<'_>| !bool_of(value.text.text);
    if statement.denies()
        && condition.is_over("aws:MultiFactorAuthPresent")
        && condition.needs_key()
        && condition.values.iter().any(denies_without)
    {
        let message = "Requests with a user's own access keys do not have this key: they are not \
                       denied, although they come without MFA. Use BoolIfExists.";
        let code = &codes::MFA_ABSENT_WITH_ACCESS_KEYS;
        report.add(code, condition.key.bytes.clone(), message.to_owned());
    }
}
