//! What the models bound in inputs, with parameters that break and that keep each rule.

use std::collections::BTreeSet;

use sekisho_contract::model::{Limits, Member, Shape};

/// Patterns that AWS was recorded to name where its model has another: service, what is in the name of
/// the parameter, the pattern of the model, that of AWS.
const RECORDED: &[(&str, &str, &str, &str)] = &[
    (
        "iam",
        "Polic",
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

pub type Parameters = Vec<(String, String)>;

/// Something that the model bounds.
pub struct Place<'a> {
    /// The parameter that holds it.
    pub parameter: String,
    /// What messages call it.
    pub path: String,
    /// Whether it is a text of a list: then messages are about the list, and tell all rules.
    pub is_listed: bool,
    pub shape: &'a Shape,
}

/// A rule of the model, and what breaks and what keeps it.
pub struct Rule {
    pub kind: &'static str,
    pub text: String,
    pub broken: Parameters,
    pub kept: Option<Parameters>,
}

impl Place<'_> {
    /// All that the model bounds it by.
    pub fn rules(&self, service: &str) -> Vec<Rule> {
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
                    let recorded = RECORDED.iter().find(|(of, of_name, model, _)| {
                        (*of, *model) == (service, pattern) && self.parameter.contains(of_name)
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

    /// Whether a message tells of a rule for it.
    pub fn is_told(&self, rule: &Rule, message: &str) -> bool {
        // IAM has words of its own for the characters of names and paths.
        let own = format!("The specified value for {} is invalid.", self.path);
        if rule.kind == "pattern" && message.starts_with(&own) {
            return true;
        }
        violations(message).any(|(path, told)| {
            path == self.path
                && match told.strip_prefix("Member must satisfy constraint: [") {
                    Some(told) if rule.kind == "words" => {
                        self.is_listed && words(told) == words(&rule.text)
                    }
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
pub fn sample(shape: &Shape, parameter: &str, parameters: &mut Parameters) {
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
pub fn violations(message: &str) -> impl Iterator<Item = (&str, &str)> {
    let (_, list) = message.split_once(" detected: ").unwrap_or_default();
    list.split("; ").filter_map(|violation| {
        let (place, rule) = violation.split_once("' failed to satisfy constraint: ")?;
        let (_, path) = place.rsplit_once(" at '")?;
        Some((path, rule))
    })
}

/// Everything that a shape bounds, the first of lists.
pub fn walk<'a>(shape: &'a Shape, parameter: &str, path: &str, places: &mut Vec<Place<'a>>) {
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
pub fn structures(input: &Shape) -> Vec<(Place<'_>, BTreeSet<String>)> {
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
pub fn lower_first(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    format!("{}{rest}", first.to_lowercase())
}
