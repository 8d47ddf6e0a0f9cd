//! Results as IAM's answers show them. Of AWS's lists some are left out where they are empty, and
//! some are not; which are was recorded.

use serde::Serialize;

use super::decide::{Matched, Outcome, Verdict};
use super::{Simulation, SourceType, Sourced, resource};
use crate::iam::paging::Rest;
use crate::wire::aws_query::Members;

/// The answer of both simulations.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::iam) struct Output {
    evaluation_results: Members<EvaluationResult>,
    #[serde(flatten)]
    rest: Rest,
}

impl Output {
    pub(super) fn new(results: impl Iterator<Item = EvaluationResult>, rest: Rest) -> Self {
        Self {
            evaluation_results: results.collect(),
            rest,
        }
    }
}

/// The result of an action.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct EvaluationResult {
    eval_action_name: String,
    eval_resource_name: String,
    eval_decision: Verdict,
    matched_statements: Members<Statement>,
    missing_context_values: Members<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organizations_decision_detail: Option<Organizations>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_boundary_decision_detail: Option<Boundary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eval_decision_details: Option<Details>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_specific_results: Option<Members<ResourceResult>>,
}

/// The result of an action on one resource.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ResourceResult {
    eval_resource_name: String,
    eval_resource_decision: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    matched_statements: Option<Members<Statement>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing_context_values: Option<Members<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eval_decision_details: Option<Details>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_boundary_decision_detail: Option<Boundary>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    source_policy_id: String,
    source_policy_type: &'static str,
    start_position: Position,
    end_position: Position,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Organizations {
    allowed_by_organizations: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Boundary {
    allowed_by_permissions_boundary: bool,
}

/// A map as awsQuery writes it.
#[derive(Serialize)]
struct Details {
    entry: Vec<Detail>,
}

#[derive(Serialize)]
struct Detail {
    key: &'static str,
    value: Verdict,
}

impl Simulation {
    /// The result of an action: on each resource, and on all of them together.
    pub(super) fn result(&self, action: &str) -> EvaluationResult {
        let named: Vec<(&String, Outcome<'_>)> = self
            .resources
            .iter()
            .map(|resource| (resource, self.outcome(action, resource)))
            .collect();
        let outcomes = || named.iter().map(|(_, outcome)| outcome);
        let verdicts = outcomes().map(|outcome| outcome.verdict);
        let all = |part: fn(&Outcome<'_>) -> Option<bool>| {
            let mut parts = outcomes().filter_map(part).peekable();
            parts.peek().is_some().then(|| parts.all(|allows| allows))
        };
        let matched = distinct(outcomes().flat_map(|outcome| outcome.matched.iter().copied()));
        let missing = distinct(outcomes().flat_map(|outcome| outcome.missing));
        let mut details: Vec<(SourceType, Verdict)> = Vec::new();
        for (kind, verdict) in outcomes().flat_map(|outcome| &outcome.details) {
            match details.iter_mut().find(|(known, _)| known == kind) {
                Some((_, known)) => *known = (*known).max(*verdict),
                None => details.push((*kind, *verdict)),
            }
        }
        let is_named = self.names_resources();
        EvaluationResult {
            eval_action_name: action.to_owned(),
            eval_resource_name: match &self.resources[..] {
                [only] => only.clone(),
                [first, ..] => resource::template(action, first),
                [] => "*".to_owned(),
            },
            eval_decision: verdicts.max().unwrap_or(Verdict::ImplicitDeny),
            matched_statements: matched.into_iter().map(Statement::new).collect(),
            missing_context_values: missing.into_iter().cloned().collect(),
            organizations_decision_detail: all(|outcome| outcome.by_organizations).map(
                |allowed_by_organizations| Organizations {
                    allowed_by_organizations,
                },
            ),
            permissions_boundary_decision_detail: all(|outcome| outcome.by_boundary).map(boundary),
            eval_decision_details: is_named.then(|| Details::new(&details)),
            resource_specific_results: is_named.then(|| {
                named
                    .iter()
                    .map(|(name, outcome)| ResourceResult::new(name, outcome))
                    .collect()
            }),
        }
    }
}

impl ResourceResult {
    fn new(name: &str, outcome: &Outcome<'_>) -> Self {
        let Outcome {
            verdict,
            matched,
            missing,
            details,
            ..
        } = outcome;
        Self {
            eval_resource_name: name.to_owned(),
            eval_resource_decision: *verdict,
            matched_statements: (!matched.is_empty())
                .then(|| matched.iter().copied().map(Statement::new).collect()),
            missing_context_values: (!missing.is_empty())
                .then(|| missing.iter().cloned().collect()),
            eval_decision_details: (!details.is_empty()).then(|| Details::new(details)),
            permissions_boundary_decision_detail: outcome.by_boundary.map(boundary),
        }
    }
}

impl Statement {
    fn new(matched: Matched<'_>) -> Self {
        let Sourced {
            id, kind, spans, ..
        } = matched.source;
        let span = spans.get(matched.statement).copied().unwrap_or_default();
        let [start_position, end_position] = [span.start, span.end].map(|at| Position {
            line: at.line,
            column: at.column,
        });
        Self {
            source_policy_id: id.clone(),
            source_policy_type: kind.word(),
            start_position,
            end_position,
        }
    }
}

impl Details {
    fn new(details: &[(SourceType, Verdict)]) -> Self {
        let entry = |(kind, value): &(SourceType, Verdict)| Detail {
            key: kind.word(),
            value: *value,
        };
        Self {
            entry: details.iter().map(entry).collect(),
        }
    }
}

impl SourceType {
    fn word(self) -> &'static str {
        match self {
            Self::Identity => "IAM Policy",
            Self::Boundary => "Permissions Boundary Policy",
            Self::Resource => "Resource Policy",
        }
    }
}

fn boundary(allowed_by_permissions_boundary: bool) -> Boundary {
    Boundary {
        allowed_by_permissions_boundary,
    }
}

/// Each item once, in the order in which they come.
fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for item in items {
        if !distinct.contains(&item) {
            distinct.push(item);
        }
    }
    distinct
}
