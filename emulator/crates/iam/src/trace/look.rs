//! Looks at every statement, whether it can matter or not. Never decides.

use super::{ConditionTrace, ElementTrace, GrantTrace, LayerTrace, PolicyTrace, StatementTrace};
use crate::condition::Condition;
use crate::decision::Layer;
use crate::evaluate::Flow;
use crate::policies::{Grant, Named, ResourceKind};
use crate::policy::{Effect, Question, Statement};
use crate::principal::Principals;
use crate::request::Context;

/// The policies of a layer that concern the caller; None if there are none and none need be.
pub(super) fn layer(flow: &Flow<'_>, question: &Question<'_>, layer: Layer) -> Option<LayerTrace> {
    let levels = match layer {
        Layer::Scp => flow.policies.scp,
        Layer::Rcp => flow.policies.rcp,
        _ => &[],
    };
    let level_of: Vec<u32> = (0..)
        .zip(levels)
        .flat_map(|(number, level)| level.policies.iter().map(move |_| number))
        .collect();
    let mut policies = Vec::new();
    flow.find(layer, |number, named| {
        let level = level_of.get(number as usize).copied();
        policies.push(policy(named, level, question));
        None::<()>
    });
    let takes_part = !policies.is_empty() || flow.must_allow(layer, None);
    takes_part.then_some(LayerTrace {
        layer,
        must_allow: false,
        policies,
        levels: levels.len() as u32,
        grants: Vec::new(),
    })
}

/// The grants on a key, if there are any.
pub(super) fn grants(flow: &Flow<'_>, question: &Question<'_>) -> Option<LayerTrace> {
    let is_key = flow
        .policies
        .resource
        .is_some_and(|r| r.kind == ResourceKind::Key);
    let grants = flow.policies.grants;
    let grant = |grant: &&Grant| {
        let grade = grant.grade(question);
        let applies = grade.is_some();
        GrantTrace { applies, grade }
    };
    (is_key && !grants.is_empty()).then(|| LayerTrace {
        layer: Layer::Grant,
        must_allow: false,
        policies: Vec::new(),
        levels: 0,
        grants: grants.iter().map(grant).collect(),
    })
}

fn policy(named: &Named, level: Option<u32>, question: &Question<'_>) -> PolicyTrace {
    let statements = named.policy.statements().iter();
    PolicyTrace {
        name: named.name.clone(),
        level,
        statements: statements.map(|s| statement(s, question)).collect(),
    }
}

fn statement(statement: &Statement, question: &Question<'_>) -> StatementTrace {
    let effect = statement.effect();
    let action = ElementTrace {
        name: if statement.actions.negated {
            "NotAction"
        } else {
            "Action"
        },
        patterns: statement
            .actions
            .patterns
            .iter()
            .map(ToString::to_string)
            .collect(),
        request: question.action.to_owned(),
        unresolved: Vec::new(),
        fits: statement.covers_action(question),
    };
    let arn = question
        .resource
        .map_or("*".to_owned(), |parts| parts.join(":"));
    let resource = statement.resources.as_ref().map(|resources| ElementTrace {
        name: if resources.negated {
            "NotResource"
        } else {
            "Resource"
        },
        patterns: resources.patterns.iter().map(ToString::to_string).collect(),
        request: arn,
        unresolved: unresolved(
            resources
                .patterns
                .iter()
                .flat_map(|p| p.unresolved(question.context)),
        ),
        fits: statement.covers_resource(question),
    });
    let fits = match effect {
        Effect::Allow => statement.allows_caller(question),
        Effect::Deny => statement.denies_caller(question),
    };
    let principal = statement
        .principals
        .as_ref()
        .map(|p| principal(p, question, fits));
    let conditions: Vec<ConditionTrace> = statement
        .conditions
        .iter()
        .map(|c| condition(c, statement, question.context))
        .collect();
    let mut trace = StatementTrace {
        sid: statement.sid().map(str::to_owned),
        effect,
        span: statement.span(),
        applies: false,
        action,
        resource,
        principal,
        conditions,
        grade: statement.grade(question),
    };
    trace.applies = trace.misses() == 0;
    trace
}

fn principal(principals: &Principals, question: &Question<'_>, fits: bool) -> ElementTrace {
    ElementTrace {
        name: if principals.negated {
            "NotPrincipal"
        } else {
            "Principal"
        },
        patterns: principals
            .patterns
            .iter()
            .map(ToString::to_string)
            .collect(),
        request: question.principal.name().to_owned(),
        unresolved: Vec::new(),
        fits,
    }
}

fn condition(
    condition: &Condition,
    statement: &Statement,
    context: &Context<'_>,
) -> ConditionTrace {
    let value = context.value(condition.key());
    ConditionTrace {
        operator: condition.operator().to_owned(),
        key: condition.key().to_owned(),
        values: condition.values().map(str::to_owned).collect(),
        filled: condition.filled(context).collect(),
        request: value.map(|value| value.iter().map(str::to_owned).collect()),
        unresolved: unresolved(condition.unresolved(context)),
        no_arn: condition.no_arn(context),
        holds: statement.heeds(condition, context),
    }
}

fn unresolved<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<String> {
    keys.map(str::to_owned).collect()
}
