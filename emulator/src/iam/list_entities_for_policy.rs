//! ListEntitiesForPolicy: what a managed policy is attached to, and what it bounds.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::entities::{Entities, Entity};
use super::model::{AttachedTo, Attachment};
use super::paging::{Paging, Rest};
use super::{Error, attachments, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

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
    #[serde(flatten)]
    entities: Entities,
    #[serde(flatten)]
    rest: Rest,
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
        let policy = find::policy(call, &input.policy_arn);
        let policy = policy.ok_or_else(|| Error::NotAttachable(input.policy_arn.clone()))?;
        let attached = attachments::of(call, &policy.arn);
        let entities = input.usages(attached).into_iter().filter_map(|attachment| {
            let key = format!("{} {}", attachment.0.word(), attachment.1);
            Some((key, Entity::of(call, &attachment)?))
        });
        let asked_for = entities.filter(|(_, entity)| input.asks_for(entity));
        let (page, rest) = input.paging.page_of(asked_for)?;
        let entities = page.into_iter().collect();
        Ok(Output { entities, rest })
    }
}

impl Input {
    /// Sorted as their keys are.
    fn usages(&self, attached: AttachedTo) -> BTreeSet<Attachment> {
        let AttachedTo {
            mut identities,
            mut bounded,
        } = attached;
        match self.policy_usage_filter.as_deref() {
            Some("PermissionsPolicy") => identities,
            Some(_) => bounded,
            None => {
                identities.append(&mut bounded);
                identities
            }
        }
    }

    fn asks_for(&self, entity: &Entity) -> bool {
        let (kind, prefix) = (self.entity_filter.as_deref(), self.path_prefix.as_deref());
        kind.is_none_or(|kind| entity.is_a(kind))
            && prefix.is_none_or(|prefix| entity.is_under(prefix))
    }
}
