//! AWS's model of Secrets Manager as far as answers go, and what of an exchange is not in it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::Step;

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
    let text = include_str!("../../fixtures/models/secretsmanager.json");
    serde_json::from_str(text).expect("the model is JSON of this form")
});

/// What of an answer the model does not have: members, types, nothings where nothing should be, and
/// errors of other operations. Exchanges with other services have nothing to be held against.
pub fn offences(step: &Step) -> Vec<String> {
    let operation = step.operation.rsplit(' ').next().unwrap_or_default();
    let operation = operation.strip_prefix("secretsmanager.");
    let Some(operation) = operation.and_then(|name| MODEL.operations.get(name)) else {
        return Vec::new();
    };
    let mut offences = Vec::new();
    match (step.status, &operation.output) {
        (None, _) => {}
        (Some(200), Value::Null) if !step.output.is_null() => {
            offences.push("a body where there is none".to_owned());
        }
        (Some(200), Value::Null) => {}
        (Some(200), output) => compare("", &step.output, output, &mut offences),
        _ => {
            let code = step.output["__type"].as_str().unwrap_or_default();
            let is_known = OF_ALL.contains(&code) || operation.errors.iter().any(|it| it == code);
            if !is_known {
                offences.push(format!("{code:?} is no error of this operation"));
            }
        }
    }
    offences
        .into_iter()
        .map(|offence| format!("{step}: {offence}"))
        .collect()
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

    fn of(operation: &str, status: u16, output: Value) -> usize {
        let step = Step {
            operation: operation.to_owned(),
            input: Value::Null,
            status: Some(status),
            output,
        };
        offences(&step).len()
    }

    #[test]
    fn what_is_not_in_the_model_is_found() {
        let describe = "secretsmanager.DescribeSecret";
        let good = json!({"ARN": "a", "CreatedDate": 1.5, "Tags": [{"Key": "k", "Value": ""}],
            "VersionIdsToStages": {"1": ["AWSCURRENT"]}, "RotationEnabled": false});
        assert_eq!(of(describe, 200, good), 0);
        for bad in [
            json!({"Arn": "a"}),
            json!({"ARN": ""}),
            json!({"ARN": null}),
            json!({"CreatedDate": "2026-11-28"}),
            json!({"Tags": [{"Key": "k", "Values": ""}]}),
            json!({"VersionIdsToStages": {"1": "AWSCURRENT"}}),
        ] {
            assert_eq!(of(describe, 200, bad.clone()), 1, "{bad}");
        }
        let refusal = |code: &str| json!({"__type": code, "Message": "m"});
        assert_eq!(of(describe, 400, refusal("ResourceNotFoundException")), 0);
        assert_eq!(of(describe, 400, refusal("AccessDeniedException")), 0);
        assert_eq!(of(describe, 400, refusal("ResourceExistsException")), 1);
        let tag = "secretsmanager secretsmanager.TagResource";
        assert_eq!((of(tag, 200, Value::Null), of(tag, 200, json!({}))), (0, 1));
        assert_eq!(of("iam GetUser", 400, json!("anything")), 0);
    }
}
