//! The limits of what IAM and STS take: each rule of the models is broken once and kept once.

use std::collections::BTreeSet;

use sekisho_contract::model::{self, Limits, Member, Shape};
use sekisho_contract::{Context, Target};

use crate::{ask, row, services};

/// Rules of the models that are not kept: service, member, kind of rule, and why not.
const KNOWN: &[(&str, &str, &str, &str)] = &[
    (
        "iam",
        "Marker",
        "max",
        "markers may need more characters than AWS's",
    ),
    ("iam", "Marker", "pattern", "a marker is judged as a whole"),
    (
        "iam",
        "NewPath",
        "pattern",
        "is told of as a path; AWS's words for it are not known",
    ),
    (
        "sts",
        "MinimumSessionTokenSize",
        "max",
        "is ignored: tokens have the size they have",
    ),
    ("sts", "ProvidedContexts", "max", NO_CONTEXTS),
    ("sts", "ProvidedContexts", "min", NO_CONTEXTS),
    ("sts", "ProvidedContexts", "pattern", NO_CONTEXTS),
];
const NO_CONTEXTS: &str = "is ignored: there is no IAM Identity Center";

/// Patterns that AWS was recorded to name where its model has another: service, the beginning of the
/// parameter, the pattern of the model, that of AWS.
const RECORDED: &[(&str, &str, &str, &str)] = &[
    (
        "iam",
        "",
        r"[\u0009\u000A\u000D\u0020-\u00FF]+",
        r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+",
    ),
    (
        "iam",
        "PolicyExclusionList",
        r"[\w+=,.@-]+",
        r".*[\w+=,.@-]+.*",
    ),
];

type Parameters = Vec<(String, String)>;

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

/// A rule of the model, and what breaks and what keeps it.
struct Rule {
    kind: &'static str,
    text: String,
    broken: Parameters,
    kept: Option<Parameters>,
}

#[tokio::test]
async fn every_rule_for_a_value_is_kept() {
    let c = Context::new(Target::from_env());
    let (mut offences, mut excused) = (Vec::new(), BTreeSet::new());
    for (service, model) in services() {
        for name in row(service).0 {
            let Some(input) = &model.operations[&name].input else {
                continue;
            };
            let mut required = Parameters::new();
            sample(input, "", &mut required);
            let mut places = Vec::new();
            walk(input, "", "", &mut places);
            for place in places {
                for rule in place.rules(service) {
                    let told = |parameters: Parameters| {
                        let others = required
                            .iter()
                            .filter(|(other, _)| !parameters[0].0.starts_with(other))
                            .cloned();
                        let parameters: Parameters = others.chain(parameters.clone()).collect();
                        let (c, name, rule, place) = (&c, &name, &rule, &place);
                        async move {
                            let answer = ask(c, service, name, &parameters).await;
                            answer.xml("Code").as_deref() == Some("ValidationError")
                                && place.is_told(rule, &answer.xml("Message").unwrap_or_default())
                        }
                    };
                    let is_refused = told(rule.broken.clone()).await;
                    let is_refused_early = match &rule.kept {
                        Some(kept) => told(kept.clone()).await,
                        None => false,
                    };
                    if is_refused && !is_refused_early {
                        continue;
                    }
                    let excuse = KNOWN.iter().find(|(of, member, kind, _)| {
                        (*of, *kind) == (service, rule.kind) && place.parameter.contains(member)
                    });
                    match excuse {
                        Some(excuse) => _ = excused.insert(*excuse),
                        None => offences.push(format!(
                            "{service}:{name} {}: {} ({is_refused}, {is_refused_early})",
                            place.parameter, rule.text
                        )),
                    }
                }
            }
        }
    }
    assert_eq!(offences, [""; 0]);
    let idle: Vec<_> = KNOWN.iter().filter(|it| !excused.contains(*it)).collect();
    assert!(idle.is_empty(), "nothing to excuse any longer: {idle:?}");
    let steps = c.recorder().steps();
    let offences: Vec<String> = steps.iter().flat_map(model::offences).collect();
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
    fn rules(&self, service: &str) -> Vec<Rule> {
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
                    let recorded = RECORDED.iter().find(|(of, start, model, _)| {
                        (*of, *model) == (service, pattern) && self.parameter.starts_with(start)
                    });
                    let pattern = recorded.map_or(&**pattern, |(.., recorded)| recorded);
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
                    let mut items = Parameters::new();
                    for number in 1..=number {
                        let item = format!("{}.member.{number}", self.parameter);
                        match &**of {
                            Shape::Structure(members) => {
                                let item = format!("{item}.{}", members[0].name);
                                sample(&members[0].shape, &item, &mut items);
                            }
                            of => sample(of, &item, &mut items),
                        }
                    }
                    items
                };
                bounds(limits, "length", items, &mut rules);
            }
            _ => {}
        }
        rules
    }

    fn is_told(&self, rule: &Rule, message: &str) -> bool {
        // IAM has words of its own for the characters of names and paths.
        let own = format!("The specified value for {} is invalid.", self.path);
        if rule.kind == "pattern" && message.starts_with(&own) {
            return true;
        }
        violations(message).any(|(path, told)| {
            path == self.path
                && match told.strip_prefix("Member must satisfy constraint: [") {
                    Some(told) => self.is_listed && told.contains(&rule.text),
                    None => !self.is_listed && words(told) == words(&rule.text),
                }
        })
    }
}

/// Words come in no known order.
fn words(rule: &str) -> BTreeSet<&str> {
    match rule.strip_prefix("Member must satisfy enum value set: [") {
        Some(words) => words.trim_end_matches(']').split(", ").collect(),
        None => BTreeSet::from([rule]),
    }
}

const ARN: &str = "arn:aws:iam::000000000000:policy/a";

/// Parameters for all that is required.
fn sample(shape: &Shape, parameter: &str, parameters: &mut Parameters) {
    let value = match shape {
        Shape::Structure(members) => {
            let dot = if parameter.is_empty() { "" } else { "." };
            for member in members.iter().filter(|member| member.is_required) {
                let parameter = format!("{parameter}{dot}{}", member.name);
                sample(&member.shape, &parameter, parameters);
            }
            return;
        }
        Shape::List(of, _) => return sample(of, &format!("{parameter}.member.1"), parameters),
        Shape::Text { words, .. } if !words.is_empty() => words[0].clone(),
        Shape::Text { .. } if parameter.ends_with("Arn") => ARN.to_owned(),
        Shape::Text { limits, .. } => {
            let least = limits.min.unwrap_or(1).max(1);
            "a".repeat(usize::try_from(least).unwrap())
        }
        Shape::Integer(limits) => limits.min.unwrap_or(1).to_string(),
        Shape::Boolean => "true".to_owned(),
        Shape::Map(_) | Shape::Blob(_) | Shape::Timestamp => return,
    };
    parameters.push((parameter.to_owned(), value));
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
