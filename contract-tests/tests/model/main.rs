//! The emulator's operations are those of AWS's models, and take what the models have them take.
#![allow(clippy::unwrap_used)]

mod answers;
mod members;
mod rules;

use std::collections::BTreeSet;

use sekisho_contract::model::{IAM, MODEL, STS, Service};
use sekisho_contract::{Answer, Context, Credentials, Raw, Target};

/// A row of the table of operations: those there are, and the column of those there are not yet.
fn row(service: &str) -> (BTreeSet<String>, String) {
    let table = sekisho::operations_markdown();
    let start = format!("| `{service}` |");
    let row = table.lines().find(|row| row.starts_with(&start)).unwrap();
    let columns: Vec<&str> = row.split('|').map(str::trim).collect();
    let names = columns[2].split(", ").map(str::to_owned).collect();
    (names, columns[3].to_owned())
}

/// A call as whoever may do everything.
async fn ask(
    c: &Context,
    service: &'static str,
    operation: &str,
    parameters: &[(String, String)],
) -> Answer {
    ask_as(c, c.target().root(), service, operation, parameters).await
}

async fn ask_as(
    c: &Context,
    who: &Credentials,
    service: &'static str,
    operation: &str,
    parameters: &[(String, String)],
) -> Answer {
    let parameters: Vec<(&str, &str)> = parameters
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    Raw::query(service, operation, &parameters)
        .signed_by(who)
        .send(c)
        .await
}

fn services() -> [(&'static str, &'static Service); 2] {
    [("iam", &*IAM), ("sts", &*STS)]
}

#[test]
fn secrets_manager_has_the_operations_of_the_model() {
    let (names, missing) = row("secretsmanager");
    let expected: BTreeSet<String> = MODEL.operations.keys().cloned().collect();
    assert_eq!(names, expected);
    assert_eq!(missing, "–", "none is missing");
}

/// What is missing is told by its answer. Were one among it that the model does not have, there
/// would be fewer such answers than the table counts.
#[tokio::test]
async fn iam_and_sts_have_the_operations_of_the_models_or_say_that_they_have_not() {
    let c = Context::new(Target::in_process());
    for (service, model) in services() {
        let (names, missing) = row(service);
        let mut told = BTreeSet::new();
        for name in model.operations.keys() {
            let answer = ask(&c, service, name, &[]).await;
            let text = format!("Sekisho does not implement {service}:{name} yet.");
            if answer.xml("Message").as_deref() == Some(&text) {
                assert_eq!(answer.xml("Code").as_deref(), Some("InvalidAction"));
                told.insert(name.clone());
            }
        }
        let counted = match missing.strip_suffix(" others") {
            Some(number) => number.parse().unwrap(),
            None => missing.split(", ").filter(|name| *name != "–").count(),
        };
        assert_eq!(
            told.len(),
            counted,
            "{service} is missing {missing}; {told:?}"
        );
        assert!(
            names.is_disjoint(&told),
            "{service}: {names:?} and {told:?}"
        );
        let both: BTreeSet<&String> = names.union(&told).collect();
        assert_eq!(both, model.operations.keys().collect(), "{service}");
    }
}
