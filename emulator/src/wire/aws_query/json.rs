//! What STS answers to whoever accepts JSON only: the authenticator of EKS, and scripts. A layout that
//! AWS does not document and clients read; a date is the seconds since 1970.

use chrono::DateTime;
use serde::Serialize;
use serde_json::{Value, json};

use super::super::Fault;
use super::side;

/// The body of an answer.
pub fn body(
    operation: &str,
    request_id: &str,
    output: &impl Serialize,
) -> serde_json::Result<Vec<u8>> {
    let mut result = serde_json::to_value(output)?;
    if let Some(expiration) = result.pointer_mut(DATE) {
        let date = expiration.as_str().map(DateTime::parse_from_rfc3339);
        if let Some(Ok(date)) = date {
            *expiration = Value::from(date.timestamp() as f64);
        }
    }
    serde_json::to_vec(&json!({format!("{operation}Response"): {
        format!("{operation}Result"): result,
        "ResponseMetadata": {"RequestId": request_id},
    }}))
}

/// The one date in STS's answers.
const DATE: &str = "/Credentials/Expiration";

/// The body of a refusal.
pub fn error_body(fault: &Fault, request_id: &str) -> Vec<u8> {
    let error = json!({"Code": fault.code, "Message": fault.message, "Type": side(fault)});
    json!({"Error": error, "RequestId": request_id})
        .to_string()
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_refusals() {
        let output = json!({"Arn": "a", "Credentials": {"Expiration": "2026-11-29T01:02:03Z"}});
        let told: Value = serde_json::from_slice(&body("Take", "id", &output).unwrap()).unwrap();
        let result = json!({"Arn": "a", "Credentials": {"Expiration": 1_795_914_123.0}});
        let metadata = json!({"RequestId": "id"});
        assert_eq!(
            told,
            json!({"TakeResponse": {"TakeResult": result, "ResponseMetadata": metadata}})
        );
        let fault = Fault::modelled("AccessDenied", 403, "No.");
        let told: Value = serde_json::from_slice(&error_body(&fault, "id")).unwrap();
        let error = json!({"Code": "AccessDenied", "Message": "No.", "Type": "Sender"});
        assert_eq!(told, json!({"Error": error, "RequestId": "id"}));
    }
}
