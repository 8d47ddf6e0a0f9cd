//! Policies that are as they should be give no findings.

use super::check;
use crate::Kind::{Identity, Key, Rcp, Resource, Scp, Trust};

#[test]
fn policies_of_identities() {
    for statement in [
        r#"{"Sid": "ReadSecrets", "Effect": "Allow", "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
            "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/*",
            "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}}"#,
        r#"{"Effect": "Allow", "Action": ["secretsmanager:ListSecrets", "secretsmanager:BatchGetSecretValue", "secretsmanager:GetRandomPassword"], "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:*:key/*",
            "Condition": {"StringLike": {"kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*:*:secret:*", "kms:ViaService": "secretsmanager.*.amazonaws.com"}}}"#,
        r#"{"Effect": "Allow", "Action": "secretsmanager:CreateSecret", "Resource": "arn:aws:secretsmanager:*:*:secret:team/*",
            "Condition": {"StringLike": {"secretsmanager:Name": "team/*"}, "StringEquals": {"aws:RequestTag/team": "a"},
                "ForAllValues:StringEquals": {"aws:TagKeys": ["team", "owner"]}, "Null": {"aws:TagKeys": "false"}}}"#,
        r#"{"Effect": "Deny", "Action": "secretsmanager:DeleteSecret", "Resource": "*",
            "Condition": {"NumericLessThan": {"secretsmanager:RecoveryWindowInDays": 14}, "Bool": {"secretsmanager:ForceDeleteWithoutRecovery": true}}}"#,
        r#"{"Effect": "Deny", "NotAction": ["iam:*", "sts:GetSessionToken"], "Resource": "*",
            "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}"#,
        r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/rotation"}"#,
        r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::*:role/deploy-*"}"#,
        r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2026-11-25T00:00:00Z"}}}"#,
        r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}, "Bool": {"aws:ViaAWSService": "false"}}}"#,
    ] {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#);
        check(&text, Identity, &[]);
    }
}

#[test]
fn other_policies() {
    for (kind, statement) in [
        (
            Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "secretsmanager:GetSecretValue", "Resource": "*",
            "Condition": {"ForAnyValue:StringEquals": {"secretsmanager:VersionStage": "AWSPENDING"}}}"#,
        ),
        (
            Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}}}"#,
        ),
        (
            Key,
            r#"{"Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}"#,
        ),
        (
            Trust,
            r#"{"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}, "Action": "sts:AssumeRole"}"#,
        ),
        (
            Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringEquals": {"sts:ExternalId": "12"}}}"#,
        ),
        (
            Scp,
            r#"{"Effect": "Deny", "Action": "secretsmanager:PutResourcePolicy", "Resource": "*", "Condition": {"BoolIfExists": {"secretsmanager:BlockPublicPolicy": "false"}}}"#,
        ),
        (
            Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": ["secretsmanager:*", "kms:*"], "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}"#,
        ),
    ] {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
        check(&text, kind, &[]);
    }
}
