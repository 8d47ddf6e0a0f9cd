//! Everything that is attached to a caller, a resource, and what lies between them.
//!
//! Gathered by the caller of [`evaluate`](fn@crate::evaluate); never looked up here. An absent layer does not
//! restrict.

use std::sync::Arc;

use crate::document::PrincipalType;
use crate::policy::Question;
use crate::principal::{Grade, Pattern};
use crate::{Context, Policy};

/// The policies of one decision. The default is nothing attached.
#[derive(Debug, Clone, Copy, Default)]
pub struct Policies<'a> {
    /// Of the user and its groups, or of the role; of the user behind a federated session. Not
    /// read for the root user, services, and callers without an account.
    pub identity: &'a [Arc<Named>],
    /// The permissions boundary of the user or role.
    pub boundary: Option<&'a Named>,
    /// The policies passed when the session was made: together they are an upper limit. None for a
    /// session without them, which is not the same as an empty list.
    pub session: Option<&'a [Arc<Named>]>,
    /// The policy of the resource. A key and a role always have one.
    pub resource: Option<ResourcePolicy<'a>>,
    /// The grants on a key.
    pub grants: &'a [&'a Grant],
    /// The policy of the VPC endpoint, if the request came through one.
    pub endpoint: Option<&'a Named>,
    /// Service control policies of the caller's account: the organization's root, each unit, the
    /// account. Empty outside an organization, and for callers they do not bind: the management
    /// account and service-linked roles. Not read for services and callers without an account.
    pub scp: &'a [Level],
    /// Resource control policies of the resource's account, by level. `RCPFullAWSAccess` is always
    /// attached on AWS, so only what denies matters. Empty for service-linked roles; not read for
    /// services that do not heed them.
    pub rcp: &'a [Level],
}

/// A policy and what it is called in explanations.
#[derive(Debug, Clone)]
pub struct Named {
    /// An ARN, `inline:NAME`, `key policy`, …
    pub name: String,
    /// The policy.
    pub policy: Policy,
}

/// The control policies attached at one level of an organization. At each level one must allow.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// The policies.
    pub policies: Vec<Arc<Named>>,
}

/// A resource's own policy.
#[derive(Debug, Clone, Copy)]
pub struct ResourcePolicy<'a> {
    /// What it is attached to, which decides what it is worth.
    pub kind: ResourceKind,
    /// The policy.
    pub policy: &'a Named,
}

/// Resources that have policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// A secret: within an account, its policy or the identity's may allow.
    Secret,
    /// A KMS key: its policy must allow, or hand over to the identity's by naming the account.
    Key,
    /// A role to be assumed: the same as for a key.
    Trust,
}

/// A grant on a KMS key.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/grants.html>
#[derive(Debug, Clone)]
pub struct Grant {
    grantee: Pattern,
    operations: Box<[Box<str>]>,
    constraint: Option<GrantConstraint>,
}

/// What a grant asks of the encryption context of a request, pair by pair. The case of keys does not
/// matter, that of values does.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantConstraint {
    /// `EncryptionContextEquals`: these pairs and no others.
    Equals(Vec<(String, String)>),
    /// `EncryptionContextSubset`: these pairs and perhaps others.
    Subset(Vec<(String, String)>),
}

impl Grant {
    /// For the grantee, an ARN of IAM or STS or a service such as `rds.amazonaws.com`, and
    /// operations such as `Decrypt`. None if the grantee is no principal.
    pub fn new<'o>(grantee: &str, operations: impl IntoIterator<Item = &'o str>) -> Option<Self> {
        let kind = match grantee {
            "*" => return None,
            service if service.ends_with(".amazonaws.com") => PrincipalType::Service,
            _ => PrincipalType::Aws,
        };
        let grantee = Pattern::new(kind, grantee)?;
        Some(Self {
            grantee,
            operations: operations.into_iter().map(Into::into).collect(),
            constraint: None,
        })
    }

    /// The same grant under a constraint. It is compared with the context keys
    /// `kms:EncryptionContext:KEY` and `kms:EncryptionContextKeys`.
    pub fn under(self, constraint: GrantConstraint) -> Self {
        Self {
            constraint: Some(constraint),
            ..self
        }
    }

    pub(crate) fn grade(&self, question: &Question<'_>) -> Option<Grade> {
        let (service, name) = question.action.split_once(':')?;
        let names_action = service.eq_ignore_ascii_case("kms")
            && self
                .operations
                .iter()
                .any(|operation| operation.eq_ignore_ascii_case(name));
        // These have no encryption context, and no constraint holds them back.
        let is_free = ["DescribeKey", "RetireGrant"]
            .iter()
            .any(|operation| operation.eq_ignore_ascii_case(name));
        let applies = || {
            let constraint = self.constraint.as_ref().filter(|_| !is_free);
            constraint.is_none_or(|constraint| constraint.is_met(question.context))
        };
        self.grantee
            .grade(question.principal)
            .filter(|_| names_action && applies())
    }
}

impl GrantConstraint {
    fn is_met(&self, context: &Context<'_>) -> bool {
        let (Self::Equals(pairs) | Self::Subset(pairs)) = self;
        let contains = |(key, value): &(String, String)| {
            let known = context.encryption_context(key);
            known == Some(value.as_str())
        };
        let keys = context.value("kms:EncryptionContextKeys");
        let has_no_other = || keys.map_or(0, |keys| keys.iter().count()) == pairs.len();
        pairs.iter().all(contains) && (matches!(self, Self::Subset(_)) || has_no_other())
    }
}
