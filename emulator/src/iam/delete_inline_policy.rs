//! DeleteUserPolicy, DeleteGroupPolicy, DeleteRolePolicy: deletes an inline policy.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html>

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;

use super::entity::{Identity, operation};
use super::{Error, check, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteInlinePolicy<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(alias = "UserName", alias = "GroupName", alias = "RoleName")]
    identity: String,
    policy_name: String,
}

impl<E: Identity> Operation for DeleteInlinePolicy<E> {
    const NAME: &'static str = operation(E::ACTIONS.delete);
    const MEMBERS: &'static [Member] = &[E::MEMBER.required(), members::POLICY_NAME];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.identity)?;
        check::policy_name(&input.policy_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            E::ACTIONS.delete,
            E::target(call, &input.identity),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut identity =
            Arc::unwrap_or_clone(E::find_own(call, &input.identity, E::ACTIONS.delete)?);
        if !identity.policies_mut().remove_inline(&input.policy_name) {
            return Err(Error::NoSuchInlinePolicy(
                E::IDENTITY,
                input.policy_name.clone(),
            ));
        }
        identity.save(call);
        Ok(Nothing {})
    }
}
