//! Who can use a resource or a role: everyone, any customer of a service, or, with `NotPrincipal`,
//! others than meant.
//!
//! Judges one statement alone: a Deny elsewhere may close what it opens.

use std::collections::HashSet;

use super::codes;
use super::model::{Condition, Grammar as _, Policy, Principals, Statement};
use super::report::Report;
use crate::condition::operator::Test;
use crate::document::PrincipalType;

/// Conditions on these limit who or whence.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>
const NARROWING: [&str; 19] = [
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:userid",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "kms:CallerAccount",
];

/// Conditions on these tell on whose behalf a service acts.
const SOURCES: [&str; 5] = [
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceOwner",
];

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    if !policy.kind.is_trust() && !policy.kind.is_resource() {
        return;
    }
    for statement in &policy.statements {
        let Some(principals) = &statement.principal else {
            continue;
        };
        match (statement.allows(), principals.is_negated) {
            (true, true) if policy.kind.is_resource() => {
                let message = "NotPrincipal with Allow lets in everyone who is not listed, also \
                               those without credentials. Name those to let in with Principal.";
                let bytes = principals.bytes.clone();
                report.add(&codes::ALLOW_WITH_NOTPRINCIPAL, bytes, message.to_owned());
            }
            (true, false) => check_allow(policy, statement, principals, report),
            (false, true) if statement.denies() => check_exemptions(principals, report),
            _ => {}
        }
    }
}

fn check_allow(
    policy: &Policy<'_>,
    statement: &Statement<'_>,
    principals: &Principals<'_>,
    report: &mut Report<'_>,
) {
    let is_narrowed = |keys: &[&str]| {
        let mut conditions = statement.conditions.iter();
        conditions.any(|c| keys.iter().any(|key| c.is_over(key)) && narrows(c))
    };
    if principals.has_everyone() && !is_narrowed(&NARROWING) {
        let bytes = principals.bytes.clone();
        let message = "Everyone is let in, whatever their account: no condition limits who it is or \
                       whence. Name the principals, or add a condition such as StringEquals on \
                       aws:PrincipalOrgID.";
        report.add(&codes::BROAD_ACCESS, bytes, message.to_owned());
    }
    let service = principals
        .entries
        .iter()
        .find(|(kind, _)| *kind == PrincipalType::Service);
    if let Some((_, text)) = service.filter(|_| policy.kind.is_resource()) {
        let is_context = |c: &Condition<'_>| {
            let prefix = c.key.text.get(.."kms:EncryptionContext:".len());
            prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case("kms:EncryptionContext:"))
                && narrows(c)
        };
        if !is_narrowed(&SOURCES) && !statement.conditions.iter().any(is_context) {
            let message = format!(
                "{} is let in on behalf of whichever customer makes it act. Add a condition on \
                 aws:SourceArn or aws:SourceAccount.",
                text.text
            );
            let code = &codes::RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL;
            report.add(code, text.bytes.clone(), message);
        }
    }
}

/// Whether the condition holds for some values only, and never without one.
fn narrows(condition: &Condition<'_>) -> bool {
    let is_all = |value: &str| match condition.operator.test {
        // Whoever asks has the value that a variable takes from the request.
        _ if value.contains("${") => true,
        Test::StringLike | Test::ArnLike => names_no_account(value),
        Test::IpAddress => prefix_length(value).is_some_and(|bits| bits < SHORTEST_PREFIX),
        _ => false,
    };
    condition.needs_key()
        && condition.operator.test != Test::Null
        && !condition.operator.is_negated
        && !condition.values.iter().any(|value| is_all(value.text.text))
}

/// Networks with a shorter prefix are too wide to tell who is meant.
const SHORTEST_PREFIX: u8 = 8;

fn prefix_length(network: &str) -> Option<u8> {
    network.split_once('/')?.1.parse().ok()
}

/// Whether a pattern is open to every account: nothing but wildcards, or an ARN whose account is one.
fn names_no_account(pattern: &str) -> bool {
    let is_wild = |text: &str| text.chars().all(|c| matches!(c, '*' | '?' | ':'));
    match pattern.strip_prefix("arn:") {
        None => is_wild(pattern),
        Some(arn) => match arn.split(':').nth(3) {
            // Buckets and a few others have no account in their ARNs.
            Some("") => arn.splitn(5, ':').nth(4).is_none_or(is_wild),
            Some(account) => is_wild(account),
            None => true,
        },
    }
}

/// `NotPrincipal` with Deny spares only those all of whose levels are listed: the account and the
/// user, or the account, the role and the session.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
fn check_exemptions(principals: &Principals<'_>, report: &mut Report<'_>) {
    let listed: Vec<_> = principals
        .entries
        .iter()
        .filter(|(kind, _)| *kind == PrincipalType::Aws)
        .filter_map(|(_, text)| Some((Level::of(text.text)?, text)))
        .collect();
    let mut levels = HashSet::new();
    for (level, _) in &listed {
        levels.insert(*level);
        if let Level::Session(account, role, _) = *level {
            levels.insert(Level::Session(account, role, ""));
        }
        if !matches!(level, Level::Account(_)) {
            levels.insert(Level::Member(level.account()));
        }
    }
    for (level, text) in &listed {
        let account = Level::Account(level.account());
        let missing = match *level {
            Level::Account(account) => (!levels.contains(&Level::Member(account)))
                .then_some("whoever is meant of the account, but for its root user"),
            _ if !levels.contains(&account) => Some("the account"),
            Level::Role(account, role) => (!levels.contains(&Level::Session(account, role, "")))
                .then_some("the sessions of the role"),
            Level::Session(account, role, _) => {
                (!levels.contains(&Level::Role(account, role))).then_some("the role of the session")
            }
            _ => None,
        };
        if let Some(missing) = missing {
            let message = format!(
                "NotPrincipal spares those behind {} only if {missing} is listed, too; as it is, \
                 they are denied. So is whoever has a permissions boundary. ArnNotLike on \
                 aws:PrincipalArn says the same without these pitfalls.",
                text.text
            );
            let code = &codes::DENY_WITH_INCOMPLETE_NOTPRINCIPAL;
            report.add(code, text.bytes.clone(), message);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Level<'a> {
    Account(&'a str),
    User(&'a str, &'a str),
    /// The last part of its name: sessions have no path.
    Role(&'a str, &'a str),
    Session(&'a str, &'a str, &'a str),
    /// Somebody of the account.
    Member(&'a str),
}

impl<'a> Level<'a> {
    fn of(text: &'a str) -> Option<Self> {
        if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Account(text));
        }
        let mut parts = text.splitn(6, ':').skip(4);
        let (account, name) = (parts.next()?, parts.next()?);
        let (kind, name) = name.split_once('/').unwrap_or((name, ""));
        match kind {
            "root" => Some(Self::Account(account)),
            "user" => Some(Self::User(account, name)),
            "role" => Some(Self::Role(account, name.rsplit('/').next()?)),
            "assumed-role" => {
                let (role, session) = name.split_once('/')?;
                Some(Self::Session(account, role, session))
            }
            _ => None,
        }
    }

    fn account(self) -> &'a str {
        match self {
            Self::Account(account)
            | Self::User(account, _)
            | Self::Role(account, _)
            | Self::Session(account, ..)
            | Self::Member(account) => account,
        }
    }
}
