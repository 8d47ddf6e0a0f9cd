//! ListVirtualMFADevices: there are none, for none can be made here.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html>

use serde::{Deserialize, Serialize};

use super::paging::{Paging, Rest};
use super::{Error, demand, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::{Members, Nothing};

pub(super) struct ListVirtualMfaDevices;

#[derive(Deserialize)]
pub(super) struct Input {
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
pub(super) struct Output {
    #[serde(rename = "VirtualMFADevices")]
    devices: Members<Nothing>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListVirtualMfaDevices {
    const NAME: &'static str = "ListVirtualMFADevices";
    const MEMBERS: &'static [Member] = &[
        members::word("AssignmentStatus", &["Assigned", "Unassigned", "Any"]),
        members::MARKER,
        members::MAX_ITEMS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(_input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let devices = demand::mfa_devices(call);
        vec![Demand::on("iam:ListVirtualMFADevices", devices)]
    }

    fn run(input: Authorized<'_, Input>, _call: &mut Call<'_>) -> Result<Output, Error> {
        let (devices, rest) = input.paging.page::<&str, _>([])?;
        Ok(Output { devices, rest })
    }
}
