//! GetUserPolicy, GetGroupPolicy, GetRolePolicy: shows an inline policy, its text percent-encoded.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html>

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::entity::{Identity, operation};
use super::model::IdentityKind;
use super::{Error, check, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::percent_encoded;

pub(super) struct GetInlinePolicy<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(alias = "UserName", alias = "GroupName", alias = "RoleName")]
    identity: String,
    policy_name: String,
}

#[derive(Serialize)]
pub(super) struct Output {
    #[serde(flatten)]
    holder: Holder,
    #[serde(rename = "PolicyName")]
    policy_name: String,
    #[serde(rename = "PolicyDocument")]
    policy_document: String,
}

/// Each under a name of its own.
#[derive(Serialize)]
enum Holder {
    #[serde(rename = "UserName")]
    User(String),
    #[serde(rename = "GroupName")]
    Group(String),
    #[serde(rename = "RoleName")]
    Role(String),
}

impl<E: Identity> Operation for GetInlinePolicy<E> {
    const NAME: &'static str = operation(E::ACTIONS.get);
    const MEMBERS: &'static [Member] = &[E::MEMBER.required(), members::POLICY_NAME];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.identity)?;
        check::policy_name(&input.policy_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(E::ACTIONS.get, E::target(call, &input.identity))]
    }

    /// The name of the policy comes back as it was asked for.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let identity = E::find(call, &input.identity)?;
        let unknown = || Error::NoSuchInlinePolicy(E::IDENTITY, input.policy_name.clone());
        let inline = identity.policies().inline(&input.policy_name);
        let inline = inline.ok_or_else(unknown)?;
        let name = identity.name().to_owned();
        Ok(Output {
            holder: match E::IDENTITY {
                IdentityKind::User => Holder::User(name),
                IdentityKind::Group => Holder::Group(name),
                IdentityKind::Role => Holder::Role(name),
            },
            policy_name: input.policy_name.clone(),
            policy_document: percent_encoded(&inline.document),
        })
    }
}
