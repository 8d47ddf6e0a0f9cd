//! ListAttachedUserPolicies, ListAttachedGroupPolicies, ListAttachedRolePolicies: the managed
//! policies that are attached.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html>

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::entity::{Identity, operation};
use super::paging::{Paging, Rest};
use super::view::AttachedPolicyView;
use super::{Error, check, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListAttachedPolicies<E>(PhantomData<E>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(alias = "UserName", alias = "GroupName", alias = "RoleName")]
    identity: String,
    path_prefix: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    attached_policies: Members<AttachedPolicyView>,
    #[serde(flatten)]
    rest: Rest,
}

impl<E: Identity> Operation for ListAttachedPolicies<E> {
    const NAME: &'static str = operation(E::ACTIONS.list_attached);
    const MEMBERS: &'static [Member] = &[
        E::SHORT_MEMBER.required(),
        members::PATH_PREFIX,
        members::MARKER,
        members::MAX_ITEMS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        E::check(&input.identity)?;
        check::given(input.path_prefix.as_deref(), check::policy_path_prefix)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = E::target(call, &input.identity);
        vec![Demand::on(E::ACTIONS.list_attached, target)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let identity = E::find(call, &input.identity)?;
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let policies = identity.policies().attached.iter();
        let policies = policies.filter_map(|arn| find::policy(call, arn));
        let attached: BTreeMap<_, _> = policies
            .filter(|policy| policy.path.starts_with(prefix))
            .map(|policy| (policy.arn.clone(), AttachedPolicyView::new(&policy)))
            .collect();
        let (attached_policies, rest) = input.paging.page(attached)?;
        Ok(Output {
            attached_policies,
            rest,
        })
    }
}
