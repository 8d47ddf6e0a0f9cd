//! The values of conditions: whether each is one that its operator can read, and whether it can
//! ever match.
//!
//! Never looks up what exists. Values with variables are left to [`super::variables`].

use super::addresses;
use super::codes::{self, Code};
use super::model::{Condition, Grammar as _, Json, Policy, Scalar, Statement};
use super::report::Report;
use super::resources;
use crate::Kind;
use crate::condition::network::Network;
use crate::condition::operator::{Order, Test};
use crate::condition::{bool_of, reads};
use crate::table::{self, KeyType};

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    let statements = policy.statements.iter();
    let conditions = statements.flat_map(|s| s.conditions.iter().map(move |c| (s, c)));
    let kind = policy.kind;
    for (statement, condition) in conditions {
        check_list(condition, report);
        for value in &condition.values {
            let is_variable = policy.has_variables && value.text.text.contains("${");
            if is_variable {
                check_varying(kind, condition, value, report);
            } else {
                check_value(kind, statement, condition, value, report);
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

/// A value with variables.
fn check_varying(
    kind: Kind,
    condition: &Condition<'_>,
    value: &Scalar<'_>,
    report: &mut Report<'_>,
) {
    let (test, text) = (condition.operator.test, value.text.text);
    if is_plain(test) {
        let rest = super::arn::without_variables(text);
        let written = text.matches("${").count();
        if rest.contains('?') || rest.matches('*').count() > written {
            wildcard(condition, value, report);
        }
    } else if test == Test::ArnLike && kind == Kind::Identity && !reads(test, text) {
        let message = format!(
            "IAM does not save {text:?}, whatever it stands for: write an ARN of six parts, with \
             variables in them."
        );
        let bytes = value.text.bytes.clone();
        report.refuse(&codes::TYPE_MISMATCH_ARN, bytes, message);
    }
}

fn check_value(
    kind: Kind,
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    value: &Scalar<'_>,
    report: &mut Report<'_>,
) {
    let (test, written) = (condition.operator.test, condition.operator_text.text);
    let text = value.text.text;
    let (code, expected): (&'static Code, &str) = match test {
        _ if is_plain(test) => {
            if value.json == Json::String && text.contains(['*', '?']) {
                wildcard(condition, value, report);
            }
            return check_form(condition, value, report);
        }
        Test::Numeric(_) => (&codes::TYPE_MISMATCH_NUMBER, "a number such as 90"),
        Test::Date(_) => (
            &codes::TYPE_MISMATCH_DATE,
            "a date such as 2026-11-25T00:00:00Z, or seconds since 1970",
        ),
        Test::Bool | Test::Null => return check_boolean(condition, value, report),
        Test::IpAddress => (
            &codes::TYPE_MISMATCH_IP_RANGE,
            "an address or a range such as 203.0.113.0/24",
        ),
        Test::BinaryEquals => (&codes::TYPE_MISMATCH_BINARY, "Base64"),
        Test::ArnLike => (
            &codes::TYPE_MISMATCH_ARN,
            "an ARN, whole but for wildcards in its parts",
        ),
        _ => return check_form(condition, value, report),
    };
    if reads(test, text) {
        return;
    }
    let mut message = match test {
        Test::ArnLike => {
            let does = if statement.denies() {
                "denies"
            } else {
                "does not allow"
            };
            format!(
                "{text:?} is no ARN; {written} takes {expected}. Unless a value before it matches, the \
                 statement {does} whatever ARN the request has."
            )
        }
        _ => format!("{text:?} can never match: {written} takes {expected}."),
    };
    if let Some(range) = Network::with_any_bits(text).filter(|_| test == Test::IpAddress) {
        let range = range.trimmed();
        message = format!("{message} IPv6 has no bits set behind the prefix; write {range}.");
    }
    let is_refused = match kind {
        Kind::Session => test == Test::BinaryEquals,
        kind => kind.is_identity(),
    };
    let bytes = value.text.bytes.clone();
    if is_refused {
        report.refuse(code, bytes, message);
    } else {
        report.add(code, bytes, message);
    }
}

fn check_boolean(condition: &Condition<'_>, value: &Scalar<'_>, report: &mut Report<'_>) {
    let text = value.text.text;
    if !bool_of(text) && !text.eq_ignore_ascii_case("false") {
        let message = format!(
            "{text:?} is read as false: {} takes true or false.",
            condition.operator_text.text
        );
        let bytes = value.text.bytes.clone();
        report.add(&codes::TYPE_MISMATCH_BOOLEAN, bytes, message);
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
