//! Principals by themselves: whether each is of a form that AWS knows and that can match somebody.
//!
//! Never asks whether a principal exists. Whether too many are allowed is
//! [`super::exposure`]'s business.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use super::codes::{self, Code};
use super::model::{Grammar as _, Policy, Text};
use super::report::Report;
use crate::Kind;
use crate::document::PrincipalType;
use crate::principal::Pattern;

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    let has_principals = policy.kind.is_trust() || policy.kind.is_resource();
    let principals = policy
        .statements
        .iter()
        .filter_map(|s| s.principal.as_ref());
    for principals in principals.filter(|_| has_principals) {
        if policy.kind.is_trust() && principals.is_bare {
            let message = "A trust policy does not take \"*\" alone for a principal. Name those who \
                           may assume the role, or write {\"AWS\": \"*\"} with a condition.";
            let code = &codes::ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL;
            report.add(code, principals.bytes.clone(), message.to_owned());
        }
        for (kind, text) in &principals.entries {
            // Variables are reported as such.
            let varies = policy.has_variables && text.text.contains("${");
            let fault = fault(*kind, text, policy.kind).filter(|_| !varies);
            if let Some((code, message)) = fault {
                report.add(code, text.bytes.clone(), message);
            }
        }
    }
}

type Fault = (&'static Code, String);

fn fault(kind: PrincipalType, text: &Text<'_>, policy: Kind) -> Option<Fault> {
    let text = text.text;
    let is_everyone = kind == PrincipalType::Aws && text == "*";
    if text.contains(['*', '?']) && !is_everyone {
        let message = format!(
            "{text:?}: only \"*\" alone is a wildcard in a principal. Name each, or write \
             {{\"AWS\": \"*\"}} with a condition such as ArnLike on aws:PrincipalArn."
        );
        return Some((&codes::UNSUPPORTED_WILDCARD_IN_PRINCIPAL, message));
    }
    match kind {
        // Read as everyone under AWS, and looked at as a whole.
        PrincipalType::Star => None,
        PrincipalType::Aws => aws_fault(text),
        PrincipalType::Service => service_fault(text),
        PrincipalType::Federated if policy.is_trust() => provider_fault(text),
        PrincipalType::Federated => Some((
            &codes::FEDERATED_PRINCIPAL_NOT_SUPPORTED,
            "Only trust policies know identity providers. Name the role that is assumed with the \
             provider."
                .to_owned(),
        )),
        PrincipalType::CanonicalUser => Some((
            &codes::INVALID_PRINCIPAL_KEY,
            "CanonicalUser is known to the policies of S3 alone. Name the account under AWS."
                .to_owned(),
        )),
    }
}

fn aws_fault(text: &str) -> Option<Fault> {
    let orphan = |what: &str| {
        format!(
            "{text} is the id of {what}, not its name. Ids take the place of ARNs when their owner \
             is deleted, and then match nobody. Write the ARN."
        )
    };
    if Pattern::new(PrincipalType::Aws, text).is_some() {
        return match text.get(..4) {
            Some("AROA") => Some((&codes::INVALID_ROLE_REFERENCE, orphan("a role"))),
            Some("AIDA") => Some((&codes::INVALID_USER_REFERENCE, orphan("a user"))),
            _ => session_fault(text),
        };
    }
    let last = text.splitn(6, ':').nth(5).unwrap_or_default();
    let reason = if last.starts_with("group/") {
        "a group is no principal. Name its users, or a role that they assume."
    } else if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        "an account's number has twelve digits."
    } else if text.ends_with(".amazonaws.com") {
        "this is a service; write it under Service."
    } else {
        "write an account's number, or the ARN of an account, a user, a role or a session."
    };
    let message = format!("{text:?} is no principal: {reason}");
    Some((&codes::INVALID_PRINCIPAL_FORMAT, message))
}

fn session_fault(text: &str) -> Option<Fault> {
    let name = text.splitn(6, ':').nth(5)?.strip_prefix("assumed-role/")?;
    (name.split('/').filter(|part| !part.is_empty()).count() != 2).then(|| {
        let message = format!(
            "{text} names no session: it is assumed-role/ROLE/SESSION, the role without its path."
        );
        (&codes::INVALID_PRINCIPAL_FORMAT, message)
    })
}

fn service_fault(text: &str) -> Option<Fault> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let is_name = text.contains('.') && text.bytes().all(fits);
    (!is_name).then(|| {
        let message = format!(
            "{text:?} is no service principal; one looks like secretsmanager.amazonaws.com."
        );
        (&codes::INVALID_SERVICE_PRINCIPAL_FORMAT, message)
    })
}

fn provider_fault(text: &str) -> Option<Fault> {
    let is_provider = match text.strip_prefix("arn:") {
        Some(_) => {
            let parts: Vec<_> = text.splitn(6, ':').collect();
            let is_iam = parts.get(2) == Some(&"iam");
            let mut types = ["saml-provider/", "oidc-provider/"].iter();
            is_iam
                && parts
                    .get(5)
                    .is_some_and(|name| types.any(|kind| name.starts_with(kind)))
        }
        None => text.contains('.') && !text.contains([':', ' ']),
    };
    (!is_provider).then(|| {
        let message = format!(
            "{text:?} is no identity provider. Write the ARN of a SAML or OIDC provider, or a \
             domain such as cognito-identity.amazonaws.com."
        );
        (
            &codes::INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY,
            message,
        )
    })
}
