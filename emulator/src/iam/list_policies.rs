//! ListPolicies: the managed policies of the account. There are none of AWS's own yet.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>

use serde::{Deserialize, Serialize};

use super::model::ManagedPolicy;
use super::paging::{Paging, Rest};
use super::view::PolicyView;
use super::{Error, check, demand, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListPolicies;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    scope: Option<String>,
    #[serde(default)]
    only_attached: bool,
    path_prefix: Option<String>,
    policy_usage_filter: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    policies: Members<PolicyView>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListPolicies {
    const NAME: &'static str = "ListPolicies";
    const MEMBERS: &'static [Member] = &[
        members::word("Scope", &["All", "AWS", "Local"]),
        Member::boolean("OnlyAttached"),
        members::PATH_PREFIX,
        members::POLICY_USAGE,
        members::MARKER,
        members::MAX_ITEMS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.path_prefix.as_deref(), check::policy_path_prefix)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListPolicies",
            demand::policies_under(call, input.prefix()),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let policies =
            input
                .paging
                .records::<ManagedPolicy>(call, ManagedPolicy::all, ManagedPolicy::key)?;
        let listed = policies
            .filter(|(_, policy)| input.asks_for(policy))
            .map(|(name, policy)| (name, PolicyView::plain(&policy)));
        let (policies, rest) = input.paging.page(listed)?;
        Ok(Output { policies, rest })
    }
}

impl Input {
    fn prefix(&self) -> &str {
        self.path_prefix.as_deref().unwrap_or("/")
    }

    fn asks_for(&self, policy: &ManagedPolicy) -> bool {
        self.scope.as_deref() != Some("AWS")
            && self.policy_usage_filter.as_deref() != Some("PermissionsBoundary")
            && (!self.only_attached || !policy.attached_users.is_empty())
            && policy.path.starts_with(self.prefix())
    }
}
