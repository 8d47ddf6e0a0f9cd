//! The document and its statements as such.

use super::{Row, check, lint, names, policy};
use crate::Kind::{self, Identity, Key, Rcp, Resource, Scp, Trust};

pub(super) const ROWS: &[Row] = &[
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*""#,
        &[],
    ),
    (
        Identity,
        "",
        &["MISSING_ACTION", "MISSING_EFFECT", "MISSING_RESOURCE"],
    ),
    (
        Resource,
        "",
        &[
            "MISSING_ACTION",
            "MISSING_EFFECT",
            "MISSING_PRINCIPAL",
            "MISSING_RESOURCE",
        ],
    ),
    (
        Trust,
        "",
        &["MISSING_ACTION", "MISSING_EFFECT", "MISSING_PRINCIPAL"],
    ),
    (
        Scp,
        "",
        &["MISSING_ACTION", "MISSING_EFFECT", "MISSING_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "allow", "Action": "s3:*", "Resource": "*""#,
        &["INVALID_EFFECT"],
    ),
    (
        Identity,
        r#""Effect": true, "Action": "s3:*", "Resource": "*""#,
        &["DATA_TYPE_MISMATCH"],
    ),
    (
        Identity,
        r#""Sid": "", "Effect": "Allow", "Action": "s3:*", "Resource": "*""#,
        &["EMPTY_SID_VALUE"],
    ),
    (
        Identity,
        r#""Sid": "a b", "Effect": "Allow", "Action": "s3:*", "Resource": "*""#,
        &["UNSUPPORTED_SID"],
    ),
    (
        Key,
        r#""Sid": "a b", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*""#,
        &[],
    ),
    (
        Identity,
        r#""Sid": 1, "Effect": "Allow", "Actions": "s3:*", "Resource": "*""#,
        &[
            "DATA_TYPE_MISMATCH",
            "INVALID_POLICY_ELEMENT",
            "MISSING_ACTION",
        ],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "NotAction": "kms:*", "Resource": "*", "NotResource": "*""#,
        &[
            "UNSUPPORTED_ELEMENT_COMBINATION",
            "UNSUPPORTED_ELEMENT_COMBINATION",
        ],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Effect": "Deny", "Action": "s3:*", "Resource": "*""#,
        &["DUPLICATE_ELEMENT"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": [], "Resource": []"#,
        &["EMPTY_ARRAY_ACTION", "EMPTY_ARRAY_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["s3:*", 1], "Resource": {"a": 1}"#,
        &["DATA_TYPE_MISMATCH", "DATA_TYPE_MISMATCH"],
    ),
    (
        Identity,
        "\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::\u{1f600}\"",
        &["UNSUPPORTED_CHARACTER"],
    ),
    (
        Resource,
        "\"Sid\": \"\u{1f600}\", \"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"",
        &[],
    ),
];

const ONE: &str = r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#;

/// Whole documents; `ONE` stands for a statement without faults.
pub(super) const DOCUMENTS: &[Row] = &[
    (Identity, "", &["JSON_SYNTAX_ERROR"]),
    (
        Identity,
        r#"{"Version": "2012-10-17",}"#,
        &["JSON_SYNTAX_ERROR"],
    ),
    (Identity, "[]", &["DATA_TYPE_MISMATCH"]),
    (Identity, "null", &["DATA_TYPE_MISMATCH"]),
    (Identity, "{}", &["MISSING_STATEMENT", "MISSING_VERSION"]),
    (
        Identity,
        r#"{"Version": "2012-10-17", "Statement": []}"#,
        &["MISSING_STATEMENT"],
    ),
    (
        Identity,
        r#"{"Version": "2012-10-17", "Statement": ONE}"#,
        &[],
    ),
    (
        Identity,
        r#"{"Version": "2012-10-17", "Id": "x", "Statement": [ONE]}"#,
        &[],
    ),
    (
        Identity,
        r#"{"Version": "2012-10-17", "Id": 1, "Statement": [ONE]}"#,
        &["DATA_TYPE_MISMATCH"],
    ),
    (
        Identity,
        r#"{"Version": "2012-10-17", "Statement": ["x", ONE, 1]}"#,
        &["DATA_TYPE_MISMATCH", "DATA_TYPE_MISMATCH"],
    ),
    (Identity, r#"{"Statement": [ONE]}"#, &["MISSING_VERSION"]),
    (Scp, r#"{"Statement": [ONE]}"#, &["MISSING_VERSION"]),
    (
        Identity,
        r#"{"Version": "2008-10-17", "Statement": [ONE]}"#,
        &["INVALID_VERSION"],
    ),
    (
        Identity,
        r#"{"Version": "2024-01-01", "Statement": [ONE]}"#,
        &["INVALID_VERSION"],
    ),
    (
        Identity,
        r#"{"Version": 2012, "Statement": [ONE]}"#,
        &["DATA_TYPE_MISMATCH"],
    ),
    (
        Identity,
        r#"{"version": "2012-10-17", "Statement": [ONE]}"#,
        &["INVALID_POLICY_ELEMENT", "MISSING_VERSION"],
    ),
    (
        Identity,
        r#"{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": ONE}"#,
        &["DUPLICATE_ELEMENT"],
    ),
    (
        Resource,
        r#"{"Version": "2008-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#,
        &[],
    ),
    (
        Trust,
        r#"{"Statement": {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}}"#,
        &["MISSING_VERSION"],
    ),
    (
        Identity,
        r#"{"Version": "2012-10-17", "Statement": [{"Sid": "a", "Effect": "Deny", "Action": "s3:a", "Resource": "*"}, {"Sid": "a", "Effect": "Deny", "Action": "s3:b", "Resource": "*"}]}"#,
        &["UNIQUE_SIDS_REQUIRED"],
    ),
    (
        Scp,
        r#"{"Version": "2012-10-17", "Statement": [{"Sid": "a", "Effect": "Deny", "Action": "s3:a", "Resource": "*"}, {"Sid": "a", "Effect": "Deny", "Action": "s3:b", "Resource": "*"}]}"#,
        &["UNIQUE_SIDS_RECOMMENDED"],
    ),
];

/// Tested below, with generated texts.
pub(super) const MEASURED: [&str; 6] = [
    "LINT_INCOMPLETE",
    "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
    "POLICY_SIZE_EXCEEDS_RCP_QUOTA",
    "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
    "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
    "POLICY_SIZE_EXCEEDS_SCP_QUOTA",
];

#[test]
fn documents() {
    for (kind, text, expected) in DOCUMENTS {
        check(&text.replace("ONE", ONE), *kind, expected);
    }
}

#[test]
fn a_missing_version_is_an_error_where_aws_refuses_it() {
    for (kind, expected) in [
        (Identity, true),
        (Scp, true),
        (Rcp, true),
        (Resource, false),
        (Trust, false),
    ] {
        let findings = lint(r#"{"Statement": {}}"#, kind);
        let version = findings
            .iter()
            .find(|f| f.code.name == "MISSING_VERSION")
            .unwrap();
        assert_eq!(
            version.severity == super::Severity::Error,
            expected,
            "{kind:?}"
        );
    }
}

#[test]
fn sizes() {
    for (kind, limit, has_spaces, code) in [
        (
            Identity,
            6_144,
            false,
            "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
        ),
        (
            Trust,
            2_048,
            false,
            "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
        ),
        (Scp, 10_240, true, "POLICY_SIZE_EXCEEDS_SCP_QUOTA"),
        (Rcp, 5_120, true, "POLICY_SIZE_EXCEEDS_RCP_QUOTA"),
        (
            Resource,
            20_480,
            true,
            "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
        ),
        (
            Key,
            32_768,
            true,
            "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
        ),
    ] {
        let statement = statement(kind);
        let counted = |text: &str| match has_spaces {
            true => text.chars().count(),
            false => text.chars().filter(|c| !c.is_ascii_whitespace()).count(),
        };
        let sized = |size: usize| {
            let shortest = counted(&policy(&statement.replace("SID", "")));
            policy(&statement.replace("SID", &"é".repeat(size - shortest).replace('é', "a")))
        };
        assert_eq!(counted(&sized(limit)), limit);
        check(&sized(limit), kind, &[]);
        check(&sized(limit + 1), kind, &[code]);
        let spaced = sized(limit).replace("\"Statement\"", " \"Statement\"");
        let expected = [code];
        check(&spaced, kind, &expected[..usize::from(has_spaces)]);
        assert_eq!(names(&lint(&" ".repeat(131_073), kind)), [code]);
    }
}

fn statement(kind: Kind) -> &'static str {
    match kind {
        Identity | Scp => r#""Sid":"SID", "Effect": "Deny", "Action": "s3:*", "Resource": "*""#,
        Trust => {
            r#""Sid":"SID", "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole""#
        }
        _ => {
            r#""Sid":"SID", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*""#
        }
    }
}

#[test]
fn what_is_left_out_is_said() {
    let many = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
        ["1"; 3_000].join(",")
    );
    let findings = lint(&many, Identity);
    assert_eq!(findings.len(), 1_001);
    assert_eq!(findings[1_000].code.name, "LINT_INCOMPLETE");
    let patterns: Vec<_> = (0..4_000).map(|n| format!("\"s3:*a{n:04}b*x\"")).collect();
    let text = policy(&format!(
        r#""Effect": "Allow", "Action": [{}], "Resource": "*""#,
        patterns.join(",")
    ));
    assert!(names(&lint(&text, Identity)).contains(&"LINT_INCOMPLETE"));
}
