//! The engine against a readable one, and the rules that hold for all policies.

use std::sync::Arc;

use proptest::prelude::*;
use sekisho_iam::{
    Caller, Context, Decision, Kind, Layer, Named, Outcome, Policies, Policy, Principal, Request,
    Resource, evaluate,
};

/// A statement as a person reads it.
#[derive(Debug, Clone)]
struct Statement {
    allow: bool,
    not_action: bool,
    actions: Vec<String>,
    not_resource: bool,
    resources: Vec<String>,
}

impl Statement {
    fn json(&self) -> String {
        let list = |items: &[String]| {
            items
                .iter()
                .map(|item| format!("{item:?}"))
                .collect::<Vec<_>>()
                .join(",")
        };
        format!(
            r#"{{"Effect":"{}","{}Action":[{}],"{}Resource":[{}]}}"#,
            if self.allow { "Allow" } else { "Deny" },
            if self.not_action { "Not" } else { "" },
            list(&self.actions),
            if self.not_resource { "Not" } else { "" },
            list(&self.resources),
        )
    }

    fn applies(&self, action: &str, resource: Option<&str>) -> bool {
        let lower = |text: &str| text.to_lowercase();
        let action = self
            .actions
            .iter()
            .any(|pattern| glob(&lower(pattern), &lower(action)));
        let resource = self.resources.iter().any(|pattern| match resource {
            _ if pattern == "*" => true,
            None => false,
            Some(resource) => {
                let missing = 5_usize.saturating_sub(pattern.matches(':').count());
                let pattern = pattern.clone() + &":*".repeat(missing);
                pattern
                    .splitn(6, ':')
                    .zip(resource.splitn(6, ':'))
                    .all(|(p, r)| glob(p, r))
            }
        });
        action != self.not_action && resource != self.not_resource
    }
}

fn glob(pattern: &str, text: &str) -> bool {
    let Some(first) = pattern.chars().next() else {
        return text.is_empty();
    };
    let rest = &pattern[first.len_utf8()..];
    let next = text.chars().next();
    let tail = next.map(|character| &text[character.len_utf8()..]);
    match first {
        '*' => glob(rest, text) || tail.is_some_and(|tail| glob(pattern, tail)),
        '?' => tail.is_some_and(|tail| glob(rest, tail)),
        _ => next == Some(first) && tail.is_some_and(|tail| glob(rest, tail)),
    }
}

fn naive(policies: &[Vec<Statement>], action: &str, resource: Option<&str>) -> Outcome {
    let applying = || {
        policies
            .iter()
            .flatten()
            .filter(|s| s.applies(action, resource))
    };
    match (applying().any(|s| !s.allow), applying().any(|s| s.allow)) {
        (true, _) => Outcome::ExplicitDeny,
        (false, true) => Outcome::Allow,
        (false, false) => Outcome::ImplicitDeny,
    }
}

fn compiled(policies: &[Vec<Statement>]) -> Vec<Arc<Named>> {
    let compile = |statements: &Vec<Statement>| {
        let statements: Vec<_> = statements.iter().map(Statement::json).collect();
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
            statements.join(",")
        );
        let policy = Policy::parse(&text, Kind::Identity).unwrap_or_else(|e| panic!("{e}: {text}"));
        Arc::new(Named {
            name: "inline:test".to_owned(),
            policy,
        })
    };
    policies.iter().map(compile).collect()
}

fn decide(policies: &[Vec<Statement>], action: &str, resource: Option<&str>) -> Decision {
    let caller = Caller::User {
        arn: "arn:aws:iam::111122223333:user/ann",
        id: "AIDAEXAMPLE",
    };
    let request = Request {
        principal: &Principal {
            account: "111122223333",
            caller,
        },
        action,
        resource: Resource {
            arn: resource,
            account: "111122223333",
        },
        context: &Context::EMPTY,
    };
    let identity = compiled(policies);
    evaluate(
        &request,
        &Policies {
            identity: &identity,
            ..Policies::default()
        },
    )
}

