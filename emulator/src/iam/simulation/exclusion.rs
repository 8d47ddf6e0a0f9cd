//! Stored policies that a simulation leaves out.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyIdentifier.html>

use serde::Deserialize;

use super::source::Source;
use super::{Invalid, Origin, Sourced};
use crate::iam::model::ManagedPolicy;

/// A policy identifier: a type, an ARN, or an inline policy's name and owner. What it names need not
/// be there.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::iam) struct Exclusion {
    policy_type: Option<String>,
    policy_arn: Option<String>,
    inline_policy_identifier: Option<InlineIdentifier>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InlineIdentifier {
    policy_name: String,
    attachment_type: String,
    attachment_name: String,
}

impl Source {
    /// Takes what is excluded out of what is stored. What is given as text stays.
    pub(in crate::iam) fn exclude(&mut self, exclusions: &[Exclusion]) -> Result<(), Invalid> {
        exclusions.iter().try_for_each(Exclusion::check)?;
        let is_type = |kind: &str| {
            let mut types = exclusions.iter().flat_map(|it| &it.policy_type);
            types.any(|given| given == kind)
        };
        let is_excluded = |policy: &Sourced| exclusions.iter().any(|it| it.names(policy));
        self.policies.retain(|policy| !is_excluded(policy));
        if is_type("permission-boundary") {
            self.boundary = None;
        }
        if is_type("scp") {
            self.controls = None;
        }
        Ok(())
    }
}

impl Exclusion {
    fn check(&self) -> Result<(), Invalid> {
        let given = [
            self.policy_type.is_some(),
            self.policy_arn.is_some(),
            self.inline_policy_identifier.is_some(),
        ];
        if given.into_iter().filter(|given| *given).count() != 1 {
            return Err(Invalid::Identifier);
        }
        match &self.policy_arn {
            Some(arn) if !is_pattern(arn) => Err(Invalid::IdentifierArn(arn.clone())),
            _ => Ok(()),
        }
    }

    /// Whether it names an identity policy. Of a managed policy AWS compares an ARN without path,
    /// whatever path it has, and takes no boundary away by its ARN.
    fn names(&self, policy: &Sourced) -> bool {
        match &policy.origin {
            Origin::Input => false,
            Origin::Inline {
                entity,
                owner,
                name,
            } => {
                self.policy_type.as_deref() == Some("inline")
                    || self.inline_policy_identifier.as_ref().is_some_and(|it| {
                        it.policy_name == *name
                            && it.attachment_type == entity.name()
                            && matches(&it.attachment_name, owner)
                    })
            }
            Origin::Managed { arn } => {
                let kind = match arn.split(':').nth(4) {
                    Some("aws") => "aws-managed",
                    _ => "user-managed",
                };
                self.policy_type.as_deref() == Some(kind)
                    || self.policy_arn.as_ref().is_some_and(|it| matches(it, arn))
            }
        }
    }
}

/// The ARN of a managed policy, whose name may have one `*` and any number of `?`.
fn is_pattern(arn: &str) -> bool {
    let (before, name) = arn.rsplit_once('/').unwrap_or_default();
    ManagedPolicy::is_arn(arn)
        && !before.contains(['*', '?'])
        && name.bytes().filter(|byte| *byte == b'*').count() <= 1
}

/// One `*` for any run of characters, each `?` for one.
fn matches(pattern: &str, text: &str) -> bool {
    let same = |pattern: &str, text: &str| {
        pattern.len() == text.len()
            && pattern
                .bytes()
                .zip(text.bytes())
                .all(|(p, t)| p == b'?' || p == t)
    };
    let Some((start, end)) = pattern.split_once('*') else {
        return same(pattern, text);
    };
    let parts = text.split_at_checked(start.len()).and_then(|(head, rest)| {
        let middle = rest.len().checked_sub(end.len())?;
        Some((head, rest.get(middle..)?))
    });
    parts.is_some_and(|(head, tail)| same(start, head) && same(end, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_be_patterns() {
        for (pattern, text, expected) in [
            ("alice", "alice", true),
            ("alice", "Alice", false),
            ("alic?", "alice", true),
            ("alice?", "alice", false),
            ("al*", "alice", true),
            ("al*e", "alice", true),
            ("al*ice", "alice", true),
            ("alic*ice", "alice", false),
            ("?l*c?", "alice", true),
            ("a*b*", "ab*", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn arns_with_wildcards_in_the_name_alone() {
        for (arn, expected) in [
            ("arn:aws:iam::111122223333:policy/team/p", true),
            ("arn:aws:iam::aws:policy/Read*", true),
            ("arn:aws:iam::111122223333:policy/p??*", true),
            ("arn:aws:iam::111122223333:policy/*a*", false),
            ("arn:aws:iam::111122223333:policy/t*/p", false),
            ("arn:aws:iam::*:policy/p", false),
            ("arn:aws:iam::111122223333:user/p", false),
            ("a-text-of-twenty-characters", false),
        ] {
            assert_eq!(is_pattern(arn), expected, "{arn}");
        }
    }
}
