//! Checks on saving policies other than those of identities: trust policies, the policies of
//! secrets and keys, control policies.
//!
//! A subset of AWS's: what must not reach the engine is refused here. Checks that need to know
//! which principals exist, whether a policy is public, or whether it locks its author out, are the
//! business of the services and never made here.

use std::collections::HashSet;

use super::read::Fault;
use super::{Condition, Document, Element, Kind, PrincipalType, Statement};
use crate::principal::Pattern;
use crate::{Effect, Malformed, json, unknown};

/// The words of AWS's shared parser for what [`super::read`] found.
pub(super) fn explain(text: &str, fault: Fault) -> Malformed {
    match fault {
        Fault::NotJson => Malformed::InvalidJson,
        Fault::Null => Malformed::NotAPolicy,
        Fault::Shape(offset) | Fault::Version(offset) => {
            Malformed::Position(json::position(text, offset))
        }
        Fault::StatementEmpty => Malformed::StatementEmpty,
        Fault::Missing(field) => Malformed::MissingField(field),
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
pub(super) fn check_trust(document: Document) -> Result<Document, Malformed> {
    let mut sids = HashSet::new();
    for statement in &document.statements {
        match &statement.principal {
            None => return Err(Malformed::MissingField("Principal")),
            Some(principal) if principal.is_negated => {
                return Err(Malformed::ProhibitedField("NotPrincipal"));
            }
            Some(_) => {}
        }
        if let Some(resource) = &statement.resource {
            let name = if resource.is_negated {
                "NotResource"
            } else {
                "Resource"
            };
            return Err(Malformed::ProhibitedField(name));
        }
        let Some(action) = statement.action.as_ref().filter(|a| !a.values.is_empty()) else {
            return Err(Malformed::MissingField("Action"));
        };
        if action.is_negated || !action.values.iter().all(|action| is_trust_action(action)) {
            return Err(Malformed::TrustAction);
        }
        if let Some((kind, value)) = star(statement).or_else(|| bad_principal(statement)) {
            return Err(Malformed::InvalidPrincipal {
                key: told(kind),
                value: value.to_owned(),
            });
        }
        if let Some(provider) = open_github_provider(statement) {
            return Err(Malformed::OpenGithubTrust(provider.to_owned()));
        }
        if statement
            .sid
            .as_deref()
            .is_some_and(|s| !s.is_empty() && !sids.insert(s))
        {
            return Err(Malformed::StatementIdsNotUnique);
        }
    }
    Ok(document)
}

/// A kind of principal in the words of a refusal: recorded of services, whose key is `Service`.
fn told(kind: PrincipalType) -> &'static str {
    match kind {
        PrincipalType::Service => "SERVICE",
        _ => kind.key(),
    }
}

/// The identity provider of GitHub, if a statement trusts whatever GitHub vouches for: any workflow
/// of anybody.
fn open_github_provider(statement: &Statement) -> Option<&str> {
    const HOST: &str = "token.actions.githubusercontent.com";
    let mut principals = statement.principal.iter().flat_map(|p| &p.values);
    let (_, provider) = principals.find(|(kind, name)| {
        *kind == PrincipalType::Federated && name.ends_with(&format!(":oidc-provider/{HOST}"))
    })?;
    let narrows = |condition: &Condition| {
        let key = condition.key.to_ascii_lowercase();
        let claim = key.strip_prefix(HOST).unwrap_or_default();
        let operators = ["StringEquals", "StringLike", "StringEqualsIgnoreCase"];
        operators.contains(&condition.operator.as_str())
            && [":sub", ":job_workflow_ref"].contains(&claim)
            && !condition
                .values
                .iter()
                .any(|value| unknown::is_any_workflow(&value.text))
    };
    let is_open = statement.effect == Effect::Allow && !statement.conditions.iter().any(narrows);
    is_open.then_some(provider)
}

fn is_trust_action(action: &str) -> bool {
    const NAMES: [&str; 6] = [
        "assumerole",
        "assumerolewithsaml",
        "assumerolewithwebidentity",
        "tagsession",
        "setsourceidentity",
        "setcontext",
    ];
    let action = action.to_ascii_lowercase();
    let Some(name) = action.strip_prefix("sts:") else {
        return false;
    };
    match name.strip_suffix('*') {
        Some(beginning) => beginning.starts_with("assumerole"),
        None => NAMES.contains(&name),
    }
}

/// <https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html>
pub(super) fn check_resource(document: Document) -> Result<Document, Malformed> {
    for statement in &document.statements {
        let complete = statement.principal.is_some()
            && is_present(statement.action.as_ref())
            && is_present(statement.resource.as_ref());
        if !complete {
            return Err(Malformed::ResourcePolicySyntax);
        }
        match bad_principal(statement) {
            Some((PrincipalType::Service, _)) => return Err(Malformed::ResourcePolicyService),
            Some(_) => return Err(Malformed::ResourcePolicyPrincipal),
            None => {}
        }
    }
    Ok(document)
}

/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html>
pub(super) fn check_key(document: Document) -> Result<Document, Malformed> {
    for statement in &document.statements {
        let complete = statement.principal.is_some()
            && is_present(statement.action.as_ref())
            && is_present(statement.resource.as_ref());
        if !complete {
            return Err(Malformed::KeyPolicySyntax);
        }
        if bad_principal(statement).is_some() {
            return Err(Malformed::KeyPolicyPrincipal);
        }
    }
    Ok(document)
}

/// A service control policy names no principal, a resource control policy names everyone.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>
pub(super) fn check_control(document: Document, kind: Kind) -> Result<Document, Malformed> {
    let everyone = |(kind, name): &(PrincipalType, String)| {
        matches!(kind, PrincipalType::Star | PrincipalType::Aws) && name == "*"
    };
    let fits = |statement: &Statement| {
        let principal_fits = match (&statement.principal, kind) {
            (None, Kind::Scp) => true,
            (Some(principal), Kind::Rcp) => {
                !principal.is_negated && principal.values.iter().all(everyone)
            }
            _ => false,
        };
        principal_fits
            && is_present(statement.action.as_ref())
            && is_present(statement.resource.as_ref())
    };
    if document.statements.iter().all(fits) {
        Ok(document)
    } else {
        Err(Malformed::PolicyType)
    }
}

fn is_present(element: Option<&Element<String>>) -> bool {
    element.is_some_and(|element| !element.values.is_empty())
}

/// `"Principal": "*"`, which a trust policy must say as `{"AWS": "*"}`.
fn star(statement: &Statement) -> Option<(PrincipalType, &str)> {
    let mut principals = statement.principal.iter().flat_map(|p| &p.values);
    let star = principals.find(|(kind, _)| *kind == PrincipalType::Star)?;
    Some((star.0, &star.1))
}

/// The first principal of a form AWS does not know, such as an ARN with a wildcard. In a statement
/// that allows, such a principal would match nobody; in one that denies, it would deny nobody.
fn bad_principal(statement: &Statement) -> Option<(PrincipalType, &str)> {
    let principals = statement
        .principal
        .iter()
        .flat_map(|principal| &principal.values);
    principals
        .map(|(kind, name)| (*kind, name.as_str()))
        .find(|(kind, name)| Pattern::new(*kind, name).is_none())
}
