//! The nearest miss: the smallest single change of the request or of one policy that would have
//! turned the decision.
//!
//! Whatever is proposed has been tried: a change of the request is decided anew, a change of a
//! policy is supposed and the layers are gone through again. Never proposes what does not help.

mod candidates;

use std::borrow::Cow;

use super::evidence::{Hypothesis, Seen};
use super::{ConditionTrace, LayerTrace, StatementTrace, placed};
use crate::decision::{Decision, Determining, Layer, Outcome};
use crate::evaluate::{Flow, evaluate};
use crate::policies::Policies;
use crate::policy::Effect;
use crate::request::{Context, Request, Value};
use candidates::{as_pattern, distance, likeness, values};

/// A change that turns the decision. [`Display`](std::fmt::Display) writes it as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearestMiss {
    /// What to change.
    pub change: Change,
    /// The statement it is about. None for a new one.
    pub place: Option<Place>,
    /// Whether the request would then be allowed.
    pub allows: bool,
}

/// A statement, by where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The layer of its policy.
    pub layer: Layer,
    /// The policy's name.
    pub policy: String,
    /// The statement's number in the policy, from 0.
    pub statement: u32,
    /// Its `Sid`.
    pub sid: Option<String>,
}

/// A single change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Of the request: a condition key with this value.
    SetKey {
        /// The key.
        key: String,
        /// Its value.
        value: String,
    },
    /// Of the request: a condition key without value.
    RemoveKey {
        /// The key.
        key: String,
    },
    /// Of a statement: its `Resource` names this too, or its `NotResource` no longer does.
    Resource(String),
    /// Of a statement: its `Action` names this too, or its `NotAction` no longer does.
    Action(String),
    /// Of a statement: its `Principal` names this too, or its `NotPrincipal` no longer does.
    Principal(String),
    /// Of a statement: without this condition.
    DropCondition {
        /// The operator.
        operator: String,
        /// The key.
        key: String,
    },
    /// Of a policy: without this statement.
    DropStatement,
    /// Of a layer: one more statement, which allows the request.
    AddStatement(Layer),
}

/// Statements that are tried before a new one is proposed: an explanation must not take for ever.
const MOST_TRIED: usize = 64;

pub(super) fn find(
    request: &Request<'_>,
    policies: &Policies<'_>,
    flow: &Flow<'_>,
    layers: &[LayerTrace],
    decision: &Decision,
) -> Option<NearestMiss> {
    let search = Search {
        request,
        policies,
        flow,
        seen: Seen::new(flow, layers),
        layers,
        allows: !decision.is_allowed(),
    };
    match (decision.outcome, decision.determining) {
        (Outcome::ImplicitDeny, _) => search.towards_allow(decision.layer),
        (Outcome::ExplicitDeny | Outcome::Allow, Some(by)) => {
            search.away_from(decision.layer, by, decision.outcome)
        }
        (Outcome::ExplicitDeny | Outcome::Allow, None) => None,
    }
}

struct Search<'a> {
    request: &'a Request<'a>,
    policies: &'a Policies<'a>,
    flow: &'a Flow<'a>,
    seen: Seen<'a>,
    layers: &'a [LayerTrace],
    /// What the turned decision has to be.
    allows: bool,
}

