//! SimulatePrincipalPolicy: what the policies of a user, group or role would decide.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>

use serde::Deserialize;

use super::paging::Paging;
use super::simulation::{Exclusion, Output, Settings, members as of, source, target};
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct SimulatePrincipalPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    policy_source_arn: String,
    #[serde(default)]
    policy_exclusion_list: Vec<Exclusion>,
    #[serde(flatten)]
    settings: Settings,
    #[serde(flatten)]
    paging: Paging,
}

impl Operation for SimulatePrincipalPolicy {
    const NAME: &'static str = "SimulatePrincipalPolicy";
    const MEMBERS: &'static [Member] = &[
        of::POLICY_SOURCE_ARN,
        of::POLICY_INPUT_LIST,
        of::BOUNDARY_INPUT_LIST,
        of::POLICY_EXCLUSION_LIST,
        of::ACTION_NAMES,
        of::RESOURCE_ARNS,
        of::RESOURCE_POLICY,
        of::RESOURCE_OWNER,
        of::CALLER_ARN,
        of::CONTEXT_ENTRIES,
        of::RESOURCE_HANDLING_OPTION,
        members::MAX_ITEMS,
        members::MARKER,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:SimulatePrincipalPolicy",
            target(call, &input.policy_source_arn),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let mut source = source(call, &input.policy_source_arn)?;
        source.exclude(&input.policy_exclusion_list)?;
        let account = call.scope.account;
        let simulation = input.settings.of_principal(account, source)?;
        simulation.page(&input.settings.action_names, &input.paging)
    }
}
