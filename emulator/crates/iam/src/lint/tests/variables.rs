//! Policy variables.

use super::{Row, check};
use crate::Kind::{Identity, Resource};

pub(super) const ROWS: &[Row] = &[
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a/${aws:username}/${aws:PrincipalTag/team, 'none'}/${*}${?}${$}""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"s3:prefix": "${AWS:UserName}/*"}, "ArnLike": {"aws:SourceArn": "arn:aws:s3:${aws:RequestedRegion}:${aws:PrincipalAccount}:a"}, "Bool": {"aws:SecureTransport": "${aws:ViaAWSService}"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:username""#,
        &["MISSING_BRACE_IN_VARIABLE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${}-${ }""#,
        &["EMPTY_VARIABLE"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${ aws:username}-${aws:username }""#,
        &["UNSUPPORTED_SPACE_IN_VARIABLE"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:username, none}-${aws:username, 'none}""#,
        &["MISSING_QUOTE_IN_VARIABLE"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:usernam}-${username}-${aws:PrincipalTag/${aws:username}}-${s3:prefix}""#,
        &["INVALID_VARIABLE"; 3],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:TagKeys}-${aws:PrincipalOrgPaths, 'x'}""#,
        &["VARIABLE_NEVER_RESOLVES"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:*:*:secret:${secretsmanager:Name}""#,
        &["VARIABLE_NEVER_RESOLVES"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["secretsmanager:GetSecretValue", "secretsmanager:CreateSecret"], "Resource": "arn:aws:secretsmanager:*:*:secret:${secretsmanager:Name}""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:${aws:username}", "Resource": "*""#,
        &["VARIABLE_UNSUPPORTED_IN_ELEMENT"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:user/${aws:username}"}, "Action": "s3:*", "Resource": "*""#,
        &["VARIABLE_UNSUPPORTED_IN_ELEMENT"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/${aws:username}": "a"}}"#,
        &["VARIABLE_UNSUPPORTED_IN_ELEMENT"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:${aws:RequestedRegion}:${aws:PrincipalAccount}:key/${aws:username}""#,
        &["VARIABLE_IN_ARN_PREFIX"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericEquals": {"aws:MultiFactorAuthAge": "${aws:PrincipalTag/age}"}, "DateLessThan": {"aws:CurrentTime": "${aws:PrincipalTag/end}"}, "IpAddress": {"aws:SourceIp": "${aws:PrincipalTag/ip}"}, "Null": {"aws:username": "${aws:SecureTransport}"}}"#,
        &["INVALID_VARIABLE_FOR_OPERATOR"; 4],
    ),
];

pub(super) const TESTED: [&str; 1] = ["VARIABLE_UNSUPPORTED_IN_VERSION"];

#[test]
fn the_version_decides() {
    let statement = r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:*",
        "Resource": "arn:aws:s3:::a/${aws:username}", "Condition": {"StringEquals": {"s3:prefix": ["${aws:username}", "${", "${x}"]}}}"#;
    let old = format!(r#"{{"Version": "2008-10-17", "Statement": {statement}}}"#);
    check(&old, Resource, &["VARIABLE_UNSUPPORTED_IN_VERSION"; 2]);
    let none = format!(r#"{{"Statement": {statement}}}"#);
    check(
        &none,
        Resource,
        &[
            "MISSING_VERSION",
            "VARIABLE_UNSUPPORTED_IN_VERSION",
            "VARIABLE_UNSUPPORTED_IN_VERSION",
        ],
    );
}
