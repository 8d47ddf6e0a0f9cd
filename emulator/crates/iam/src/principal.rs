//! Who asks, and the `Principal` elements that name them.
//!
//! A name is compared as it is written: this module never looks up whether a principal exists, and
//! never turns an ARN into a unique id or back. Whoever stores a policy does that.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use std::fmt;

use crate::document::PrincipalType;

/// Who makes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Principal<'a> {
    /// The 12-digit account; empty for [`Caller::Service`], [`Caller::Provider`] and
    /// [`Caller::Anonymous`], which belong to none.
    pub account: &'a str,
    /// What kind of principal it is.
    pub caller: Caller<'a>,
}

/// The kinds of principals, with the names that policies may call them by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller<'a> {
    /// The root user of the account.
    Root,
    /// An IAM user, by access key or with a GetSessionToken session.
    User {
        /// `arn:aws:iam::111122223333:user/path/name`
        arn: &'a str,
        /// `AIDA…`
        id: &'a str,
    },
    /// A session of a role.
    Role {
        /// `arn:aws:iam::111122223333:role/path/name`
        role_arn: &'a str,
        /// `arn:aws:sts::111122223333:assumed-role/name/session`
        session_arn: &'a str,
        /// `AROA…`, without the session's name.
        id: &'a str,
    },
    /// A GetFederationToken session of a user.
    FederatedUser {
        /// `arn:aws:sts::111122223333:federated-user/name`
        arn: &'a str,
        /// The user who made the session.
        user_arn: &'a str,
        /// That user's id, `AIDA…`.
        user_id: &'a str,
    },
    /// Someone an identity provider vouches for, who has no AWS credentials yet and assumes a role.
    Provider {
        /// The provider's ARN, or a name as in `cognito-identity.amazonaws.com`.
        name: &'a str,
    },
    /// An AWS service on its own behalf.
    Service {
        /// As in `lambda.amazonaws.com`.
        name: &'a str,
    },
    /// Nobody: the request is not signed.
    Anonymous,
}

impl<'a> Principal<'a> {
    /// The ARN or name that AWS's messages call it by; for the root user of an account, the account.
    pub fn name(&self) -> &'a str {
        match self.caller {
            Caller::User { arn, .. } | Caller::FederatedUser { arn, .. } => arn,
            Caller::Role { session_arn, .. } => session_arn,
            Caller::Service { name } | Caller::Provider { name } => name,
            Caller::Root => self.account,
            Caller::Anonymous => "anonymous",
        }
    }
}

/// How closely a statement names the caller. How much its Allow is worth depends on it.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// By the account: the account's own policies must allow too.
    Account,
    /// By the role of a session, or by the user behind a federated session: the boundary and the
    /// session policies of that entity must allow too.
    Entity,
    /// Exactly, or by `*`: nothing else must allow.
    Caller,
}

/// One compiled entry of a `Principal` element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pattern {
    Everyone,
    Account(Box<str>),
    /// The ARN or unique id of a user, role or session.
    Named(Box<str>),
    Service(Box<str>),
    Federated(Box<str>),
    /// A form that does not exist.
    Nobody,
}

impl Pattern {
    /// None if AWS knows no such form.
    pub(crate) fn new(kind: PrincipalType, name: &str) -> Option<Self> {
        match kind {
            PrincipalType::Star => Some(Self::Everyone),
            PrincipalType::Service | PrincipalType::Federated if name.contains('*') => None,
            PrincipalType::Service => Some(Self::Service(name.into())),
            PrincipalType::Federated => Some(Self::Federated(name.into())),
            // S3 alone knows these.
            PrincipalType::CanonicalUser => None,
            PrincipalType::Aws if name == "*" => Some(Self::Everyone),
            PrincipalType::Aws if is_account(name) => Some(Self::Account(name.into())),
            PrincipalType::Aws if name.starts_with("arn:") => Self::from_arn(name),
            PrincipalType::Aws => is_unique_id(name).then(|| Self::Named(name.into())),
        }
    }

