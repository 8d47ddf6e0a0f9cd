//! The limits of what IAM and STS take: each rule of the models is broken once and kept once.

use std::collections::BTreeSet;

use sekisho_contract::model::{Limits, Member, Shape, offences};
use sekisho_contract::{Context, Target};

use crate::{ask, row, services};

/// Rules of the models that are not kept, and why.
const KNOWN: &[(&str, &str, &str)] = &[];

/// Something that the model bounds.
struct Place<'a> {
    /// The parameter that holds it.
    parameter: String,
    /// What messages call it.
    path: String,
    /// Whether it is a text of a list: then messages are about the list, and tell all rules.
    is_listed: bool,
    shape: &'a Shape,
}

/// A rule of the model, and parameters to which it does or does not apply.
struct Rule {
    kind: &'static str,
    text: String,
    broken: Vec<(String, String)>,
    kept: Option<Vec<(String, String)>>,
}

#[tokio::test]
async fn every_rule_for_a_value_is_kept() {
    let c = Context::new(Target::from_env());
    let mut found = BTreeSet::new();
    for (service, model) in services() {
        for name in row(service).0 {
            let Some(input) = &model.operations[&name].input else {
                continue;
            };
            let mut places = Vec::new();
            walk(input, "", "", &mut places);
            for place in places {
                for rule in place.rules() {
                    let mut note = |what: &str| {
                        let (parameter, kind) = (&place.parameter, rule.kind);
                        found.insert(format!("{service}:{name} {parameter} {kind}{what}"));
                    };
                    let answer = ask(&c, service, &name, &rule.broken).await;
                    if answer.xml("Code").as_deref() != Some("ValidationError")
                        || !place.is_told(&rule.text, &answer.xml("Message").unwrap_or_default())
                    {
                        note("");
                    }
                    if let Some(kept) = &rule.kept {
                        let answer = ask(&c, service, &name, kept).await;
                        if place.is_told(&rule.text, &answer.xml("Message").unwrap_or_default()) {
                            note(" too early");
                        }
                    }
                }
            }
        }
    }
    let known: BTreeSet<String> = KNOWN
        .iter()
        .map(|(place, kind, _)| format!("{place} {kind}"))
        .collect();
    let new: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "not as the model has it: {new:#?}\nnot to be excused any longer: {gone:#?}"
    );
    let offences: Vec<String> = c.recorder().steps().iter().flat_map(offences).collect();
    assert_eq!(offences, [""; 0]);
}

#[tokio::test]
async fn what_is_required_is_asked_for() {
    const NULL: &str = "Member must not be null";
    let c = Context::new(Target::from_env());
    let mut offences = Vec::new();
    for (service, model) in services() {
        for name in row(service).0 {
            let Some(input) = &model.operations[&name].input else {
                continue;
            };
            for (place, required) in structures(input) {
                // A parameter that nobody knows makes the structure that it is in.
                let marker = [(format!("{}Nothing", place.parameter), "a".to_owned())];
                let answer = ask(&c, service, &name, &marker).await;
                let message = answer.xml("Message").unwrap_or_default();
                let asked: BTreeSet<String> = violations(&message)
                    .filter(|(_, rule)| *rule == NULL)
                    .map(|(path, _)| path.to_owned())
                    .collect();
                let inside = asked.iter().filter(|path| path.starts_with(&place.path));
                let inside: BTreeSet<String> = inside.cloned().collect();
                if inside != required {
                    offences.push(format!("{service}:{name} {inside:?}, and not {required:?}"));
                }
            }
        }
    }
    assert_eq!(offences, [""; 0]);
}

