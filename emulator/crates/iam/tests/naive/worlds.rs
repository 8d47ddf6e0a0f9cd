//! Requests and policies by the thousand, made so that they often concern each other; and the same
//! in the form in which the engine takes them.

use std::sync::Arc;

use proptest::prelude::*;
use sekisho_iam::{
    Caller, Context, Decision, Kind, Level, Named, Policies, Policy, Principal, Request, Resource,
    ResourceKind, ResourcePolicy, Trace, Value, evaluate, explain,
};

use crate::spec::{self, Asked, Condition, Statement, Who, World};

const HERE: &str = "111122223333";
const USER: &str = "arn:aws:iam::111122223333:user/ann";
const ROLE: &str = "arn:aws:iam::111122223333:role/team/app";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/app/one";

/// What the engine says, quickly and at length.
pub fn ask(asked: &Asked, world: &World) -> (Decision, Trace) {
    let caller = match (&asked.who.entity, asked.who.is_root) {
        (_, true) => Caller::Root,
        (None, _) => Caller::User {
            arn: &asked.who.exact,
            id: "AIDAEXAMPLEEXAMPLE12",
        },
        (Some(role_arn), _) => Caller::Role {
            role_arn,
            session_arn: &asked.who.exact,
            id: "AROAEXAMPLEEXAMPLE12",
        },
    };
    let principal = Principal {
        account: &asked.who.account,
        caller,
    };
    let mut context = Context::default();
    for (key, values, is_many) in &asked.context {
        let value = match is_many {
            true => Value::Many(values.iter().map(|value| value.as_str().into()).collect()),
            false => Value::One(values[0].as_str().into()),
        };
        context.insert(key.as_str(), value);
    }
    let request = Request {
        principal: &principal,
        action: &asked.action,
        resource: Resource {
            arn: asked.resource.as_deref(),
            account: &asked.owner,
        },
        context: &context,
    };
    let all = |policies: &[spec::Policy], kind| -> Vec<Arc<Named>> {
        policies
            .iter()
            .map(|policy| compiled(policy, kind))
            .collect()
    };
    let one = |policy: &Option<spec::Policy>, kind| policy.as_ref().map(|p| compiled(p, kind));
    let levels = |levels: &[Vec<spec::Policy>], kind| -> Vec<Level> {
        levels
            .iter()
            .map(|level| Level {
                policies: all(level, kind),
            })
            .collect()
    };
    // Read as session policies are, whose values may be of any type.
    let identity = all(&world.identity, Kind::Session);
    let boundary = one(&world.boundary, Kind::Session);
    let session = world.session.as_ref().map(|list| all(list, Kind::Session));
    let resource = one(&world.resource, Kind::Resource);
    let endpoint = one(&world.endpoint, Kind::Resource);
    let (scp, rcp) = (levels(&world.scp, Kind::Scp), levels(&world.rcp, Kind::Rcp));
    let policies = Policies {
        identity: &identity,
        boundary: boundary.as_deref(),
        session: session.as_deref(),
        resource: resource.as_deref().map(|policy| ResourcePolicy {
            kind: if world.is_key {
                ResourceKind::Key
            } else {
                ResourceKind::Secret
            },
            policy,
        }),
        grants: &[],
        endpoint: endpoint.as_deref(),
        scp: &scp,
        rcp: &rcp,
    };
    (evaluate(&request, &policies), explain(&request, &policies))
}

fn compiled(policy: &[Statement], kind: Kind) -> Arc<Named> {
    let statements: Vec<serde_json::Value> = policy.iter().map(json).collect();
    let text = serde_json::json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    let policy = Policy::parse(&text, kind).unwrap_or_else(|error| panic!("{error}: {text}"));
    let name = "a policy".to_owned();
    Arc::new(Named { name, policy })
}

fn json(statement: &Statement) -> serde_json::Value {
    let mut json = serde_json::json!({"Effect": if statement.allow { "Allow" } else { "Deny" }});
    let not = |negated: bool, name: &str| format!("{}{name}", if negated { "Not" } else { "" });
    let (negated, actions) = &statement.actions;
    json[not(*negated, "Action")] = actions.clone().into();
    if let Some((negated, resources)) = &statement.resources {
        json[not(*negated, "Resource")] = resources.clone().into();
    }
    if let Some((negated, names)) = &statement.principal {
        json[not(*negated, "Principal")] = serde_json::json!({"AWS": names});
    }
    for condition in &statement.conditions {
        let if_exists = if condition.if_exists { "IfExists" } else { "" };
        let operator = match condition.operator {
            "NotStringEquals" => "StringNotEquals",
            "NotStringLike" => "StringNotLike",
            "NotArnLike" => "ArnNotLike",
            operator => operator,
        };
        let operator = format!("{}{operator}{if_exists}", condition.quantifier);
        json["Condition"][operator][&condition.key] = condition.values.clone().into();
    }
    json
}

fn actions() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just("*".to_owned()),
        8 => "(sqs|b|SQS)(:)(Get|get|Put|G\\*|\\*|\\?et|P\\*t|\\*e\\*|Get\\?)",
    ]
}

fn resources() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just("*".to_owned()),
        6 => "arn:aws:(sqs|b):(|\\*|e|e\\*):(1|\\*|\\?):(x|X|x:y|\\*|x\\*|x/\\?|\\*y|\\?\\*)",
        1 => "arn:(aws|\\*):(sqs|b):\\*:\\*:(x|\\*)",
        2 => "arn:aws:sqs:e:1:x?(\\*|/)?\\$\\{(aws:username|t:Tag/K|aws:TagKeys|no:Such)\\}y?\\*?",
        // Around the length at which the index cuts names.
        1 => "arn:aws:sqs:e:1:x{62,65}\\*?",
    ]
}

