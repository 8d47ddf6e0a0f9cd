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

/// Decides one request: a deny anywhere refuses; else every layer that must allow has to.
pub fn evaluate(request: &Request<'_>, policies: &Policies<'_>) -> Decision {
    let flow = Flow::new(request, policies);
    for layer in Layer::ORDER {
        if let Some(by) = flow.deny(layer) {
            return decided(Outcome::ExplicitDeny, layer, Some(by));
        }
    }
    let grant = flow.grant();
    let needs_identity = flow.must_allow(Layer::Identity, grant);
    let identity = if needs_identity {
        flow.allow(Layer::Identity)
    } else {
        None
    };
    for layer in Layer::ORDER {
        let allows = || match layer {
            Layer::Identity => identity.is_some(),
            _ => flow.allows(layer, grant),
        };
        if flow.must_allow(layer, grant) && !allows() {
            return decided(Outcome::ImplicitDeny, layer, None);
        }
    }
    match grant {
        _ if needs_identity => decided(Outcome::Allow, Layer::Identity, identity),
        Some(grant) => decided(Outcome::Allow, grant.layer, Some(grant.by)),
        None => decided(Outcome::Allow, Layer::Root, None),
    }
}

fn decided(outcome: Outcome, layer: Layer, determining: Option<Determining>) -> Decision {
    Decision {
        outcome,
        layer,
        determining,
    }
}

struct Flow<'a> {
    question: Question<'a>,
    policies: &'a Policies<'a>,
    standing: Standing,
    /// Caller and resource belong to different accounts.
    is_foreign: bool,
    session: Option<&'a [Arc<Named>]>,
}

/// Where a caller's permissions can come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// A user or a session: from identity policies, within boundary and session policies.
    Entity,
    /// The root user: allowed unless denied.
    Root,
    /// Services and callers without an account: from the resource's policy alone.
    Outsider,
}

/// What the resource's side gives the caller.
#[derive(Clone, Copy)]
struct ResourceGrant {
    grade: Grade,
    layer: Layer,
    by: Determining,
}

impl<'a> Flow<'a> {
    fn new(request: &Request<'a>, policies: &'a Policies<'a>) -> Self {
        let Request {
            principal,
            action,
            resource,
            ..
        } = *request;
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
            question: Question {
                principal,
                has_boundary: standing == Standing::Entity && policies.boundary.is_some(),
                action,
                keys: ActionKeys::new(action),
                resource: resource.arn.map(arn::split),
            },
            policies,
            standing,
            is_foreign: standing == Standing::Outsider || principal.account != resource.account,
            session: policies.session.or(without_policy),
        }
    }

    /// The first statement of a layer that denies.
    fn deny(&self, layer: Layer) -> Option<Determining> {
        self.first(layer, |policy| policy.deny(&self.question))
    }

    /// The best that the resource's policy and the grants on a key give.
    fn grant(&self) -> Option<ResourceGrant> {
        let resource = self.policies.resource?;
        let from_policy = resource
            .policy
            .policy
            .grant(&self.question)
            .map(|(grade, statement)| {
                let by = Determining {
                    policy: 0,
                    statement,
                };
                ResourceGrant {
                    grade,
                    layer: layer_of(resource.kind),
                    by,
                }
            });
        if resource.kind != ResourceKind::Key {
            return from_policy;
        }
        (0..)
            .zip(self.policies.grants)
            .fold(from_policy, |best, (policy, grant)| {
                let grade = grant.grade(self.question.principal, self.question.action);
                match grade {
                    Some(grade) if best.is_none_or(|best| grade > best.grade) => {
                        let by = Determining {
                            policy,
                            statement: 0,
                        };
                        Some(ResourceGrant {
                            grade,
                            layer: Layer::Grant,
                            by,
                        })
                    }
                    _ => best,
                }
            })
    }

    fn must_allow(&self, layer: Layer, grant: Option<ResourceGrant>) -> bool {
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

    fn allows(&self, layer: Layer, grant: Option<ResourceGrant>) -> bool {
        match layer {
            Layer::Scp => self.policies.scp.iter().all(|level| {
                level
                    .policies
                    .iter()
                    .any(|named| named.policy.allow(&self.question).is_some())
            }),
            Layer::Resource => grant.is_some(),
            // The root user assumes no role, whatever its trust policy says.
            // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
            Layer::Trust => grant.is_some() && self.standing != Standing::Root,
            _ => self.allow(layer).is_some(),
        }
    }

    fn allow(&self, layer: Layer) -> Option<Determining> {
        self.first(layer, |policy| policy.allow(&self.question))
    }

    /// Searches the policies of a layer that concern this caller.
    fn first(&self, layer: Layer, search: impl Fn(&Policy) -> Option<u32>) -> Option<Determining> {
        let policies = self.policies;
        let is_entity = self.standing == Standing::Entity;
        let resource = policies
            .resource
            .filter(|resource| layer_of(resource.kind) == layer);
        match layer {
            Layer::Scp if self.standing == Standing::Outsider => None,
            Layer::Scp => first(policies.scp.iter().flat_map(|l| &l.policies), search),
            Layer::Rcp => first(policies.rcp.iter().flat_map(|l| &l.policies), search),
            Layer::Endpoint => first(policies.endpoint, search),
            Layer::Resource | Layer::Trust => first(resource.map(|r| r.policy), search),
            Layer::Identity | Layer::Boundary | Layer::Session if !is_entity => None,
            Layer::Identity => first(policies.identity, search),
            Layer::Boundary => first(policies.boundary, search),
            Layer::Session => first(self.session.into_iter().flatten(), search),
            Layer::Grant | Layer::Root => None,
        }
    }
}

fn first<'p, P: Borrow<Named> + 'p>(
    policies: impl IntoIterator<Item = &'p P>,
    search: impl Fn(&Policy) -> Option<u32>,
) -> Option<Determining> {
    (0..).zip(policies).find_map(|(policy, named)| {
        let statement = search(&named.borrow().policy)?;
        Some(Determining { policy, statement })
    })
}

fn layer_of(kind: ResourceKind) -> Layer {
    match kind {
        ResourceKind::Secret | ResourceKind::Key => Layer::Resource,
        ResourceKind::Trust => Layer::Trust,
    }
}

#[cfg(test)]
mod tests;
