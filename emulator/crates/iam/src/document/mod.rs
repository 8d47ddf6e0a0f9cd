//! The policy document as it is written: read from JSON, checked as AWS checks it on saving.
//!
//! Never decides anything: the compiled form is [`crate::Policy`].
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

mod dates;
mod identity;
mod operators;
mod other;
mod read;

use crate::{Effect, Malformed};

/// What a policy is attached to. It decides the grammar, the texts of refusals, and how incomplete
/// ARNs are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Managed and inline policies of users, groups and roles; permissions boundaries; session
    /// policies. No principal.
    Identity,
    /// The policy of a secret, of a KMS key, or of a VPC endpoint.
    Resource,
    /// The trust policy of a role: no resource.
    Trust,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
}

/// Reads a document and checks it as AWS does on saving a policy of this kind.
pub(crate) fn parse(text: &str, kind: Kind) -> Result<Document, Malformed> {
    let document = read::read(text, kind);
    match kind {
        Kind::Identity => identity::check(document.map_err(|_| Malformed::Syntax)?),
        Kind::Trust => other::check_trust(document.map_err(|fault| other::explain(text, fault))?),
        Kind::Resource => other::check_resource(document.map_err(|fault| match fault {
            read::Fault::Version(_) => Malformed::ResourcePolicyVersion,
            _ => Malformed::ResourcePolicySyntax,
        })?),
        Kind::Scp | Kind::Rcp => {
            other::check_control(document.map_err(|_| Malformed::PolicyType)?, kind)
        }
    }
}

#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) version: Version,
    pub(crate) statements: Vec<Statement>,
}

/// The language version. It only matters to policy variables: before 2012-10-17, `${…}` is plain
/// text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// `2008-10-17`, also when there is none.
    V2008,
    V2012,
}

#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) sid: Option<String>,
    pub(crate) effect: Effect,
    /// Whether the effect is spelled exactly `Allow` or `Deny`. Only an identity policy gets this
    /// far if it is not.
    pub(crate) effect_exact: bool,
    pub(crate) principal: Option<PrincipalElement>,
    pub(crate) action: Option<Element>,
    pub(crate) resource: Option<Element>,
    pub(crate) conditions: Vec<Condition>,
}

/// `Action` or `NotAction`, `Resource` or `NotResource`.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) negated: bool,
    pub(crate) values: Vec<String>,
}

/// `Principal` or `NotPrincipal`.
#[derive(Debug)]
pub(crate) struct PrincipalElement {
    pub(crate) negated: bool,
    pub(crate) values: Vec<(PrincipalType, String)>,
}

/// The key of a principal map. `"Principal": "*"` is read as `{"AWS": "*"}`, which means the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrincipalType {
    Aws,
    Service,
    Federated,
    CanonicalUser,
}

impl PrincipalType {
    fn key(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}

/// One operator over one key. Operators without keys have no effect and leave nothing here.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) operator: String,
    pub(crate) key: String,
    pub(crate) values: Vec<String>,
}

#[cfg(test)]
mod tests;
