//! The cases of the agreement comparison: identity policies, a question to each, and what the answer
//! is by AWS's documents, where they say.
//!
//! Rows of tables say of one element whether it matches; here they become policies, so that each
//! row is seen to allow, to deny, and (where there is such an element) to be negated.

mod conditions;
mod dice;
mod elements;
mod many;
mod random;

use std::net::IpAddr;

use crate::question::{Fact, Outcome, Question, USER};
use crate::world::ACTION;

/// One policy and one question.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it tries, such as an operator's name.
    pub topic: String,
    pub policy: String,
    pub question: Question,
    /// None if the documents do not say.
    pub documented: Option<Outcome>,
}

pub const RESOURCE: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db-AbCdEf";

pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for (action, is_match) in elements::ACTIONS {
        element(&mut cases, "Action", action, Some(*is_match));
    }
    for (resource, is_match) in elements::RESOURCES {
        element(&mut cases, "Resource", resource, Some(*is_match));
    }
    for (resource, is_match) in elements::VARIABLES {
        let topic = "Resource with a variable";
        element(&mut cases, topic, resource, Some(*is_match));
    }
    for (operator, (values, value, holds)) in conditions::documented() {
        let condition = Condition::new(operator, values.to_owned(), value, Some(holds));
        under_condition(&mut cases, operator, &condition);
        if holds && value.is_some() && !operator.contains("Not") {
            let key = condition.key.to_lowercase().replace("aws:", "AWS:");
            let condition = Condition { key, ..condition };
            under_condition(&mut cases, "Key in another case", &condition);
        }
    }
    order(&mut cases);
    random::add(&mut cases);
    many::add(&mut cases);
    for action in elements::OPEN_ACTIONS {
        element(&mut cases, "Action", action, None);
    }
    for resource in elements::OPEN_RESOURCES {
        element(&mut cases, "Resource", resource, None);
    }
    for (operator, (values, value, ())) in conditions::open() {
        let condition = Condition::new(operator, values.to_owned(), value, None);
        under_condition(&mut cases, operator, &condition);
    }
    cases
}

/// A condition, what the request says of its key, and whether it holds.
#[derive(Debug, Clone)]
struct Condition {
    operator: String,
    key: String,
    /// As JSON.
    values: String,
    fact: Option<(String, Fact)>,
    /// None if the documents do not say.
    holds: Option<bool>,
}

impl Condition {
    /// The operator decides which key it is, and so which type its value has.
    fn new(operator: &str, values: String, value: Option<&str>, holds: Option<bool>) -> Self {
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        let text = |text: &str| Fact::Text(text.to_owned());
        let (key, fact): (&str, &dyn Fn(&str) -> Fact) = if operator.contains(':') {
            let list = |text: &str| text.split(' ').map(str::to_owned).collect();
            ("aws:TagKeys", &move |text| Fact::List(list(text)))
        } else if operator.contains("Bool") {
            ("aws:SecureTransport", &|text| Fact::Flag(text == "true"))
        } else if operator.starts_with("Numeric") {
            ("aws:MultiFactorAuthAge", &|text| {
                Fact::Number(text.to_owned())
            })
        } else if operator.contains("IpAddress") {
            ("aws:SourceIp", &move |text| Fact::Address(address(text)))
        } else if operator.starts_with("Date") {
            ("aws:CurrentTime", &|text| Fact::Date(text.to_owned()))
        } else if operator.starts_with("Arn") {
            ("aws:SourceArn", &text)
        } else {
            ("aws:PrincipalTag/color", &text)
        };
        Self {
            operator: operator.to_owned(),
            key: key.to_owned(),
            values,
            fact: value.map(|value| (key.to_owned(), fact(value))),
            holds,
        }
    }
}

/// The effect, the actions, the resources and the conditions; actions and resources as JSON with
/// the name of their element.
fn statement(effect: &str, action: &str, resource: &str, conditions: &[&Condition]) -> String {
    let conditions: Vec<String> = conditions
        .iter()
        .map(|c| format!(r#""{}":{{"{}":{}}}"#, c.operator, c.key, c.values))
        .collect();
    let conditions = if conditions.is_empty() {
        String::new()
    } else {
        format!(r#","Condition":{{{}}}"#, conditions.join(","))
    };
    format!(r#"{{"Effect":"{effect}",{action},{resource}{conditions}}}"#)
}

const ANY_ACTION: &str = r#""Action":"*""#;
const ANY_RESOURCE: &str = r#""Resource":"*""#;

fn allow_all() -> String {
    statement("Allow", ANY_ACTION, ANY_RESOURCE, &[])
}

fn case(
    topic: &str,
    statements: &[String],
    facts: &[&Condition],
    documented: Option<Outcome>,
) -> Case {
    let username = ("aws:username".to_owned(), Fact::Text(USER.to_owned()));
    let known = facts.iter().filter_map(|condition| condition.fact.clone());
    Case {
        topic: topic.to_owned(),
        policy: format!(
            r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
            statements.join(",")
        ),
        question: Question {
            action: ACTION.to_owned(),
            resource: RESOURCE.to_owned(),
            facts: [username].into_iter().chain(known).collect(),
        },
        documented,
    }
}

/// It allows, denies, and is negated. `values` as JSON.
fn element(cases: &mut Vec<Case>, topic: &str, values: &str, is_match: Option<bool>) {
    let name = topic.split(' ').next().unwrap_or(topic);
    let with = |effect: &str, name: &str| {
        let element = format!(r#""{name}":{values}"#);
        if name.ends_with("Action") {
            statement(effect, &element, ANY_RESOURCE, &[])
        } else {
            statement(effect, ANY_ACTION, &element, &[])
        }
    };
    let allow = with("Allow", name);
    cases.push(case(topic, &[allow], &[], allowed_if(is_match)));
    let deny = with("Deny", name);
    cases.push(case(topic, &[deny, allow_all()], &[], denied_if(is_match)));
    let negated = format!("Not{name}");
    let allow = with("Allow", &negated);
    let topic = topic.replacen(name, &negated, 1);
    cases.push(case(
        &topic,
        &[allow],
        &[],
        allowed_if(is_match.map(|is_match| !is_match)),
    ));
}

fn under_condition(cases: &mut Vec<Case>, topic: &str, condition: &Condition) {
    let with = |effect| statement(effect, ANY_ACTION, ANY_RESOURCE, &[condition]);
    let allowed = allowed_if(condition.holds);
    cases.push(case(topic, &[with("Allow")], &[condition], allowed));
    let denied = denied_if(condition.holds);
    let deny = with("Deny");
    cases.push(case(topic, &[deny, allow_all()], &[condition], denied));
}

/// A Deny counts wherever it stands; elsewhere it stands first.
fn order(cases: &mut Vec<Case>) {
    for (action, is_match) in elements::ACTIONS {
        let action = format!(r#""Action":{action}"#);
        let deny = statement("Deny", &action, ANY_RESOURCE, &[]);
        let denied = denied_if(Some(*is_match));
        let statements = [allow_all(), deny];
        cases.push(case("Deny behind an Allow", &statements, &[], denied));
    }
}

fn allowed_if(is_met: Option<bool>) -> Option<Outcome> {
    is_met.map(|is_met| {
        if is_met {
            Outcome::Allowed
        } else {
            Outcome::ImplicitlyDenied
        }
    })
}

/// With a statement beside it that allows everything.
fn denied_if(is_met: Option<bool>) -> Option<Outcome> {
    is_met.map(|is_met| {
        if is_met {
            Outcome::ExplicitlyDenied
        } else {
            Outcome::Allowed
        }
    })
}
