//! Trust policies: whether each action fits its principals, and what tells the users of a shared
//! identity provider apart.
//!
//! Never judges conditions on other keys.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html>

use std::collections::HashSet;

use super::codes;
use super::model::{Grammar as _, Policy, Principals, Statement};
use super::report::Report;
use crate::condition::operator::Test;
use crate::document::PrincipalType;

/// Providers that anyone can have an application with, and the key that tells whose it is.
const SHARED_PROVIDERS: [(&str, &str); 4] = [
    ("accounts.google.com", "accounts.google.com:aud"),
    (
        "cognito-identity.amazonaws.com",
        "cognito-identity.amazonaws.com:aud",
    ),
    ("graph.facebook.com", "graph.facebook.com:app_id"),
    ("www.amazon.com", "www.amazon.com:app_id"),
];

const GITHUB: &str = "oidc-provider/token.actions.githubusercontent.com";
const GITHUB_KEYS: [&str; 2] = [
    "token.actions.githubusercontent.com:sub",
    "token.actions.githubusercontent.com:job_workflow_ref",
];

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    if !policy.kind.is_trust() {
        return;
    }
    for statement in &policy.statements {
        let principals = statement.principal.as_ref();
        let Some(principals) = principals.filter(|principals| !principals.is_negated) else {
            continue;
        };
        check_actions(statement, principals, report);
        check_sessions(principals, report);
        if statement.allows() {
            check_providers(statement, principals, report);
        }
    }
}

/// What a principal must be for an action.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Aws,
    Saml,
    Oidc,
}

fn check_actions(statement: &Statement<'_>, principals: &Principals<'_>, report: &mut Report<'_>) {
    if principals.has_everyone() || principals.entries.is_empty() {
        return;
    }
    for entry in statement.stated_actions() {
        let text = entry.text.text;
        let (role, needed) = match text.to_ascii_lowercase().as_str() {
            "sts:assumerole" => (Role::Aws, "an account, a user, a role or a service"),
            "sts:assumerolewithsaml" => (Role::Saml, "a SAML provider under Federated"),
            "sts:assumerolewithwebidentity" => (Role::Oidc, "an OIDC provider under Federated"),
            _ => continue,
        };
        let fits = principals.entries.iter().any(|(kind, text)| {
            let is_saml = text.text.contains(":saml-provider/");
            role == match kind {
                PrincipalType::Federated if is_saml => Role::Saml,
                PrincipalType::Federated => Role::Oidc,
                _ => Role::Aws,
            }
        });
        if !fits {
            let message = format!("{text} is for another principal: {needed}. None is listed.");
            let code = &codes::MISMATCHED_ACTION_FOR_PRINCIPAL;
            report.add(code, entry.text.bytes.clone(), message);
        }
    }
}

/// Reports sessions whose role is listed as well.
fn check_sessions(principals: &Principals<'_>, report: &mut Report<'_>) {
    // Account and name, without the path.
    let named = |text: &'_ str, kind: &str| {
        let mut parts = text.splitn(6, ':').skip(4);
        let (account, name) = (parts.next()?.to_owned(), parts.next()?);
        let name = name.strip_prefix(kind)?;
        let name = match kind {
            "role/" => name.rsplit('/').next(),
            _ => name.split('/').next(),
        };
        Some((account, name?.to_owned()))
    };
    let texts = || principals.entries.iter().map(|(_, text)| text);
    let roles: HashSet<_> = texts()
        .filter_map(|text| named(text.text, "role/"))
        .collect();
    for text in texts() {
        if named(text.text, "assumed-role/").is_some_and(|session| roles.contains(&session)) {
            let message = format!(
                "The role of {} is listed as well, and with it all its sessions. Remove the session.",
                text.text
            );
            let code = &codes::REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY;
            report.add(code, text.bytes.clone(), message);
        }
    }
}

fn check_providers(
    statement: &Statement<'_>,
    principals: &Principals<'_>,
    report: &mut Report<'_>,
) {
    if !statement.names("sts:AssumeRoleWithWebIdentity", &report.effort) {
        return;
    }
    let is_tested = |key: &str| statement.conditions.iter().any(|c| c.is_over(key));
    let is_limited = |key: &&str| {
        statement.conditions.iter().any(|c| {
            let is_text = matches!(
                c.operator.test,
                Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike
            );
            let is_all = |text: &str| text.bytes().all(|byte| byte == b'*');
            let limits = !c.values.iter().any(|value| is_all(value.text.text));
            c.is_over(key) && is_text && !c.operator.is_negated && limits
        })
    };
    for (kind, text) in &principals.entries {
        if *kind != PrincipalType::Federated {
            continue;
        }
        if text.text.ends_with(GITHUB) && !GITHUB_KEYS.iter().any(is_limited) {
            let message = format!(
                "Any repository on GitHub could assume the role; IAM refuses that. Add a condition \
                 such as StringLike on {} with repo:OWNER/NAME:*.",
                GITHUB_KEYS[0]
            );
            let code = &codes::MISSING_GITHUB_REPO_CONDITION_KEY;
            report.refuse(code, text.bytes.clone(), message);
        }
        let shared = SHARED_PROVIDERS
            .iter()
            .find(|(domain, _)| text.text == *domain);
        if let Some((_, key)) = shared.filter(|(_, key)| !is_tested(key)) {
            let message = format!(
                "Users of every application of {} could assume the role. Add a condition on {key} \
                 with the id of yours.",
                text.text
            );
            let code = &codes::MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL;
            report.add(code, text.bytes.clone(), message);
        }
    }
}
