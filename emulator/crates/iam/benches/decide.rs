//! What a decision costs as policies grow, beside one on a single statement; beside the readable
//! evaluator of the tests; and with a condition in every statement.
//!
//! Statements as a team would have them: each allows one action on one secret, six of ten by a
//! prefix, three by an exact ARN, one by a pattern with wildcards inside; the last one allows.

// Benches measure time, print, and should panic at what fails.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs
)]

#[path = "../../../benches/interleaved/mod.rs"]
mod interleaved;
#[path = "../tests/naive/spec.rs"]
#[allow(dead_code)]
mod spec;

use std::hint::black_box;
use std::sync::Arc;

use sekisho_iam::{
    Caller, Context, Kind, Named, Outcome, Policies, Policy, Principal, Request, Resource, Value,
    evaluate,
};

const ACCOUNT: &str = "111122223333";
const SIZES: [usize; 5] = [1, 10, 100, 1_000, 10_000];

fn main() {
    let plain = SIZES.map(|size| World::new(size, false));
    let conditional = SIZES.map(|size| World::new(size, true));
    scale("by number of statements that name the action", "", &plain);
    scale(
        "each statement with a condition",
        "conditional ",
        &conditional,
    );
    for world in plain.iter().chain(&conditional) {
        let has_conditions = if world.has_conditions {
            " with conditions"
        } else {
            ""
        };
        let size = world.size;
        let (rounds, calls) = if size > 100 { (15, 2) } else { (101, 20) };
        for (kind, arn) in [("allowed", world.arn.as_str()), ("denied", OTHER)] {
            let compiled = || assert_eq!(world.decide(arn), kind == "allowed");
            let naive = || assert_eq!(world.decide_naively(arn), kind == "allowed");
            interleaved::report(
                &format!("{size} statements{has_conditions}, {kind}"),
                &[("compiled", &compiled), ("readable", &naive)],
                rounds,
                calls,
            );
        }
    }
}

fn scale(title: &str, prefix: &str, worlds: &[World]) {
    let names: Vec<String> = SIZES
        .iter()
        .flat_map(|size| ["allowed", "denied"].map(|kind| format!("{prefix}{kind}, {size}")))
        .collect();
    let decisions: Vec<Box<dyn Fn() + '_>> = worlds
        .iter()
        .flat_map(|world| {
            let allowed = || assert!(world.decide(&world.arn));
            let denied = || assert!(!world.decide(OTHER));
            [Box::new(allowed) as Box<dyn Fn()>, Box::new(denied)]
        })
        .collect();
    let benches: Vec<interleaved::Bench<'_>> = names
        .iter()
        .zip(&decisions)
        .map(|(name, decide)| (name.as_str(), &**decide))
        .collect();
    interleaved::run(title, &benches);
}

/// A secret that no statement speaks of.
const OTHER: &str =
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:team-77/other-service/database-AbCdEf";

struct World {
    policies: [Arc<Named>; 1],
    context: Context<'static>,
    has_conditions: bool,
    size: usize,
    /// The same, for the readable evaluator.
    readable: ([spec::Asked; 2], spec::World),
    /// What the last statement allows to read.
    arn: String,
}

/// The values of a request as a server gathers them: a condition's key is looked for among these.
const KEYS: [(&str, &str); 16] = [
    ("aws:PrincipalArn", USER),
    ("aws:PrincipalAccount", ACCOUNT),
    ("aws:PrincipalType", "User"),
    ("aws:PrincipalIsAWSService", "false"),
    ("aws:userid", "AIDAEXAMPLE"),
    ("aws:username", "app"),
    ("aws:ResourceAccount", ACCOUNT),
    ("aws:CurrentTime", "2026-11-28T17:41:28Z"),
    ("aws:EpochTime", "1795887688"),
    ("aws:SecureTransport", "false"),
    ("aws:ViaAWSService", "false"),
    ("aws:SourceIp", "10.0.0.7"),
    ("aws:RequestedRegion", "us-east-1"),
    ("aws:UserAgent", "aws-cli/2.0"),
    ("aws:ResourceTag/team", "payments"),
    ("aws:PrincipalTag/team", "payments"),
];

