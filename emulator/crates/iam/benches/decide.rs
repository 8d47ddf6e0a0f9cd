//! What a decision costs as policies grow, beside one on a single statement.
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

use std::hint::black_box;
use std::sync::Arc;

use sekisho_iam::{
    Caller, Context, Kind, Named, Policies, Policy, Principal, Request, Resource, evaluate,
};

const ACCOUNT: &str = "111122223333";
const SIZES: [usize; 5] = [1, 10, 100, 1_000, 10_000];

fn main() {
    let worlds = SIZES.map(World::new);
    let names: Vec<String> = SIZES
        .iter()
        .flat_map(|size| [format!("allowed, {size}"), format!("denied, {size}")])
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
    interleaved::run("by number of statements that name the action", &benches);
}

/// A secret that no statement speaks of.
const OTHER: &str =
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:team-77/other-service/database-AbCdEf";

struct World {
    policies: [Arc<Named>; 1],
    /// What the last statement allows to read.
    arn: String,
}

impl World {
    fn new(statements: usize) -> Self {
        let arn = format!("{}-AbCdEf", secret(statements - 1));
        let text: Vec<String> = (0..statements)
            .map(|number| {
                let secret = secret(number);
                let pattern = match number % 10 {
                    _ if number == statements - 1 => format!("{secret}-??????"),
                    0..6 => format!("{secret}-*"),
                    6..9 => format!("{secret}-AbCdEf"),
                    _ => secret.replacen("service", "*", 1),
                };
                format!(r#"{{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"{pattern}"}}"#)
            })
            .collect();
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
            text.join(",")
        );
        let policy = Policy::parse(&text, Kind::Identity).unwrap();
        let name = "inline:bench".to_owned();
        Self {
            policies: [Arc::new(Named { name, policy })],
            arn,
        }
    }

    fn decide(&self, arn: &str) -> bool {
        let caller = Caller::User {
            arn: "arn:aws:iam::111122223333:user/app",
            id: "AIDAEXAMPLE",
        };
        let request = Request {
            principal: &Principal {
                account: ACCOUNT,
                caller,
            },
            action: "secretsmanager:GetSecretValue",
            resource: Resource {
                arn: Some(arn),
                account: ACCOUNT,
            },
            context: &Context::EMPTY,
        };
        let policies = Policies {
            identity: &self.policies,
            ..Policies::default()
        };
        evaluate(black_box(&request), &policies).is_allowed()
    }
}

fn secret(number: usize) -> String {
    let team = number % 20;
    format!(
        "arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:team-{team}/service-{number}/database"
    )
}
