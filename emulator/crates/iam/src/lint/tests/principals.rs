//! Principals, who is let in by them, and trust policies.

use super::Row;
use crate::Kind::{Identity, Key, Resource, Trust};

pub(super) const ROWS: &[Row] = &[
    // Shape.
    (
        Identity,
        r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*""#,
        &["UNSUPPORTED_PRINCIPAL"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": "111122223333", "Action": "s3:*", "Resource": "*""#,
        &["INVALID_PRINCIPAL_FORMAT"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": ["*"], "Action": "s3:*", "Resource": "*""#,
        &["DATA_TYPE_MISMATCH"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": {}, "Action": "s3:*", "Resource": "*""#,
        &["EMPTY_OBJECT_PRINCIPAL"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": {"AWS": []}, "Action": "s3:*", "Resource": "*""#,
        &["EMPTY_ARRAY_PRINCIPAL"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": {"aws": "*"}, "Action": "s3:*", "Resource": "*""#,
        &["INVALID_PRINCIPAL_KEY"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": {"CanonicalUser": "abc"}, "Action": "s3:*", "Resource": "*""#,
        &["INVALID_PRINCIPAL_KEY"],
    ),
    // Forms.
    (
        Resource,
        r#""Effect": "Allow", "Principal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:user/a/b", "arn:aws:iam::111122223333:role/a", "arn:aws:sts::111122223333:assumed-role/a/b", "arn:aws:sts::111122223333:federated-user/a"]}, "Action": "s3:*", "Resource": "*""#,
        &[],
    ),
    (
        Resource,
        r#""Effect": "Allow", "Principal": {"AWS": ["1234", "arn:aws:iam::111122223333:group/a", "arn:aws:s3:::a", "lambda.amazonaws.com", "arn:aws:sts::111122223333:assumed-role/a", ""]}, "Action": "s3:*", "Resource": "*""#,
        &["INVALID_PRINCIPAL_FORMAT"; 6],
    ),
    (
        Resource,
        r#""Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:user/*", "arn:aws:iam::*:root"]}, "Action": "s3:*", "Resource": "*""#,
        &["UNSUPPORTED_WILDCARD_IN_PRINCIPAL"; 2],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": {"Service": ["*", "*.amazonaws.com"]}, "Action": "s3:*", "Resource": "*""#,
        &["UNSUPPORTED_WILDCARD_IN_PRINCIPAL"; 2],
    ),
    (
        Resource,
        r#""Effect": "Allow", "Principal": {"AWS": ["AROAEXAMPLEEXAMPLEEXA", "AIDAEXAMPLEEXAMPLEEXA"]}, "Action": "s3:*", "Resource": "*""#,
        &["INVALID_ROLE_REFERENCE", "INVALID_USER_REFERENCE"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": {"Service": ["lambda", "lambda.amazonaws.com"]}, "Action": "s3:*", "Resource": "*""#,
        &["INVALID_SERVICE_PRINCIPAL_FORMAT"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": {"Federated": "accounts.google.com"}, "Action": "s3:*", "Resource": "*""#,
        &["FEDERATED_PRINCIPAL_NOT_SUPPORTED"],
    ),
    (
        Trust,
        r#""Effect": "Deny", "Principal": {"Federated": ["google", "arn:aws:iam::111122223333:role/a"]}, "Action": "sts:AssumeRoleWithWebIdentity""#,
        &["INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY"; 2],
    ),
    // Exposure.
    (
        Resource,
        r#""Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*""#,
        &["BROAD_ACCESS"],
    ),
    (
        Key,
        r#""Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}"#,
        &["BROAD_ACCESS"],
    ),
    (
        Key,
        r#""Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Decrypt", "Resource": "*", "Condition": {"StringEquals": {"kms:CallerAccount": "111122223333", "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"}}"#,
        &[],
    ),
    (
        Resource,
        r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a"}}"#,
        &["BROAD_ACCESS"],
    ),
    (
        Resource,
        r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalArn": "*"}, "IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}"#,
        &["BROAD_ACCESS"],
    ),
    (
        Resource,
        r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a"}}"#,
        &[],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*""#,
        &[],
    ),
    (
        Resource,
        r#""Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*""#,
        &["ALLOW_WITH_NOTPRINCIPAL"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:user/a"}, "Action": "s3:*", "Resource": "*""#,
        &["DENY_WITH_INCOMPLETE_NOTPRINCIPAL"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/p/a"]}, "Action": "s3:*", "Resource": "*""#,
        &["DENY_WITH_INCOMPLETE_NOTPRINCIPAL"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*""#,
        &["DENY_WITH_INCOMPLETE_NOTPRINCIPAL"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:root", "arn:aws:sts::111122223333:assumed-role/a/s"]}, "Action": "s3:*", "Resource": "*""#,
        &["DENY_WITH_INCOMPLETE_NOTPRINCIPAL"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "NotPrincipal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:user/u", "arn:aws:iam::111122223333:role/p/a", "arn:aws:sts::111122223333:assumed-role/a/s"]}, "Action": "s3:*", "Resource": "*""#,
        &[],
    ),
    (
        Resource,
        r#""Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "s3:*", "Resource": "*""#,
        &["RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL"],
    ),
    (
        Resource,
        r#""Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}"#,
        &[],
    ),
    (
        Key,
        r#""Effect": "Allow", "Principal": {"Service": "logs.eu-west-1.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*", "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:*"}}"#,
        &[],
    ),
    // Trust.
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole""#,
        &[],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole""#,
        &[
            "BROAD_ACCESS",
            "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
        ],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a"}}"#,
        &[],
    ),
    (
        Trust,
        r#""Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole""#,
        &[
            "DENY_WITH_INCOMPLETE_NOTPRINCIPAL",
            "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
        ],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/a"}, "Action": "sts:AssumeRole""#,
        &["MISMATCHED_ACTION_FOR_PRINCIPAL"],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRoleWithSAML""#,
        &["MISMATCHED_ACTION_FOR_PRINCIPAL"],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/a"}, "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"], "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}"#,
        &[],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:role/p/a", "arn:aws:sts::111122223333:assumed-role/a/s", "arn:aws:sts::111122223333:assumed-role/b/s"]}, "Action": "sts:AssumeRole""#,
        &["REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY"],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"Federated": "accounts.google.com"}, "Action": "sts:AssumeRoleWithWebIdentity""#,
        &["MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL"],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"Federated": "accounts.google.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"accounts.google.com:aud": "a"}}"#,
        &[],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "*"}}"#,
        &["MISSING_GITHUB_REPO_CONDITION_KEY"],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:o/n:*"}}"#,
        &[],
    ),
];
