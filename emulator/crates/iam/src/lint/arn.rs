//! A `Resource` as the engine will match it: six parts, each apart.
//!
//! Never judges; what is wrong with an ARN is [`super::resources`]'s business. Where the engine's
//! reading is not certain, an ARN counts as matching anything.

use std::borrow::Cow;

use super::effort::Effort;
use crate::glob::Case;
use crate::{Kind, unknown};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Arn<'a> {
    /// `*`: every resource, and none.
    Any,
    Parts(Parts<'a>),
    /// Too short, and not completed in this kind of policy; or no ARN at all.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// In which `*` stands for each variable.
    pub(super) globs: [Cow<'a, str>; 6],
    pub(super) has_variables: bool,
}

impl<'a> Arn<'a> {
    pub(super) fn read(text: &'a str, kind: Kind, has_variables: bool) -> Self {
        if text == "*" {
            return Self::Any;
        }
        let mut parts = text.splitn(6, ':');
        let mut parts = [(); 6].map(|()| parts.next());
        let is_read = parts[5].is_some() || unknown::completes_arn(text, kind);
        // A variable has a colon of its own, and there can be none before the fifth.
        let mut first = parts.iter().take(5).flatten();
        let varies = has_variables && first.any(|part| part.contains("${"));
        if !text.contains(':') || !is_read || varies {
            return Self::Other;
        }
        let last = parts[5].take().unwrap_or("*");
        let (last, has_variables) = match has_variables && last.contains("${") {
            true => (Cow::Owned(without_variables(last)), true),
            false => (Cow::Borrowed(last), false),
        };
        let [a, b, c, d, e, _] = parts.map(|part| Cow::Borrowed(part.unwrap_or("*")));
        Self::Parts(Parts {
            globs: [a, b, c, d, e, last],
            has_variables,
        })
    }

    /// Whether it may match a resource whose ARNs match the pattern, such as those of a type.
    pub(super) fn overlaps(&self, pattern: &str, effort: &Effort) -> bool {
        match self {
            Self::Any | Self::Other => true,
            Self::Parts(parts) => {
                let mut pairs = parts.globs.iter().zip(pattern.splitn(6, ':'));
                pairs.all(|(part, pattern)| effort.overlaps(part, pattern, Case::Sensitive))
            }
        }
    }

    /// Whether there may be a resource that both match.
    pub(super) fn meets(&self, other: &Self, effort: &Effort) -> bool {
        match (self, other) {
            (Self::Parts(a), Self::Parts(b)) => {
                let mut pairs = a.globs.iter().zip(&b.globs);
                pairs.all(|(a, b)| effort.overlaps(a, b, Case::Sensitive))
            }
            _ => true,
        }
    }

    /// Whether it matches every resource that the other matches. Of texts with variables only the
    /// caller knows whether they are equal.
    pub(super) fn covers(&self, other: &Self, effort: &Effort) -> bool {
        match (self, other) {
            (Self::Any, Self::Any | Self::Parts(_)) => true,
            (Self::Parts(a), Self::Parts(b)) if !a.has_variables => {
                let mut pairs = a.globs.iter().zip(&b.globs);
                pairs.all(|(a, b)| effort.covers(a, b, Case::Sensitive))
            }
            _ => false,
        }
    }
}

/// `*` for each variable and each escaped character; what is unclosed is plain text.
pub(super) fn without_variables(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, (_, after))) = rest
        .split_once("${")
        .and_then(|(before, inside)| Some((before, inside.split_once('}')?)))
    {
        pattern = pattern + before + "*";
        rest = after;
    }
    pattern + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_may_be_anything() {
        for (text, expected) in [
            ("", ""),
            ("a", "a"),
            ("${aws:username}", "*"),
            ("a/${b}/c${d}", "a/*/c*"),
            ("a${*}", "a*"),
            ("a${b", "a${b"),
        ] {
            assert_eq!(without_variables(text), expected, "{text}");
        }
    }

    #[test]
    fn table() {
        let effort = Effort::default();
        let read = |text| Arn::read(text, Kind::Identity, true);
        let secrets = "arn:aws:secretsmanager:*:*:secret:*";
        for (a, b, covers, meets) in [
            ("*", "*", true, true),
            ("*", secrets, true, true),
            (secrets, "*", false, true),
            (
                secrets,
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a",
                true,
                true,
            ),
            (
                secrets,
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:${aws:username}",
                true,
                true,
            ),
            (
                "arn:aws:s3:::${aws:username}",
                "arn:aws:s3:::a",
                false,
                true,
            ),
            ("arn:aws:s3:::a", "arn:aws:s3:::b", false, false),
            ("arn:aws:s3", "arn:aws:s3:::b", true, true),
            ("arn:aws:secretsmanager:*:secret:*", secrets, false, true),
            ("nothing", secrets, false, true),
        ] {
            assert_eq!(read(a).covers(&read(b), &effort), covers, "{a} covers {b}");
            assert_eq!(read(a).meets(&read(b), &effort), meets, "{a} meets {b}");
        }
        assert!(read(secrets).overlaps("arn:*:secretsmanager:*:*:secret:*", &effort));
        assert!(!read(secrets).overlaps("arn:*:kms:*:*:key/*", &effort));
        assert_eq!(Arn::read("arn:aws:s3", Kind::Rcp, true), Arn::Other);
    }
}
