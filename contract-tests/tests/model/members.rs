//! The limits of what IAM and STS take: each rule of the models is broken once and kept once.

use std::collections::BTreeSet;

use sekisho_contract::model;
use sekisho_contract::{Context, Target};

use crate::rules::{Parameters, lower_first, sample, structures, violations, walk};
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
    ("sts", "ProvidedContexts", "max", NO_CONTEXTS),
    ("sts", "ProvidedContexts", "min", NO_CONTEXTS),
    ("sts", "ProvidedContexts", "pattern", NO_CONTEXTS),
    ("iam", "ContextProvider", "max", NO_CONTEXTS),
    ("iam", "ContextProvider", "min", NO_CONTEXTS),
    ("iam", "ContextProvider", "null", NO_CONTEXTS),
    ("iam", "IdentityCenterInstanceArn", "max", NO_CONTEXTS),
    ("iam", "IdentityCenterInstanceArn", "min", NO_CONTEXTS),
    (
        "iam",
        "Password",
        "null",
        "is required, says the documentation in the model",
    ),
];
const NO_CONTEXTS: &str = "is refused whatever it is: there is no IAM Identity Center";

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
            if name == "CreateLoginProfile" {
                required.push(("Password".to_owned(), "a".to_owned()));
            }
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
    assert_no_idle_excuse(&excused, |kind| kind != "null");
    let steps = c.recorder().steps();
    let offences: Vec<String> = steps.iter().flat_map(model::offences).collect();
    assert_eq!(offences, [""; 0]);
}

#[tokio::test]
async fn what_is_required_is_asked_for() {
    const NULL: &str = "Member must not be null";
    let c = Context::new(Target::from_env());
    let (mut offences, mut excused) = (Vec::new(), BTreeSet::new());
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
                for path in inside.symmetric_difference(&required) {
                    let excuse = KNOWN.iter().find(|(of, member, kind, _)| {
                        (*of, *kind) == (service, "null") && path.starts_with(&lower_first(member))
                    });
                    match excuse {
                        Some(excuse) => _ = excused.insert(*excuse),
                        None => offences.push(format!(
                            "{service}:{name} {path} (it is asked for: {})",
                            inside.contains(path)
                        )),
                    }
                }
            }
        }
    }
    assert_eq!(offences, [""; 0]);
    assert_no_idle_excuse(&excused, |kind| kind == "null");
}

fn assert_no_idle_excuse(
    excused: &BTreeSet<(&str, &str, &str, &str)>,
    is_of_kind: impl Fn(&str) -> bool,
) {
    let mut idle = KNOWN.iter().filter(|it| !excused.contains(*it));
    let idle = idle.find(|(_, _, kind, _)| is_of_kind(kind));
    assert_eq!(idle, None, "there is nothing to excuse any longer");
}
