//! The document as a whole: its size, its characters, and the names of its statements.
//!
//! Never looks into statements beyond their `Sid`.

use std::collections::HashMap;

use super::codes::{self, Code};
use super::model::{Grammar as _, Policy};
use super::report::Report;
use crate::Kind;

/// The longest text that any API takes for a policy.
const LONGEST: usize = 131_072;

/// Reports a text that is too long to be a policy; it is not looked at any further.
pub(super) fn is_in_bounds(text: &str, kind: Kind, report: &mut Report<'_>) -> bool {
    let quota = Quota::of(kind);
    if text.chars().count() > LONGEST {
        let message = format!(
            "The text is longer than {LONGEST} characters, which no API takes for a policy. It was \
             not looked at any further."
        );
        report.refuse(quota.code, 0..text.len(), message);
        return false;
    }
    let counted = text
        .chars()
        .filter(|c| quota.has_spaces || !c.is_ascii_whitespace());
    let count = counted.count();
    if count > quota.limit {
        let (limit, hint) = (quota.limit, quota.hint);
        let spaces = if quota.has_spaces {
            ""
        } else {
            ", white space aside"
        };
        let message = format!(
            "The policy has {count} characters{spaces}; {} may have {limit}. {hint}",
            kind.noun()
        );
        report.add(quota.code, 0..text.len(), message);
    }
    // The IAM API takes no others.
    if kind.is_identity() || kind.is_trust() {
        let is_foreign = |c: char| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}');
        if let Some((at, character)) = text.char_indices().find(|(_, c)| is_foreign(*c)) {
            let message = format!(
                "IAM takes no policy with the character {character:?}: only those up to U+00FF, \
                 tabs and line breaks are allowed. In a string, it can be written as an escape."
            );
            let bytes = at..at + character.len_utf8();
            report.refuse(&codes::UNSUPPORTED_CHARACTER, bytes, message);
        }
    }
    true
}

struct Quota {
    code: &'static Code,
    limit: usize,
    /// Whether white space counts.
    has_spaces: bool,
    hint: &'static str,
}

impl Quota {
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    fn of(kind: Kind) -> Self {
        let (code, limit, has_spaces, hint) = match kind {
            Kind::Identity => (
                &codes::POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA,
                6_144,
                false,
                "Make several managed policies of it; only the inline policies of a role may be longer.",
            ),
            Kind::Session => (
                &codes::POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA,
                2_048,
                true,
                "Leave out white space, or name managed policies when the session is made.",
            ),
            Kind::Trust => (
                &codes::POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA,
                2_048,
                false,
                "Shorten it, or ask AWS for a higher quota.",
            ),
            Kind::Scp => (
                &codes::POLICY_SIZE_EXCEEDS_SCP_QUOTA,
                10_240,
                true,
                "Leave out white space, or make several policies of it.",
            ),
            Kind::Rcp => (
                &codes::POLICY_SIZE_EXCEEDS_RCP_QUOTA,
                5_120,
                true,
                "Leave out white space, or make several policies of it.",
            ),
            Kind::Key => (
                &codes::POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA,
                32_768,
                true,
                "Shorten it; aws:PrincipalTag or aws:PrincipalOrgID can stand for many principals.",
            ),
            _ => (
                &codes::POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA,
                20_480,
                true,
                "Shorten it; aws:PrincipalTag or aws:PrincipalOrgID can stand for many principals.",
            ),
        };
        Self {
            code,
            limit,
            has_spaces,
            hint,
        }
    }
}

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    let is_unique = policy.kind.is_identity() || policy.kind.is_trust();
    let mut seen = HashMap::new();
    for (number, statement) in policy.statements.iter().enumerate() {
        let Some(sid) = &statement.sid else { continue };
        if sid.text.is_empty() {
            let message = "The Sid is empty. Name the statement, or leave the Sid out.".to_owned();
            report.add(&codes::EMPTY_SID_VALUE, sid.bytes.clone(), message);
            continue;
        }
        let is_alphanumeric = sid.text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if policy.kind.is_identity() && !is_alphanumeric {
            let message = format!(
                "The Sid {:?} may have letters and digits only, in {}.",
                sid.text,
                policy.kind.noun()
            );
            report.refuse(&codes::UNSUPPORTED_SID, sid.bytes.clone(), message);
        }
        let first = *seen.entry(sid.text).or_insert(number);
        if first != number {
            let message = format!(
                "Statement[{first}] has the Sid {:?} already. Give each statement its own.",
                sid.text
            );
            if is_unique {
                report.refuse(&codes::UNIQUE_SIDS_REQUIRED, sid.bytes.clone(), message);
            } else {
                report.add(&codes::UNIQUE_SIDS_RECOMMENDED, sid.bytes.clone(), message);
            }
        }
    }
}
