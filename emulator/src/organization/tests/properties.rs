//! Any organization decides as one that was never compiled: by AWS's rules, walked level by level.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sekisho_iam::{
    Caller, Context, Kind, Named, Policies, Policy, Principal, Request, Resource, evaluate,
};

use super::*;

const ACTIONS: [&str; 3] = [
    "secretsmanager:GetSecretValue",
    "secretsmanager:DeleteSecret",
    "secretsmanager:ListSecrets",
];
const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:444455556666:secret:db-AbCdEf";

/// What a policy does to each of the actions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rule {
    FullAccess,
    Allow(usize),
    Deny(usize),
}

/// The root or a unit, or what an account has of its own.
#[derive(Clone, Debug)]
struct Point {
    scps: Option<Vec<Rule>>,
    rcps: Option<Vec<usize>>,
    /// Whether each account has policies of its own.
    accounts: Vec<Option<Vec<Rule>>>,
    units: Vec<Point>,
}

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        3 => Just(Rule::FullAccess),
        1 => (0..3_usize).prop_map(Rule::Allow),
        1 => (0..3_usize).prop_map(Rule::Deny),
    ]
}

fn rules() -> impl Strategy<Value = Option<Vec<Rule>>> {
    let rules = vec(rule(), 0..4).prop_map(|mut rules| {
        let mut seen = Vec::new();
        rules.retain(|rule| {
            !seen.contains(rule) && {
                seen.push(*rule);
                true
            }
        });
        rules
    });
    option::of(rules)
}

fn point() -> impl Strategy<Value = Point> {
    let leaf = |units| {
        let rcps = vec(0..3_usize, 0..2);
        (rules(), option::of(rcps), vec(rules(), 0..3), units).prop_map(
            |(scps, rcps, accounts, units)| Point {
                scps,
                rcps,
                accounts,
                units,
            },
        )
    };
    leaf(Just(Vec::new()).boxed())
        .boxed()
        .prop_recursive(4, 12, 3, move |inner| leaf(vec(inner, 0..3).boxed()))
}

/// An account, and level by level the rules of its service control policies, and the actions that
/// its resource control policies deny.
type Bound = (String, Vec<Vec<Rule>>, Vec<Vec<usize>>);

/// The configuration of a point, and what each account is bound by on its way.
#[derive(Default)]
struct Written {
    accounts: Vec<Bound>,
    own: serde_json::Map<String, Value>,
}

impl Written {
    fn write(&mut self, point: &Point, scps: &[Vec<Rule>], rcps: &[Vec<usize>]) -> Value {
        let scps = [scps, &[binding(&point.scps)]].concat();
        let rcps = [rcps, &[point.rcps.clone().unwrap_or_default()]].concat();
        let mut written = json!({});
        if let Some(rules) = &point.scps {
            written["scps"] = list(rules);
        }
        if let Some(denied) = &point.rcps {
            let policy = |number: &usize| deny_all_of(ACTIONS[*number]);
            written["rcps"] = denied.iter().map(policy).collect();
        }
        let mut accounts = Vec::new();
        for own in &point.accounts {
            let id = format!("{:012}", 444_455_556_666_u64 + self.accounts.len() as u64);
            if let Some(rules) = own {
                self.own.insert(id.clone(), json!({"scps": list(rules)}));
            }
            let scps = [&scps[..], &[binding(own)]].concat();
            self.accounts.push((id.clone(), scps, rcps.clone()));
            accounts.push(id);
        }
        written["accounts"] = accounts.into();
        for (number, unit) in point.units.iter().enumerate() {
            written["units"][format!("u{number}")] = self.write(unit, &scps, &rcps);
        }
        written
    }
}

/// Without a list, `FullAWSAccess` is attached.
fn binding(rules: &Option<Vec<Rule>>) -> Vec<Rule> {
    rules.clone().unwrap_or_else(|| vec![Rule::FullAccess])
}

fn list(rules: &[Rule]) -> Value {
    let name = |rule: &Rule| match rule {
        Rule::FullAccess => "FullAWSAccess".to_owned(),
        Rule::Allow(action) => format!("allow{action}"),
        Rule::Deny(action) => format!("deny{action}"),
    };
    rules.iter().map(name).collect()
}

/// All levels allow, and none denies.
fn is_allowed(action: usize, scps: &[Vec<Rule>], rcps: &[Vec<usize>]) -> bool {
    let allows = |rules: &Vec<Rule>| {
        let passes = |rule: &Rule| *rule == Rule::FullAccess || *rule == Rule::Allow(action);
        rules.iter().any(passes) && !rules.contains(&Rule::Deny(action))
    };
    scps.iter().all(allows) && !rcps.iter().any(|denied| denied.contains(&action))
}

fn decides(organization: &Organization, account: AccountId, action: &str) -> bool {
    let policy =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let all = [Arc::new(Named {
        name: "inline:all".to_owned(),
        policy: Policy::parse(policy, Kind::Identity).unwrap(),
    })];
    let arn = format!("arn:aws:iam::{account}:user/ann");
    let caller = Caller::User {
        arn: &arn,
        id: "AIDAEXAMPLE",
    };
    let principal = Principal {
        account: account.as_str(),
        caller,
    };
    let request = Request {
        principal: &principal,
        action,
        resource: Resource {
            arn: Some(SECRET),
            account: account.as_str(),
        },
        context: &Context::EMPTY,
    };
    let policies = Policies {
        identity: &all,
        scp: organization.scps_of(account),
        rcp: organization.rcps_of(account),
        ..Policies::default()
    };
    evaluate(&request, &policies).is_allowed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn accounts_are_bound_by_all_that_is_above_them(point in point()) {
        let mut written = Written::default();
        let mut root = written.write(&point, &[], &[]);
        let units = root.as_object_mut().unwrap().remove("units");
        let mut config = json!({"root": root, "accounts": written.own, "policies": {}});
        if let Some(units) = units {
            config["units"] = units;
        }
        for (number, action) in ACTIONS.iter().enumerate() {
            let policies = &mut config["policies"];
            policies[format!("deny{number}")] = deny(action);
            let mut allow = deny(action);
            allow["Statement"]["Effect"] = "Allow".into();
            policies[format!("allow{number}")] = allow;
        }
        let organization = read(&config).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for (id, scps, rcps) in &written.accounts {
            let id = account(id);
            prop_assert_eq!(organization.scps_of(id).len(), scps.len());
            prop_assert_eq!(organization.rcps_of(id).len(), scps.len());
            // One part for the organization, one for each level but the account's own.
            let path = organization.path_of(id).unwrap();
            prop_assert_eq!(path.matches('/').count(), scps.len());
            for (number, action) in ACTIONS.iter().enumerate() {
                let expected = is_allowed(number, scps, rcps);
                prop_assert_eq!(decides(&organization, id, action), expected, "{} {}", id, action);
            }
        }
        let once = shown(&organization);
        let again = read(&once["organization"]).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(shown(&again), once);
    }
}
