//! One action on one resource: what each kind of policy says, and what comes of it.

use std::sync::Arc;

use sekisho_iam::{Effect, Named, Request, Resource, simulation as engine};
use serde::Serialize;

use super::resource;
use super::{Simulation, SourceType, Sourced};

/// What policies say, from the least to the most restrictive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Verdict {
    Allowed,
    ImplicitDeny,
    ExplicitDeny,
}

/// A statement that a result names.
#[derive(Clone, Copy)]
pub(super) struct Matched<'a> {
    pub(super) source: &'a Sourced,
    pub(super) statement: usize,
}

impl PartialEq for Matched<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.source, other.source) && self.statement == other.statement
    }
}

/// What came of an action on a resource.
pub(super) struct Outcome<'a> {
    pub(super) verdict: Verdict,
    pub(super) matched: Vec<Matched<'a>>,
    pub(super) missing: &'a [String],
    pub(super) by_organizations: Option<bool>,
    pub(super) by_boundary: Option<bool>,
    /// What each kind of policy said; empty within an account.
    pub(super) details: Vec<(SourceType, Verdict)>,
}

/// The statements of a kind of policy that apply.
#[derive(Default)]
struct Says<'a> {
    denies: Vec<Matched<'a>>,
    allows: Vec<Matched<'a>>,
}

impl Says<'_> {
    fn verdict(&self) -> Verdict {
        match (self.denies.is_empty(), self.allows.is_empty()) {
            (false, _) => Verdict::ExplicitDeny,
            (true, false) => Verdict::Allowed,
            (true, true) => Verdict::ImplicitDeny,
        }
    }
}

impl Simulation {
    /// Simulates an action on one of the resources.
    pub(super) fn outcome(&self, action: &str, resource: &str) -> Outcome<'_> {
        let principal = self.caller.principal();
        let owner = resource::account(resource).unwrap_or(self.owner);
        let request = Request {
            principal: &principal,
            action,
            resource: Resource {
                arn: Some(resource).filter(|name| *name != "*"),
                account: owner.as_str(),
            },
            context: &self.context,
        };
        let by_organizations = self
            .controls
            .as_ref()
            .map(|levels| controls(levels, &request));
        if let Some(verdict) = by_organizations.filter(|verdict| *verdict != Verdict::Allowed) {
            // Nothing else is looked at.
            return Outcome {
                verdict,
                matched: Vec::new(),
                missing: &[],
                by_organizations: Some(false),
                by_boundary: None,
                details: Vec::new(),
            };
        }
        let fits = resource::fits(action, resource);
        let says = |sources| self.says(sources, fits, &request);
        let identity = says(&self.identity);
        let boundary = self
            .boundary
            .as_ref()
            .map(|it| says(std::slice::from_ref(it)));
        // Trust is not simulated: the policy of a role says nothing of who may assume it.
        let is_assumption = action.to_ascii_lowercase().starts_with("sts:assume");
        let resource = self.resource.as_ref().filter(|_| !is_assumption);
        let resource = resource.map(|it| says(std::slice::from_ref(it)));
        let is_foreign = resource.is_some() && owner != self.caller.account;

        let all = [Some(&identity), resource.as_ref(), boundary.as_ref()];
        let all = || all.into_iter().flatten();
        let allows = |says: &Says<'_>| says.verdict() == Verdict::Allowed;
        let by_boundary = boundary.as_ref().map(allows);
        let by_own_policies = allows(&identity) && by_boundary != Some(false);
        let by_resource = resource.as_ref().is_some_and(allows);
        // Within an account the resource's policy is enough, whomever of the account it names.
        let is_allowed = if is_foreign {
            by_own_policies && by_resource
        } else {
            by_own_policies || by_resource
        };
        let is_denied = all().any(|says| says.verdict() == Verdict::ExplicitDeny);
        let verdict = match (is_denied, is_allowed) {
            (true, _) => Verdict::ExplicitDeny,
            (false, true) => Verdict::Allowed,
            (false, false) => Verdict::ImplicitDeny,
        };
        let details = [
            (SourceType::Identity, Some(&identity)),
            (SourceType::Resource, resource.as_ref()),
            (SourceType::Boundary, boundary.as_ref()),
        ];
        let details = details.into_iter().filter(|_| is_foreign);
        Outcome {
            verdict,
            matched: match verdict {
                Verdict::ExplicitDeny => all().flat_map(|says| says.denies.clone()).collect(),
                // A boundary only limits.
                Verdict::Allowed => [Some(&identity), resource.as_ref()]
                    .into_iter()
                    .flatten()
                    .flat_map(|says| says.allows.clone())
                    .collect(),
                Verdict::ImplicitDeny => Vec::new(),
            },
            // Told only where a value might have turned the result.
            missing: match verdict {
                Verdict::ImplicitDeny => &self.missing,
                _ => &[],
            },
            by_organizations: by_organizations.map(|_| true),
            by_boundary,
            details: details
                .filter_map(|(kind, says)| Some((kind, says?.verdict())))
                .collect(),
        }
    }

    fn says<'a>(&self, sources: &'a [Sourced], fits: bool, request: &Request<'_>) -> Says<'a> {
        let mut says = Says::default();
        for source in sources.iter().filter(|_| fits) {
            let policy = &source.policy.policy;
            for statement in engine::applying(policy, request, self.boundary.is_some()) {
                let matched = Matched { source, statement };
                match policy.statements()[statement].effect() {
                    Effect::Allow => says.allows.push(matched),
                    Effect::Deny => says.denies.push(matched),
                }
            }
        }
        says
    }
}

/// What service control policies say: one that denies does, and each level has to allow.
fn controls(levels: &[Vec<Arc<Named>>], request: &Request<'_>) -> Verdict {
    let of_level = |level: &Vec<Arc<Named>>| {
        let effects = level.iter().flat_map(|named| {
            let applying = engine::applying(&named.policy, request, false);
            let effect = |number: usize| named.policy.statements()[number].effect();
            applying.into_iter().map(effect)
        });
        effects.fold(Verdict::ImplicitDeny, |verdict, effect| match effect {
            Effect::Deny => Verdict::ExplicitDeny,
            Effect::Allow if verdict == Verdict::ImplicitDeny => Verdict::Allowed,
            Effect::Allow => verdict,
        })
    };
    levels
        .iter()
        .map(of_level)
        .max()
        .unwrap_or(Verdict::Allowed)
}