    fn from_arn(arn: &str) -> Option<Self> {
        let mut parts = arn.splitn(6, ':').skip(2);
        let [service, region, account, name] = [(); 4].map(|()| parts.next().unwrap_or_default());
        if !region.is_empty() || !is_account(account) || name.contains(['*', '?']) {
            return None;
        }
        let types: &[&str] = match service {
            "iam" if name == "root" => return Some(Self::Account(account.into())),
            "iam" => &["user/", "role/"],
            "sts" => &["assumed-role/", "federated-user/"],
            _ => &[],
        };
        types
            .iter()
            .any(|kind| name.starts_with(kind))
            .then(|| Self::Named(arn.into()))
    }

    pub(crate) fn grade(&self, principal: &Principal<'_>) -> Option<Grade> {
        match self {
            Self::Everyone => Some(Grade::Caller),
            Self::Account(account) => (**account == *principal.account).then_some({
                let is_account_itself = principal.caller == Caller::Root;
                if is_account_itself {
                    Grade::Caller
                } else {
                    Grade::Account
                }
            }),
            Self::Named(name) => match principal.caller {
                Caller::User { arn, id } if **name == *arn || **name == *id => Some(Grade::Caller),
                Caller::Role {
                    session_arn: arn, ..
                }
                | Caller::FederatedUser { arn, .. }
                    if **name == *arn =>
                {
                    Some(Grade::Caller)
                }
                Caller::Role {
                    role_arn: arn, id, ..
                }
                | Caller::FederatedUser {
                    user_arn: arn,
                    user_id: id,
                    ..
                } if **name == *arn || **name == *id => Some(Grade::Entity),
                _ => None,
            },
            Self::Service(service) => {
                let is_it =
                    matches!(principal.caller, Caller::Service { name } if *name == **service);
                is_it.then_some(Grade::Caller)
            }
            Self::Federated(provider) => {
                let is_it =
                    matches!(principal.caller, Caller::Provider { name } if *name == **provider);
                is_it.then_some(Grade::Caller)
            }
            Self::Nobody => None,
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Everyone => "*",
            Self::Account(name) | Self::Named(name) => name,
            Self::Service(name) | Self::Federated(name) => name,
            Self::Nobody => "(nobody)",
        })
    }
}

/// A compiled `Principal` or `NotPrincipal` element.
#[derive(Debug, Clone)]
pub(crate) struct Principals {
    pub(crate) negated: bool,
    pub(crate) patterns: Box<[Pattern]>,
}

impl Principals {
    /// How a statement that allows names the caller.
    ///
    /// `NotPrincipal` with Allow names everyone who is not listed, in whatever way.
    pub(crate) fn allow_grade(&self, principal: &Principal<'_>) -> Option<Grade> {
        let listed = self
            .patterns
            .iter()
            .filter_map(|pattern| pattern.grade(principal))
            .max();
        match (self.negated, listed) {
            (false, grade) => grade,
            (true, None) => Some(Grade::Caller),
            (true, Some(_)) => None,
        }
    }

    /// Whether a statement that denies applies to the caller.
    ///
    /// `NotPrincipal` with Deny exempts only a caller all of whose levels are listed (the account
    /// and the user; the account, the role and the session), and never one with a permissions
    /// boundary.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
    pub(crate) fn denies(&self, principal: &Principal<'_>, has_boundary: bool) -> bool {
        let lists = |grade| {
            self.patterns.iter().any(|pattern| {
                *pattern == Pattern::Everyone || pattern.grade(principal) == Some(grade)
            })
        };
        if !self.negated {
            return self
                .patterns
                .iter()
                .any(|pattern| pattern.grade(principal).is_some());
        }
        let levels: &[Grade] = match principal.caller {
            Caller::User { .. } => &[Grade::Account, Grade::Caller],
            Caller::Role { .. } | Caller::FederatedUser { .. } => {
                &[Grade::Account, Grade::Entity, Grade::Caller]
            }
            Caller::Root | Caller::Provider { .. } | Caller::Service { .. } | Caller::Anonymous => {
                &[Grade::Caller]
            }
        };
        has_boundary || !levels.iter().all(|&level| lists(level))
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn is_unique_id(text: &str) -> bool {
    (16..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && ["AIDA", "AROA"]
            .iter()
            .any(|prefix| text.starts_with(prefix))
}
