//! AttachUserPolicy, AttachGroupPolicy, AttachRolePolicy: attaches a managed policy. Attaching it
//! twice changes nothing.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html>

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

/// The most managed policies of a user, group or role.
const MAX_ATTACHED: usize = 10;

pub(super) struct AttachPolicy<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(alias = "UserName", alias = "GroupName", alias = "RoleName")]
    identity: String,
    policy_arn: String,
}

impl<E: Identity> Operation for AttachPolicy<E> {
    const NAME: &'static str = operation(E::ACTIONS.attach);
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
        let attach = Demand::on(E::ACTIONS.attach, target);
        vec![attach.with("iam:PolicyARN", Some(&input.policy_arn))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut identity =
            Arc::unwrap_or_clone(E::find_own(call, &input.identity, E::ACTIONS.attach)?);
        let policy = attachments::attachable(call, &input.policy_arn)?;
        let attached = &mut identity.policies_mut().attached;
        if attached.contains(&policy.arn) {
            return Ok(Nothing {});
        }
        if attached.len() >= MAX_ATTACHED {
            return Err(Error::TooManyAttachedPolicies(E::IDENTITY));
        }
        attached.push(policy.arn.clone());
        let attachment = identity.attachment();
        attachments::add(call, &policy.arn, PolicyUsage::Permissions, attachment);
        identity.save(call);
        Ok(Nothing {})
    }
}
