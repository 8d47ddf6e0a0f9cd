//! ListEntitiesForPolicy: what a managed policy is attached to. Groups and roles do not exist yet.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>

use serde::{Deserialize, Serialize};

use super::model::User;
use super::paging::{Paging, Rest};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListEntitiesForPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_arn: String,
    entity_filter: Option<String>,
    path_prefix: Option<String>,
    policy_usage_filter: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    policy_groups: Members<()>,
    policy_users: Members<PolicyUser>,
    policy_roles: Members<()>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyUser {
    user_name: String,
    user_id: String,
}

impl Operation for ListEntitiesForPolicy {
    const NAME: &'static str = "ListEntitiesForPolicy";
    const MEMBERS: &'static [Member] = &[
        members::POLICY_ARN,
        members::word(
            "EntityFilter",
            &[
                "User",
                "Role",
                "Group",
                "LocalManagedPolicy",
                "AWSManagedPolicy",
            ],
        ),
        members::PATH_PREFIX,
        members::POLICY_USAGE,
        members::MARKER,
        members::MAX_ITEMS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_arn(&input.policy_arn)?;
        check::given(input.path_prefix.as_deref(), check::closed_path_prefix)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListEntitiesForPolicy",
            demand::policy(call, &input.policy_arn),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let policy = find::existing_policy(call, &input.policy_arn)?;
        let attached = policy
            .attached_users
            .iter()
            .filter_map(|name| Some((name, find::user(call, name).ok()?)));
        let listed = attached
            .filter(|(_, user)| input.asks_for(user))
            .map(|(name, user)| {
                (
                    name,
                    PolicyUser {
                        user_name: user.name.clone(),
                        user_id: user.id.clone(),
                    },
                )
            });
        let (policy_users, rest) = input.paging.page(listed)?;
        let none = || std::iter::empty().collect();
        Ok(Output {
            policy_groups: none(),
            policy_users,
            policy_roles: none(),
            rest,
        })
    }
}

impl Input {
    fn asks_for(&self, user: &User) -> bool {
        self.entity_filter
            .as_deref()
            .is_none_or(|kind| kind == "User")
            && self.policy_usage_filter.as_deref() != Some("PermissionsBoundary")
            && self
                .path_prefix
                .as_deref()
                .is_none_or(|prefix| user.path.starts_with(prefix))
    }
}
