//! PutUserPolicy, PutGroupPolicy, PutRolePolicy: makes or replaces an inline policy.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;

use super::entity::{Identity, operation};
use super::{Error, check, document, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct PutPolicy<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(alias = "UserName", alias = "GroupName", alias = "RoleName")]
    identity: String,
    policy_name: String,
    policy_document: String,
}

impl<E: Identity> Operation for PutPolicy<E> {
    const NAME: &'static str = operation(E::ACTIONS.put);
    const MEMBERS: &'static [Member] = &[
        E::MEMBER.required(),
        members::POLICY_NAME,
        members::POLICY_DOCUMENT,
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.identity)?;
        check::policy_name(&input.policy_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(E::ACTIONS.put, E::target(call, &input.identity))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut identity =
            Arc::unwrap_or_clone(E::find_own(call, &input.identity, E::ACTIONS.put)?);
        let inline = document::inline(&input.policy_name, &input.policy_document)?;
        let policies = identity.policies_mut();
        policies.set_inline(&input.policy_name, inline);
        if policies.inline_size() > E::MAX_INLINE {
            return Err(Error::PoliciesTooLong {
                kind: E::IDENTITY,
                limit: E::MAX_INLINE,
                name: identity.name().to_owned(),
            });
        }
        identity.save(call);
        Ok(Nothing {})
    }
}
