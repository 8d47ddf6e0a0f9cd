//! The decision: which layers must allow, and whether they do.
//!
//! The order of AWS's own description. Pure and total; allocates nothing; never looks inside a
//! statement, which is [`crate::policy`]'s business.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use std::borrow::Borrow;
use std::sync::Arc;

use crate::arn;
use crate::decision::{Decision, Determining, Layer, Outcome};
use crate::index::ActionKeys;
use crate::policies::{Named, Policies, ResourceKind};
use crate::policy::{Policy, Question};
use crate::principal::{Caller, Grade};
use crate::request::Request;
use crate::table;
use crate::unknown::NAMED_FIRST;

/// Decides one request: a deny anywhere refuses; else every layer that must allow has to.
pub fn evaluate(request: &Request<'_>, policies: &Policies<'_>) -> Decision {
    let flow = Flow::new(request, policies);
    flow.decide(&Search {
        question: question(request, policies, flow.standing),
        flow: &flow,
    })
}

/// What the layers say to a request, however that is found out: the flow asks layer by layer.
pub(crate) trait Evidence {
    /// The first statement of a layer that denies.
    fn deny(&self, layer: Layer) -> Option<Determining>;
    /// The first statement of a layer that allows.
    fn allow(&self, layer: Layer) -> Option<Determining>;
    /// Whether every level of the service control policies allows.
    fn levels_allow(&self) -> bool;
    /// The best that the resource's policy and the grants on a key give.
    fn grant(&self) -> Option<ResourceGrant>;
}

/// What the resource's side gives the caller.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResourceGrant {
    pub(crate) grade: Grade,
    pub(crate) layer: Layer,
    pub(crate) by: Determining,
}

impl ResourceGrant {
    /// The closer of two; of equals the first.
    pub(crate) fn closer(best: Option<Self>, next: Self) -> Option<Self> {
        match best {
            Some(best) if best.grade >= next.grade => Some(best),
            _ => Some(next),
        }
    }
}

/// Where a caller's permissions can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A user or a session: from identity policies, within boundary and session policies.
    Entity,
    /// The root user: allowed unless denied.
    Root,
    /// Services and callers without an account: from the resource's policy alone.
    Outsider,
}

/// The rules by which layers come together for one request.
pub(crate) struct Flow<'a> {
    pub(crate) policies: &'a Policies<'a>,
    pub(crate) standing: Standing,
    /// Caller and resource belong to different accounts.
    pub(crate) is_foreign: bool,
    /// The action's service heeds resource control policies. Not all do.
    has_resource_control: bool,
    pub(crate) session: Option<&'a [Arc<Named>]>,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(request: &Request<'a>, policies: &'a Policies<'a>) -> Self {
        let principal = request.principal;
        let standing = match principal.caller {
            Caller::User { .. } | Caller::Role { .. } | Caller::FederatedUser { .. } => {
                Standing::Entity
            }
            Caller::Root => Standing::Root,
            Caller::Service { .. } | Caller::Provider { .. } | Caller::Anonymous => {
                Standing::Outsider
            }
        };
        // GetFederationToken without a policy makes a session that no identity policy reaches.
        // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
        let without_policy = match principal.caller {
            Caller::FederatedUser { .. } => Some(&[][..]),
            _ => None,
        };
        Self {
            policies,
            standing,
            is_foreign: standing == Standing::Outsider
                || principal.account != request.resource.account,
            has_resource_control: !policies.rcp.is_empty() && {
                let service = request.action.split(':').next().unwrap_or_default();
                table::has_resource_control(service)
            },
            session: policies.session.or(without_policy),
        }
    }

    pub(crate) fn decide(&self, evidence: &impl Evidence) -> Decision {
        for layer in NAMED_FIRST {
            if let Some(by) = evidence.deny(layer) {
                return decided(Outcome::ExplicitDeny, layer, Some(by));
            }
        }
        let grant = evidence.grant();
        let needs_identity = self.must_allow(Layer::Identity, grant);
        let identity = if needs_identity {
            evidence.allow(Layer::Identity)
        } else {
            None
        };
        for layer in NAMED_FIRST {
            let allows = || match layer {
                Layer::Identity => identity.is_some(),
                Layer::Scp => evidence.levels_allow(),
                Layer::Resource => grant.is_some(),
                // The root user assumes no role, whatever its trust policy says.
                // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
                Layer::Trust => grant.is_some() && self.standing != Standing::Root,
                _ => evidence.allow(layer).is_some(),
            };
            if self.must_allow(layer, grant) && !allows() {
                return decided(Outcome::ImplicitDeny, layer, None);
            }
        }
        match grant {
            _ if needs_identity => decided(Outcome::Allow, Layer::Identity, identity),
            Some(grant) => decided(Outcome::Allow, grant.layer, Some(grant.by)),
            None => decided(Outcome::Allow, Layer::Root, None),
        }
    }

    /// Whether a layer has to allow, given what the resource's side grants.
    pub(crate) fn must_allow(&self, layer: Layer, grant: Option<ResourceGrant>) -> bool {
        let kind = self.policies.resource.map(|resource| resource.kind);
        let is_entity = self.standing == Standing::Entity;
        // Across accounts a grant never replaces what the caller's own account must allow.
        let worth = grant.filter(|_| !self.is_foreign).map(|grant| grant.grade);
        match layer {
            Layer::Scp => self.standing != Standing::Outsider && !self.policies.scp.is_empty(),
            Layer::Endpoint => self.policies.endpoint.is_some(),
            Layer::Resource => match kind {
                None | Some(ResourceKind::Secret) => self.is_foreign,
                Some(ResourceKind::Key) => true,
                Some(ResourceKind::Trust) => false,
            },
            Layer::Trust => kind == Some(ResourceKind::Trust),
            Layer::Identity => is_entity && worth < Some(Grade::Entity),
            Layer::Boundary => {
                is_entity && self.policies.boundary.is_some() && worth < Some(Grade::Caller)
            }
            Layer::Session => is_entity && self.session.is_some() && worth < Some(Grade::Caller),
            Layer::Rcp | Layer::Grant | Layer::Root => false,
        }
    }

    /// Calls `visit` with each policy of a layer that concerns this caller, until it gives
    /// something; numbers are those of [`Determining`].
    pub(crate) fn find<T>(
        &self,
        layer: Layer,
        visit: impl FnMut(u32, &'a Named) -> Option<T>,
    ) -> Option<T> {
        let policies = self.policies;
        let is_entity = self.standing == Standing::Entity;
        let resource = policies
            .resource
            .filter(|resource| layer_of(resource.kind) == layer);
        match layer {
            Layer::Scp if self.standing == Standing::Outsider => None,
            Layer::Scp => first(policies.scp.iter().flat_map(|l| &l.policies), visit),
            Layer::Rcp if !self.has_resource_control => None,
            Layer::Rcp => first(policies.rcp.iter().flat_map(|l| &l.policies), visit),
            Layer::Endpoint => first(policies.endpoint, visit),
            Layer::Resource | Layer::Trust => first(resource.map(|r| r.policy), visit),
            Layer::Identity | Layer::Boundary | Layer::Session if !is_entity => None,
            Layer::Identity => first(policies.identity, visit),
            Layer::Boundary => first(policies.boundary, visit),
            Layer::Session => first(self.session.into_iter().flatten(), visit),
            Layer::Grant | Layer::Root => None,
        }
    }
}