fn principals() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["*", HERE, "444455556666", USER, ROLE, SESSION])
        .prop_map(str::to_owned)
}

fn conditions() -> impl Strategy<Value = Condition> {
    (
        prop::sample::select(vec!["", "", "ForAllValues:", "ForAnyValue:"]),
        prop::sample::select(vec![
            "StringEquals",
            "NotStringEquals",
            "StringLike",
            "NotStringLike",
            "NumericLessThan",
            "Bool",
            "IpAddress",
            "NotIpAddress",
            "ArnLike",
            "NotArnLike",
        ]),
        prop::bool::weighted(0.3),
        "(aws:username|aws:UserName|t:Tag/K|t:tag/k|aws:TagKeys|no:Such)",
        prop::collection::vec(
            "(ann|a\\*|\\*|n|7|3|\\$\\{aws:username\\}|\\$\\{t:Tag/K\\}\\*|\\?\\*||true|yes|192\\.0\\.2\\.[17]|arn:a:s::1:(x|y|\\*)|a\\?{1,2})",
            0..3,
        ),
    )
        .prop_map(|(quantifier, operator, if_exists, key, values)| Condition {
            quantifier,
            operator,
            if_exists,
            key,
            values,
        })
}

/// Statements of a policy that names principals, or not.
pub fn statements(has_principal: bool) -> impl Strategy<Value = Statement> {
    let negated = || prop::bool::weighted(0.2);
    (
        prop::bool::weighted(0.7),
        (negated(), prop::collection::vec(principals(), 1..4)),
        (negated(), prop::collection::vec(actions(), 1..4)),
        (negated(), prop::collection::vec(resources(), 1..4)),
        prop::collection::vec(conditions(), 0..2),
    )
        .prop_map(
            move |(allow, principal, actions, resources, mut conditions)| {
                // An operator takes a key once.
                conditions.dedup_by(|a, b| a.operator == b.operator);
                Statement {
                    allow,
                    principal: has_principal.then_some(principal),
                    actions,
                    resources: Some(resources),
                    conditions,
                }
            },
        )
}

fn policies(has_principal: bool) -> impl Strategy<Value = spec::Policy> {
    prop::collection::vec(statements(has_principal), 1..4)
}

/// A policy that allows nearly everything, so that other layers are reached.
fn open(has_principal: bool) -> impl Strategy<Value = spec::Policy> {
    let everything = Statement {
        allow: true,
        principal: has_principal.then(|| (false, vec!["*".to_owned()])),
        actions: (false, vec!["*".to_owned()]),
        resources: Some((false, vec!["*".to_owned()])),
        conditions: vec![],
    };
    let more = prop::collection::vec(statements(has_principal), 0..2);
    more.prop_map(move |more| [vec![everything.clone()], more].concat())
}

fn layer(has_principal: bool) -> impl Strategy<Value = spec::Policy> {
    prop_oneof![policies(has_principal), open(has_principal)]
}

pub fn worlds() -> impl Strategy<Value = World> {
    let list = |has_principal| prop::collection::vec(layer(has_principal), 0..3);
    let level = |has_principal| prop::collection::vec(layer(has_principal), 1..3);
    // Resource control policies name everyone.
    let rcp = layer(false).prop_map(|mut policy| {
        let everyone = || Some((false, vec!["*".to_owned()]));
        policy
            .iter_mut()
            .for_each(|statement| statement.principal = everyone());
        policy
    });
    (
        list(false),
        prop::option::weighted(0.3, layer(false)),
        prop::option::weighted(0.3, list(false)),
        (
            prop::option::weighted(0.7, layer(true)),
            prop::bool::weighted(0.2),
        ),
        prop::option::weighted(0.2, open(true)),
        prop::collection::vec(level(false), 0..3),
        prop::collection::vec(prop::collection::vec(rcp, 0..2), 0..2),
    )
        .prop_map(
            |(identity, boundary, session, (resource, is_key), endpoint, scp, rcp)| World {
                // A key always has a policy.
                is_key: is_key && resource.is_some(),
                identity,
                boundary,
                session,
                resource,
                endpoint,
                scp,
                rcp,
            },
        )
}

pub fn requests() -> impl Strategy<Value = Asked> {
    let who = |exact: &str, entity: Option<&str>| Who {
        account: HERE.to_owned(),
        entity: entity.map(str::to_owned),
        exact: exact.to_owned(),
        is_root: exact == HERE,
    };
    let who = prop::sample::select(vec![
        who(USER, None),
        who(SESSION, Some(ROLE)),
        who(HERE, None),
    ]);
    let resource = prop_oneof![
        8 => "arn:aws:(sqs|b):(|e|ef):(1|2):(x|X|x:y|x/y|x/|y|ann|xanny|a\\*)",
        1 => "arn:aws:sqs:e:1:x{62,66}",
    ];
    let value = "(ann|a\\*|n|7|3||TRUE|192\\.0\\.2\\.1|arn:a:s::1:x|a𐐀)";
    let one = |key: &'static str| {
        prop::option::of(value.prop_map(move |value| (key.to_owned(), vec![value], false)))
    };
    let many = prop::collection::vec(value, 0..3);
    let many = prop::option::of(many.prop_map(|values| ("aws:TagKeys".to_owned(), values, true)));
    (
        who,
        "(sqs|b|SQS):(Get|Put|get|Gets)",
        prop::option::weighted(0.9, resource),
        prop::sample::select(vec![HERE, HERE, "444455556666"]),
        (one("aws:username"), one("t:Tag/K"), many),
    )
        .prop_map(|(who, action, resource, owner, (a, b, c))| Asked {
            who,
            action,
            resource,
            owner: owner.to_owned(),
            context: [a, b, c].into_iter().flatten().collect(),
        })
}
