//! What has no effect because something else in the policy says as much or more: redundant actions,
//! resources and statements, and permissions that the same policy denies.
//!
//! Sound: what is reported is certain, not all that is redundant is reported. Conditions are only
//! compared by their text.

use std::collections::HashMap;
use std::ops::Range;

use super::arn::Arn;
use super::codes::{self, Code};
use super::effort::Effort;
use super::model::{ActionEntry, List, Policy, Principals, ResourceEntry, Statement, Text};
use super::report::Report;
use crate::glob::Case;

/// More patterns with wildcards in one list are not compared with the others.
const COMPARED: usize = 100;

/// More pairs of an action and a resource are not looked up among the denials.
const PAIRS: usize = 10_000;

pub(super) fn check(policy: &Policy<'_>, report: &mut Report<'_>) {
    for statement in &policy.statements {
        check_empty(statement, report);
        if let Some(list) = &statement.action {
            check_list(list, &codes::REDUNDANT_ACTION, report);
        }
        if let Some(list) = &statement.resource {
            check_list(list, &codes::REDUNDANT_RESOURCE, report);
        }
    }
    let whole: Vec<_> = policy
        .statements
        .iter()
        .enumerate()
        .filter(|(_, s)| s.is_whole)
        .collect();
    for (at, (_, statement)) in whole.iter().enumerate() {
        if statement.allows() && is_denied(statement, &whole, &report.effort) {
            let message = "A statement of the same policy denies all of this, without a condition: \
                           it is never allowed. Remove one of the two.";
            let bytes = statement.bytes.start..statement.bytes.start + 1;
            report.add(&codes::UNREACHABLE_STATEMENT, bytes, message.to_owned());
            continue;
        }
        let covers = |other: &Statement<'_>| is_covered(statement, other, &report.effort);
        let redundant = whole.iter().enumerate().find(|(other_at, (_, other))| {
            // Of two equal ones, the later is redundant.
            *other_at != at
                && covers(other)
                && (*other_at < at || !is_covered(other, statement, &report.effort))
        });
        if let Some((_, (number, _))) = redundant {
            let message = format!("Statement[{number}] says all of this already. Remove this one.");
            let bytes = statement.bytes.start..statement.bytes.start + 1;
            report.add(&codes::REDUNDANT_STATEMENT, bytes, message);
        }
    }
}

/// Reports a negated element that leaves nothing over.
fn check_empty(statement: &Statement<'_>, report: &mut Report<'_>) {
    fn all<T: Pattern>(list: &List<T>) -> Option<Range<usize>> {
        let is_all = |entry: &&T| entry.text().text == "*";
        let entry = list.entries.iter().find(is_all)?;
        list.is_negated.then(|| entry.text().bytes.clone())
    }
    let principals = statement.principal.as_ref();
    let everyone =
        principals.filter(|principals| principals.is_negated && principals.has_everyone());
    for bytes in [
        statement.action.as_ref().and_then(all),
        statement.resource.as_ref().and_then(all),
        everyone.map(|principals| principals.bytes.clone()),
    ]
    .into_iter()
    .flatten()
    {
        let message = "The negation of * is nothing: the statement never applies. Leave out the *.";
        report.add(&codes::STATEMENT_MATCHES_NOTHING, bytes, message.to_owned());
    }
}

/// An entry of a list that can be compared with the others.
trait Pattern {
    fn text(&self) -> &Text<'_>;
    /// Whether it can cover more than its own text.
    fn is_pattern(&self) -> bool;
    fn covers(&self, other: &Self, effort: &Effort) -> bool;
    fn is_apart(&self, other: &Self, effort: &Effort) -> bool;
    /// Texts that are equal, are equal here.
    fn same(&self) -> String;
}

impl Pattern for ActionEntry<'_> {
    fn text(&self) -> &Text<'_> {
        &self.text
    }

    fn is_pattern(&self) -> bool {
        self.text.text.contains(['*', '?'])
    }

    fn covers(&self, other: &Self, effort: &Effort) -> bool {
        effort.covers(self.text.text, other.text.text, Case::Insensitive)
    }

    fn is_apart(&self, other: &Self, effort: &Effort) -> bool {
        !effort.overlaps(self.text.text, other.text.text, Case::Insensitive)
    }

    fn same(&self) -> String {
        self.text.text.to_ascii_lowercase()
    }
}

impl Pattern for ResourceEntry<'_> {
    fn text(&self) -> &Text<'_> {
        &self.text
    }

    fn is_pattern(&self) -> bool {
        self.arn == Arn::Any || self.text.text.contains(['*', '?'])
    }

    fn covers(&self, other: &Self, effort: &Effort) -> bool {
        // A variable has the same value on both sides.
        self.text.text == other.text.text || self.arn.covers(&other.arn, effort)
    }

    fn is_apart(&self, other: &Self, effort: &Effort) -> bool {
        !self.arn.meets(&other.arn, effort)
    }

    fn same(&self) -> String {
        self.text.text.to_owned()
    }
}