impl Search<'_> {
    /// The layer is silent: a statement of it that nearly allows, or a new one.
    fn towards_allow(&self, layer: Layer) -> Option<NearestMiss> {
        let arn = self.request.resource.arn.unwrap_or_default();
        let mut nearly: Vec<(u8, usize, Determining, &StatementTrace)> = placed(self.layers, layer)
            .filter(|(_, trace)| trace.effect == Effect::Allow && trace.misses() == 1)
            .map(|(at, trace)| {
                (
                    distance(trace),
                    usize::MAX - likeness(trace, arn),
                    at,
                    trace,
                )
            })
            .collect();
        nearly
            .sort_by_key(|(distance, unlike, at, _)| (*distance, *unlike, at.policy, at.statement));
        let mended = nearly
            .into_iter()
            .take(MOST_TRIED)
            .find_map(|(_, _, at, trace)| self.mend(layer, at, trace));
        mended.or_else(|| {
            let turns = self.turns(Hypothesis::Allows(layer));
            turns.then_some(NearestMiss {
                change: Change::AddStatement(layer),
                place: None,
                allows: self.allows,
            })
        })
    }

    /// The one thing in which a statement does not fit.
    fn mend(&self, layer: Layer, at: Determining, trace: &StatementTrace) -> Option<NearestMiss> {
        let place = self.place(layer, at, trace);
        if let Some(condition) = trace.conditions.iter().find(|condition| !condition.holds)
            && let Some(change) = self.other_context(condition, true)
        {
            return Some(self.miss(change, place));
        }
        if !self.turns(Hypothesis::Applies(layer, at)) {
            return None;
        }
        let change = if !trace.action.fits {
            Change::Action(self.request.action.to_owned())
        } else if trace
            .resource
            .as_ref()
            .is_some_and(|resource| !resource.fits)
        {
            Change::Resource(self.request.resource.arn.map_or("*".to_owned(), as_pattern))
        } else if trace
            .principal
            .as_ref()
            .is_some_and(|principal| !principal.fits)
        {
            Change::Principal(self.request.principal.name().to_owned())
        } else {
            drop_condition(trace.conditions.iter().find(|condition| !condition.holds)?)
        };
        Some(self.miss(change, place))
    }

    /// A statement decides: a request it does not fit, or the policy without it.
    fn away_from(&self, layer: Layer, at: Determining, outcome: Outcome) -> Option<NearestMiss> {
        let (_, trace) = placed(self.layers, layer).find(|(known, _)| *known == at)?;
        let place = self.place(layer, at, trace);
        let mut conditions = trace.conditions.iter();
        // What was allowed is rather turned by a policy than by a stranger request.
        let change = match outcome {
            Outcome::ExplicitDeny => conditions.find_map(|c| self.other_context(c, false)),
            _ => None,
        };
        if let Some(change) = change {
            return Some(self.miss(change, place));
        }
        let turns = self.turns(Hypothesis::DoesNot(layer, at));
        turns.then(|| self.miss(Change::DropStatement, place))
    }

    /// Another value for a condition's key, or none, that turns the decision.
    fn other_context(&self, condition: &ConditionTrace, should_hold: bool) -> Option<Change> {
        let is_there = condition.request.is_some();
        let remove = is_there.then(|| Change::RemoveKey {
            key: condition.key.clone(),
        });
        // Other conditions may speak of the same key, and then one value has to suit them all.
        let others = self.conditions().filter(|other| {
            !std::ptr::eq(*other, condition) && other.key.eq_ignore_ascii_case(&condition.key)
        });
        let set = std::iter::once(condition)
            .chain(others)
            .flat_map(values)
            .take(MOST_TRIED)
            .map(|value| Change::SetKey {
                key: condition.key.clone(),
                value,
            });
        let changes: Vec<Change> = if should_hold {
            set.chain(remove).collect()
        } else {
            remove.into_iter().chain(set).collect()
        };
        changes.into_iter().find(|change| {
            let mut context = self.request.context.clone();
            match change {
                Change::SetKey { key, value } => {
                    let value: Cow<'_, str> = value.clone().into();
                    let value = match context.value(key) {
                        Some(Value::Many(_)) => Value::Many(vec![value]),
                        _ => Value::One(value),
                    };
                    context.insert(key.clone(), value);
                }
                Change::RemoveKey { key } => context.remove(key),
                _ => {}
            }
            self.turns_in(&context)
        })
    }

    fn turns_in(&self, context: &Context<'_>) -> bool {
        let request = Request {
            context,
            ..*self.request
        };
        evaluate(&request, self.policies).is_allowed() == self.allows
    }

    fn turns(&self, hypothesis: Hypothesis) -> bool {
        let decision = self.flow.decide(&self.seen.supposing(hypothesis));
        decision.is_allowed() == self.allows
    }

    fn conditions(&self) -> impl Iterator<Item = &ConditionTrace> {
        let policies = self.layers.iter().flat_map(|trace| &trace.policies);
        let statements = policies.flat_map(|trace| &trace.statements);
        statements.flat_map(|trace| &trace.conditions)
    }

    fn place(&self, layer: Layer, at: Determining, trace: &StatementTrace) -> Place {
        let mut layers = self.layers.iter().filter(|trace| trace.layer == layer);
        let policy = layers.find_map(|layer| layer.policies.get(at.policy as usize));
        Place {
            layer,
            policy: policy.map_or_else(String::new, |policy| policy.name.clone()),
            statement: at.statement,
            sid: trace.sid.clone(),
        }
    }

    fn miss(&self, change: Change, place: Place) -> NearestMiss {
        NearestMiss {
            change,
            place: Some(place),
            allows: self.allows,
        }
    }
}

fn drop_condition(condition: &ConditionTrace) -> Change {
    Change::DropCondition {
        operator: condition.operator.clone(),
        key: condition.key.clone(),
    }
}