fn decided(outcome: Outcome, layer: Layer, determining: Option<Determining>) -> Decision {
    Decision {
        outcome,
        layer,
        determining,
    }
}

fn first<'p, P: Borrow<Named> + 'p, T>(
    policies: impl IntoIterator<Item = &'p P>,
    mut visit: impl FnMut(u32, &'p Named) -> Option<T>,
) -> Option<T> {
    (0..)
        .zip(policies)
        .find_map(|(number, named)| visit(number, named.borrow()))
}

pub(crate) fn layer_of(kind: ResourceKind) -> Layer {
    match kind {
        ResourceKind::Secret | ResourceKind::Key => Layer::Resource,
        ResourceKind::Trust => Layer::Trust,
    }
}

/// The request, taken apart once for all policies.
pub(crate) fn question<'a>(
    request: &Request<'a>,
    policies: &Policies<'_>,
    standing: Standing,
) -> Question<'a> {
    Question {
        principal: request.principal,
        has_boundary: standing == Standing::Entity && policies.boundary.is_some(),
        action: request.action,
        keys: ActionKeys::new(request.action),
        resource: request.resource.arn.map(arn::split),
        context: request.context,
    }
}

/// Finds statements by the indexes of the policies.
struct Search<'a> {
    flow: &'a Flow<'a>,
    question: Question<'a>,
}

impl Search<'_> {
    fn first(
        &self,
        layer: Layer,
        search: impl Fn(&Policy, &Question<'_>) -> Option<u32>,
    ) -> Option<Determining> {
        self.flow.find(layer, |policy, named| {
            let statement = search(&named.policy, &self.question)?;
            Some(Determining { policy, statement })
        })
    }
}

impl Evidence for Search<'_> {
    fn deny(&self, layer: Layer) -> Option<Determining> {
        self.first(layer, Policy::deny)
    }

    fn allow(&self, layer: Layer) -> Option<Determining> {
        self.first(layer, Policy::allow)
    }

    fn levels_allow(&self) -> bool {
        self.flow.policies.scp.iter().all(|level| {
            let mut policies = level.policies.iter();
            policies.any(|named| named.policy.allow(&self.question).is_some())
        })
    }

    fn grant(&self) -> Option<ResourceGrant> {
        let resource = self.flow.policies.resource?;
        let from_policy = resource.policy.policy.grant(&self.question);
        let from_policy = from_policy.map(|(grade, statement)| ResourceGrant {
            grade,
            layer: layer_of(resource.kind),
            by: Determining {
                policy: 0,
                statement,
            },
        });
        if resource.kind != ResourceKind::Key {
            return from_policy;
        }
        best_grant(self.flow.policies, &self.question, from_policy)
    }
}

/// The closest of what a key's policy and the grants on it give.
fn best_grant(
    policies: &Policies<'_>,
    question: &Question<'_>,
    from_policy: Option<ResourceGrant>,
) -> Option<ResourceGrant> {
    (0..)
        .zip(policies.grants)
        .filter_map(|(policy, grant)| {
            let by = Determining {
                policy,
                statement: 0,
            };
            Some(ResourceGrant {
                grade: grant.grade(question)?,
                layer: Layer::Grant,
                by,
            })
        })
        .fold(from_policy, ResourceGrant::closer)
}

#[cfg(test)]
mod tests;
