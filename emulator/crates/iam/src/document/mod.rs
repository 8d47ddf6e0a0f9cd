//! The policy document as it is written: read from JSON, checked as AWS checks it on saving.
//!
//! Never decides anything: the compiled form is [`crate::Policy`].
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

mod identity;
mod other;
mod print;
pub(crate) mod read;

pub use crate::json::Position;
use crate::{Effect, Malformed};

/// What a policy is attached to. It decides the grammar, the texts of refusals, and how incomplete
/// ARNs are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Managed and inline policies of users, groups and roles; permissions boundaries. No principal.
    Identity,
    /// A policy that is passed when a session is made. The same, but most values of conditions may be
    /// of the wrong type.
    Session,
    /// The policy of a secret or of a VPC endpoint.
    Resource,
    /// The policy of a KMS key.
    Key,
    /// The trust policy of a role: no resource.
    Trust,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Identity,
        Self::Session,
        Self::Resource,
        Self::Key,
        Self::Trust,
        Self::Scp,
        Self::Rcp,
    ];
}

/// A policy document. [`Display`](std::fmt::Display) prints it as JSON that reads back the same; to
/// evaluate a document that was changed, parse what it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// None if there is no `Version`, which is read as [`Version::V2008`].
    pub version: Option<Version>,
    /// `Id`, which has no effect.
    pub id: Option<String>,
    /// In their order; at least one.
    pub statements: Vec<Statement>,
}

impl Document {
    /// Reads a document and checks it as AWS does on saving a policy of this kind.
    ///
    /// # Errors
    /// What AWS answers. Of several faults, AWS's checks decide by their order which one is told.
    pub fn read(text: &str, kind: Kind) -> Result<Self, Malformed> {
        let document = read::read(text, kind);
        match kind {
            Kind::Identity | Kind::Session => {
                identity::check(document.map_err(|_| Malformed::Syntax)?, kind)
            }
            Kind::Trust => {
                other::check_trust(document.map_err(|fault| other::explain(text, fault))?)
            }
            Kind::Key => other::check_key(document.map_err(|_| Malformed::KeyPolicySyntax)?),
            Kind::Resource => other::check_resource(document.map_err(|fault| match fault {
                read::Fault::Version(_) => Malformed::ResourcePolicyVersion,
                _ => Malformed::ResourcePolicySyntax,
            })?),
            Kind::Scp | Kind::Rcp => {
                other::check_control(document.map_err(|_| Malformed::PolicyType)?, kind)
            }
        }
    }

    /// Reads an identity policy and checks it as IAM's policy simulator does: it may be of 2008.
    pub(crate) fn read_simulated(text: &str) -> Result<Self, Malformed> {
        let document = read::read(text, Kind::Identity).map_err(|_| Malformed::Syntax)?;
        identity::check_all_but_version(document, Kind::Identity)
    }

    /// Whether `${…}` is a variable and not plain text.
    pub(crate) fn has_variables(&self) -> bool {
        self.version == Some(Version::V2012)
    }
}

/// The language version. It only matters to policy variables: before 2012-10-17, `${…}` is plain
/// text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2008-10-17`.
    V2008,
    /// `2012-10-17`.
    V2012,
}

/// A statement as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// `Sid`.
    pub sid: Option<String>,
    /// `Effect`.
    pub effect: Effect,
    /// Whether the effect is spelled exactly `Allow` or `Deny`. Only an identity policy gets this
    /// far if it is not.
    pub(crate) effect_exact: bool,
    /// `Principal` or `NotPrincipal`.
    pub principal: Option<Element<(PrincipalType, String)>>,
    /// `Action` or `NotAction`.
    pub action: Option<Element<String>>,
    /// `Resource` or `NotResource`.
    pub resource: Option<Element<String>>,
    /// `Condition`: all of them must be met.
    pub conditions: Vec<Condition>,
    /// Where it stands in the text.
    pub span: Span,
}

/// An element or its negation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<T> {
    /// Whether it is the `Not…` form.
    pub is_negated: bool,
    /// One value or a list, which mean the same.
    pub values: Vec<T>,
}

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// Its first character.
    pub start: Position,
    /// The place just after its last character.
    pub end: Position,
}

/// The key of a principal map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrincipalType {
    /// No map, but `"Principal": "*"`. It means the same as `{"AWS": "*"}`, which alone a trust
    /// policy may say.
    Star,
    /// Accounts, users, roles and sessions; everyone.
    Aws,
    /// AWS services.
    Service,
    /// Identity providers.
    Federated,
    /// Accounts, as S3 also calls them.
    CanonicalUser,
}

impl PrincipalType {
    /// As it is written; `STAR`, as AWS calls it, where there is no map.
    pub fn key(self) -> &'static str {
        match self {
            Self::Star => "STAR",
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}

/// One operator over one key. Operators without keys have no effect and leave nothing here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// As in `ForAnyValue:StringLike`.
    pub operator: String,
    /// As in `aws:TagKeys`.
    pub key: String,
    /// The values that the key's is compared with.
    pub values: Vec<Scalar>,
}

/// A condition's value. Numbers and booleans are used as their text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text, without quotes.
    pub text: String,
    /// Whether it stands without quotes: a JSON number or boolean.
    pub is_bare: bool,
}

impl AsRef<str> for Scalar {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests;
