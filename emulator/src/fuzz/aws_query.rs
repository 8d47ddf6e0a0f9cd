//! Forms of IAM and STS. An input is lines of forms, sent one after the other to one emulator.

use super::world::{World, call_query, element};
use crate::Mode;

/// More calls would only be slow.
const MOST_CALLS: usize = 12;

/// What IAM, STS and the layers in front of them may say without authentication.
const CODES: [&str; 12] = [
    "AccessDenied",
    "DeleteConflict",
    "EntityAlreadyExists",
    "InvalidAction",
    "InvalidInput",
    "LimitExceeded",
    "MalformedInput",
    "MalformedPolicyDocument",
    "MissingAction",
    "NoSuchEntity",
    "UnknownOperationException",
    "ValidationError",
];

/// Every form is answered or refused by a known error, and a secret access key is shown once, in
/// the answer that makes it.
pub fn aws_query(data: &[u8]) {
    let emulator = World::new().emulator(Mode::Off);
    let mut keys: Vec<String> = Vec::new();
    for form in data.split(|byte| *byte == b'\n').take(MOST_CALLS) {
        let (status, answer) = call_query(&emulator, form);
        assert!(!keys.iter().any(|key| answer.contains(key)), "{answer}");
        if status == 200 {
            keys.extend(element(&answer, "SecretAccessKey").map(str::to_owned));
        } else {
            let code = element(&answer, "Code").unwrap_or_default();
            assert!(CODES.contains(&code), "{answer}");
        }
    }
    for action in ["ListUsers", "ListPolicies"] {
        let form = format!("Action={action}&Version=2010-05-08");
        let (status, answer) = call_query(&emulator, form.as_bytes());
        assert_eq!(status, 200, "{answer}");
    }
}
