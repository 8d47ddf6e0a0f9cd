//! Policies of up to 40 statements about several services: what an engine that looks statements up
//! must not miss, and must not find.

use super::dice::{Dice, glob};
use super::{Case, allowed_if};
use crate::question::{Outcome, Question};

/// What may be asked. Statements speak of something near one of these.
const ASKED: [(&str, &str); 6] = [
    (
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db-AbCdEf",
    ),
    (
        "secretsmanager:PutSecretValue",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/web-AbCdEf",
    ),
    (
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:us-east-1:999988887777:secret:t-AbCdEf",
    ),
    ("s3:GetObject", "arn:aws:s3:::bucket/team/report:1.txt"),
    ("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/0d99"),
    (
        "sns:Publish",
        "arn:aws:sns:eu-west-1:111122223333:team:topic",
    ),
];

pub fn add(cases: &mut Vec<Case>) {
    let mut dice = Dice::new(28_112_026);
    for _ in 0..300 {
        cases.push(case(&mut dice));
    }
}

fn case(dice: &mut Dice) -> Case {
    let (action, resource) = *dice.one(&ASKED);
    let (mut denies, mut allows) = (Vec::new(), Vec::new());
    let (mut is_denied, mut is_allowed) = (false, false);
    // Few policies say so much that one more statement changes nothing.
    let permille = *dice.one(&[0, 20, 100]);
    for _ in 0..1 + dice.below(40) {
        let (actions, names_action) = element(dice, "Action", action, action_near);
        let (resources, names_resource) = element(dice, "Resource", resource, resource_near);
        let applies = names_action && names_resource;
        let statement = |effect: &str| format!(r#"{{"Effect":"{effect}",{actions},{resources}}}"#);
        if dice.below(1_000) < permille {
            denies.push(statement("Deny"));
            is_denied |= applies;
        } else {
            allows.push(statement("Allow"));
            is_allowed |= applies;
        }
    }
    denies.extend(allows);
    Case {
        topic: "Random policies of many statements".to_owned(),
        policy: format!(
            r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
            denies.join(",")
        ),
        question: Question {
            action: action.to_owned(),
            resource: resource.to_owned(),
            facts: Vec::new(),
        },
        documented: if is_denied {
            Some(Outcome::ExplicitlyDenied)
        } else {
            allowed_if(Some(is_allowed))
        },
    }
}

/// One to three values, as JSON with their element, and whether they cover what is asked. Rarely
/// the negated element, which covers much.
fn element(
    dice: &mut Dice,
    name: &str,
    asked: &str,
    near: fn(&mut Dice, &str) -> (String, bool),
) -> (String, bool) {
    let values: Vec<(String, bool)> = (0..1 + dice.below(3)).map(|_| near(dice, asked)).collect();
    let is_match = values.iter().any(|(_, is_match)| *is_match);
    let values: Vec<String> = values
        .iter()
        .map(|(value, _)| format!("{value:?}"))
        .collect();
    let values = values.join(",");
    if dice.below(50) == 0 {
        (format!(r#""Not{name}":[{values}]"#), !is_match)
    } else {
        (format!(r#""{name}":[{values}]"#), is_match)
    }
}

fn action_near(dice: &mut Dice, asked: &str) -> (String, bool) {
    let (model, _) = *dice.one(&ASKED);
    let (service, name) = model.split_once(':').expect("an action has a service");
    let name = match dice.below(4) {
        0 => name.to_owned(),
        1 => "*".to_owned(),
        _ => dice.pattern(name, "GPeto"),
    };
    let pattern = format!("{service}:{name}");
    let is_match = glob(&pattern.to_lowercase(), &asked.to_lowercase());
    (pattern, is_match)
}

/// Its parts are matched one by one. The partition and the service have no wildcards.
fn resource_near(dice: &mut Dice, asked: &str) -> (String, bool) {
    let (_, model) = *dice.one(&ASKED);
    let mut parts: Vec<String> = model.splitn(6, ':').map(str::to_owned).collect();
    for (place, letters) in [(3, "ew1-"), (4, "129"), (5, "team/-:")] {
        match dice.below(6) {
            // A region and an account are not patterns where there are none.
            0 if !parts[place].is_empty() => parts[place] = "*".to_owned(),
            1 | 2 if !parts[place].is_empty() => {
                parts[place] = dice.pattern(&parts[place], letters);
            }
            _ => {}
        }
    }
    let asked = asked.splitn(6, ':');
    let is_match = parts.iter().zip(asked).all(|(part, text)| glob(part, text));
    (parts.join(":"), is_match)
}
