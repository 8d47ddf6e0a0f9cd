//! The whole of a decision: every layer, policy and statement, and why each did or did not apply.
//!
//! A second, slow look at what [`evaluate`](fn@crate::evaluate) was given; it always comes to the
//! same decision, by the same rules, from statements that it has all gone through.

mod display;
mod evidence;
mod look;
mod nearest;

use crate::decision::{Decision, Determining, Layer};
use crate::document::Span;
use crate::evaluate::{Evidence, Flow, question};
use crate::policies::Policies;
use crate::policy::Effect;
use crate::principal::Grade;
use crate::request::Request;
use crate::unknown::NAMED_FIRST;
use evidence::Seen;

pub use nearest::{Change, NearestMiss, Place};

/// Everything that was looked at. [`Display`](std::fmt::Display) tells it to a person.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Trace {
    /// The same as [`evaluate`](fn@crate::evaluate)'s.
    pub decision: Decision,
    /// The layers that took part, in the order in which AWS describes evaluation.
    pub layers: Vec<LayerTrace>,
    /// The smallest single change that would have turned the decision, if there is one.
    pub nearest_miss: Option<NearestMiss>,
}

/// A layer's part in a decision.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LayerTrace {
    /// Which one.
    pub layer: Layer,
    /// Whether it had to allow.
    pub must_allow: bool,
    /// Its policies, in the order in which they were given. Empty for [`Layer::Grant`].
    pub policies: Vec<PolicyTrace>,
    /// How many levels there are, for control policies; a level may be without policies.
    pub levels: u32,
    /// The grants on a key, in the order in which they were given. Empty but for [`Layer::Grant`].
    pub grants: Vec<GrantTrace>,
}

/// A KMS grant's part.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct GrantTrace {
    /// Whether it is the caller's, covers the operation, and its constraint is met.
    pub applies: bool,
    grade: Option<Grade>,
}

/// A policy's part.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PolicyTrace {
    /// What it is called.
    pub name: String,
    /// The level it is attached at, from 0, for control policies.
    pub level: Option<u32>,
    /// All its statements, in order.
    pub statements: Vec<StatementTrace>,
}

/// A statement, and what of it fits the request.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StatementTrace {
    /// `Sid`.
    pub sid: Option<String>,
    /// `Effect`.
    pub effect: Effect,
    /// Where it stands in the policy's text.
    pub span: Span,
    /// Whether all of it fits.
    pub applies: bool,
    /// `Action` or `NotAction`.
    pub action: ElementTrace,
    /// `Resource` or `NotResource`; trust policies have none.
    pub resource: Option<ElementTrace>,
    /// `Principal` or `NotPrincipal`; the policies of identities have none.
    pub principal: Option<ElementTrace>,
    /// `Condition`, one operator and key each.
    pub conditions: Vec<ConditionTrace>,
    grade: Option<Grade>,
}

/// An element and whether it fits the request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ElementTrace {
    /// As in `NotAction`.
    pub name: &'static str,
    /// What it lists.
    pub patterns: Vec<String>,
    /// What of the request it was compared with.
    pub request: String,
    /// The variables in what it lists that have neither a single value in this request nor a default
    /// that stands in for it: a pattern with one matches nothing.
    pub unresolved: Vec<String>,
    /// Whether it fits.
    pub fits: bool,
}

/// A condition and whether the request meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConditionTrace {
    /// As in `ForAnyValue:StringLike`.
    pub operator: String,
    /// As it is written in the policy.
    pub key: String,
    /// The policy's values.
    pub values: Vec<String>,
    /// The same with their variables filled in, `${*}` and its like included; None where one has no
    /// value.
    pub filled: Vec<Option<String>>,
    /// The request's values. None if the key is absent.
    pub request: Option<Vec<String>>,
    /// The variables in the policy's values that have neither a single value in this request nor a
    /// default that stands in for it.
    pub unresolved: Vec<String>,
    /// What of the policy's values is no ARN, where ARNs are compared and AWS cannot tell because of
    /// it. The condition then fails closed.
    pub no_arn: Option<String>,
    /// Whether the request meets it; of one that fails closed, whether its statement denies.
    pub holds: bool,
}

/// Decides a request once more and keeps all reasons.
pub fn explain(request: &Request<'_>, policies: &Policies<'_>) -> Trace {
    let flow = Flow::new(request, policies);
    let question = question(request, policies, flow.standing);
    let mut layers: Vec<LayerTrace> = NAMED_FIRST
        .into_iter()
        .filter_map(|layer| look::layer(&flow, &question, layer))
        .collect();
    layers.extend(look::grants(&flow, &question));
    let seen = Seen::new(&flow, &layers);
    let grant = seen.grant();
    let decision = flow.decide(&seen);
    let required: Vec<bool> = layers
        .iter()
        .map(|layer| flow.must_allow(layer.layer, grant))
        .collect();
    for (layer, must_allow) in layers.iter_mut().zip(required) {
        layer.must_allow = must_allow;
    }
    let nearest_miss = nearest::find(request, policies, &flow, &layers, &decision);
    Trace {
        decision,
        layers,
        nearest_miss,
    }
}

/// The statements of a layer, each with its place.
fn placed(
    layers: &[LayerTrace],
    layer: Layer,
) -> impl Iterator<Item = (Determining, &StatementTrace)> {
    let layers = layers.iter().filter(move |trace| trace.layer == layer);
    let policies = layers.flat_map(|trace| (0..).zip(&trace.policies));
    policies.flat_map(|(policy, trace)| {
        (0..)
            .zip(&trace.statements)
            .map(move |(statement, trace)| (Determining { policy, statement }, trace))
    })
}

impl LayerTrace {
    /// Whether a statement of it denies.
    pub fn denies(&self) -> bool {
        self.statements()
            .any(|s| s.applies && s.effect == Effect::Deny)
    }

    /// Whether a statement or a grant of it allows; of service control policies, at every level.
    pub fn allows(&self) -> bool {
        let allows = |policy: &PolicyTrace| {
            let mut statements = policy.statements.iter();
            statements.any(|s| s.applies && s.effect == Effect::Allow)
        };
        if self.layer != Layer::Scp {
            return self.grants.iter().any(|grant| grant.applies)
                || self.policies.iter().any(allows);
        }
        let at_level = |level| self.policies.iter().filter(move |p| p.level == Some(level));
        (0..self.levels).all(|level| at_level(level).any(allows))
    }

    fn statements(&self) -> impl Iterator<Item = &StatementTrace> {
        self.policies.iter().flat_map(|policy| &policy.statements)
    }
}

impl StatementTrace {
    /// The elements that do not fit.
    pub fn missed_elements(&self) -> impl Iterator<Item = &ElementTrace> {
        let others = [&self.resource, &self.principal].into_iter().flatten();
        std::iter::once(&self.action)
            .chain(others)
            .filter(|element| !element.fits)
    }

    /// The conditions that are not met.
    pub fn missed_conditions(&self) -> impl Iterator<Item = &ConditionTrace> {
        self.conditions.iter().filter(|condition| !condition.holds)
    }

    /// How many elements and conditions do not fit.
    pub fn misses(&self) -> usize {
        self.missed_elements().count() + self.missed_conditions().count()
    }
}

#[cfg(test)]
mod tests;
