//! Resources by themselves.

use super::{Row, lint, policy};
use crate::Kind::{Identity, Rcp, Resource, Trust};

pub(super) const ROWS: &[Row] = &[
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": ["bucket", "**", "a:b:c:d:e:f", ""]"#,
        &["INVALID_ARN_PREFIX"; 4],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3""#,
        &["MISSING_ARN_FIELD"],
    ),
    (
        Rcp,
        r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:*""#,
        &["MISSING_ARN_FIELD"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:amazon:s3:::a""#,
        &["INVALID_PARTITION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws-cn:s3:::a", "arn:*:s3:::b"]"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:*:::a", "arn:aws::::b"]"#,
        &["WILDCARD_IN_ARN_SERVICE"; 2],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:*:::a""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:S3:::a""#,
        &["INVALID_ARN_SERVICE_CASE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:eu-west-1:111122223333:accesspoint/a", "arn:aws:s3:eu-west-1:111122223333:a"]"#,
        &["ARN_REGION_NOT_ALLOWED"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam:eu-west-1:111122223333:role/a""#,
        &["ARN_REGION_NOT_ALLOWED"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "kms:Decrypt", "Resource": ["arn:aws:kms:euwest1:111122223333:key/a", "arn:aws:kms:EU-WEST-1:111122223333:key/a"]"#,
        &["INVALID_ARN_REGION"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "kms:Decrypt", "Resource": ["arn:aws:kms:eu-west-1:111122223333:key/a", "arn:aws-us-gov:kms:us-gov-east-1:111122223333:key/a", "arn:aws:kms:us-*:111122223333:key/a"]"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms::111122223333:key/a""#,
        &["MISSING_ARN_REGION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "kms:Decrypt", "Resource": ["arn:aws:kms:*:1234:key/a", "arn:aws:kms:*:me:key/a", "arn:aws:sqs:*:1234:a"]"#,
        &["INVALID_ARN_ACCOUNT"; 3],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:GetPolicy", "Resource": "arn:aws:iam::aws:policy/ReadOnlyAccess""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1::key/a""#,
        &["MISSING_ARN_ACCOUNT"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "kms:*", "Resource": ["arn:aws:kms:*:*:k/a", "arn:aws:secretsmanager:*:*:db-??????", "arn:aws:iam::*:roles/a"]"#,
        &["INVALID_ARN_RESOURCE"; 3],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:Get*", "Resource": ["arn:aws:iam::*:r*", "arn:aws:iam::*:?ser/x"]"#,
        &["POLICY_REFUSED"],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole", "Resource": "*""#,
        &["ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::a", "arn:aws:s3:::a/b", "arn:aws:s3:::a/*"]"#,
        &["REDUNDANT_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::${aws:username}", "arn:aws:s3:::*"]"#,
        &["REDUNDANT_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::${aws:username}", "arn:aws:s3:::a"]"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:secretmanager:*:*:secret:a", "arn:aws:sns:*:*:a", "arn:aws:fms:*:*:a"]"#,
        &["INVALID_SERVICE"],
    ),
    // Secrets.
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:db", "arn:aws:secretsmanager:*:*:secret:db-?????"]"#,
        &["SECRET_ARN_WITHOUT_SUFFIX"; 2],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "secretsmanager:GetSecretValue", "NotResource": "arn:aws:secretsmanager:*:*:secret:team/db""#,
        &["SECRET_ARN_WITHOUT_SUFFIX"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:*:*:secret:my-secret""#,
        &["SECRET_ARN_SUFFIX_DOUBTFUL"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:*:*:secret:db-*""#,
        &["SECRET_ARN_SUFFIX_TOO_WIDE"],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:*:*:secret:db-*""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": ["arn:aws:secretsmanager:*:*:secret:a-??????", "arn:aws:secretsmanager:*:*:secret:b-AbCdE1", "arn:aws:secretsmanager:*:*:secret:c/*", "arn:aws:secretsmanager:*:*:secret:d*"]"#,
        &[],
    ),
];

#[test]
fn messages_say_what_to_write() {
    for (resource, expected) in [
        (
            "arn:aws:secretsmanager:*:*:secret:db",
            "Write arn:aws:secretsmanager:*:*:secret:db-??????.",
        ),
        (
            "arn:aws:secretsmanager:*:*:secret:db-??",
            "Write arn:aws:secretsmanager:*:*:secret:db-??????.",
        ),
        (
            "arn:aws:secretsmanager:*:*:secret:db-*",
            "Write arn:aws:secretsmanager:*:*:secret:db-?????? for the one.",
        ),
        (
            "arn:aws:secretsmanager:*:*:secret/db",
            "the form is arn:*:secretsmanager:*:*:secret:*.",
        ),
        ("arn:aws:iam::*:rôle/x", "arn:*:iam::*:role/*"),
    ] {
        let text = policy(&format!(
            r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "{resource}""#
        ));
        let findings = lint(&text, Identity);
        assert!(
            findings[0].message.contains(expected),
            "{}",
            findings[0].message
        );
    }
}
