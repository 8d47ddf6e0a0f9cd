//! ValidateResourcePolicy: says what would speak against attaching a policy, and attaches nothing.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html>

use serde::{Deserialize, Serialize};

use super::model::Secret;
use super::{Error, find, policies};
use crate::authorization::{Authorized, Demand, Target};
use crate::operation::{Call, Operation};
use crate::wire::{Fault, Member};

pub(super) struct ValidateResourcePolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: Option<String>,
    resource_policy: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    policy_validation_passed: bool,
    validation_errors: Vec<Finding>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Finding {
    check_name: &'static str,
    error_message: String,
}

impl Operation for ValidateResourcePolicy {
    const NAME: &'static str = "ValidateResourcePolicy";
    const MEMBERS: &'static [Member] = &[
        Member::string("SecretId", 1, 2048),
        policies::RESOURCE_POLICY,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        input.secret_id.as_deref().map_or(Ok(()), find::check_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = match &input.secret_id {
            Some(id) => find::target(call, id),
            None => Target::None,
        };
        Demand::on("secretsmanager:ValidateResourcePolicy", target)
            .and([(true, "secretsmanager:PutResourcePolicy")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = match &input.secret_id {
            Some(id) => find::secret(call, id)?.alive()?,
            None => find::any_secret(call),
        };
        let policy = policies::read(call, &input.resource_policy)?;
        let public = policies::is_public(&input.resource_policy).then_some(Error::PublicPolicy);
        let mut changed = Secret::clone(&found.secret);
        changed.set_policy(Some(policy))?;
        let lock_out = policies::check_access(call, &found, &changed, None).err();
        let findings = [
            public.map(|error| finding("BlockPublicPolicyCheck", error)),
            lock_out.map(|error| finding("LockOutCheck", error)),
        ];
        let validation_errors: Vec<Finding> = findings.into_iter().flatten().collect();
        Ok(Output {
            policy_validation_passed: validation_errors.is_empty(),
            validation_errors,
        })
    }
}

/// A check that failed, in the words of the error that it would be.
fn finding(check_name: &'static str, error: Error) -> Finding {
    Finding {
        check_name,
        error_message: Fault::from(error).message.unwrap_or_default().into_owned(),
    }
}
