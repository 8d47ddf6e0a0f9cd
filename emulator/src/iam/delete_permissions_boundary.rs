//! DeleteUserPermissionsBoundary, DeleteRolePermissionsBoundary: takes the boundary away, and with it
//! what it forbade.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html>

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;

use super::entity::{Bounded, operation};
use super::{Error, boundary};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeletePermissionsBoundary<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(alias = "UserName", alias = "RoleName")]
    identity: String,
}

impl<E: Bounded> Operation for DeletePermissionsBoundary<E> {
    const NAME: &'static str = operation(E::DELETE_BOUNDARY);
    const MEMBERS: &'static [Member] = &[E::SHORT_MEMBER.required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.identity)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = E::target(call, &input.identity);
        vec![Demand::on(E::DELETE_BOUNDARY, target)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut identity =
            Arc::unwrap_or_clone(E::find_own(call, &input.identity, E::DELETE_BOUNDARY)?);
        let Some(old) = identity.boundary_mut().take() else {
            let name = identity.name().to_owned();
            return Err(Error::NoBoundary(E::IDENTITY, name));
        };
        boundary::remove(call, Some(&old), &identity.attachment());
        identity.save(call);
        Ok(Nothing {})
    }
}
