//! Statements beside others of the same policy.

use super::check;
use crate::Kind::{self, Identity, Resource, Trust};

pub(super) const TESTED: [&str; 3] = [
    "REDUNDANT_STATEMENT",
    "STATEMENT_MATCHES_NOTHING",
    "UNREACHABLE_STATEMENT",
];

/// Statements in the order of the policy, and what is found.
type Rows = &'static [(Kind, &'static [&'static str], &'static [&'static str])];

const ROWS: Rows = &[
    // Denied.
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "secretsmanager:Get*", "Resource": "arn:aws:secretsmanager:*:*:secret:a/*""#,
            r#""Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*""#,
        ],
        &["UNREACHABLE_STATEMENT"],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "secretsmanager:Get*", "Resource": "*""#,
            r#""Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}"#,
        ],
        &[],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": ["secretsmanager:Get*", "kms:Decrypt"], "Resource": "*""#,
            r#""Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*""#,
        ],
        &[],
    ),
    // Two denials do together what none does alone.
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": ["secretsmanager:Get*", "kms:Decrypt"], "Resource": "*""#,
            r#""Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*""#,
            r#""Effect": "Deny", "Action": "kms:*", "Resource": "*""#,
        ],
        &["UNREACHABLE_STATEMENT"],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::a/*""#,
            r#""Effect": "Deny", "NotAction": ["kms:*", "iam:*"], "Resource": "*""#,
        ],
        &["UNREACHABLE_STATEMENT"],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::a/*""#,
            r#""Effect": "Deny", "NotAction": ["kms:*", "iam:*"], "Resource": "*""#,
        ],
        &[],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a/*""#,
            r#""Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::b/*""#,
        ],
        &["UNREACHABLE_STATEMENT"],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:username}/*""#,
            r#""Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::b/*""#,
        ],
        &[],
    ),
    // What has no resource is not denied by an ARN.
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:*", "Resource": "*""#,
            r#""Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::*""#,
        ],
        &[],
    ),
    (
        Resource,
        &[
            r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*""#,
            r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*""#,
        ],
        &["UNREACHABLE_STATEMENT"],
    ),
    (
        Resource,
        &[
            r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*""#,
            r#""Effect": "Deny", "Principal": {"AWS": "444455556666"}, "Action": "s3:*", "Resource": "*""#,
        ],
        &[],
    ),
    (
        Trust,
        &[
            r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole""#,
            r#""Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole*""#,
        ],
        &["UNREACHABLE_STATEMENT"],
    ),
    // Said already.
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::a/*""#,
            r#""Effect": "Allow", "Action": ["s3:get*", "s3:Put*"], "Resource": "arn:aws:s3:::a/*""#,
        ],
        &["REDUNDANT_STATEMENT"],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*""#,
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*""#,
            r#""Effect": "Deny", "Action": "s3:Put*", "Resource": "*""#,
        ],
        &["REDUNDANT_STATEMENT"],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": ["a", "b"]}}"#,
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"StringEquals": {"AWS:username": ["b", "a"]}}"#,
        ],
        &["REDUNDANT_STATEMENT"],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "a"}}"#,
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "b"}}"#,
        ],
        &[],
    ),
    (
        Identity,
        &[
            r#""Effect": "Deny", "NotAction": ["s3:*", "kms:*"], "Resource": "*""#,
            r#""Effect": "Deny", "NotAction": "s3:*", "Resource": "*""#,
        ],
        &["REDUNDANT_STATEMENT"],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::${aws:username}""#,
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::a""#,
        ],
        &[],
    ),
    (
        Identity,
        &[
            r#""Effect": "Allow", "NotAction": ["s3:a", "*"], "Resource": "arn:aws:s3:::a""#,
            r#""Effect": "Allow", "Action": "s3:*", "NotResource": "*""#,
        ],
        &[
            "REDUNDANT_ACTION",
            "STATEMENT_MATCHES_NOTHING",
            "STATEMENT_MATCHES_NOTHING",
        ],
    ),
    (
        Resource,
        &[
            r#""Effect": "Deny", "NotPrincipal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::a""#,
        ],
        &["STATEMENT_MATCHES_NOTHING"],
    ),
    // A statement that could not be read is not compared.
    (
        Identity,
        &[
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"X": {"aws:username": "b"}}"#,
            r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*""#,
        ],
        &["INVALID_CONDITION_OPERATOR"],
    ),
];

#[test]
fn statements() {
    for (kind, statements, expected) in ROWS {
        let statements: Vec<_> = statements
            .iter()
            .map(|text| format!("{{{text}}}"))
            .collect();
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
            statements.join(",")
        );
        check(&text, *kind, expected);
    }
}