fn actions() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("*".to_owned()),
        "(\\*|a|b|A)(:)(Get|get|Put|G\\*|\\*|\\?et|P\\*t|\\*e\\*|Get\\?)",
    ]
}

fn resources() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("*".to_owned()),
        "arn:aws:(a|b):(|\\*|e|e\\*):(1|\\*|\\?):(x|X|x:y|\\*|x\\*|x/\\?|\\*y|\\?\\*)",
        "arn:(aws|\\*):(a|b)(:\\*|:e)?",
        // Around the length at which the index cuts names.
        "arn:aws:a:e:1:x{62,65}\\*?",
    ]
}

fn statements() -> impl Strategy<Value = Statement> {
    let actions = prop::collection::vec(actions(), 1..4);
    let resources = prop::collection::vec(resources(), 1..4);
    let bools = (
        any::<bool>(),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    );
    (bools, actions, resources).prop_map(
        |((allow, not_action, not_resource), actions, resources)| Statement {
            allow,
            not_action,
            actions,
            not_resource,
            resources,
        },
    )
}

fn policies() -> impl Strategy<Value = Vec<Vec<Statement>>> {
    prop::collection::vec(prop::collection::vec(statements(), 1..5), 0..4)
}

fn requests() -> impl Strategy<Value = (String, Option<String>)> {
    let resource = prop_oneof![
        8 => "arn:aws:(a|b):(|e|ef):(1|2):(x|X|x:y|x/y|x/|y)",
        1 => "arn:aws:a:e:1:x{62,66}",
    ];
    let resource = prop::option::weighted(0.9, resource);
    ("(a|b|A):(Get|Put|get|Gets)", resource)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn agrees_with_the_readable_one(policies in policies(), (action, resource) in requests()) {
        let decision = decide(&policies, &action, resource.as_deref());
        prop_assert_eq!(decision.outcome, naive(&policies, &action, resource.as_deref()));
        prop_assert_eq!(decision.layer, Layer::Identity);
        if let Some(by) = decision.determining {
            let statement = &policies[by.policy as usize][by.statement as usize];
            prop_assert!(statement.applies(&action, resource.as_deref()));
            prop_assert_eq!(statement.allow, decision.is_allowed());
            let earlier = policies.iter().take(by.policy as usize).flatten();
            let earlier =
                earlier.chain(policies[by.policy as usize].iter().take(by.statement as usize));
            for statement in earlier {
                let decides = statement.allow == decision.is_allowed();
                prop_assert!(!(decides && statement.applies(&action, resource.as_deref())));
            }
        }
    }

    #[test]
    fn more_statements_never_turn_the_wrong_way(
        policies in policies(),
        added in statements(),
        (action, resource) in requests(),
    ) {
        let before = decide(&policies, &action, resource.as_deref());
        let is_allow = added.allow;
        let mut more = policies;
        more.push(vec![added]);
        let after = decide(&more, &action, resource.as_deref());
        if is_allow {
            prop_assert!(after.is_allowed() || !before.is_allowed());
        } else {
            prop_assert!(before.is_allowed() || !after.is_allowed());
        }
    }

    #[test]
    fn order_does_not_matter(
        policies in policies(),
        (action, resource) in requests(),
    ) {
        let mut turned = policies.clone();
        turned.reverse();
        turned.iter_mut().for_each(|statements| statements.reverse());
        let merged: Vec<_> = policies.iter().flatten().cloned().collect();
        let merged = if merged.is_empty() { vec![] } else { vec![merged] };
        let outcome = |policies: &[Vec<Statement>]| {
            decide(policies, &action, resource.as_deref()).outcome
        };
        prop_assert_eq!(outcome(&policies), outcome(&turned));
        prop_assert_eq!(outcome(&policies), outcome(&merged));
    }
}
