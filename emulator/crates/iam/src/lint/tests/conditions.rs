//! Conditions: operators, keys, values, and keys that are never there.
//!
//! Longer than other files: it is one table, and a reader looks for every code of conditions in it.

use super::{Row, lint, policy};
use crate::Kind::{Identity, Key, Trust};

pub(super) const ROWS: &[Row] = &[
    // Operators.
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEqual": {"aws:username": "a"}}"#,
        &["INVALID_CONDITION_OPERATOR"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ForAnyValue::StringEquals": {"aws:TagKeys": "a"}, "stringequals": {}}"#,
        &[
            "EMPTY_OBJECT_CONDITION",
            "INVALID_CONDITION_OPERATOR",
            "INVALID_CONDITION_OPERATOR",
        ],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NullIfExists": {"aws:username": "true"}}"#,
        &["NULL_WITH_IF_EXISTS"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ForAllValues:Null": {"aws:TagKeys": "true"}, "ForAnyValue:Null": {"aws:TagKeys": "true"}}"#,
        &["NULL_WITH_QUALIFIER"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {}"#,
        &["EMPTY_OBJECT_CONDITION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {}}"#,
        &["EMPTY_OBJECT_CONDITION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": []"#,
        &["DATA_TYPE_MISMATCH"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": "a", "StringEquals": {"aws:username": [null, {}]}}"#,
        &["DATA_TYPE_MISMATCH"; 3],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": []}}"#,
        &["EMPTY_ARRAY_CONDITION"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEqualsIfExists": {"aws:username": []}}"#,
        &["EMPTY_ARRAY_CONDITION_IFEXISTS"],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": []}}"#,
        &["EMPTY_ARRAY_CONDITION_FORALLVALUES"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": []}}"#,
        &["EMPTY_ARRAY_CONDITION_FORANYVALUE"],
    ),
    // Keys.
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "a", "AWS:UserName": "b"}}"#,
        &["DUPLICATE_KEYS_WITH_DIFFERENT_CASE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "a", "aws:username": "b"}}"#,
        &["DUPLICATE_ELEMENT"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"username": "a"}}"#,
        &["INVALID_CONDITION_KEY_FORMAT"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalARNs": "a", "aws:ResourceTags/a": "b", "AWS:USERID": "c", "s3:prefix": "d"}}"#,
        &["INVALID_GLOBAL_CONDITION_KEY"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*", "Condition": {"StringEquals": {"secretsmanager:VersionStages": "a"}}"#,
        &["INVALID_SERVICE_CONDITION_KEY"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag": "a", "secretsmanager:ResourceTag/": "b", "kms:EncryptionContext:": "c"}}"#,
        &["MISSING_TAG_KEY_IN_CONDITION"; 3],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/1"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"oidc.example.com/id/1:sub": "a"}}"#,
        &[],
    ),
    // Keys that are never there.
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*", "Condition": {"StringEquals": {"secretsmanager:Name": "a"}}"#,
        &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY"],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "secretsmanager:CreateSecret", "Resource": "*", "Condition": {"StringNotEquals": {"secretsmanager:SecretId": "a"}}"#,
        &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["secretsmanager:ListSecrets", "secretsmanager:GetSecretValue"], "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/team": "a"}}"#,
        &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": ["secretsmanager:Get*", "s3:*", "secretsmanager:CreateSecret"], "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/team": "a", "aws:PrincipalTag/x": "b"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*", "Condition": {"StringLike": {"kms:ViaService": "secretsmanager.*.amazonaws.com"}}"#,
        &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:ListSecrets", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceAccount": "111122223333"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "NotAction": "secretsmanager:ListSecrets", "Resource": "arn:aws:s3:::a", "Condition": {"StringEquals": {"secretsmanager:Name": "a"}}"#,
        &[],
    ),
    (
        Key,
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:DescribeKey", "Resource": "*", "Condition": {"StringEquals": {"kms:EncryptionContext:SecretARN": "a"}}"#,
        &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY"],
    ),
    (
        Trust,
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {"sts:ExternalId": "a"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*", "Condition": {"StringEquals": {"secretsmanager:VersionStage": "AWSCURRENT"}}"#,
        &["VERSION_STAGE_ABSENT_BY_DEFAULT"],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*", "Condition": {"StringNotEquals": {"secretsmanager:VersionStage": "AWSCURRENT"}}"#,
        &["VERSION_STAGE_ABSENT_BY_DEFAULT"],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*", "Condition": {"StringNotEquals": {"secretsmanager:VersionStage": "AWSCURRENT"}, "Null": {"secretsmanager:VersionStage": "false"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*", "Condition": {"StringEqualsIfExists": {"secretsmanager:VersionStage": "AWSCURRENT"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*", "Condition": {"StringEquals": {"secretsmanager:VersionStage": "AWSPREVIOUS"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"secretmanager:VersionStage": "a"}}"#,
        &["INVALID_SERVICE_CONDITION_KEY"],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}"#,
        &["MFA_ABSENT_WITH_ACCESS_KEYS"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}"#,
        &[],
    ),
    // Set operators.
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:TagResource", "Resource": "*", "Condition": {"StringEquals": {"aws:TagKeys": "a"}}"#,
        &["MISSING_QUALIFIER"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "secretsmanager:TagResource", "Resource": "*", "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}, "Null": {"aws:TagKeys": "false"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:username": "a"}}"#,
        &["FORALLVALUES_WITH_SINGLE_VALUED_KEY"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "a"}}"#,
        &["ALLOW_FORALLVALUES_WITHOUT_NULL_CHECK"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "a"}, "Null": {"aws:tagkeys": false}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "a"}}"#,
        &[],
    ),
    // Types.
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceIp": "203.0.113.1"}, "NumericEquals": {"aws:username": "1"}, "Bool": {"aws:PrincipalArn": "true"}, "IpAddress": {"aws:username": "203.0.113.1"}}"#,
        &["TYPE_MISMATCH"; 4],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalArn": "arn:*"}, "NumericLessThan": {"aws:EpochTime": 1, "aws:ResourceTag/n": "5"}, "Bool": {"aws:PrincipalTag/a": "true"}, "ArnLike": {"aws:SourceVpcArn": "arn:aws:ec2:*:*:vpc/*"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": ["111122223333", "arn:aws:iam", "*", "arn:aws:iam::*:role/*"]}}"#,
        &["TYPE_MISMATCH_ARN"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"BinaryEquals": {"s3:key": ["QUJD", "QUI=", "***"]}}"#,
        &["TYPE_MISMATCH_BINARY"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "yes"}, "Null": {"aws:username": "no"}}"#,
        &["TYPE_MISMATCH_BOOLEAN"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"DateLessThan": {"aws:CurrentTime": ["soon", "2026-11-25T00:00:00Z", "1764028800", "2026-13-01"]}}"#,
        &["TYPE_MISMATCH_DATE"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/33", "2001:db8::/32", "a", "1.2.3.4"]}}"#,
        &["TYPE_MISMATCH_IP_RANGE"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericEquals": {"aws:MultiFactorAuthAge": ["3600", "-1.5", "1h", ""]}}"#,
        &["TYPE_MISMATCH_NUMBER"; 2],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": ["true", true]}}"#,
        &[
            "INVALID_CONDITION_DATA_TYPE",
            "INVALID_CONDITION_MULTIPLE_BOOLEAN",
        ],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": [1, 2]}}"#,
        &["REDUNDANT_CONDITION_VALUE_NUM"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": ["a*", "${aws:username}-?", "${*}"]}, "StringNotEqualsIgnoreCase": {"s3:prefix": "b?"}}"#,
        &["WILDCARD_WITHOUT_LIKE_OPERATOR"; 3],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"aws:username": "a*"}, "ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::*:role/a*"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "us-gov-east-1", "euwest1", "eu-west", "Frankfurt"]}, "StringLike": {"aws:RequestedRegion": "eu-*"}}"#,
        &["INVALID_REGION"; 3],
    ),
    // Addresses.
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.7/24", "2001:db8::1/32"]}}"#,
        &["IMPROVE_IP_RANGE", "TYPE_MISMATCH_IP_RANGE"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "fd00::/8"]}}"#,
        &["PRIVATE_IP_ADDRESS"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}"#,
        &["PRIVATE_IP_ADDRESS_SUBSET"],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "192.168.0.0/16"}}"#,
        &["PRIVATE_NOTIPADDRESS"],
    ),
    (
        Identity,
        r#""Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": ["192.168.0.0/16", "203.0.113.0/24"]}}"#,
        &["PRIVATE_NOTIPADDRESS_SUBSET"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8", "aws:SourceIp": "0.0.0.0/0"}}"#,
        &[],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpc": ["vpc-0123456789abcdef0", "0123abcd"]}}"#,
        &["INVALID_VPC_FORMAT"],
    ),
    (
        Identity,
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"aws:SourceVpce": ["vpce-*", "vpc-0123abcd"]}}"#,
        &["INVALID_VPCE_FORMAT"],
    ),
];

#[test]
fn messages_say_which_way_a_condition_goes() {
    for (effect, operator, expected) in [
        ("Allow", "StringEquals", "never allows it"),
        ("Deny", "StringEquals", "never denies it"),
        ("Allow", "StringNotEquals", "limits nothing"),
        ("Allow", "StringEqualsIfExists", "limits nothing"),
        ("Deny", "StringNotLike", "denies it every time"),
        ("Allow", "ForAnyValue:StringNotEquals", "never allows it"),
    ] {
        let text = policy(&format!(
            r#""Effect": "{effect}", "Action": "secretsmanager:ListSecrets", "Resource": "*",
               "Condition": {{"{operator}": {{"secretsmanager:Name": "a"}}}}"#
        ));
        let findings = lint(&text, Identity);
        assert!(
            findings[0].message.contains(expected),
            "{}",
            findings[0].message
        );
    }
}

#[test]
fn suggestions() {
    for (key, expected) in [
        ("aws:PrincipalARNs", "aws:PrincipalArn?"),
        ("aws:ResourceTags/a", "aws:ResourceTag/a?"),
        (
            "secretsmanager:VersionStages",
            "secretsmanager:VersionStage?",
        ),
        (
            "aws:SomethingElse",
            "There is no condition key aws:SomethingElse",
        ),
        ("aws:PrincipalTag", "aws:PrincipalTag/NAME."),
    ] {
        let text = policy(&format!(
            r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {{"StringLike": {{"{key}": "a"}}}}"#
        ));
        let findings = lint(&text, Identity);
        assert!(
            findings[0].message.ends_with(expected),
            "{}",
            findings[0].message
        );
    }
    for (operator, expected) in [
        ("StringEqual", "did you mean StringEquals?"),
        (
            "ForAnyvalue:stringLike",
            "did you mean ForAnyValue:StringLike?",
        ),
        ("ForAnyValue::Bool", "did you mean ForAnyValue:Bool?"),
        ("Contains", "case-sensitive"),
    ] {
        let text = policy(&format!(
            r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {{"{operator}": {{"aws:userid": "a"}}}}"#
        ));
        let findings = lint(&text, Identity);
        assert!(
            findings[0].message.ends_with(expected),
            "{}",
            findings[0].message
        );
    }
}
