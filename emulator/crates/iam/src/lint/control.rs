//! What the control policies of organizations may say. Service control policies have the whole
//! language but for principals; resource control policies deny, to everyone, actions of the
//! services they apply to.
//!
//! Never judges what a control policy leaves allowed.
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>

use super::codes;
use super::model::{Policy, Principals, Statement};
use super::report::Report;
use crate::{Kind, table};

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    if policy.kind == Kind::Rcp {
        for statement in &policy.statements {
            check_resource_control(statement, report);
        }
    }
}

fn check_resource_control(statement: &Statement<'_>, report: &mut Report<'_>) {
    if statement.allows() {
        let message = "Only RCPFullAWSAccess, which AWS attaches itself, may allow. Write Deny, with \
                       conditions for whom it is not meant for.";
        let bytes = statement.bytes.start..statement.bytes.start + 1;
        report.refuse(&codes::RCP_SYNTAX_ERROR_ALLOW, bytes, message.to_owned());
    }
    let everyone = |p: &&Principals<'_>| !p.is_negated && p.entries.len() == 1 && p.has_everyone();
    if let Some(principal) = statement.principal.as_ref().filter(|p| !everyone(p)) {
        let message = "A resource control policy is about everyone: write \"Principal\": \"*\", and \
                       tell principals apart by conditions such as aws:PrincipalOrgID.";
        let bytes = principal.bytes.clone();
        report.refuse(
            &codes::RCP_SYNTAX_ERROR_PRINCIPAL,
            bytes,
            message.to_owned(),
        );
    }
    let Some(actions) = &statement.action else {
        return;
    };
    if actions.is_negated {
        let message = "A resource control policy has no NotAction. List the actions in Action.";
        let bytes = actions.bytes.clone();
        report.refuse(
            &codes::RCP_SYNTAX_ERROR_NOTACTION,
            bytes,
            message.to_owned(),
        );
        return;
    }
    for entry in &actions.entries {
        let text = entry.text.text;
        let prefix = text.split(':').next().unwrap_or_default();
        let message = if prefix.contains(['*', '?']) {
            "A resource control policy names each service; write secretsmanager:* and the like."
                .to_owned()
        } else if !table::has_resource_control(prefix) {
            format!("Resource control policies do not apply to the service of {text}. Remove it.")
        } else {
            continue;
        };
        report.refuse(
            &codes::RCP_SYNTAX_ERROR_ACTION,
            entry.text.bytes.clone(),
            message,
        );
    }
}
