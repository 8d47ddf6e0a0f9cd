//! Identity policies, stage by stage.

use super::{document, message};
use crate::Kind;

const IAM_PATH: &str = "IAM resource path must either be \"*\", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.";
const SYNTAX: &str = "Syntax errors in policy.";
const VERSION: &str = "Policy document must be version 2012-10-17 or greater.";
const LEGACY: &str = "The policy failed legacy parsing";
const SID_CHARACTERS: &str = "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";
const SID_UNIQUE: &str = "Statement IDs (SID) in a single policy must be unique.";
const PRINCIPAL: &str = "Policy document should not specify a principal.";
const ACTIONS: &str = "Policy statement must contain actions.";
const RESOURCES: &str = "Policy statement must contain resources.";
const VENDOR: &str = "Resource vendor must be fully qualified and cannot contain regexes.";
const PREFACED: &str = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
const VENDOR_WILDCARD: &str = "Action vendors (e.g., aws, ec2, etc.) must not contain wildcards";
const ONE_COLON: &str = "Actions/Condition can contain only one colon.";

#[test]
fn identity_whole_documents() {
    const GOOD: &str = r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}"#;
    for (text, expected) in [
        ("This is not JSON", SYNTAX),
        ("", SYNTAX),
        ("null", SYNTAX),
        ("[]", SYNTAX),
        ("\u{feff}{}", SYNTAX),
        ("{}", SYNTAX),
        (r#"{"Version":"2012-10-17"}"#, SYNTAX),
        (&document("[]"), SYNTAX),
        (&document(r#"["x"]"#), SYNTAX),
        (&document("7"), SYNTAX),
        (
            &format!(r#"{{"Version":"2013-10-17","Statement":{GOOD}}}"#),
            SYNTAX,
        ),
        (&format!(r#"{{"Version":2012,"Statement":{GOOD}}}"#), SYNTAX),
        (
            &format!(r#"{{"version":"2012-10-17","Statement":{GOOD}}}"#),
            SYNTAX,
        ),
        (
            &format!(r#"{{"Id":{{}},"Version":"2012-10-17","Statement":{GOOD}}}"#),
            SYNTAX,
        ),
        (
            &format!(r#"{{"Id":["x"],"Version":"2012-10-17","Statement":{GOOD}}}"#),
            SYNTAX,
        ),
        (
            &format!(r#"{{"Extra":"x","Version":"2012-10-17","Statement":{GOOD}}}"#),
            SYNTAX,
        ),
        (
            &format!(r#"{{"Statement":{GOOD},"Statement":{GOOD},"Version":"2012-10-17"}}"#),
            SYNTAX,
        ),
        (&format!(r#"{{"Statement":{GOOD}}}"#), VERSION),
        (
            &format!(r#"{{"Version":"2008-10-17","Statement":{GOOD}}}"#),
            VERSION,
        ),
        (
            r#"{"Statement":{"Effect":"denY","Action":"s3:Get*","Resource":"*"}}"#,
            VERSION,
        ),
        (
            &format!(r#"{{"Id":"x","Version":"2012-10-17","Statement":[{GOOD}]}}"#),
            "accepted",
        ),
        (&document(&format!("[{GOOD},{GOOD}]")), "accepted"),
    ] {
        assert_eq!(message(text, Kind::Identity), expected, "{text}");
    }
}

#[test]
fn identity_statements() {
    for (statement, expected) in [
        // Syntax.
        (r#"{"Action":"s3:Get*","Resource":"*"}"#, SYNTAX),
        (
            r#"{"Effect":"invalid","Action":"s3:Get*","Resource":"*"}"#,
            SYNTAX,
        ),
        (
            r#"{"Effect":["Allow"],"Action":"s3:Get*","Resource":"*"}"#,
            SYNTAX,
        ),
        (
            r#"{"Effect":"Allow","Effect":"Allow","Action":"s3:Get*","Resource":"*"}"#,
            SYNTAX,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"*","Extra":1}"#,
            SYNTAX,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"*","Sid":{}}"#,
            SYNTAX,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","NotAction":[],"Resource":"*"}"#,
            SYNTAX,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"*","NotResource":[]}"#,
            SYNTAX,
        ),
        (r#"{"Effect":"Allow","Action":{},"Resource":"*"}"#, SYNTAX),
        (r#"{"Effect":"Allow","Action":[[]],"Resource":"*"}"#, SYNTAX),
        (
            r#"{"Effect":"Allow","Action":[null],"Resource":"*"}"#,
            SYNTAX,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":{"a":"*"}}"#,
            SYNTAX,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":["x",{}]}"#,
            SYNTAX,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"*","Principal":"x"}"#,
            SYNTAX,
        ),
        // Legacy parsing.
        (
            r#"{"Effect":"denY","Action":"s3:Get*","Resource":"*"}"#,
            LEGACY,
        ),
        (
            r#"{"Effect":"allow","Resource":"arn:aws:s3:us-east-1::b"}"#,
            LEGACY,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3::b"}"#,
            LEGACY,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","NotResource":"arn:aws:s3::b"}"#,
            LEGACY,
        ),
        (r#"{"Effect":"Allow","Resource":"arn:aws:s3::b"}"#, LEGACY),
        (
            r#"{"Effect":"Allow","NotAction":"s3:Get*","Resource":"arn:aws::::b"}"#,
            LEGACY,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws::b"}"#,
            LEGACY,
        ),
        // Sids, principals, presence.
        (r#"[{"Sid":"a b","Effect":"Allow"}]"#, SID_CHARACTERS),
        (
            r#"[{"Sid":"a-b","Effect":"Allow"},{"Sid":"a-b","Effect":"Allow"}]"#,
            SID_CHARACTERS,
        ),
        (
            r#"[{"Sid":"x","Effect":"Allow"},{"Sid":"x","Effect":"Allow"}]"#,
            SID_UNIQUE,
        ),
        (
            r#"{"Effect":"Allow","Principal":"*","Action":"s3:Get*","Resource":"*"}"#,
            PRINCIPAL,
        ),
        (r#"{"Effect":"Allow","Resource":"*"}"#, ACTIONS),
        (r#"{"Effect":"Allow"}"#, ACTIONS),
        (r#"{"Effect":"Allow","Action":[],"Resource":"*"}"#, ACTIONS),
        (
            r#"[{"Effect":"Deny"},{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]"#,
            ACTIONS,
        ),
        (r#"{"Effect":"Allow","Action":"s3:Get*"}"#, RESOURCES),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":[]}"#,
            RESOURCES,
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","NotResource":[null]}"#,
            RESOURCES,
        ),
        (r#"{"Effect":"Allow","Action":"invalid"}"#, RESOURCES),
        // Order among the last stages.
        (
            r#"{"Effect":"Allow","Action":"s:3:Get","Resource":"sdf"}"#,
            r#"Resource sdf must be in ARN format or "*"."#,
        ),
        // Accepted although odd.
        (
            r#"{"Sid":"","Effect":"Deny","NotAction":"s3:Get*","NotResource":"*"}"#,
            "accepted",
        ),
        (
            r#"[{"Sid":"","Effect":"Deny","Action":"*","Resource":"*"},{"Sid":"","Effect":"Deny","Action":"*","Resource":"*"}]"#,
            "accepted",
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":[null,"*"]}"#,
            "accepted",
        ),
    ] {
        assert_eq!(
            message(&document(statement), Kind::Identity),
            expected,
            "{statement}"
        );
    }
}

#[test]
fn identity_resources() {
    for (resource, expected) in [
        (
            r#""invalid resource""#,
            r#"Resource invalid resource must be in ARN format or "*"."#,
        ),
        (r#""""#, r#"Resource  must be in ARN format or "*"."#),
        (
            r#"["adf"]"#,
            r#"Resource adf must be in ARN format or "*"."#,
        ),
        (
            r#""a:bsdf""#,
            r#"Partition "bsdf" is not valid for resource "arn:bsdf:*:*:*:*"."#,
        ),
        (
            r#""a:b:cadfsdf""#,
            r#"Partition "b" is not valid for resource "arn:b:cadfsdf:*:*:*"."#,
        ),
        (
            r#""a:b:c:d:e:f:g:h""#,
            r#"Partition "b" is not valid for resource "arn:b:c:d:e:f:g:h"."#,
        ),
        (
            r#""aws:s3:::b""#,
            r#"Partition "s3" is not valid for resource "arn:s3:::b:*"."#,
        ),
        (
            r#"["arn:error:s3:::b","arn:error:s3::b"]"#,
            r#"Partition "error" is not valid for resource "arn:error:s3:::b"."#,
        ),
        (r#""arn:aws""#, VENDOR),
        (r#""arn:aws:*:*:*:*""#, VENDOR),
        (
            r#""arn:aws:iam:us-east-1::b""#,
            "IAM resource arn:aws:iam:us-east-1::b cannot contain region information.",
        ),
        (
            r#""arn:aws:s3:us-east-1::b""#,
            "Resource arn:aws:s3:us-east-1::b can not contain region information.",
        ),
        (
            r#""arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/*""#,
            "accepted",
        ),
        (r#""arn:aws:iam:::b""#, IAM_PATH),
        (r#""arn:aws:iam::111122223333:user/b""#, "accepted"),
        (r#""arn:aws:iam::111122223333:root""#, "accepted"),
        (r#""arn:aws:iam::*:*""#, "accepted"),
        (r#""arn:aws:fdsasf""#, "accepted"),
        (r#""arn:aws:s3""#, "accepted"),
        (r#""arn:*:s3:::b""#, "accepted"),
        (r#""arn:aws-cn:s3:::b""#, "accepted"),
        (r#""arn:aws:invalid-service:us-east-1::b""#, "accepted"),
    ] {
        let statement =
            format!(r#"{{"Effect":"Allow","NotAction":"s3:Get*","Resource":{resource}}}"#);
        assert_eq!(
            message(&document(&statement), Kind::Identity),
            expected,
            "{resource}"
        );
    }
}

#[test]
fn identity_actions() {
    for (action, expected) in [
        ("invalid", PREFACED),
        ("", PREFACED),
        ("s3*", PREFACED),
        ("s3:List:Bucket", ONE_COLON),
        ("a a:ListBucket", "Vendor a a is not valid"),
        ("s3?:ListBucket", VENDOR_WILDCARD),
        ("*", "accepted"),
        ("*:Get*", VENDOR_WILDCARD),
        ("iam: asdf safdsf af ", "accepted"),
        ("s3:GetObject,PutObject", "accepted"),
        ("s3-s.x:ListBucket", "accepted"),
    ] {
        for element in ["Action", "NotAction"] {
            let statement =
                format!(r#"{{"Effect":"Deny","{element}":["{action}"],"Resource":"*"}}"#);
            assert_eq!(
                message(&document(&statement), Kind::Identity),
                expected,
                "{action}"
            );
        }
    }
}

#[test]
fn identity_conditions() {
    for (condition, expected) in [
        ("[]", SYNTAX),
        (r#""a""#, SYNTAX),
        ("null", SYNTAX),
        (r#"{"a":"b"}"#, SYNTAX),
        (r#"{"DateGreaterThan":"b"}"#, SYNTAX),
        (r#"{"DateGreaterThan":[]}"#, SYNTAX),
        (r#"{"DateGreaterThan":{"a":{}}}"#, SYNTAX),
        (r#"{"StringEquals":{"a":null}}"#, SYNTAX),
        (r#"{"StringEquals":{"a":[["b"]]}}"#, SYNTAX),
        (r#"{"StringEquals":{"a":"b","a":"c"}}"#, SYNTAX),
        (r#"{"x":{"a":"1"}}"#, SYNTAX),
        (r#"{"stringequals":{"a":"1"}}"#, SYNTAX),
        (r#"{"NullIfExists":{"a":"true"}}"#, SYNTAX),
        (r#"{"ForAnyValue::StringEqualsIfExists":{"a":"b"}}"#, SYNTAX),
        (r#"{"DateGreaterThan":{"a":"sdfdsf"}}"#, LEGACY),
        (r#"{"DateLessThanEquals":{"a":["2019","234-13"]}}"#, LEGACY),
        (
            r#"{"ForAllValues:DateLessThanIfExists":{"a":9223372036854775808}}"#,
            LEGACY,
        ),
        ("{}", "accepted"),
        (r#"{"DateGreaterThan":{}}"#, "accepted"),
        (r#"{"DateGreaterThan":{"a":[]}}"#, "accepted"),
        (r#"{"x":{},"y":{}}"#, "accepted"),
        (
            r#"{"NumericLessThan":{"a":5},"Bool":{"b":true}}"#,
            "accepted",
        ),
        (
            r#"{"ForAnyValue:StringEqualsIfExists":{"a":"b"}}"#,
            "accepted",
        ),
    ] {
        let statement = format!(
            r#"{{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{condition}}}"#
        );
        assert_eq!(
            message(&document(&statement), Kind::Identity),
            expected,
            "{condition}"
        );
    }
}
