//! AWS's models, and what of an exchange is not in them. They are data of `fixtures/models`; nothing
//! here knows what an operation does.

mod answer;
mod json;
mod query;

pub use json::{MODEL, Model};
pub use query::{IAM, Limits, Member, Operation, STS, Service, Shape};

use crate::Step;

/// What of an answer the model does not have. Exchanges with other services have nothing to be
/// held against.
pub fn offences(step: &Step) -> Vec<String> {
    let (service, operation) = step.operation.split_once(' ').unwrap_or_default();
    let target = step.operation.rsplit(' ').next().unwrap_or_default();
    let offences = match (target.strip_prefix("secretsmanager."), service) {
        (Some(operation), _) => json::offences(operation, step),
        (None, "iam") => answer::offences(service, &IAM, operation, step),
        (None, "sts") => answer::offences(service, &STS, operation, step),
        _ => Vec::new(),
    };
    offences
        .into_iter()
        .map(|offence| format!("{step}: {offence}"))
        .collect()
}

#[cfg(test)]
mod tests;
