//! Condition keys that the requests of a statement never have, so that the condition never holds,
//! or always.
//!
//! Only judges actions that the table knows, and a pattern of actions only if the key fits none of
//! them. Whether a key that can be there is there is the request's business.

use super::codes;
use super::model::{ActionEntry, Condition, Policy, Statement};
use super::report::Report;
use crate::table::{self, Action};

/// More actions are not listed in a message.
const LISTED: usize = 3;

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    for statement in &policy.statements {
        for condition in &statement.conditions {
            if table::key(condition.key.text).is_some() {
                check_condition(statement, condition, report);
            }
        }
    }
}

fn check_condition(statement: &Statement<'_>, condition: &Condition<'_>, report: &mut Report<'_>) {
    let without: Vec<_> = statement
        .stated_actions()
        .iter()
        .filter(|entry| never_has(entry, condition.key.text, report))
        .map(|entry| entry.text.text)
        .collect();
    if without.is_empty() {
        return;
    }
    let Some(holds) = condition.holds_without_key() else {
        return;
    };
    let effect = match (holds, statement.allows()) {
        (false, true) => "the condition never holds, and the statement never allows it",
        (false, false) => "the condition never holds, and the statement never denies it",
        (true, true) => "the condition always holds, and limits nothing",
        (true, false) => "the condition always holds, and the statement denies it every time",
    };
    let mut actions = without
        .iter()
        .take(LISTED)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if without.len() > LISTED {
        actions = format!("{actions} and {} more", without.len() - LISTED);
    }
    let message = format!(
        "No request for {actions} has {}: {effect}. Put what the key is for into a statement of its \
         own.",
        condition.key.text
    );
    let code = &codes::UNSUPPORTED_ACTION_FOR_CONDITION_KEY;
    report.add(code, condition.key.bytes.clone(), message);
}

/// Whether no request that the entry stands for can have the key.
pub(super) fn never_has(entry: &ActionEntry<'_>, key: &str, report: &Report<'_>) -> bool {
    let Some(actions) = entry.known() else {
        return false;
    };
    report.effort.spend(actions.len() * 256) && !actions.iter().any(|action| may_have(action, key))
}

fn may_have(action: &Action, key: &str) -> bool {
    // Whether these are there without a resource is not known.
    let of_owner = [
        "aws:ResourceAccount",
        "aws:ResourceOrgID",
        "aws:ResourceOrgPaths",
    ];
    // These are asked for together with a session, in the same request.
    let with_session = ["sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"];
    let sessions = [
        "sts:AssumeRole",
        "sts:AssumeRoleWithSAML",
        "sts:AssumeRoleWithWebIdentity",
        "sts:GetFederationToken",
    ];
    action.may_have(key)
        || of_owner.iter().any(|name| name.eq_ignore_ascii_case(key))
        || with_session.contains(&action.name)
            && sessions
                .iter()
                .filter_map(|name| table::action(name))
                .any(|a| a.may_have(key))
}
