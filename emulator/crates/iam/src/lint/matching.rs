//! Actions with resources: whether each action of a statement can act on one of its resources.
//!
//! Only judges actions that the table knows completely, and only where no resource of the statement
//! is `*`, which fits every action.

use super::arn::Arn;
use super::codes;
use super::model::{ActionEntry, Policy, ResourceEntry, Statement};
use super::report::Report;
use super::resources;
use crate::table::Action;

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    for statement in &policy.statements {
        let resources = statement.stated_resources();
        let is_any = |entry: &ResourceEntry<'_>| entry.arn == Arn::Any;
        if resources.is_empty() || resources.iter().any(is_any) {
            continue;
        }
        // What is wrong by itself was reported for that, and is not reported again.
        let is_sound: Vec<bool> = resources
            .iter()
            .map(|entry| {
                let is_read = matches!(entry.arn, Arn::Parts(_));
                is_read && resources::fault(entry, policy.kind, &report.effort).is_none()
            })
            .collect();
        let mut all_match = true;
        if is_sound.iter().all(|sound| *sound) {
            for entry in statement.stated_actions() {
                all_match &= check_action(statement, entry, report);
            }
        }
        if all_match {
            check_resources(statement, &is_sound, report);
        }
    }
}

/// Reports an action that none of the resources fits. False if it did.
fn check_action(
    statement: &Statement<'_>,
    entry: &ActionEntry<'_>,
    report: &mut Report<'_>,
) -> bool {
    let Some(actions) = entry.known() else {
        return true;
    };
    let resources = statement.stated_resources();
    let mut pairs = actions
        .iter()
        .flat_map(|action| resources.iter().map(move |resource| (*action, resource)));
    if pairs.any(|(action, resource)| fits(action, resource, report)) {
        return true;
    }
    let text = entry.text.text;
    let (does, never) = match statement.allows() {
        true => ("allows", "never allowed here"),
        false => ("denies", "never denied here"),
    };
    let bytes = entry.text.bytes.clone();
    if let Some(action) = actions.iter().find(|action| action.has_resource()) {
        let mut forms: Vec<_> = action.resources.iter().map(|used| used.arn).collect();
        forms.dedup();
        let message = format!(
            "{text} is {never}: it acts on {}, and no resource of the statement is one.",
            forms.join(" or ")
        );
        report.add(&codes::ACTION_NEVER_MATCHES_RESOURCE, bytes, message);
    } else {
        let message = format!(
            "{text} is {never}: it acts on no particular resource, and only \"*\" matches that. Put \
             it into a statement of its own that {does} it on \"Resource\": \"*\"."
        );
        report.add(&codes::ACTION_WITHOUT_RESOURCE_NEEDS_STAR, bytes, message);
    }
    false
}

fn check_resources(statement: &Statement<'_>, is_sound: &[bool], report: &mut Report<'_>) {
    let entries = statement.stated_actions();
    let known: Option<Vec<_>> = entries.iter().map(ActionEntry::known).collect();
    let Some(known) = known.filter(|known| !known.is_empty()) else {
        return;
    };
    for (resource, is_sound) in statement.stated_resources().iter().zip(is_sound) {
        let mut actions = known.iter().copied().flatten();
        if !is_sound || actions.any(|action| fits(action, resource, report)) {
            continue;
        }
        let message = format!(
            "No action of the statement acts on {}. Remove it, or add the action that is missing.",
            resource.text.text
        );
        let bytes = resource.text.bytes.clone();
        report.add(&codes::RESOURCE_NEVER_MATCHES_ACTION, bytes, message);
    }
}

fn fits(action: &Action, resource: &ResourceEntry<'_>, report: &Report<'_>) -> bool {
    // IAM's lists are said to have no resource, but AWS's refusals name one: for ListUsers it is
    // arn:aws:iam::111122223333:user/.
    let is_list = !action.has_resource() && action.name.starts_with("iam:");
    is_list && resource.arn.overlaps("arn:*:iam:*:*:*", &report.effort)
        || action
            .resources
            .iter()
            .any(|used| resource.arn.overlaps(used.arn, &report.effort))
}
