//! ListPolicies: the managed policies of the account, and AWS's own.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>

use serde::{Deserialize, Serialize};

use super::model::{AttachedTo, ManagedPolicy};
use super::paging::{Paging, Rest};
use super::view::PolicyView;
use super::{Error, aws_managed, check, demand, members};
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

    /// The account's own first, each by name.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let (all, key) = (ManagedPolicy::all, ManagedPolicy::key);
        let own = input.paging.records::<ManagedPolicy>(call, all, key)?;
        let own = own.filter(|_| input.scope.as_deref() != Some("AWS"));
        // No name has a tilde, which comes after all that names can have.
        let of_aws = aws_managed::all().map(|policy| (format!("~{}", policy.name), policy));
        let of_aws = of_aws.filter(|_| input.scope.as_deref() != Some("Local"));
        let policies = own.chain(of_aws);
        let under = policies.filter(|(_, policy)| policy.path.starts_with(input.prefix()));
        let listed = under.filter_map(|(name, policy)| {
            let attached = AttachedTo::key(call.scope.account, &policy.arn);
            let attached = call.tx.peek::<AttachedTo>(&attached).unwrap_or_default();
            let view = || PolicyView::plain(&policy, &attached);
            input.asks_for(&attached).then(|| (name, view()))
        });
        let (policies, rest) = input.paging.page(listed)?;
        Ok(Output { policies, rest })
    }
}

impl Input {
    fn prefix(&self) -> &str {
        self.path_prefix.as_deref().unwrap_or("/")
    }

    /// The usage matters only where nothing but attached policies is asked for.
    fn asks_for(&self, attached: &AttachedTo) -> bool {
        let (gives, bounds) = (
            !attached.identities.is_empty(),
            !attached.bounded.is_empty(),
        );
        !self.only_attached
            || match self.policy_usage_filter.as_deref() {
                Some("PermissionsPolicy") => gives,
                Some("PermissionsBoundary") => bounds,
                _ => gives || bounds,
            }
    }
}
