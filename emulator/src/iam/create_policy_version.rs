//! CreatePolicyVersion: gives a managed policy a new text, at once in force or not.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::{ManagedPolicy, PolicyVersion};
use super::view::VersionView;
use super::{Error, check, demand, document, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

/// The most versions of a policy.
const MAX_VERSIONS: usize = 5;

pub(super) struct CreatePolicyVersion;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_arn: String,
    policy_document: String,
    #[serde(default)]
    set_as_default: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    policy_version: VersionView,
}

impl Operation for CreatePolicyVersion {
    const NAME: &'static str = "CreatePolicyVersion";
    const MEMBERS: &'static [Member] = &[
        members::POLICY_ARN,
        members::POLICY_DOCUMENT,
        Member::boolean("SetAsDefault"),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::policy_arn(&input.policy_arn)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:CreatePolicyVersion",
            demand::policy(call, &input.policy_arn),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let mut policy = Arc::unwrap_or_clone(find::own_policy(
            call,
            &input.policy_arn,
            "iam:CreatePolicyVersion",
        )?);
        let version = PolicyVersion {
            number: policy.next,
            document: input.policy_document.as_str().into(),
            policy: document::compile_managed(&policy.arn, &input.policy_document)?,
            created: call.now,
        };
        if policy.versions.len() >= MAX_VERSIONS {
            return Err(Error::TooManyVersions);
        }
        policy.next += 1;
        policy.updated = call.now;
        if input.set_as_default {
            policy.default = version.number;
        }
        let view = VersionView::plain(&policy, &version);
        policy.versions.push(version);
        call.tx
            .put(ManagedPolicy::key(call.scope.account, &policy.name), policy);
        Ok(Output {
            policy_version: view,
        })
    }
}
