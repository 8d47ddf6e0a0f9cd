//! Asking the emulator, and what it says beside what it should say.

use serde_json::{Value, json};

use super::compare::{append, plain};
use super::reference::{Answer, Ask};
use super::wire::{self, Credentials};
use super::{look, records};
use crate::Emulator;

/// What is wrong, in words.
pub(super) type Outcome = Result<(), String>;

/// What a request is answered, or the code that it is refused with.
pub(super) type Got = Result<Value, String>;

/// There is hardly a page for each thing that there is.
const MOST_PAGES: usize = 40;

/// All pages of a list as one; other answers as they are.
pub(super) fn ask_pages(open: &Emulator, asked: &Ask) -> Result<Got, String> {
    let mut input = asked.input.clone();
    let mut whole = Value::Null;
    for _ in 0..MOST_PAGES {
        let page = match ask(open, asked, &input)? {
            Ok(page) => page,
            refused => return Ok(refused),
        };
        records::page_is_full(&input, &page)?;
        let next = page["Marker"].clone();
        append(&mut whole, page);
        if next.is_null() {
            if let Some(members) = whole.as_object_mut() {
                members.remove("IsTruncated");
                members.remove("Marker");
            }
            return Ok(Ok(whole));
        }
        input["Marker"] = next;
    }
    Err(format!("{asked:?} has pages without end"))
}

/// A request of the root user of an account.
pub(super) fn ask(open: &Emulator, ask: &Ask, input: &Value) -> Result<Got, String> {
    let (root, operation) = (Credentials::of_root(ask.account), &ask.operation);
    if !operation.ends_with("ResourcePolicy") {
        let answer = wire::ask(open, &root, "iam", operation, input);
        let answer = outcome(operation, answer)?;
        return Ok(match operation.as_str() {
            "GetAccountSummary" => answer.map(look::counts),
            _ => answer,
        });
    }
    let mut input = input.clone();
    input["SecretId"] = json!("s");
    let answer = wire::ask(open, &root, "secretsmanager", operation, &input);
    let policy = |answer: Value| json!({"ResourcePolicy": answer["ResourcePolicy"]});
    Ok(outcome(operation, answer)?.map(policy))
}

/// What an answer says, or the code that it refuses with. Nothing ever goes wrong inside.
pub(super) fn outcome(operation: &str, (status, mut answer): (u16, Value)) -> Result<Got, String> {
    let code = answer["Error"]["Code"]
        .as_str()
        .or(answer["__type"].as_str());
    let code = code.map(str::to_owned);
    match (status, code) {
        (200, None) if answer["ResponseMetadata"].is_object() => {
            let result = answer.get_mut(format!("{operation}Result"));
            Ok(Ok(result.map(Value::take).unwrap_or_default()))
        }
        (200, None) => Ok(Ok(answer)),
        (400..=499, Some(code)) => Ok(Err(code)),
        (status, _) => Err(format!("{operation} is answered {status}: {answer}")),
    }
}

pub(super) fn same(asked: &str, got: &Got, wanted: Answer) -> Outcome {
    let got = got.clone().map(plain);
    let wanted = wanted.map(plain);
    let is_same = match (&got, &wanted) {
        (Ok(got), Ok(wanted)) => got == wanted,
        (Err(code), Err(codes)) => codes.contains(&code.as_str()),
        _ => false,
    };
    match is_same {
        true => Ok(()),
        false => Err(format!(
            "{asked}\n  is answered {got:?}\n  and not {wanted:?}"
        )),
    }
}

pub(super) fn credentials(shown: &Value) -> Credentials {
    let text = |member: &str| shown[member].as_str().map(str::to_owned);
    Credentials {
        id: text("AccessKeyId").unwrap_or_default(),
        secret: text("SecretAccessKey"),
        token: text("SessionToken"),
    }
}
