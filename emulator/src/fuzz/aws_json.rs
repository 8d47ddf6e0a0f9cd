//! Bodies of Secrets Manager. An input is lines of calls, made one after the other on one
//! emulator: an operation's name, a space, a JSON body. The name `*` stands for all operations.

use std::collections::HashSet;

use serde_json::Value;

use super::world::{World, call_json};
use crate::{Mode, secretsmanager};

/// More calls would only be slow.
const MOST_CALLS: usize = 12;

/// Marks what must stay secret, as the corpus has it in values, and the same in base64.
const SECRETS: [&str; 2] = ["hunter2-hunter2", "aHVudGVyMi1odW50ZXIy"];

/// What Secrets Manager and the layers in front of it may say without authentication.
const TYPES: [&str; 15] = [
    // Of a rotation function.
    "AccessDeniedException",
    "DecryptionFailure",
    "EncryptionFailure",
    "InvalidNextTokenException",
    "InvalidParameterException",
    "InvalidRequestException",
    "LimitExceededException",
    "MalformedPolicyDocumentException",
    "PreconditionNotMetException",
    "PublicPolicyException",
    "ResourceExistsException",
    "ResourceNotFoundException",
    "SerializationException",
    "UnknownOperationException",
    "ValidationException",
];

/// Every body is answered or refused by a known error that shows no secret value, and whatever
/// was done, the secrets stand as they should.
pub fn aws_json(data: &[u8]) {
    let emulator = World::new().emulator(Mode::Off);
    let mut disclosed = false;
    for line in data.split(|byte| *byte == b'\n').take(MOST_CALLS) {
        let space = line.iter().position(|byte| *byte == b' ');
        let (name, body) = line.split_at(space.unwrap_or(line.len()));
        let Ok(name) = std::str::from_utf8(name) else {
            continue;
        };
        disclosed |= is_disclosed(name, body);
        let names = match name {
            "*" => secretsmanager::TABLE
                .operations
                .iter()
                .map(|operation| operation.name)
                .collect(),
            name => vec![name],
        };
        for name in names {
            let Some((status, answer)) = call_json(&emulator, name, body) else {
                continue;
            };
            if status == 200 {
                assert!(answer.is_object(), "{name}: {answer}");
            } else {
                is_known_refusal(&answer, disclosed);
            }
        }
    }
    all_stands(call_json(
        &emulator,
        "ListSecrets",
        br#"{"IncludePlannedDeletion":true,"MaxResults":100}"#,
    ));
}

/// Whether a call shows a secret itself, in something that errors may quote.
fn is_disclosed(name: &str, body: &[u8]) -> bool {
    let holds = |text: &str| SECRETS.iter().any(|secret| text.contains(secret));
    let in_body = match serde_json::from_slice(body) {
        Ok(Value::Object(mut input)) => {
            input.remove("SecretString");
            input.remove("SecretBinary");
            // Decoded, as errors quote it.
            holds(&strings(&Value::Object(input)).join("\n"))
        }
        _ => false,
    };
    holds(name) || in_body
}

/// Every text in a value, keys included.
fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| [vec![key.as_str()], strings(value)].concat())
            .collect(),
        _ => Vec::new(),
    }
}

fn is_known_refusal(answer: &Value, disclosed: bool) {
    let kind = answer["__type"].as_str().unwrap_or_default();
    assert!(TYPES.contains(&kind), "{answer}");
    let text = answer.to_string();
    let shown = SECRETS.iter().any(|secret| text.contains(secret));
    assert!(disclosed || !shown, "{answer}");
}

/// No two secrets share an ARN or a name, and no two versions of one a label.
fn all_stands(listed: Option<(u16, Value)>) {
    let Some((200, listed)) = listed else {
        panic!("{listed:?}");
    };
    let (mut names, mut arns) = (HashSet::new(), HashSet::new());
    for secret in listed["SecretList"].as_array().into_iter().flatten() {
        assert!(names.insert(secret["Name"].to_string()), "{listed}");
        assert!(arns.insert(secret["ARN"].to_string()), "{listed}");
        let versions = secret["SecretVersionsToStages"].as_object();
        let labels = versions
            .into_iter()
            .flatten()
            .flat_map(|(_, v)| v.as_array());
        let mut seen = HashSet::new();
        assert!(
            labels.flatten().all(|label| seen.insert(label.to_string())),
            "{listed}"
        );
    }
}
