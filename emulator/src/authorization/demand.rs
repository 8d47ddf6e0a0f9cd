//! What an operation demands of IAM.

use std::sync::Arc;

use crate::account::AccountId;

/// One permission that the caller needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Demand {
    /// The action, such as `secretsmanager:GetSecretValue`.
    pub action: &'static str,
    /// What it is done to.
    pub target: Target,
}

impl Demand {
    /// An action on something.
    pub fn on(action: &'static str, target: Target) -> Self {
        Self { action, target }
    }

    /// An action that has no resource: only `Resource: "*"` allows it.
    pub fn without_resource(action: &'static str) -> Self {
        Self {
            action,
            target: Target::None,
        }
    }
}

/// The resource of a demand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// The action knows no resource.
    None,
    /// A resource.
    Resource {
        /// The ARN that policies are matched against.
        arn: Arc<str>,
        /// How AWS's sentence names it: often not the ARN, but what the caller typed.
        shown: String,
        /// The account that owns it.
        account: AccountId,
    },
}
