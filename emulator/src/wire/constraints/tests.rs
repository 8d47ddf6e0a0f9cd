//! AWS's texts for each violated constraint.

use serde_json::json;

use super::*;
use crate::wire::Pattern;

const WORD: Pattern = Pattern {
    text: "[a-z]+",
    matches: |text| text.bytes().all(|byte| byte.is_ascii_lowercase()),
};
const MEMBERS: &[Member] = &[
    Member::string("SecretId", 1, 8).required(),
    Member::string("SecretString", 1, 4).sensitive(),
    Member::new("SecretBinary", Shape::Blob { min: 1, max: 2 }).sensitive(),
    Member::integer("MaxResults", 1, 100),
    Member::boolean("Force"),
    Member::new("Word", Shape::pattern(0, 99, WORD)),
    Member::new("SortOrder", Shape::one_of(&["asc", "desc"])),
    Member::new(
        "Tags",
        Shape::List {
            of: &Shape::Structure(TAG),
            min: 1,
            max: 2,
        },
    ),
];
const TAG: &[Member] = &[
    Member::string("Key", 1, 3).required(),
    Member::string("Value", 0, 3),
];

fn refused(input: Value) -> String {
    let Value::Object(mut map) = input else {
        panic!("an object")
    };
    match check(Protocol::Json, MEMBERS, &mut map) {
        Ok(()) => "accepted".to_owned(),
        Err(Refused::Type(text)) => text,
        Err(Refused::Constraints(violations)) => violations.to_string(),
    }
}

#[test]
fn texts_are_aws_s() {
    for (input, text) in [
        (json!({"SecretId": "x", "Unknown": {"a": [1]}}), "accepted"),
        (json!({"SecretId": "x", "Force": null}), "accepted"),
        (
            json!({}),
            "1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be null",
        ),
        (
            json!({"SecretId": null}),
            "1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be null",
        ),
        (
            json!({"SecretId": ""}),
            "1 validation error detected: Value '' at 'secretId' failed to satisfy constraint: Member must have length greater than or equal to 1",
        ),
        (
            json!({"SecretId": "x", "SecretString": "hunter2"}),
            "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 4",
        ),
        (
            json!({"SecretId": "x", "SecretBinary": "YWJj"}),
            "1 validation error detected: Value at 'secretBinary' failed to satisfy constraint: Member must have length less than or equal to 2",
        ),
        (
            json!({"SecretId": "x", "MaxResults": 5000}),
            "1 validation error detected: Value '5000' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
        ),
        (
            json!({"SecretId": "x", "Word": "A"}),
            "1 validation error detected: Value 'A' at 'word' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+",
        ),
        (
            json!({"SecretId": "x", "SortOrder": "up"}),
            "1 validation error detected: Value 'up' at 'sortOrder' failed to satisfy constraint: Member must satisfy enum value set: [asc, desc]",
        ),
        (
            json!({"SecretId": "x", "Tags": []}),
            "1 validation error detected: Value '[]' at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1",
        ),
        (
            json!({"SecretId": "x", "Tags": [{"Key": "ok"}, {"Value": "four"}]}),
            "2 validation errors detected: Value null at 'tags.2.member.key' failed to satisfy constraint: Member must not be null; Value 'four' at 'tags.2.member.value' failed to satisfy constraint: Member must have length less than or equal to 3",
        ),
        (
            json!({"SecretId": 5}),
            "NUMBER_VALUE can not be converted to a String",
        ),
        (
            json!({"SecretId": "x", "Force": "true"}),
            "STRING_VALUE can not be converted to a Boolean",
        ),
        (
            json!({"SecretId": "x", "SecretBinary": "?"}),
            "Invalid base64 in a blob",
        ),
    ] {
        assert_eq!(refused(input.clone()), text, "{input}");
    }
}

#[test]
fn numbers_are_cut_to_whole_ones() {
    for (number, read) in [
        (json!(7), Some(7)),
        (json!(7.9), Some(7)),
        (json!(-1.5), Some(-1)),
        (json!(1e300), None),
    ] {
        assert_eq!(whole(&number), read);
    }
}
