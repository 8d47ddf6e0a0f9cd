//! DetachUserPolicy, DetachGroupPolicy, DetachRolePolicy: detaches a managed policy.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html>

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;

use super::entity::{Identity, operation};
use super::model::PolicyUsage;
use super::{Error, attachments, check, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DetachPolicy<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(alias = "UserName", alias = "GroupName", alias = "RoleName")]
    identity: String,
    policy_arn: String,
}

impl<E: Identity> Operation for DetachPolicy<E> {
    const NAME: &'static str = operation(E::ACTIONS.detach);
    const MEMBERS: &'static [Member] = &[E::SHORT_MEMBER.required(), members::POLICY_ARN];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.identity)?;
        check::attached_arn(&input.policy_arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = E::target(call, &input.identity);
        let detach = Demand::on(E::ACTIONS.detach, target);
        vec![detach.with("iam:PolicyARN", Some(&input.policy_arn))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut identity =
            Arc::unwrap_or_clone(E::find_own(call, &input.identity, E::ACTIONS.detach)?);
        let attached = &mut identity.policies_mut().attached;
        let Some(at) = attached.iter().position(|arn| *arn == input.policy_arn) else {
            return Err(Error::NoSuchPolicy(input.policy_arn.clone()));
        };
        let arn = attached.remove(at);
        attachments::remove(call, &arn, PolicyUsage::Permissions, &identity.attachment());
        identity.save(call);
        Ok(Nothing {})
    }
}
