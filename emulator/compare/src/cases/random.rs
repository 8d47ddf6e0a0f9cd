//! Cases drawn at random, always the same ones, each with its answer from a definition too simple
//! to be wrong.

use super::dice::{Dice, glob};
use super::{
    ANY_ACTION, Case, Condition, RESOURCE, allow_all, allowed_if, case, conditions, denied_if,
    elements, statement, under_condition,
};
use crate::question::Outcome;

pub fn add(cases: &mut Vec<Case>) {
    let mut dice = Dice::new(20_261_128);
    for _ in 0..100 {
        let text = dice.text("abc/-", 8);
        let pattern = dice.pattern(&text, "abc/-");
        let holds = glob(&pattern, &text);
        let values = format!("{pattern:?}");
        let condition = Condition::new("StringLike", values, Some(&text), Some(holds));
        under_condition(cases, "Random StringLike", &condition);
    }
    for _ in 0..100 {
        resource(cases, &mut dice);
    }
    for _ in 0..60 {
        let prefix = 8 + dice.below(25) as u32;
        let network = 0x0a00_0000 | dice.below(1 << 24) as u32;
        // Near the network's end or anywhere.
        let address = network ^ (1 << dice.below(24));
        let holds = (network ^ address).checked_shr(32 - prefix).unwrap_or(0) == 0;
        let mask = u32::MAX << (32 - prefix);
        let values = format!("\"{}/{prefix}\"", std::net::Ipv4Addr::from(network & mask));
        let address = std::net::Ipv4Addr::from(address).to_string();
        let operator = dice.one(&["IpAddress", "NotIpAddress"]);
        let holds = holds != operator.starts_with("Not");
        let condition = Condition::new(operator, values, Some(&address), Some(holds));
        under_condition(cases, "Random IpAddress", &condition);
    }
    for _ in 0..60 {
        let (value, bound) = (dice.number(), dice.number());
        let (operator, holds) = *dice.one(&[
            ("NumericEquals", value == bound),
            ("NumericNotEquals", value != bound),
            ("NumericLessThan", value < bound),
            ("NumericLessThanEquals", value <= bound),
            ("NumericGreaterThan", value > bound),
            ("NumericGreaterThanEquals", value >= bound),
        ]);
        let value = value.to_string();
        let condition = Condition::new(operator, format!("\"{bound}\""), Some(&value), Some(holds));
        under_condition(cases, "Random Numeric", &condition);
    }
    for _ in 0..200 {
        statements(cases, &mut dice);
    }
}

/// A pattern near the resource, in the part behind the fifth colon and in the region.
fn resource(cases: &mut Vec<Case>, dice: &mut Dice) {
    let parts: Vec<&str> = RESOURCE.splitn(6, ':').collect();
    let (region, last) = (parts[3], parts[5]);
    let letters = "abet1/:-";
    let (region_pattern, last_pattern) = if dice.below(3) == 0 {
        (dice.pattern(region, "ew1-"), last.to_owned())
    } else {
        (region.to_owned(), dice.pattern(last, letters))
    };
    let is_match = glob(&region_pattern, region) && glob(&last_pattern, last);
    let arn = format!(
        "arn:aws:secretsmanager:{region_pattern}:{}:{last_pattern}",
        parts[4]
    );
    let element = format!(r#""Resource":"{arn}""#);
    let allow = statement("Allow", ANY_ACTION, &element, &[]);
    let topic = "Random Resource";
    cases.push(case(topic, &[allow], &[], allowed_if(Some(is_match))));
    let deny = statement("Deny", ANY_ACTION, &element, &[]);
    cases.push(case(
        topic,
        &[deny, allow_all()],
        &[],
        denied_if(Some(is_match)),
    ));
}

const OF_TEXT: &[&[&str]] = &[
    &["StringEquals", "StringLike", "StringEqualsIgnoreCase"],
    &["StringNotEquals", "StringNotLike"],
];
const OF_OTHERS: &[&[&str]] = &[
    &["Bool"],
    &["NumericEquals", "NumericLessThan", "NumericGreaterThan"],
    &["IpAddress", "NotIpAddress"],
];

/// Up to four statements, each with an action, a resource and up to two conditions.
fn statements(cases: &mut Vec<Case>, dice: &mut Dice) {
    // What the request says of two keys; the conditions are those that the tables have of it.
    let families = [*dice.one(OF_TEXT), *dice.one(OF_OTHERS)];
    let conditions = families.map(|family| {
        let rows: Vec<_> = conditions::documented()
            .filter(|(operator, _)| family.contains(operator))
            .collect();
        let asked = dice.one(&rows).1.1;
        rows.into_iter()
            .filter(|(_, (_, value, _))| *value == asked)
            .map(|(operator, (values, value, holds))| {
                Condition::new(operator, values.to_owned(), value, Some(holds))
            })
            .collect::<Vec<_>>()
    });
    let mut denies = Vec::new();
    let mut allows = Vec::new();
    let (mut is_allowed, mut is_denied) = (false, false);
    for _ in 0..1 + dice.below(4) {
        let (action, action_matches) = match dice.below(2) {
            0 => *dice.one(elements::ACTIONS),
            _ => (r#""*""#, true),
        };
        let (resource, resource_matches) = match dice.below(2) {
            0 => *dice.one(elements::RESOURCES),
            _ => (r#""*""#, true),
        };
        let mut under: Vec<&Condition> = Vec::new();
        for of_key in &conditions {
            if dice.below(2) == 0 {
                under.push(dice.one(of_key));
            }
        }
        let applies =
            action_matches && resource_matches && under.iter().all(|c| c.holds == Some(true));
        let (action, resource) = (
            format!(r#""Action":{action}"#),
            format!(r#""Resource":{resource}"#),
        );
        if dice.below(3) == 0 {
            denies.push(statement("Deny", &action, &resource, &under));
            is_denied |= applies;
        } else {
            allows.push(statement("Allow", &action, &resource, &under));
            is_allowed |= applies;
        }
    }
    let documented = if is_denied {
        Some(Outcome::ExplicitlyDenied)
    } else {
        allowed_if(Some(is_allowed))
    };
    let facts: Vec<&Condition> = conditions.iter().map(|of_key| &of_key[0]).collect();
    denies.extend(allows);
    cases.push(case("Random statements", &denies, &facts, documented));
}