impl Place<'_> {
    fn rules(&self) -> Vec<Rule> {
        let one = |value: String| vec![(self.parameter.clone(), value)];
        let mut rules = Vec::new();
        match self.shape {
            Shape::Text {
                limits,
                pattern,
                words,
            } => {
                let text = |number: i64| one("a".repeat(usize::try_from(number).unwrap()));
                bounds(limits, "length", text, &mut rules);
                if let Some(pattern) = pattern {
                    let least = usize::try_from(limits.min.unwrap_or(1).max(1)).unwrap();
                    rules.push(Rule {
                        kind: "pattern",
                        text: format!("Member must satisfy regular expression pattern: {pattern}"),
                        broken: one("\u{1}".repeat(least)),
                        kept: None,
                    });
                }
                if !words.is_empty() {
                    rules.push(Rule {
                        kind: "words",
                        text: format!("Member must satisfy enum value set: [{}]", words.join(", ")),
                        broken: one("a".to_owned()),
                        kept: Some(one(words[0].clone())),
                    });
                }
            }
            Shape::Integer(limits) => {
                bounds(
                    limits,
                    "value",
                    |number| one(number.to_string()),
                    &mut rules,
                );
            }
            Shape::List(of, limits) => {
                let items = |number: i64| {
                    if number == 0 {
                        return one(String::new());
                    }
                    let inside = match &**of {
                        Shape::Structure(members) => format!(".{}", members[0].name),
                        _ => String::new(),
                    };
                    let item = |number| format!("{}.member.{number}{inside}", self.parameter);
                    (1..=number).map(|it| (item(it), "a".to_owned())).collect()
                };
                bounds(limits, "length", items, &mut rules);
            }
            _ => {}
        }
        rules
    }

    fn is_told(&self, text: &str, message: &str) -> bool {
        violations(message).any(|(path, rule)| {
            path == self.path
                && match rule.strip_prefix("Member must satisfy constraint: [") {
                    Some(rules) => self.is_listed && rules.contains(text),
                    None => !self.is_listed && rule == text,
                }
        })
    }
}

/// Rules for the least and the most of something.
fn bounds(
    limits: &Limits,
    what: &str,
    of: impl Fn(i64) -> Vec<(String, String)>,
    rules: &mut Vec<Rule>,
) {
    if let Some(max) = limits.max {
        rules.push(Rule {
            kind: "max",
            text: format!("Member must have {what} less than or equal to {max}"),
            broken: of(max + 1),
            kept: Some(of(max)),
        });
    }
    if let Some(min) = limits.min.filter(|min| *min > 0) {
        rules.push(Rule {
            kind: "min",
            text: format!("Member must have {what} greater than or equal to {min}"),
            broken: of(min - 1),
            kept: Some(of(min)),
        });
    }
}

/// What a message complains of: paths with the rules.
fn violations(message: &str) -> impl Iterator<Item = (&str, &str)> {
    let (_, list) = message.split_once(" detected: ").unwrap_or_default();
    list.split("; ").filter_map(|violation| {
        let (place, rule) = violation.split_once("' failed to satisfy constraint: ")?;
        let (_, path) = place.rsplit_once(" at '")?;
        Some((path, rule))
    })
}

/// Everything that a shape bounds, the first of lists.
fn walk<'a>(shape: &'a Shape, parameter: &str, path: &str, places: &mut Vec<Place<'a>>) {
    let Shape::Structure(members) = shape else {
        return;
    };
    for Member { name, shape, .. } in members {
        let parameter = format!("{parameter}{name}");
        let path = format!("{path}{}", lower_first(name));
        place(shape, parameter, path, places);
    }
}

fn place<'a>(shape: &'a Shape, parameter: String, path: String, places: &mut Vec<Place<'a>>) {
    match shape {
        Shape::Structure(_) => walk(shape, &format!("{parameter}."), &format!("{path}."), places),
        Shape::List(of, _) => {
            let item = format!("{parameter}.member.1");
            match &**of {
                Shape::Text { .. } => places.push(Place {
                    parameter: item,
                    path: path.clone(),
                    is_listed: true,
                    shape: of,
                }),
                of => place(of, item, format!("{path}.1.member"), places),
            }
        }
        _ => {}
    }
    places.push(Place {
        parameter,
        path,
        is_listed: false,
        shape,
    });
}

/// The structures of an input, as the beginnings of their members' parameters and paths, with the
/// paths of what is required in each.
fn structures(input: &Shape) -> Vec<(Place<'_>, BTreeSet<String>)> {
    let mut places = vec![Place {
        parameter: String::new(),
        path: String::new(),
        is_listed: false,
        shape: input,
    }];
    walk(input, "", "", &mut places);
    let structures = places.into_iter().filter_map(|mut place| {
        let Shape::Structure(members) = place.shape else {
            return None;
        };
        if !place.path.is_empty() {
            place.parameter.push('.');
            place.path.push('.');
        }
        let required = members.iter().filter(|member| member.is_required);
        let required =
            required.map(|member| format!("{}{}", place.path, lower_first(&member.name)));
        let required = required.collect();
        Some((place, required))
    });
    structures.collect()
}

/// `UserName` → `userName`.
fn lower_first(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    format!("{}{rest}", first.to_lowercase())
}
