//! ARNs and the patterns of `Resource` elements: six parts, each matched apart, so that a wildcard
//! before the fifth colon stays within its part.
//!
//! Case matters. Never substitutes variables: a pattern is compiled once, before any request.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use crate::Kind;
use crate::glob::{Case, Glob};

/// The parts of a request's ARN. Parts that are missing are empty.
pub(crate) type Arn<'a> = [&'a str; 6];

/// Byte by byte: the parts are too short for `str::split` to pay.
pub(crate) fn split(arn: &str) -> Arn<'_> {
    let mut parts = [""; 6];
    let mut rest = arn;
    for part in &mut parts[..5] {
        let Some(colon) = rest.bytes().position(|byte| byte == b':') else {
            *part = rest;
            return parts;
        };
        (*part, rest) = (&rest[..colon], &rest[colon + 1..]);
    }
    parts[5] = rest;
    parts
}

/// One compiled entry of a `Resource` or `NotResource` element.
#[derive(Debug, Clone)]
pub(crate) enum ResourcePattern {
    /// `*`: every resource, and no resource.
    Any,
    Parts(Box<[Glob; 6]>),
    /// An incomplete ARN where AWS does not complete it.
    Nothing,
}

impl ResourcePattern {
    pub(crate) fn new(pattern: &str, kind: Kind) -> Self {
        if pattern == "*" {
            return Self::Any;
        }
        let is_complete = pattern.splitn(6, ':').count() == 6;
        if !is_complete && !is_completed(pattern, kind) {
            return Self::Nothing;
        }
        let mut parts = pattern.splitn(6, ':');
        Self::Parts(Box::new(
            [(); 6].map(|()| Glob::new(parts.next().unwrap_or("*"))),
        ))
    }

    pub(crate) fn matches(&self, arn: Option<&Arn<'_>>) -> bool {
        match (self, arn) {
            (Self::Any, _) => true,
            (Self::Nothing, _) | (_, None) => false,
            // The last part tells resources apart; the first ones are nearly always equal.
            (Self::Parts(globs), Some(arn)) => globs
                .iter()
                .zip(arn)
                .rev()
                .all(|(glob, part)| glob.matches(part, Case::Sensitive)),
        }
    }
}

/// Whether AWS reads `arn:aws:s3` as `arn:aws:s3:*:*:*`. It depends on where the policy stands; this
/// is observed behaviour that no page describes.
fn is_completed(pattern: &str, kind: Kind) -> bool {
    match kind {
        Kind::Identity | Kind::Trust => true,
        Kind::Resource => pattern.contains(['*', '?']),
        Kind::Scp => pattern.ends_with('*'),
        Kind::Rcp => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db-AbCdEf";

    #[test]
    fn splits_at_five_colons() {
        assert_eq!(split(""), ["", "", "", "", "", ""]);
        assert_eq!(split("a:b"), ["a", "b", "", "", "", ""]);
        assert_eq!(split("a:b::d:e:"), ["a", "b", "", "d", "e", ""]);
        assert_eq!(split("a:b:c:d:e:f:g"), ["a", "b", "c", "d", "e", "f:g"]);
    }

    #[test]
    fn table() {
        for (pattern, arn, expected) in [
            ("*", Some(SECRET), true),
            ("*", None, true),
            ("arn:*:*:*:*:*", None, false),
            ("**", None, false),
            (SECRET, Some(SECRET), true),
            (
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db-??????",
                Some(SECRET),
                true,
            ),
            (
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/*",
                Some(SECRET),
                true,
            ),
            (
                "arn:aws:secretsmanager:eu-west-1:111122223333:*",
                Some(SECRET),
                true,
            ),
            ("arn:aws:secretsmanager:*:*:secret:*", Some(SECRET), true),
            (
                "arn:aws:secretsmanager:eu-*-1:1111*:secret:*",
                Some(SECRET),
                true,
            ),
            (
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:Team/*",
                Some(SECRET),
                false,
            ),
            (
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db",
                Some(SECRET),
                false,
            ),
            // A wildcard before the fifth colon does not cross a colon.
            (
                "arn:aws:secretsmanager:*:secret:team/db-AbCdEf",
                Some(SECRET),
                false,
            ),
            ("arn:aws:secretsmanager:*", Some(SECRET), true),
            ("arn:aws:secretsmanager", Some(SECRET), true),
            ("arn:aws:s3", Some(SECRET), false),
            ("*", Some("no arn"), true),
            ("arn:*", Some("no arn"), false),
        ] {
            let arn = arn.map(split);
            let matched = ResourcePattern::new(pattern, Kind::Identity).matches(arn.as_ref());
            assert_eq!(matched, expected, "{pattern} against {arn:?}");
        }
    }

    #[test]
    fn incomplete_arns_depend_on_the_kind_of_policy() {
        for (pattern, kind, expected) in [
            ("arn:aws:secretsmanager", Kind::Identity, true),
            ("arn:aws:secretsmanager", Kind::Resource, false),
            ("arn:aws:secretsmanager:*", Kind::Resource, true),
            ("arn:*:secretsmanager", Kind::Resource, true),
            ("arn:*:secretsmanager", Kind::Scp, false),
            ("arn:aws:secretsmanager:*", Kind::Scp, true),
            ("arn:aws:secretsmanager:*", Kind::Rcp, false),
            ("*", Kind::Rcp, true),
        ] {
            let matched = ResourcePattern::new(pattern, kind).matches(Some(&split(SECRET)));
            assert_eq!(matched, expected, "{pattern} in {kind:?}");
        }
    }
}