const USER: &str = "arn:aws:iam::111122223333:user/app";

impl World {
    fn new(size: usize, has_conditions: bool) -> Self {
        let arn = format!("{}-AbCdEf", secret(size - 1));
        let condition = || spec::Condition {
            quantifier: "",
            operator: "StringEquals",
            if_exists: false,
            key: "aws:PrincipalTag/team".to_owned(),
            values: vec!["payments".to_owned()],
        };
        let statements: Vec<spec::Statement> = (0..size)
            .map(|number| {
                let secret = secret(number);
                let pattern = match number % 10 {
                    _ if number == size - 1 => format!("{secret}-??????"),
                    0..6 => format!("{secret}-*"),
                    6..9 => format!("{secret}-AbCdEf"),
                    _ => secret.replacen("service", "*", 1),
                };
                spec::Statement {
                    allow: true,
                    principal: None,
                    actions: (false, vec![ACTION.to_owned()]),
                    resources: Some((false, vec![pattern])),
                    conditions: has_conditions.then(condition).into_iter().collect(),
                }
            })
            .collect();
        let text: Vec<String> = statements.iter().map(json).collect();
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
            text.join(",")
        );
        let policy = Policy::parse(&text, Kind::Identity).unwrap();
        let name = "inline:bench".to_owned();
        let mut context = Context::default();
        for (key, value) in KEYS {
            context.insert(key, Value::One(value.into()));
        }
        Self {
            policies: [Arc::new(Named { name, policy })],
            context,
            has_conditions,
            size,
            readable: (
                asked(&arn),
                spec::World {
                    identity: vec![statements],
                    ..spec::World::default()
                },
            ),
            arn,
        }
    }

    fn decide(&self, arn: &str) -> bool {
        let request = Request {
            principal: &Principal {
                account: ACCOUNT,
                caller: Caller::User {
                    arn: USER,
                    id: "AIDAEXAMPLE",
                },
            },
            action: ACTION,
            resource: Resource {
                arn: Some(arn),
                account: ACCOUNT,
            },
            context: &self.context,
        };
        let policies = Policies {
            identity: &self.policies,
            ..Policies::default()
        };
        evaluate(black_box(&request), &policies).is_allowed()
    }

    fn decide_naively(&self, arn: &str) -> bool {
        let (asked, world) = &self.readable;
        let asked = if arn == OTHER { &asked[1] } else { &asked[0] };
        spec::decide(black_box(asked), world).0 == Outcome::Allow
    }
}

/// The questions about a secret that is allowed and about the other one, for the readable evaluator.
fn asked(arn: &str) -> [spec::Asked; 2] {
    [arn, OTHER].map(|arn| {
        let values = |(key, value): (&str, &str)| (key.to_owned(), vec![value.to_owned()], false);
        spec::Asked {
            who: spec::Who {
                account: ACCOUNT.to_owned(),
                entity: None,
                exact: USER.to_owned(),
                is_root: false,
            },
            action: ACTION.to_owned(),
            resource: Some(arn.to_owned()),
            owner: ACCOUNT.to_owned(),
            context: KEYS.map(values).into(),
        }
    })
}

const ACTION: &str = "secretsmanager:GetSecretValue";

fn json(statement: &spec::Statement) -> String {
    let resource = &statement.resources.as_ref().unwrap().1[0];
    let condition = statement
        .conditions
        .first()
        .map_or(String::new(), |condition| {
            let spec::Condition {
                operator,
                key,
                values,
                ..
            } = condition;
            format!(
                r#","Condition":{{"{operator}":{{"{key}":"{}"}}}}"#,
                values[0]
            )
        });
    format!(r#"{{"Effect":"Allow","Action":"{ACTION}","Resource":"{resource}"{condition}}}"#)
}

fn secret(number: usize) -> String {
    let team = number % 20;
    format!(
        "arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:team-{team}/service-{number}/database"
    )
}
