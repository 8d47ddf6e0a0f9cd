//! Values of conditions, in the policies of identities and of sessions.

use super::{document, message};
use crate::Kind;

const SYNTAX: &str = "Syntax errors in policy.";
const LEGACY: &str = "The policy failed legacy parsing";

/// Values that are not of their operator's type, and what is asked of them when a policy of an
/// identity is saved and when a session is made.
#[test]
fn of_the_wrong_type() {
    const OK: &str = "accepted";
    for (values, identity, session) in [
        (
            r#"{"NumericEquals":{"a":["01","+1","1.","1e3","-1","10.5",1]}}"#,
            OK,
            OK,
        ),
        (r#"{"NumericEquals":{"a":"NaN"}}"#, LEGACY, OK),
        (
            r#"{"ForAnyValue:NumericLessThanIfExists":{"a":["1"," 10"]}}"#,
            LEGACY,
            OK,
        ),
        (r#"{"NumericEquals":{"a":"${aws:username}"}}"#, LEGACY, OK),
        (
            r#"{"DateEquals":{"a":["+1893456000","2030-01-01T00:00:00"]}}"#,
            OK,
            OK,
        ),
        (r#"{"ArnLike":{"a":"not-an-arn"}}"#, LEGACY, OK),
        (r#"{"ArnLike":{"a":["*","arn:aws:s3:b"]}}"#, LEGACY, OK),
        (
            r#"{"ArnNotEquals":{"a":"${aws:PrincipalArn}"}}"#,
            LEGACY,
            OK,
        ),
        (
            r#"{"ArnLike":{"a":["*","arn:*:s3:::b","arn:aws:*:*:*:*","arn:aws:iam::1:user/${aws:username}"]}}"#,
            OK,
            OK,
        ),
        (r#"{"IpAddress":{"a":"not-an-ip"}}"#, LEGACY, OK),
        (
            r#"{"NotIpAddress":{"a":["192.0.2.5/24","192.000.002.0/+24","::/0"]}}"#,
            OK,
            OK,
        ),
        (r#"{"IpAddress":{"a":"2001:db8::5/64"}}"#, LEGACY, OK),
        (r#"{"IpAddress":{"a":"::ffff:192.0.2.1"}}"#, LEGACY, OK),
        (
            r#"{"IpAddress":{"a":["2001:db8:::1/128","2001:db8::1:/128"]}}"#,
            OK,
            OK,
        ),
        (r#"{"BinaryEquals":{"a":["YQ==","YWJj"]}}"#, OK, OK),
        (
            r#"{"BinaryEquals":{"a":"abc"},"DateEquals":{"a":"b"}}"#,
            SYNTAX,
            SYNTAX,
        ),
        (
            r#"{"Bool":{"a":["TRUE","yes"]},"Null":{"a":["TRUE","yes"]}}"#,
            OK,
            OK,
        ),
    ] {
        let text = document(&format!(
            r#"{{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{values}}}"#
        ));
        for (kind, expected) in [
            (Kind::Identity, identity),
            (Kind::Session, session),
            (Kind::Scp, OK),
        ] {
            assert_eq!(message(&text, kind), expected, "{values} in {kind:?}");
        }
    }
}

/// Everything else is asked of a session policy too.
#[test]
fn session_policies() {
    for (statement, expected) in [
        (
            r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}"#,
            "accepted",
        ),
        (
            r#"{"Effect":"allow","Action":"s3:Get*","Resource":"*"}"#,
            LEGACY,
        ),
        (
            r#"{"Effect":"Allow","Principal":"*","Action":"s3:Get*","Resource":"*"}"#,
            "Policy document should not specify a principal.",
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:Get*"}"#,
            "Policy statement must contain resources.",
        ),
        (r#"{"Effect":"Allow","Action":{},"Resource":"*"}"#, SYNTAX),
    ] {
        assert_eq!(
            message(&document(statement), Kind::Session),
            expected,
            "{statement}"
        );
    }
}
