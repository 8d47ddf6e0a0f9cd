//! What IAM's policy simulator asks of policies beside a decision: which statements apply, where
//! they stand by the simulator's count, which keys they read, and what a value that is given for
//! one is worth.
//!
//! Never decides: how what applies is put together differs from a real request, see
//! [`evaluate`](fn@crate::evaluate).
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>

mod keys;
mod spans;
mod values;

pub use keys::keys;
pub use spans::spans;
pub use values::canonical;

use crate::arn;
use crate::document::Document;
use crate::index::ActionKeys;
use crate::policy::{Question, Statement};
use crate::{Effect, Kind, Malformed, Policy, Request};

/// Reads an identity policy as the simulator does: as on saving, but without `Version` it is one of
/// 2008, whose `${…}` is plain text.
///
/// ```
/// use sekisho_iam::{Kind, Policy, simulation};
///
/// let text = r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
/// assert!(simulation::policy(text).is_ok());
/// assert!(Policy::parse(text, Kind::Identity).is_err());
/// ```
///
/// # Errors
/// What AWS answers if it is asked to save the policy. The simulator itself says less.
pub fn policy(text: &str) -> Result<Policy, Malformed> {
    Ok(Policy::compile(
        &Document::read_simulated(text)?,
        Kind::Identity,
    ))
}

/// The statements of a policy that apply to a request, by their numbers from 0, whatever other
/// policies say. `has_boundary` is whether the caller has a permissions boundary, which a
/// `NotPrincipal` asks for.
///
/// ```
/// use sekisho_iam::{Caller, Context, Principal, Request, Resource, simulation};
///
/// let policy = simulation::policy(
///     r#"{"Version": "2012-10-17", "Statement": [
///         {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"},
///         {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"#,
/// )?;
/// let caller = Caller::User { arn: "arn:aws:iam::111122223333:user/ann", id: "AIDAEXAMPLE" };
/// let principal = Principal { account: "111122223333", caller };
/// let request = Request {
///     principal: &principal,
///     action: "s3:GetObject",
///     resource: Resource { arn: None, account: "111122223333" },
///     context: &Context::EMPTY,
/// };
/// assert_eq!(simulation::applying(&policy, &request, false), [1]);
/// # Ok::<(), sekisho_iam::Malformed>(())
/// ```
pub fn applying(policy: &Policy, request: &Request<'_>, has_boundary: bool) -> Vec<usize> {
    let question = Question {
        principal: request.principal,
        has_boundary,
        action: request.action,
        keys: ActionKeys::new(request.action),
        resource: request.resource.arn.map(arn::split),
        context: request.context,
    };
    let applies = |statement: &Statement| {
        let is_about_caller = match statement.effect() {
            Effect::Allow => statement.allows_caller(&question),
            Effect::Deny => statement.denies_caller(&question),
        };
        is_about_caller
            && statement.covers_resource(&question)
            && statement.covers_action(&question)
            && statement.is_met(&question)
    };
    let statements = policy.statements().iter().enumerate();
    statements
        .filter(|(_, statement)| applies(statement))
        .map(|(number, _)| number)
        .collect()
}

#[cfg(test)]
mod tests;