/// Reports the entries that others of the list cover, as one finding at the first of them.
fn check_list<T: Pattern>(list: &List<T>, code: &'static Code, report: &mut Report<'_>) {
    let entries = &list.entries;
    let texts: Vec<_> = entries.iter().map(Pattern::same).collect();
    let patterns: Vec<_> = (0..)
        .zip(entries)
        .filter(|(_, entry)| entry.is_pattern())
        .take(COMPARED)
        .collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut redundant: Vec<(usize, usize)> = Vec::new();
    for ((at, entry), text) in (0..).zip(entries).zip(&texts) {
        let first = *seen.entry(text).or_insert(at);
        let covers = |&&(other_at, other): &&(usize, &T)| {
            let effort = &report.effort;
            other_at != at
                && other.covers(entry, effort)
                // Of two that match the same, the first stays.
                && (other_at < at || !entry.covers(other, effort))
        };
        let covering = match first < at {
            true => Some(first),
            false => patterns.iter().find(covers).map(|(other_at, _)| *other_at),
        };
        redundant.extend(covering.map(|covering| (at, covering)));
    }
    let Some(&(first, covering)) = redundant.first() else {
        return;
    };
    let text = |at: usize| list.entries.get(at).map(Pattern::text);
    let (Some(entry), Some(covering)) = (text(first), text(covering)) else {
        return;
    };
    let why = match entry.text == covering.text {
        true => "it is there already".to_owned(),
        false => format!("{} matches all of it", covering.text),
    };
    let others = match redundant.len() - 1 {
        0 => "",
        1 => " So is one more of the list.",
        _ => " So are more of the list.",
    };
    let message = format!("{} is in the list for nothing: {why}.{others}", entry.text);
    report.add(code, entry.bytes.clone(), message);
}

type Numbered<'p, 'a> = (usize, &'p Statement<'a>);

/// Whether each action is denied on each resource, whoever asks.
fn is_denied(statement: &Statement<'_>, whole: &[Numbered<'_, '_>], effort: &Effort) -> bool {
    let denials: Vec<_> = whole
        .iter()
        .map(|(_, other)| *other)
        .filter(|other| {
            other.denies()
                && other.conditions.is_empty()
                && is_named(statement.principal.as_ref(), other.principal.as_ref())
        })
        .collect();
    let denied = |other: &Statement<'_>| {
        lists_cover(other.action.as_ref(), statement.action.as_ref(), effort)
            && lists_cover(other.resource.as_ref(), statement.resource.as_ref(), effort)
    };
    if denials.iter().any(|other| denied(other)) {
        return true;
    }
    // Together they may deny what none denies alone.
    let (actions, resources) = (statement.stated_actions(), statement.stated_resources());
    let pairs = actions.len() * resources.len();
    if denials.len() < 2 || pairs == 0 || pairs > PAIRS {
        return false;
    }
    actions.iter().all(|action| {
        resources.iter().all(|resource| {
            denials.iter().any(|other| {
                has(other.action.as_ref(), action, effort)
                    && has(other.resource.as_ref(), resource, effort)
            })
        })
    })
}

/// Whether the other statement does to everything what this one does.
fn is_covered(statement: &Statement<'_>, other: &Statement<'_>, effort: &Effort) -> bool {
    statement.effect == other.effect
        && conditions_cover(other, statement)
        && is_named(statement.principal.as_ref(), other.principal.as_ref())
        && lists_cover(other.action.as_ref(), statement.action.as_ref(), effort)
        && lists_cover(other.resource.as_ref(), statement.resource.as_ref(), effort)
}

/// Whether all that `b` matches, `a` does.
fn lists_cover<T: Pattern>(a: Option<&List<T>>, b: Option<&List<T>>, effort: &Effort) -> bool {
    let (a, b) = match (a, b) {
        (None, None) => return true,
        (Some(a), Some(b)) => (a, b),
        _ => return false,
    };
    match b.is_negated {
        false => !b.entries.is_empty() && b.entries.iter().all(|entry| has(Some(a), entry, effort)),
        true if a.is_negated => {
            let leaves_out = |entry: &T| b.entries.iter().any(|other| other.covers(entry, effort));
            a.entries.iter().all(leaves_out)
        }
        true => a.entries.iter().any(|entry| entry.text().text == "*"),
    }
}

/// Whether all that the entry matches, the list does.
fn has<T: Pattern>(list: Option<&List<T>>, entry: &T, effort: &Effort) -> bool {
    list.is_some_and(|list| match list.is_negated {
        false => list.entries.iter().any(|other| other.covers(entry, effort)),
        true => list
            .entries
            .iter()
            .all(|other| other.is_apart(entry, effort)),
    })
}

/// Whether the principals are all among the others.
fn is_named(principals: Option<&Principals<'_>>, others: Option<&Principals<'_>>) -> bool {
    let (principals, others) = match (principals, others) {
        (None, None) => return true,
        (Some(principals), Some(others)) => (principals, others),
        _ => return false,
    };
    let set = |principals: &Principals<'_>| {
        let mut set: Vec<_> = principals
            .entries
            .iter()
            .map(|(k, t)| (k.key(), t.text.to_owned()))
            .collect();
        set.sort_unstable();
        set
    };
    if !others.is_negated && others.has_everyone() {
        return true;
    }
    principals.is_negated == others.is_negated && set(principals) == set(others)
}

/// Whether the conditions of `a` hold wherever those of `b` do.
fn conditions_cover(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let set = |statement: &Statement<'_>| {
        let mut set: Vec<_> = statement
            .conditions
            .iter()
            .map(|condition| {
                let mut values: Vec<_> = condition
                    .values
                    .iter()
                    .map(|value| value.text.text.to_owned())
                    .collect();
                values.sort_unstable();
                let key = condition.key.text.to_ascii_lowercase();
                (condition.operator_text.text.to_owned(), key, values)
            })
            .collect();
        set.sort_unstable();
        set
    };
    a.conditions.is_empty() || a.conditions.len() == b.conditions.len() && set(a) == set(b)
}
