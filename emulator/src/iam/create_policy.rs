//! CreatePolicy: makes a managed policy. Its first version is `v1`.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>

use serde::{Deserialize, Serialize};

use super::model::{AttachedTo, KeyCase, ManagedPolicy, PolicyVersion, Tag, root_path};
use super::view::PolicyView;
use super::{Error, check, demand, document, members, quota};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct CreatePolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_name: String,
    #[serde(default = "root_path")]
    path: String,
    policy_document: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    policy: PolicyView,
}

impl Operation for CreatePolicy {
    const NAME: &'static str = "CreatePolicy";
    const MEMBERS: &'static [Member] = &[
        members::POLICY_NAME,
        members::PATH,
        members::POLICY_DOCUMENT,
        members::DESCRIPTION,
        members::TAGS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_name(&input.policy_name)?;
        check::policy_path(&input.path)?;
        check::tags(&input.tags, KeyCase::Sensitive)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let policy = demand::new_policy(call, &input.path, &input.policy_name);
        Demand::on("iam:CreatePolicy", policy)
            .with_tags(input.tags.iter().map(Tag::pair))
            .and([(!input.tags.is_empty(), "iam:TagPolicy")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let account = call.scope.account;
        let arn = ManagedPolicy::arn_of(
            call.scope.partition(),
            account,
            &input.path,
            &input.policy_name,
        );
        let version = PolicyVersion {
            number: 1,
            document: input.policy_document.as_str().into(),
            policy: document::compile_managed(&arn, &input.policy_document)?,
            created: call.now,
        };
        let key = ManagedPolicy::key(account, &input.policy_name);
        if call.tx.get::<ManagedPolicy>(&key).is_some() {
            return Err(Error::PolicyExists(input.policy_name.clone()));
        }
        quota::check(call, &ManagedPolicy::all(account), quota::POLICIES)?;
        let policy = ManagedPolicy {
            name: input.policy_name.clone(),
            path: input.path.clone(),
            id: call.environment.unique_id("ANPA", account),
            arn,
            description: input.description.clone(),
            created: call.now,
            updated: call.now,
            tags: input.tags.clone(),
            versions: vec![version],
            default: 1,
            next: 2,
        };
        let view = PolicyView::created(&policy, &AttachedTo::default());
        call.tx.put(key, policy);
        Ok(Output { policy: view })
    }
}
