//! PutUserPermissionsBoundary, PutRolePermissionsBoundary: makes a managed policy the boundary of a
//! user or role, in the place of another.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html>

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;

use super::entity::{Bounded, operation};
use super::{Error, boundary, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct PutPermissionsBoundary<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(alias = "UserName", alias = "RoleName")]
    identity: String,
    permissions_boundary: String,
}

impl<E: Bounded> Operation for PutPermissionsBoundary<E> {
    const NAME: &'static str = operation(E::PUT_BOUNDARY);
    const MEMBERS: &'static [Member] = &[
        E::SHORT_MEMBER.required(),
        members::PERMISSIONS_BOUNDARY.required(),
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.identity)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = E::target(call, &input.identity);
        let put = Demand::on(E::PUT_BOUNDARY, target);
        vec![put.with("iam:PermissionsBoundary", Some(&input.permissions_boundary))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let mut identity =
            Arc::unwrap_or_clone(E::find_own(call, &input.identity, E::PUT_BOUNDARY)?);
        let (attachment, old) = (identity.attachment(), identity.boundary_mut().take());
        boundary::remove(call, old.as_deref(), &attachment);
        let arn = boundary::set(call, &input.permissions_boundary, attachment)?;
        *identity.boundary_mut() = Some(arn);
        identity.save(call);
        Ok(Nothing {})
    }
}
