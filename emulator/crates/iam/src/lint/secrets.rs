//! What is peculiar to secrets: the six characters behind their names, and the version stage that
//! requests leave out.
//!
//! Never asks which secrets exist, so it cannot tell a name that ends like a suffix from a suffix.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html>

use super::arn::Arn;
use super::codes;
use super::model::{Condition, Policy, ResourceEntry, Statement};
use super::report::Report;
use crate::condition::operator::Test;
use crate::glob::{Case, Glob};

const GET: &str = "secretsmanager:GetSecretValue";
const STAGE: &str = "secretsmanager:VersionStage";

/// Behind a hyphen at the end of each secret's ARN.
const SUFFIX: usize = 6;

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    for statement in &policy.statements {
        if let Some(list) = &statement.resource {
            let is_allowed = statement.allows() && !list.is_negated;
            for entry in &list.entries {
                check_suffix(entry, is_allowed, report);
            }
        }
        check_stage(policy, statement, report);
    }
}

fn check_suffix(entry: &ResourceEntry<'_>, is_allowed: bool, report: &mut Report<'_>) {
    let Arn::Parts(parts) = &entry.arn else {
        return;
    };
    let Some(name) = parts.globs[5].strip_prefix("secret:") else {
        return;
    };
    if parts.globs[2] != "secretsmanager" || name.is_empty() {
        return;
    }
    let (text, bytes) = (entry.text.text, entry.text.bytes.clone());
    if !may_end_in_suffix(name) {
        let message = format!(
            "{text} matches no secret: Secrets Manager puts a hyphen and six characters behind each \
             name. Write {}-??????.",
            text.trim_end_matches('?').trim_end_matches('-')
        );
        report.add(&codes::SECRET_ARN_WITHOUT_SUFFIX, bytes, message);
        return;
    }
    let before = name
        .strip_suffix("-*")
        .filter(|before| !before.contains('*'));
    if let Some(before) = before.filter(|_| is_allowed) {
        let message = format!(
            "{text} is not only the secret {before}: each whose name begins with {before}- matches, \
             too. Write {}?????? for the one.",
            text.trim_end_matches('*')
        );
        report.add(&codes::SECRET_ARN_SUFFIX_TOO_WIDE, bytes, message);
        return;
    }
    let suffix = name.rsplit('-').next().unwrap_or_default();
    if suffix.bytes().all(|byte| byte.is_ascii_lowercase()) {
        let message = format!(
            "{text} matches a secret only if {suffix:?} are the six characters that Secrets Manager \
             put behind its name; they look like a part of the name. Write {text}-?????? if they are."
        );
        report.add(&codes::SECRET_ARN_SUFFIX_DOUBTFUL, bytes, message);
    }
}

/// Whether the pattern matches some text that ends in a hyphen and six letters or digits, behind at
/// least one other character.
fn may_end_in_suffix(name: &str) -> bool {
    let fits = |(at, character): (usize, char)| match at {
        0..SUFFIX => character == '?' || character.is_ascii_alphanumeric(),
        SUFFIX => character == '?' || character == '-',
        _ => true,
    };
    let is_long_enough = name.contains('*') || name.chars().count() > SUFFIX + 1;
    let from_end = name.chars().rev().take_while(|character| *character != '*');
    is_long_enough && from_end.enumerate().all(fits)
}

/// A request for the current version need not name its stage, and then the key is absent.
fn check_stage(policy: &Policy<'_>, statement: &Statement<'_>, report: &mut Report<'_>) {
    if !statement.names(GET, &report.effort) {
        return;
    }
    let is_about_stage = |condition: &&Condition<'_>| condition.is_over(STAGE);
    for condition in statement.conditions.iter().filter(is_about_stage) {
        let Some(holds_without_key) = condition.holds_without_key() else {
            continue;
        };
        let mut stages = condition.values.iter().map(|value| value.text.text);
        let has_current = match condition.operator.test {
            Test::StringLike => stages.any(|s| Glob::new(s).matches("AWSCURRENT", Case::Sensitive)),
            Test::StringEquals | Test::StringEqualsIgnoreCase => {
                stages.any(|stage| stage.eq_ignore_ascii_case("AWSCURRENT"))
            }
            _ => false,
        };
        if !has_current {
            continue;
        }
        let is_negated = condition.operator.is_negated;
        let message = if statement.allows() && !is_negated && !holds_without_key {
            let mut others = policy.statements.iter();
            let is_allowed_elsewhere = others.any(|other| {
                other.allows()
                    && other.names(GET, &report.effort)
                    && !other
                        .conditions
                        .iter()
                        .any(|c| c.is_over(STAGE) && c.needs_key())
            });
            if is_allowed_elsewhere {
                continue;
            }
            "does not allow it. Use StringEqualsIfExists, if all that may be read is the current \
             version"
        } else if statement.denies() && is_negated && holds_without_key {
            let is_guarded = |c: &Condition<'_>| c.is_over(STAGE) && c.needs_key();
            if statement.conditions.iter().any(is_guarded) {
                continue;
            }
            "denies it. Add \"Null\": {\"secretsmanager:VersionStage\": \"false\"}"
        } else {
            continue;
        };
        let message = format!(
            "GetSecretValue without a VersionStage reads AWSCURRENT, but the request does not have \
             the key then, and this condition {message}."
        );
        report.add(
            &codes::VERSION_STAGE_ABSENT_BY_DEFAULT,
            condition.key.bytes.clone(),
            message,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes() {
        for (name, expected) in [
            ("*", true),
            ("db-AbCdEf", true),
            ("db-??????", true),
            ("db-*", true),
            ("db*", true),
            ("db-??????*", true),
            ("*-AbCdEf", true),
            ("team/*", true),
            ("db", false),
            ("db-?????", false),
            ("db-???????", true),
            ("db????????", true),
            ("dbx??????", false),
            ("db??????", false),
            ("*-prod", false),
            ("db-Ab_dEf", false),
            ("-AbCdEf", false),
            ("db-secret", true),
        ] {
            assert_eq!(may_end_in_suffix(name), expected, "{name}");
        }
    }
}
