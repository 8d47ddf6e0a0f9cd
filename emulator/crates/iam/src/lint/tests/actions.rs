//! Actions, alone and with resources, and what control policies may say of them.

use super::{Row, lint, policy};
use crate::Kind::{Identity, Key, Rcp, Resource, Scp, Trust};

pub(super) const ROWS: &[Row] = &[
    // Existence.
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValues", "Resource": "*""#,
        &["INVALID_ACTION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "SecretsManager:getsecretvalue", "Resource": "*""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:Fetch*", "Resource": "*""#,
        &["INVALID_ACTION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:*Secret*", "Resource": "*""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["GetSecretValue", "s3:a:b", "s3:", "s3:Get Object", "s3:A,s3:B"], "Resource": "*""#,
        &["INVALID_ACTION"; 5],
    ),
    (
        Identity,
        r#""Effect": "Allow", "NotAction": "kms:Decript", "Resource": "arn:aws:s3:::x""#,
        &["INVALID_ACTION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["secretmanager:GetSecretValue", "secrets-manager:ListSecrets", "ksm:Decrypt"], "Resource": "*""#,
        &["INVALID_SERVICE_IN_ACTION"; 3],
    ),
    // Neighbours that are services themselves.
    (
        Identity,
        r#""Effect": "Allow", "Action": ["sns:*", "dms:*", "ram:*", "kmsx:*", "fms:*", "s3:*"], "Resource": "*""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["*", "secrets*:Get*"], "Resource": "arn:aws:s3:::a""#,
        &["INVALID_ACTION", "REDUNDANT_ACTION"],
    ),
    (
        Resource,
        r#""Effect": "Deny", "Principal": "*", "Action": "secrets*:Get*", "Resource": "*""#,
        &["WILDCARD_IN_SERVICE_NAME"],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]"#,
        &[],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["sts:*", "s3:GetObject"]"#,
        &["UNSUPPORTED_ACTION_IN_POLICY"; 2],
    ),
    // Lists.
    (
        Identity,
        r#""Effect": "Allow", "Action": ["kms:Decrypt", "kms:decrypt"], "Resource": "*""#,
        &["REDUNDANT_ACTION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["kms:Decrypt", "kms:De*", "kms:D*", "s3:Get*"], "Resource": "*""#,
        &["REDUNDANT_ACTION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["kms:Decrypt", "kms:Encrypt", "kms:List*"], "Resource": "*""#,
        &[],
    ),
    // With resources.
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:s3:::bucket/*""#,
        &["ACTION_NEVER_MATCHES_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "secretsmanager:*Value", "Resource": "arn:aws:iam::111122223333:role/x""#,
        &["ACTION_NEVER_MATCHES_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:CreateUser", "Resource": "arn:aws:iam::111122223333:role/x""#,
        &["ACTION_NEVER_MATCHES_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:111122223333:alias/x""#,
        &["ACTION_NEVER_MATCHES_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:sts::111122223333:assumed-role/x/y""#,
        &["INVALID_ARN_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:user/y""#,
        &["ACTION_NEVER_MATCHES_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["secretsmanager:ListSecrets", "secretsmanager:GetSecretValue", "secretsmanager:GetRandomPassword"], "Resource": "arn:aws:secretsmanager:*:*:secret:a/*""#,
        &["ACTION_WITHOUT_RESOURCE_NEEDS_STAR"; 2],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "secretsmanager:BatchGetSecretValue", "Resource": "arn:aws:secretsmanager:*:*:secret:*""#,
        &["ACTION_WITHOUT_RESOURCE_NEEDS_STAR"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["secretsmanager:ListSecrets", "secretsmanager:GetSecretValue"], "Resource": ["arn:aws:secretsmanager:*:*:secret:a/*", "*"]"#,
        &["REDUNDANT_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:ListSecrets", "NotResource": "arn:aws:s3:::a""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:*", "Resource": "arn:aws:secretsmanager:*:*:secret:*""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:Get*", "Resource": ["arn:aws:secretsmanager:*:*:secret:*", "arn:aws:kms:*:*:key/*"]"#,
        &["RESOURCE_NEVER_MATCHES_ACTION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["secretsmanager:Get*", "s3:GetObject"], "Resource": ["arn:aws:secretsmanager:*:*:secret:*", "arn:aws:kms:*:*:key/*"]"#,
        &[],
    ),
    // IAM's lists do have a resource, whatever the reference says.
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:ListUsers", "Resource": "arn:aws:iam::111122223333:user/*""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:ListUsers", "Resource": "arn:aws:s3:::x""#,
        &["ACTION_WITHOUT_RESOURCE_NEEDS_STAR"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:*:*:secret:${aws:username}""#,
        &[],
    ),
    (
        Key,
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:Decrypt", "Resource": "arn:aws:s3:::x""#,
        &["ACTION_NEVER_MATCHES_RESOURCE"],
    ),
    (
        Resource,
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "secretsmanager:GetSecretValue", "Resource": "*""#,
        &[],
    ),
    // Roles handed on.
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:PassRole", "Resource": "*""#,
        &["PASS_ROLE_WITH_STAR_IN_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:passrole", "Resource": "arn:aws:iam::*:role/*""#,
        &["PASS_ROLE_WITH_STAR_IN_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::*:role/admin""#,
        &["PASS_ROLE_WITH_NOTRESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:Pass*", "Resource": "*""#,
        &["PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:Pass*", "NotResource": "arn:aws:iam::*:role/admin""#,
        &["PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOTRESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "NotAction": "iam:Create*", "Resource": "*""#,
        &["PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOTACTION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "NotAction": "iam:Create*", "NotResource": "arn:aws:s3:::a""#,
        &["PASS_ROLE_WITH_NOTACTION_AND_NOTRESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*""#,
        &["CREATE_SLR_WITH_STAR_IN_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "NotResource": "arn:aws:iam::*:role/x""#,
        &["CREATE_SLR_WITH_NOTRESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:CreateService*", "Resource": "*""#,
        &["CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:CreateService*", "NotResource": "arn:aws:iam::*:role/x""#,
        &["CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOTRESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "NotAction": "iam:Pass*", "Resource": "*""#,
        &["CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOTACTION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "NotAction": "iam:Pass*", "NotResource": "arn:aws:s3:::a""#,
        &["CREATE_SLR_WITH_NOTACTION_AND_NOTRESOURCE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::*:role/app-*""#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "iam:PassRole", "Resource": "*""#,
        &[],
    ),
    (
        Scp,
        r#""Effect": "Allow", "Action": "*", "Resource": "*""#,
        &[],
    ),
    (
        Key,
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["kms:Decrypt", "KMS:*crypt", "s3:GetObject"], "Resource": "*""#,
        &["REDUNDANT_ACTION", "UNSUPPORTED_ACTION_IN_POLICY"],
    ),
    // Control policies.
    (
        Scp,
        r#""Effect": "Allow", "Action": "s3:*Object", "NotResource": "arn:aws:s3:::a", "Condition": {"Bool": {"aws:SecureTransport": "true"}}"#,
        &[],
    ),
    (
        Scp,
        r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*""#,
        &["SCP_SYNTAX_ERROR_PRINCIPAL"],
    ),
    (
        Rcp,
        r#""Effect": "Deny", "Principal": "*", "Action": ["secretsmanager:*", "s3:*"], "Resource": "*""#,
        &[],
    ),
    (
        Rcp,
        r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*""#,
        &["RCP_SYNTAX_ERROR_ALLOW"],
    ),
    (
        Rcp,
        r#""Effect": "Deny", "Principal": "*", "Action": ["*", "iam:CreateUser"], "Resource": "*""#,
        &[
            "RCP_SYNTAX_ERROR_ACTION",
            "RCP_SYNTAX_ERROR_ACTION",
            "REDUNDANT_ACTION",
        ],
    ),
    (
        Rcp,
        r#""Effect": "Deny", "Principal": {"AWS": "111122223333"}, "NotAction": "s3:*", "Resource": "*""#,
        &["RCP_SYNTAX_ERROR_NOTACTION", "RCP_SYNTAX_ERROR_PRINCIPAL"],
    ),
    (
        Rcp,
        r#""Effect": "Deny", "NotPrincipal": "*", "Action": "s3:*", "Resource": "*""#,
        &["RCP_SYNTAX_ERROR_PRINCIPAL", "STATEMENT_MATCHES_NOTHING"],
    ),
];

#[test]
fn suggestions() {
    for (action, expected) in [
        (
            "secretsmanager:GetSecretValues",
            "; did you mean secretsmanager:GetSecretValue?",
        ),
        (
            "secretsmanager:GetSecret",
            "; did you mean secretsmanager:GetSecretValue?",
        ),
        ("kms:Dcerypt", "; did you mean kms:Decrypt?"),
        (
            "secretmanager:GetSecretValue",
            "did you mean secretsmanager:GetSecretValue?",
        ),
        ("kms:Frobnicate", "kms has no action Frobnicate"),
        ("GetSecretValue", "as in secretsmanager:GetSecretValue."),
    ] {
        let text = policy(&format!(
            r#""Effect": "Allow", "Action": "{action}", "Resource": "*""#
        ));
        let findings = lint(&text, Identity);
        assert!(
            findings[0].message.ends_with(expected),
            "{}",
            findings[0].message
        );
    }
}
