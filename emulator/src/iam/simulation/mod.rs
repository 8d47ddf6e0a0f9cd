//! IAM's policy simulator: what a set of policies would decide on actions and resources that need
//! not exist. It answers as AWS's does, which is not always what a request would be answered: where
//! an account's own resource policy names the account, nothing else must allow; session policies
//! and resource control policies are unknown to it; and it does not look at what really exists.
//!
//! Pure but for [`source`], which reads what is stored for a principal. Decides nothing that counts.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html>

mod caller;
mod context;
mod decide;
mod exclusion;
mod input;
mod invalid;
pub(super) mod members;
mod resource;
mod source;
mod view;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use sekisho_iam::document::Span;
use sekisho_iam::{Context, Named, Policy, simulation as engine};

use super::Error;
use super::paging::Paging;
use crate::account::AccountId;
use caller::{EntityKind, Subject};

pub(super) use exclusion::Exclusion;
pub(super) use input::{Level, Settings, keys};
pub(super) use invalid::Invalid;
pub(super) use source::{Source, source, target};
pub(super) use view::Output;

/// Everything that a simulation is made on, but for the actions.
pub(super) struct Simulation {
    identity: Vec<Sourced>,
    boundary: Option<Sourced>,
    resource: Option<Sourced>,
    /// Service control policies by level; none outside an organization.
    controls: Option<Vec<Vec<Arc<Named>>>>,
    caller: Subject,
    /// The account that owns what does not say whose it is.
    owner: AccountId,
    /// What conditions read: the keys that were given, and those that follow from the caller.
    context: Context<'static>,
    /// The keys that were given alone.
    given: Context<'static>,
    /// The keys that the policies name and that were not given.
    missing: Vec<String>,
    /// As they were given; `*` alone if none were.
    resources: Vec<String>,
}

/// A policy and what answers say of it.
pub(super) struct Sourced {
    id: String,
    kind: SourceType,
    origin: Origin,
    policy: Arc<Named>,
    /// Where its statements stand.
    spans: Vec<Span>,
    /// The context keys that it reads.
    keys: Vec<String>,
}

/// What AWS calls a policy in results. Its model has other words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum SourceType {
    Identity,
    Boundary,
    Resource,
}

/// Where a policy comes from, for exclusions.
pub(super) enum Origin {
    /// It was given as text.
    Input,
    /// It is part of an entity.
    Inline {
        entity: EntityKind,
        owner: String,
        name: String,
    },
    /// It is attached; its ARN as if it had no path, by which it is excluded.
    Managed { arn: String },
}

impl Sourced {
    fn new(id: String, kind: SourceType, origin: Origin, text: &str, policy: Arc<Named>) -> Self {
        Self {
            spans: engine::spans(text),
            keys: engine::keys(text).unwrap_or_default(),
            id,
            kind,
            origin,
            policy,
        }
    }

    fn input(id: &str, kind: SourceType, text: &str, policy: Policy) -> Self {
        let name = id.to_owned();
        let policy = Arc::new(Named { name, policy });
        Self::new(id.to_owned(), kind, Origin::Input, text, policy)
    }

    /// The context keys that it reads.
    pub(super) fn keys(&self) -> &[String] {
        &self.keys
    }
}

/// How many times a statement is held against a resource for one page: half a million a second are
/// nothing special, and nobody waits longer than a few.
const MOST_COMPARED: usize = 2_000_000;

impl Simulation {
    /// A page of results, one an action in the order given. A marker is a place in the list and
    /// nothing else: what is simulated may change between two pages, as on AWS.
    pub(super) fn page(&self, actions: &[String], paging: &Paging) -> Result<Output, Error> {
        self.check_actions(actions)?;
        let compared = self.statements().saturating_mul(self.resources.len());
        if compared > MOST_COMPARED {
            return Err(Invalid::TooMuch(MOST_COMPARED).into());
        }
        let paging = paging.at_most((MOST_COMPARED / compared.max(1)).max(1));
        let numbered = actions
            .iter()
            .enumerate()
            .map(|(number, action)| (format!("{number:08}"), action));
        let (page, rest) = paging.page(numbered).map_err(|error| match error {
            Error::InvalidMarker => Invalid::Marker.into(),
            other => other,
        })?;
        let results = page.into_iter().map(|action| self.result(action));
        Ok(Output::new(results, rest))
    }

    fn sources(&self) -> impl Iterator<Item = &Sourced> {
        let others = self.boundary.iter().chain(&self.resource);
        self.identity.iter().chain(others)
    }

    fn statements(&self) -> usize {
        let controls = self.controls.iter().flatten().flatten();
        let policies = self.sources().map(|source| &source.policy).chain(controls);
        policies
            .map(|named| named.policy.statements().len())
            .sum::<usize>()
            .max(1)
    }

    /// Whether resources were named, which answers then tell apart.
    fn names_resources(&self) -> bool {
        self.resources != ["*"]
    }

    /// Actions that AWS knows are not mixed with others where resources are named.
    fn check_actions(&self, actions: &[String]) -> Result<(), Invalid> {
        if actions.iter().any(|action| !action.contains(':')) {
            return Err(Invalid::Action);
        }
        let is_known = |action: &&String| resource::is_known(action);
        let (known, unknown): (Vec<&String>, Vec<&String>) = actions.iter().partition(is_known);
        if known.is_empty() || unknown.is_empty() || !self.names_resources() {
            return Ok(());
        }
        let list = |actions: &[&String]| actions.iter().copied().cloned().collect();
        let (known, unknown) = (list(&known), list(&unknown));
        Err(
            if actions.first().is_some_and(|it| resource::is_known(it)) {
                Invalid::MixedActions(known, unknown)
            } else {
                Invalid::MixedActions(unknown, known)
            },
        )
    }
}
