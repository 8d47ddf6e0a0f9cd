//! Actions by themselves: whether they exist, and how they are written.
//!
//! Knows the services of [`crate::table`]; of another service it only says when its name is nearly
//! that of one of them. Never looks at resources or conditions.

use super::codes;
use super::model::{ActionEntry, Grammar as _, Meaning, Policy};
use super::report::Report;
use super::words;
use crate::Kind;
use crate::table::{self, Service};

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    for statement in &policy.statements {
        let entries = statement.action.iter().flat_map(|list| &list.entries);
        for entry in entries {
            // Variables are reported as such.
            let varies = policy.has_variables && entry.text.text.contains("${");
            if entry.text.text != "*" && !varies {
                check_entry(policy.kind, entry, report);
            }
        }
        for entry in statement.stated_actions() {
            match policy.kind {
                Kind::Trust => check_trust(entry, report),
                Kind::Key => check_key(entry, report),
                _ => {}
            }
        }
    }
}

fn check_entry(kind: Kind, entry: &ActionEntry<'_>, report: &mut Report<'_>) {
    let text = entry.text.text;
    let mut invalid = |message: String| {
        report.add(&codes::INVALID_ACTION, entry.text.bytes.clone(), message);
    };
    let Some((prefix, name)) = text.split_once(':') else {
        return invalid(format!(
            "{text:?} is no action. Write the service and the action with a colon between them, as \
             in secretsmanager:GetSecretValue."
        ));
    };
    if name.contains(':') {
        return invalid(format!("{text:?} has two colons; an action has one."));
    }
    if name.is_empty() || text.contains(char::is_whitespace) || text.contains(',') {
        return invalid(format!(
            "{text:?} matches no action: it is empty behind the colon, or has spaces or commas. \
             List several actions in an array."
        ));
    }
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    if kind.is_identity() && !prefix.bytes().all(is_of_name) {
        let message = format!(
            "{prefix:?} can be no service: names of services have letters, digits, dots and hyphens, \
             and IAM takes no wildcard there."
        );
        return report.refuse(&codes::INVALID_ACTION, entry.text.bytes.clone(), message);
    }
    if prefix.contains(['*', '?']) {
        let message = format!(
            "The wildcard in the service name of {text} also matches services you may not think \
             of, today's and tomorrow's. Write each service's name."
        );
        report.add(
            &codes::WILDCARD_IN_SERVICE_NAME,
            entry.text.bytes.clone(),
            message,
        );
        return;
    }
    match (&entry.meaning, table::service(prefix)) {
        (Meaning::Known(actions), Some(service)) if actions.is_empty() => {
            unknown_action(entry, name, service, report);
        }
        (_, None) => unknown_service(entry, prefix, name, report),
        _ => {}
    }
}

fn unknown_action(entry: &ActionEntry<'_>, name: &str, service: &Service, report: &mut Report<'_>) {
    let names = || {
        service
            .actions
            .iter()
            .filter_map(|action| action.name.split_once(':'))
    };
    let names = || names().map(|(_, name)| name);
    let message = if name.contains(['*', '?']) {
        format!("No action of {} matches {}.", service.name, entry.text.text)
    } else {
        let nearest = words::nearest(name, names(), &report.effort);
        // Names are often cut short: GetSecret.
        let begins = |known: &&str| {
            name.len() >= 4
                && known
                    .get(..name.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let nearest = nearest.or_else(|| names().find(begins));
        let nearest = nearest.map(|nearest| format!("{}:{nearest}", service.name));
        format!(
            "{} has no action {name}{}",
            service.name,
            words::did_you_mean(nearest.as_deref())
        )
    };
    report.add(&codes::INVALID_ACTION, entry.text.bytes.clone(), message);
}

fn unknown_service(entry: &ActionEntry<'_>, prefix: &str, name: &str, report: &mut Report<'_>) {
    let Some(nearest) = words::near_service(prefix, &report.effort) else {
        return;
    };
    let message = format!("The service {prefix:?} is unknown here; did you mean {nearest}:{name}?");
    let bytes = entry.text.bytes.clone();
    report.add(&codes::INVALID_SERVICE_IN_ACTION, bytes, message);
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html>
fn check_trust(entry: &ActionEntry<'_>, report: &mut Report<'_>) {
    let text = entry.text.text.to_ascii_lowercase();
    let is_fit = text.strip_prefix("sts:").is_some_and(|name| {
        name.starts_with("assumerole")
            || ["tagsession", "setsourceidentity", "setcontext"].contains(&name)
    });
    if !is_fit {
        let message = format!(
            "{} has no place in a trust policy. It takes sts:AssumeRole, \
             sts:AssumeRoleWithWebIdentity, sts:AssumeRoleWithSAML, sts:TagSession, \
             sts:SetSourceIdentity and sts:SetContext.",
            entry.text.text
        );
        report.refuse(
            &codes::UNSUPPORTED_ACTION_IN_POLICY,
            entry.text.bytes.clone(),
            message,
        );
    }
}

fn check_key(entry: &ActionEntry<'_>, report: &mut Report<'_>) {
    let text = entry.text.text;
    let prefix = text.split_once(':').map(|(prefix, _)| prefix);
    if prefix.is_some_and(|p| !p.contains(['*', '?']) && !p.eq_ignore_ascii_case("kms")) {
        let message = format!(
            "{text} has no effect in the policy of a key, which only actions of kms are about. \
             Remove it."
        );
        let bytes = entry.text.bytes.clone();
        report.add(&codes::UNSUPPORTED_ACTION_IN_POLICY, bytes, message);
    }
}
