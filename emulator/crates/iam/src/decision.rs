//! What was decided and which statement decided it.
//!
//! Small and copied; holds positions, never text. Words are the caller's business.

use std::fmt;

/// The answer of [`evaluate`](fn@crate::evaluate).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decision {
    /// Allowed or denied, and how.
    pub outcome: Outcome,
    /// The layer that decided.
    ///
    /// Of a denial: the layer AWS's message names. Of an allowance: [`Layer::Resource`],
    /// [`Layer::Trust`] or [`Layer::Grant`] if that layer's grant needed no identity policy beside
    /// it; else [`Layer::Identity`] or [`Layer::Root`].
    pub layer: Layer,
    /// The first statement of that layer that decided: one that denies for an explicit denial, one
    /// that allows for an allowance. None where the absence of a statement decided, and for
    /// [`Layer::Root`].
    pub determining: Option<Determining>,
}

impl Decision {
    /// Whether the request may go ahead.
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Allow
    }
}

/// The three results AWS tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Everything that must allow does, and nothing denies.
    Allow,
    /// Nothing denies, but a layer that must allow does not.
    ImplicitDeny,
    /// A statement denies.
    ExplicitDeny,
}

/// A statement, by its place in [`crate::Policies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Determining {
    /// The policy within its layer, from 0. Levels of control policies are counted through.
    /// For [`Layer::Grant`] the grant.
    pub policy: u32,
    /// The statement within its policy, from 0; 0 for [`Layer::Grant`].
    pub statement: u32,
}

/// The kinds of policies that take part in a decision.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layer {
    /// Service control policies of the caller's account.
    Scp,
    /// Resource control policies of the resource's account. Only ever denies explicitly.
    Rcp,
    /// The policy of the VPC endpoint the request came through.
    Endpoint,
    /// The policy of the secret or key.
    Resource,
    /// The trust policy of the role to be assumed.
    Trust,
    /// The policies of the user and its groups, or of the role.
    Identity,
    /// The permissions boundary of the user or role.
    Boundary,
    /// The policies passed when the session was made.
    Session,
    /// A grant on a KMS key. Only ever allows.
    Grant,
    /// The account's root user, who may do anything that is not denied. Only ever allows.
    Root,
}

impl Layer {
    /// The word that policy tests and records use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scp => "scp",
            Self::Rcp => "rcp",
            Self::Endpoint => "endpoint",
            Self::Resource => "resource",
            Self::Trust => "trust",
            Self::Identity => "identity",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::Grant => "grant",
            Self::Root => "root",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
