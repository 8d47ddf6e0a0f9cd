//! Values that are not of their operator's type: what they do, and whether AWS saves them.

use super::super::Severity;
use super::{lint, policy};
use crate::Kind::{Identity, Scp, Session};

/// IAM saves no identity policy with one; of session policies it only refuses those whose bytes are
/// none.
#[test]
fn values_of_the_wrong_type() {
    const NUMBER: &str = r#"{"NumericEquals": {"aws:MultiFactorAuthAge": "1h"}}"#;
    const BYTES: &str = r#"{"BinaryEquals": {"s3:key": "***"}}"#;
    const ARN: &str = r#"{"ArnLike": {"aws:PrincipalArn": "ann"}}"#;
    const VARIABLE: &str = r#"{"ArnLike": {"aws:SourceArn": "${aws:PrincipalArn}"}}"#;
    const RANGE: &str = r#"{"IpAddress": {"aws:SourceIp": "2001:db8::5/64"}}"#;
    const WORD: &str = r#"{"Bool": {"aws:SecureTransport": "no"}}"#;
    for (kind, effect, condition, severity, says) in [
        (
            Identity,
            "Allow",
            NUMBER,
            Severity::Error,
            "can never match",
        ),
        (
            Session,
            "Allow",
            NUMBER,
            Severity::Warning,
            "can never match",
        ),
        (Session, "Allow", BYTES, Severity::Error, "can never match"),
        (Scp, "Deny", BYTES, Severity::Warning, "can never match"),
        (
            Scp,
            "Allow",
            ARN,
            Severity::Warning,
            "the statement does not allow",
        ),
        (
            Session,
            "Deny",
            ARN,
            Severity::Warning,
            "the statement denies",
        ),
        (
            Identity,
            "Deny",
            VARIABLE,
            Severity::Error,
            "IAM does not save",
        ),
        (
            Scp,
            "Deny",
            RANGE,
            Severity::Warning,
            "write 2001:db8::/64.",
        ),
        (
            Identity,
            "Deny",
            WORD,
            Severity::Warning,
            "is read as false",
        ),
    ] {
        let text = policy(&format!(
            r#""Effect": "{effect}", "Action": "s3:*", "Resource": "*", "Condition": {condition}"#
        ));
        let findings = lint(&text, kind);
        assert_eq!(findings.len(), 1, "{kind:?} {condition}");
        let found = &findings[0];
        assert!(found.message.contains(says), "{found}");
        assert_eq!(found.severity, severity, "{kind:?} {found}");
    }
}
