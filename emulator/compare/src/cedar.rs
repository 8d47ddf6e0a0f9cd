//! `cedar-policy`: a parsed `PolicySet`, and the two entities that a request speaks of.
//!
//! Not an IAM engine: its language and its idea of a resource are its own. `world.rs` says how the
//! statements are put in it.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    PolicySet, Request, RestrictedExpression,
};

use crate::question::{Engine, Fact, Outcome, Question, USER};

pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
}

impl Engine for Cedar {
    const NAME: &'static str = "cedar-policy";
    type Request<'q> = (Request, Entities);

    fn read(policy: &str) -> Result<Self, String> {
        let policies: PolicySet = policy.parse().map_err(|error| format!("{error}"))?;
        Ok(Self {
            authorizer: Authorizer::new(),
            policies,
        })
    }

    /// Tags of the principal are attributes of it, named by what stands behind the slash.
    fn request(question: &Question) -> Option<(Request, Entities)> {
        let principal = uid("User", USER)?;
        let action = uid("Action", &question.action)?;
        let resource = uid("Secret", &question.resource)?;
        let mut tags = HashMap::new();
        for (key, fact) in &question.facts {
            let (_, tag) = key.split_once('/')?;
            let Fact::Text(text) = fact else { return None };
            tags.insert(tag.to_owned(), string(text));
        }
        let arn = HashMap::from([("arn".to_owned(), string(&question.resource))]);
        let entities = [
            Entity::new(principal.clone(), tags, HashSet::new()).ok()?,
            Entity::new(resource.clone(), arn, HashSet::new()).ok()?,
        ];
        let entities = Entities::from_entities(entities, None).ok()?;
        let request = Request::new(principal, action, resource, Context::empty(), None).ok()?;
        Some((request, entities))
    }

    fn decide(&self, (request, entities): &(Request, Entities)) -> Result<Outcome, String> {
        let response = self
            .authorizer
            .is_authorized(request, &self.policies, entities);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(error.to_string());
        }
        Ok(match response.decision() {
            Decision::Allow => Outcome::Allowed,
            // A policy that forbids would be among the reasons.
            Decision::Deny if response.diagnostics().reason().next().is_some() => {
                Outcome::ExplicitlyDenied
            }
            Decision::Deny => Outcome::ImplicitlyDenied,
        })
    }
}

fn uid(kind: &str, id: &str) -> Option<EntityUid> {
    let kind: EntityTypeName = kind.parse().ok()?;
    Some(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

fn string(text: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(text.to_owned())
}
