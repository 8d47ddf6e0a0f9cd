//! SimulateCustomPolicy: what policies that are given as texts would decide.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>

use serde::Deserialize;

use super::paging::Paging;
use super::simulation::{Level, Output, Settings, members as of};
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct SimulateCustomPolicy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(flatten)]
    settings: Settings,
    #[serde(default)]
    ordered_organization_policy_input_list: Vec<Level>,
    #[serde(flatten)]
    paging: Paging,
}

impl Operation for SimulateCustomPolicy {
    const NAME: &'static str = "SimulateCustomPolicy";
    const MEMBERS: &'static [Member] = &[
        of::POLICY_INPUT_LIST.required(),
        of::BOUNDARY_INPUT_LIST,
        of::ORGANIZATION_INPUT_LIST,
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

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("iam:SimulateCustomPolicy")]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let levels = &input.ordered_organization_policy_input_list;
        let simulation = input.settings.custom(call.scope.account, levels)?;
        simulation.page(&input.settings.action_names, &input.paging)
    }
}
