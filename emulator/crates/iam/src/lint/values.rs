//! The values of conditions: whether each is one that its operator can read, and whether it can
//! ever match.
//!
//! Never looks up what exists. Values with variables are left to [`super::variables`].

use super::addresses;
use super::codes::{self, Code};
use super::model::{Condition, Grammar as _, Json, Policy, Scalar};
use super::report::Report;
use super::resources;
use crate::Kind;
use crate::condition::base64::is_base64;
use crate::condition::date;
use crate::condition::network::Network;
use crate::condition::number::Number;
use crate::condition::operator::{Order, Test};
use crate::table::{self, KeyType};
use crate::unknown;

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    let conditions = policy.statements.iter().flat_map(|s| &s.conditions);
    let kind = policy.kind;
    for condition in conditions {
        check_list(condition, report);
        for value in &condition.values {
            let is_variable = policy.has_variables && value.text.text.contains("${");
            if !is_variable {
                check_value(kind, condition, value, report);
            } else if is_plain(condition.operator.test) {
                let rest = super::arn::without_variables(value.text.text);
                let written = value.text.text.matches("${").count();
                if rest.contains('?') || rest.matches('*').count() > written {
                    wildcard(condition, value, report);
                }
            }
        }
        addresses::check(condition, report);
    }
}

fn check_list(condition: &Condition<'_>, report: &mut Report<'_>) {
    let values = &condition.values;
    let Some(first) = values.first() else { return };
    if values.iter().any(|value| value.json != first.json) {
        let message = "The values are of different JSON types. Write all of them with quotes.";
        let code = &codes::INVALID_CONDITION_DATA_TYPE;
        report.add(code, condition.bytes.clone(), message.to_owned());
    }
    let (test, written) = (condition.operator.test, condition.operator_text.text);
    if matches!(test, Test::Bool | Test::Null) && values.len() > 1 {
        let message =
            format!("{written} takes one value, true or false; of both, one always holds.");
        let code = &codes::INVALID_CONDITION_MULTIPLE_BOOLEAN;
        report.add(code, condition.bytes.clone(), message);
    }
    let end = match test {
        Test::Numeric(Order::LessThan | Order::LessThanEquals) => "greatest",
        Test::Numeric(Order::GreaterThan | Order::GreaterThanEquals) => "least",
        _ => return,
    };
    if values.len() > 1 {
        let message =
            format!("Of several values under {written}, only the {end} counts. Write that.");
        let code = &codes::REDUNDANT_CONDITION_VALUE_NUM;
        report.add(code, condition.bytes.clone(), message);
    }
}

fn check_value(kind: Kind, condition: &Condition<'_>, value: &Scalar<'_>, report: &mut Report<'_>) {
    let (test, written) = (condition.operator.test, condition.operator_text.text);
    let text = value.text.text;
    let (fits, code, expected): (bool, &'static Code, &str) = match test {
        _ if is_plain(test) => {
            if value.json == Json::String && text.contains(['*', '?']) {
                wildcard(condition, value, report);
            }
            return check_form(condition, value, report);
        }
        Test::Numeric(_) => (
            Number::read(text).is_some(),
            &codes::TYPE_MISMATCH_NUMBER,
            "a number such as 90",
        ),
        Test::Date(_) => (
            date::read(text).is_some(),
            &codes::TYPE_MISMATCH_DATE,
            "a date such as 2026-11-25T00:00:00Z, or seconds since 1970",
        ),
        Test::Bool | Test::Null => (
            unknown::bool_of(text).is_some(),
            &codes::TYPE_MISMATCH_BOOLEAN,
            "true or false",
        ),
        Test::IpAddress => (
            Network::read(text).is_some(),
            &codes::TYPE_MISMATCH_IP_RANGE,
            "an address or a range such as 203.0.113.0/24",
        ),
        Test::BinaryEquals => (is_base64(text), &codes::TYPE_MISMATCH_BINARY, "Base64"),
        Test::ArnLike => (
            is_arn(text),
            &codes::TYPE_MISMATCH_ARN,
            "an ARN, whole but for wildcards in its parts",
        ),
        _ => return check_form(condition, value, report),
    };
    if !fits {
        let message = format!("{text:?} can never match: {written} takes {expected}.");
        let bytes = value.text.bytes.clone();
        // Of all types, IAM only checks dates when it saves a policy.
        match (test, kind.is_identity()) {
            (Test::Date(_), true) => report.refuse(code, bytes, message),
            _ => report.add(code, bytes, message),
        }
    }
}

/// Whether wildcards are plain characters to the operator, and text is compared.
fn is_plain(test: Test) -> bool {
    matches!(test, Test::StringEquals | Test::StringEqualsIgnoreCase)
}

fn wildcard(condition: &Condition<'_>, value: &Scalar<'_>, report: &mut Report<'_>) {
    let is_arn = table::key(condition.key.text).is_some_and(|key| key.kind == KeyType::Arn);
    let like = match (is_arn, condition.operator.is_negated) {
        (true, false) => "ArnLike",
        (true, true) => "ArnNotLike",
        (false, false) => "StringLike",
        (false, true) => "StringNotLike",
    };
    let message = format!(
        "{:?} has a wildcard, which {} takes for a plain character. Use {like}.",
        value.text.text, condition.operator_text.text
    );
    report.add(
        &codes::WILDCARD_WITHOUT_LIKE_OPERATOR,
        value.text.bytes.clone(),
        message,
    );
}

/// Texts of a fixed form: regions, and `vpc-` with eight or seventeen hexadecimal digits.
fn check_form(condition: &Condition<'_>, value: &Scalar<'_>, report: &mut Report<'_>) {
    let text = value.text.text;
    let is_id = |prefix| {
        let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
        let id: Option<&str> = text.strip_prefix(prefix);
        id.is_some_and(|id| matches!(id.len(), 8 | 17) && id.bytes().all(is_digit))
    };
    let (fits, code, example): (_, &'static Code, _) =
        match condition.key.text.to_ascii_lowercase().as_str() {
            "aws:sourcevpc" => (
                is_id("vpc-"),
                &codes::INVALID_VPC_FORMAT,
                "vpc-0123456789abcdef0",
            ),
            "aws:sourcevpce" => (
                is_id("vpce-"),
                &codes::INVALID_VPCE_FORMAT,
                "vpce-0123456789abcdef0",
            ),
            "aws:requestedregion"
            | "kms:primaryregion"
            | "kms:replicaregion"
            | "secretsmanager:addreplicaregions"
            | "secretsmanager:secretprimaryregion" => (
                resources::is_region(text),
                &codes::INVALID_REGION,
                "eu-west-1",
            ),
            _ => return,
        };
    if !fits && !text.contains(['*', '?']) {
        let message = format!("{text:?} can never match; values look like {example}.");
        report.add(code, value.text.bytes.clone(), message);
    }
}

/// Six parts of which the first may be `arn`; `*` alone matches every ARN.
fn is_arn(text: &str) -> bool {
    let first = text.split(':').next().unwrap_or_default();
    text == "*"
        || text.splitn(6, ':').count() == 6 && (first == "arn" || first.contains(['*', '?']))
}
