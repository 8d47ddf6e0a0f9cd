//! Permissions that hand on permissions: `iam:PassRole` and `iam:CreateServiceLinkedRole` on more
//! roles than can be meant.
//!
//! Judges what identity policies allow. Prefixes of role names are no fault.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>

use super::arn::Arn;
use super::codes::{self, Code};
use super::model::{Grammar as _, Policy, Statement};
use super::report::Report;
use crate::glob::Case;

/// An action, the condition key that limits it, and the codes: by how the action is stated (by its
/// name, by a wildcard, by `NotAction`), first with a resource that is all roles, then with
/// `NotResource`.
struct Handing {
    action: &'static str,
    key: &'static str,
    what: &'static str,
    codes: [[&'static Code; 2]; 3],
}

const HANDINGS: [Handing; 2] = [
    Handing {
        action: "iam:PassRole",
        key: "iam:PassedToService",
        what: "handing any role to any service, also one that may do more than its user",
        codes: [
            [
                &codes::PASS_ROLE_WITH_STAR_IN_RESOURCE,
                &codes::PASS_ROLE_WITH_NOTRESOURCE,
            ],
            [
                &codes::PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE,
                &codes::PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOTRESOURCE,
            ],
            [
                &codes::PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOTACTION,
                &codes::PASS_ROLE_WITH_NOTACTION_AND_NOTRESOURCE,
            ],
        ],
    },
    Handing {
        action: "iam:CreateServiceLinkedRole",
        key: "iam:AWSServiceName",
        what: "giving any service a role of its own in the account",
        codes: [
            [
                &codes::CREATE_SLR_WITH_STAR_IN_RESOURCE,
                &codes::CREATE_SLR_WITH_NOTRESOURCE,
            ],
            [
                &codes::CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE,
                &codes::CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOTRESOURCE,
            ],
            [
                &codes::CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOTACTION,
                &codes::CREATE_SLR_WITH_NOTACTION_AND_NOTRESOURCE,
            ],
        ],
    },
];

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    if !policy.kind.is_identity() {
        return;
    }
    for statement in policy
        .statements
        .iter()
        .filter(|statement| statement.allows())
    {
        for handing in &HANDINGS {
            check_handing(statement, handing, report);
        }
    }
}

fn check_handing(statement: &Statement<'_>, handing: &Handing, report: &mut Report<'_>) {
    let (Some(actions), Some(resources)) = (&statement.action, &statement.resource) else {
        return;
    };
    let limits = |condition: &super::model::Condition<'_>| condition.is_over(handing.key);
    if statement.conditions.iter().any(limits) || !statement.names(handing.action, &report.effort) {
        return;
    }
    let resource = resources.entries.iter().find(|entry| match &entry.arn {
        Arn::Any => true,
        Arn::Parts(parts) => {
            let is_role = parts.globs[2] == "iam";
            is_role
                && report
                    .effort
                    .covers(&parts.globs[5], "role/*", Case::Sensitive)
        }
        Arn::Other => false,
    });
    let (row, action, bytes) = if actions.is_negated {
        let bytes = resource.map_or(&resources.bytes, |resource| &resource.text.bytes);
        (2, "What NotAction leaves", bytes)
    } else {
        let mut entries = actions.entries.iter();
        let entry = entries.find(|entry| entry.matches(handing.action, &report.effort));
        let Some(entry) = entry else { return };
        let is_exact = entry.text.text.eq_ignore_ascii_case(handing.action);
        (usize::from(!is_exact), entry.text.text, &entry.text.bytes)
    };
    let (column, roles) = match (resources.is_negated, resource) {
        (true, _) => (1, "every role that NotResource does not list"),
        (false, Some(_)) => (0, "every role"),
        (false, None) => return,
    };
    let Handing {
        key,
        what,
        action: name,
        ..
    } = handing;
    let what = match row {
        0 => format!("{name} is allowed for {roles}: {what}"),
        _ => format!("{action} allows {name} for {roles}: {what}"),
    };
    let message = format!("{what}. Name the roles in Resource, or add a condition on {key}.");
    report.add(handing.codes[row][column], bytes.clone(), message);
}
