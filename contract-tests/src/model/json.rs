//! AWS's model of Secrets Manager as far as answers go, and what of an answer is not in it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::{Output, Step};

/// What operations answer.
#[derive(Deserialize)]
pub struct Model {
    /// The operations by name.
    pub operations: BTreeMap<String, Operation>,
}

/// What one operation answers.
#[derive(Deserialize)]
pub struct Operation {
    /// The members of its answer with their types; null if it has none.
    pub output: Value,
    /// The errors that the model names.
    pub errors: Vec<String>,
}

/// Errors that every operation has, and no model names.
const OF_ALL: [&str; 12] = [
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InternalFailure",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "RequestExpired",
    "SerializationException",
    "ThrottlingException",
    "UnknownOperationException",
    "UnrecognizedClientException",
    "ValidationException",
];

/// The model that is in `fixtures/models`.
#[allow(clippy::expect_used)]
pub static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let text = include_str!("../../../fixtures/models/secretsmanager.json");
    serde_json::from_str(text).expect("the model is JSON of this form")
});

/// What of an answer to an operation the model does not have: members, types, nothings where nothing
/// should be, and errors of other operations.
pub(super) fn offences(operation: &str, step: &Step) -> Vec<String> {
    let Some(operation) = MODEL.operations.get(operation) else {
        return Vec::new();
    };
    let mut offences = Vec::new();
    match (step.status, &operation.output, &step.output) {
        (None, ..) | (Some(200), Value::Null, Output::Nothing) => {}
        (Some(200), Value::Null, _) => offences.push("a body where there is none".to_owned()),
        (Some(200), shape, Output::Json(got)) => compare("", got, shape, &mut offences),
        (Some(200), ..) => offences.push("no JSON".to_owned()),
        (Some(_), _, output) => {
            let code = match output {
                Output::Json(body) => body["__type"].as_str(),
                _ => None,
            };
            let code = code.unwrap_or_default();
            let is_known = OF_ALL.contains(&code) || operation.errors.iter().any(|it| it == code);
            if !is_known {
                offences.push(format!("{code:?} is no error of this operation"));
            }
        }
    }
    offences
}

fn compare(path: &str, got: &Value, shape: &Value, offences: &mut Vec<String>) {
    match (got, shape) {
        (Value::Object(got), Value::Object(members)) => {
            for (name, value) in got {
                let path = format!("{path}.{name}");
                match members.get(name).or_else(|| members.get("*")) {
                    Some(shape) => compare(&path, value, shape, offences),
                    None => offences.push(format!("{path} is no member")),
                }
            }
        }
        (Value::Array(got), Value::Array(item)) => {
            for (number, value) in got.iter().enumerate() {
                compare(&format!("{path}[{number}]"), value, &item[0], offences);
            }
        }
        // The value of a tag, and a policy's password or value, may be anything but nothing.
        (Value::String(text), Value::String(kind)) if kind == "string" || kind == "blob" => {
            if text.is_empty() && !path.ends_with("].Value") {
                offences.push(format!("{path} is empty"));
            }
        }
        (Value::Number(_), Value::String(kind)) if kind == "timestamp" || kind == "long" => {}
        (Value::Bool(_), Value::String(kind)) if kind == "boolean" => {}
        _ => offences.push(format!("{path} is {got}, and not {shape}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(operation: &str, status: u16, body: &str) -> usize {
        let step = Step {
            operation: String::new(),
            input: Value::Null,
            status: Some(status),
            output: Output::read(body.as_bytes()),
        };
        offences(operation, &step).len()
    }

    #[test]
    fn what_is_not_in_the_model_is_found() {
        let describe = "DescribeSecret";
        let good = json!({"ARN": "a", "CreatedDate": 1.5, "Tags": [{"Key": "k", "Value": ""}],
            "VersionIdsToStages": {"1": ["AWSCURRENT"]}, "RotationEnabled": false});
        assert_eq!(of(describe, 200, &good.to_string()), 0);
        for bad in [
            json!({"Arn": "a"}),
            json!({"ARN": ""}),
            json!({"ARN": null}),
            json!({"CreatedDate": "2026-11-28"}),
            json!({"Tags": [{"Key": "k", "Values": ""}]}),
            json!({"VersionIdsToStages": {"1": "AWSCURRENT"}}),
        ] {
            assert_eq!(of(describe, 200, &bad.to_string()), 1, "{bad}");
        }
        let refusal = |code: &str| json!({"__type": code, "Message": "m"}).to_string();
        assert_eq!(of(describe, 400, &refusal("ResourceNotFoundException")), 0);
        assert_eq!(of(describe, 400, &refusal("AccessDeniedException")), 0);
        assert_eq!(of(describe, 400, &refusal("ResourceExistsException")), 1);
        let tag = "TagResource";
        assert_eq!((of(tag, 200, ""), of(tag, 200, "{}")), (0, 1));
        assert_eq!((of(describe, 200, ""), of(describe, 200, "<A/>")), (1, 1));
    }
}
