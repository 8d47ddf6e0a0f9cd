//! ARNs and the patterns of `Resource` elements: six parts, each matched apart, so that a wildcard
//! before the fifth colon stays within its part.
//!
//! Case matters. Variables stay variables: a pattern is compiled once, before any request.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use std::fmt;

use crate::glob::{Case, Glob};
use crate::request::Context;
use crate::variable::Template;
use crate::{Kind, unknown};

/// The partitions of AWS.
/// <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>
pub(crate) const PARTITIONS: [&str; 8] = [
    "aws",
    "aws-cn",
    "aws-us-gov",
    "aws-iso",
    "aws-iso-b",
    "aws-iso-e",
    "aws-iso-f",
    "aws-eusc",
];

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

/// Whether a text has the form of an ARN: of a request, or of a policy with wildcards in its parts.
pub(crate) fn is_arn(text: impl Iterator<Item = u8> + Clone) -> bool {
    text.clone().take(4).eq(*b"arn:") && text.filter(|byte| *byte == b':').take(5).count() == 5
}

/// One compiled entry of a `Resource` or `NotResource` element.
#[derive(Debug, Clone)]
pub(crate) enum ResourcePattern {
    /// `*`: every resource, and no resource.
    Any,
    Parts(Box<[Glob; 6]>),
    /// The last part has variables; AWS has none in the others.
    Varying(Box<([Glob; 5], Template)>),
    /// An incomplete ARN where AWS does not complete it, as it is written.
    Nothing(Box<str>),
}

impl ResourcePattern {
    pub(crate) fn new(pattern: &str, kind: Kind, has_variables: bool) -> Self {
        if pattern == "*" {
            return Self::Any;
        }
        let mut parts = pattern.splitn(6, ':');
        let mut first = [(); 5].map(|()| parts.next());
        let last = parts.next();
        if last.is_none() && !unknown::completes_arn(pattern, kind) {
            return Self::Nothing(pattern.into());
        }
        let last = Template::new(last.unwrap_or("*"), has_variables);
        let [a, b, c, d, e] = first
            .each_mut()
            .map(|part| Glob::new(part.take().unwrap_or("*")));
        if last.is_plain() {
            Self::Parts(Box::new([a, b, c, d, e, Glob::new(last.text())]))
        } else {
            Self::Varying(Box::new(([a, b, c, d, e], last)))
        }
    }

    pub(crate) fn matches(&self, arn: Option<&Arn<'_>>, context: &Context<'_>) -> bool {
        let Some(arn) = arn else {
            return matches!(self, Self::Any);
        };
        let all = |globs: &[Glob]| {
            let mut pairs = globs.iter().zip(arn).rev();
            pairs.all(|(glob, part)| glob.matches(part, Case::Sensitive))
        };
        match self {
            Self::Any => true,
            Self::Nothing(_) => false,
            // The last part tells resources apart; the first ones are nearly always equal.
            Self::Parts(globs) => all(&**globs),
            Self::Varying(parts) => all(&parts.0) && parts.1.is_like(arn[5], context),
        }
    }

    /// The literal text with which the last part of everything begins that it matches; None if it
    /// matches nothing.
    pub(crate) fn beginning(&self) -> Option<&str> {
        match self {
            Self::Any => Some(""),
            Self::Parts(parts) => Some(parts[5].beginning()),
            Self::Varying(parts) => Some(parts.1.beginning()),
            Self::Nothing(_) => None,
        }
    }

    /// The condition keys that its variables take their values from.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        self.template().flat_map(Template::keys)
    }

    /// Those that give it no value.
    pub(crate) fn unresolved<'a>(
        &'a self,
        context: &'a Context<'_>,
    ) -> impl Iterator<Item = &'a str> {
        self.template()
            .flat_map(|template| template.unresolved(context))
    }

    fn template(&self) -> impl Iterator<Item = &Template> {
        let template = match self {
            Self::Varying(parts) => Some(&parts.1),
            _ => None,
        };
        template.into_iter()
    }
}

/// As AWS reads it: an ARN that is completed shows all six parts.
impl fmt::Display for ResourcePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last): (&[Glob], &dyn fmt::Display) = match self {
            Self::Any => return f.write_str("*"),
            Self::Nothing(text) => return f.write_str(text),
            Self::Parts(parts) => (&parts[..5], &parts[5]),
            Self::Varying(parts) => (&parts.0, &parts.1.text()),
        };
        for part in first {
            write!(f, "{part}:")?;
        }
        last.fmt(f)
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
    fn forms() {
        for (text, expected) in [
            ("arn:aws:iam::*:role/*", true),
            ("arn:*:*:*:*:*", true),
            ("arn:aws:s3:::", true),
            ("arn:aws:s3:::b:c", true),
            ("arn:aws:s3:b", false),
            ("*:aws:s3:::b", false),
            ("arns:aws:s3:::b", false),
            ("not-an-arn", false),
            ("", false),
        ] {
            assert_eq!(is_arn(text.bytes()), expected, "{text}");
        }
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
            let matched = ResourcePattern::new(pattern, Kind::Identity, true)
                .matches(arn.as_ref(), &Context::EMPTY);
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
            let matched = ResourcePattern::new(pattern, kind, true)
                .matches(Some(&split(SECRET)), &Context::EMPTY);
            assert_eq!(matched, expected, "{pattern} in {kind:?}");
        }
    }
}
