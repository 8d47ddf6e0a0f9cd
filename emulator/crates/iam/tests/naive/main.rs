//! The engine against a readable one, and the rules that hold for all policies.
#![allow(clippy::unwrap_used)]

mod spec;
mod worlds;

use proptest::prelude::*;
use sekisho_iam::{Change, Layer, NearestMiss, Outcome};
use spec::{Asked, World};
use worlds::{ask, requests, statements, worlds};

fn outcome(asked: &Asked, world: &World) -> Outcome {
    ask(asked, world).0.outcome
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn agrees_with_the_readable_one(world in worlds(), asked in requests()) {
        let (decision, trace) = ask(&asked, &world);
        prop_assert_eq!((decision.outcome, decision.layer), spec::decide(&asked, &world));
        prop_assert_eq!(trace.decision, decision, "{}", trace);
    }

    /// What decides is a statement that applies, the first of its layer; the trace shows it so.
    #[test]
    fn the_determining_statement_applies(world in worlds(), asked in requests()) {
        let (decision, trace) = ask(&asked, &world);
        let layer = trace.layers.iter().find(|layer| layer.layer == decision.layer);
        if let (Some(by), Some(layer)) = (decision.determining, layer) {
            let statement = &layer.policies[by.policy as usize].statements[by.statement as usize];
            prop_assert!(statement.applies && statement.misses() == 0);
        }
        for layer in &trace.layers {
            let refuses = decision.outcome == Outcome::ImplicitDeny && decision.layer == layer.layer;
            prop_assert!(!refuses || layer.must_allow && !layer.allows() || layer.layer == Layer::Resource);
        }
    }

    #[test]
    fn an_allow_never_takes_away(
        mut world in worlds(),
        asked in requests(),
        mut added in statements(true),
        place in 0..3_usize,
    ) {
        let before = outcome(&asked, &world);
        added.allow = true;
        add(&mut world, added, place);
        prop_assert!(before != Outcome::Allow || outcome(&asked, &world) == Outcome::Allow);
    }

    #[test]
    fn a_deny_never_gives(
        mut world in worlds(),
        asked in requests(),
        mut added in statements(true),
        place in 0..3_usize,
    ) {
        let before = outcome(&asked, &world);
        added.allow = false;
        add(&mut world, added, place);
        prop_assert!(before == Outcome::Allow || outcome(&asked, &world) != Outcome::Allow);
    }

    #[test]
    fn order_does_not_matter(world in worlds(), asked in requests()) {
        let mut turned = world.clone();
        let policies = [&mut turned.boundary, &mut turned.resource, &mut turned.endpoint];
        policies.into_iter().flatten().for_each(|policy| policy.reverse());
        let lists = turned.scp.iter_mut().chain(&mut turned.rcp).chain(&mut turned.session);
        for list in lists.chain([&mut turned.identity]) {
            list.reverse();
            list.iter_mut().for_each(|policy| policy.reverse());
        }
        turned.scp.reverse();
        let merged = World {
            identity: match world.identity.concat() {
                statements if statements.is_empty() => vec![],
                statements => vec![statements],
            },
            ..world.clone()
        };
        prop_assert_eq!(outcome(&asked, &world), outcome(&asked, &turned));
        prop_assert_eq!(outcome(&asked, &world), outcome(&asked, &merged));
    }

    /// Whatever is proposed turns the decision when it is done.
    #[test]
    fn a_nearest_miss_turns_the_decision(mut world in worlds(), mut asked in requests()) {
        let (decision, trace) = ask(&asked, &world);
        if let Some(miss) = trace.nearest_miss {
            prop_assert_eq!(miss.allows, !decision.is_allowed());
            if change(&miss, &mut world, &mut asked) {
                let turned = outcome(&asked, &world) == Outcome::Allow;
                prop_assert_eq!(turned, miss.allows, "{:?}", miss);
            }
        }
    }
}

/// Adds a statement to a policy that is there: a new layer would restrict.
fn add(world: &mut World, mut statement: spec::Statement, place: usize) {
    if place == 0 {
        match &mut world.resource {
            Some(policy) => policy.push(statement),
            None => world.resource = Some(vec![statement]),
        }
        return;
    }
    statement.principal = None;
    match (&mut world.boundary, place) {
        (Some(policy), 2) => policy.push(statement),
        _ => world.identity.push(vec![statement]),
    }
}

/// Does what a nearest miss proposes, where it says enough to do it: the policies of a list are told
/// apart by their places, which it does not have.
fn change(miss: &NearestMiss, world: &mut World, asked: &mut Asked) -> bool {
    match &miss.change {
        Change::SetKey { key, value } => {
            let mut known = asked
                .context
                .iter()
                .filter(|(known, ..)| known.eq_ignore_ascii_case(key));
            let is_many = known.any(|(_, _, is_many)| *is_many);
            asked
                .context
                .retain(|(known, ..)| !known.eq_ignore_ascii_case(key));
            asked
                .context
                .push((key.clone(), vec![value.clone()], is_many));
            return true;
        }
        Change::RemoveKey { key } => {
            asked
                .context
                .retain(|(known, ..)| !known.eq_ignore_ascii_case(key));
            return true;
        }
        _ => {}
    }
    let Some(place) = &miss.place else {
        return false;
    };
    let policy = match place.layer {
        Layer::Boundary => world.boundary.as_mut(),
        Layer::Resource => world.resource.as_mut(),
        Layer::Endpoint => world.endpoint.as_mut(),
        Layer::Identity if world.identity.len() == 1 => world.identity.first_mut(),
        _ => None,
    };
    let Some(statement) = policy.and_then(|policy| policy.get_mut(place.statement as usize)) else {
        return false;
    };
    match &miss.change {
        Change::Action(action) => statement.actions = (false, vec![action.clone()]),
        Change::Resource(resource) => statement.resources = Some((false, vec![resource.clone()])),
        Change::Principal(name) => statement.principal = Some((false, vec![name.clone()])),
        Change::DropCondition { .. } => statement.conditions.clear(),
        Change::DropStatement => statement.actions = (false, vec!["no:Such".to_owned()]),
        _ => return false,
    }
    true
}
