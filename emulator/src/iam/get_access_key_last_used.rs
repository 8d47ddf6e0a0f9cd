//! GetAccessKeyLastUsed: whose an access key is, and when, for what and where it was last used.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html>

use serde::{Deserialize, Serialize};

use super::model::LastUse;
use super::{Error, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

/// What stands for service and region of a key that was never used.
const NEVER: &str = "N/A";

pub(super) struct GetAccessKeyLastUsed;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    access_key_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    user_name: String,
    access_key_last_used: LastUseView,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct LastUseView {
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_date: Option<String>,
    service_name: String,
    region: String,
}

impl Operation for GetAccessKeyLastUsed {
    const NAME: &'static str = "GetAccessKeyLastUsed";
    const MEMBERS: &'static [Member] = &[members::ACCESS_KEY_ID];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:GetAccessKeyLastUsed",
            demand::access_key(call, &input.access_key_id),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let Some(key) = find::access_key(call, &input.access_key_id) else {
            let caller = call.access.caller().arn.clone();
            return Err(Error::ForeignAccessKey {
                caller,
                id: input.access_key_id.clone(),
            });
        };
        Ok(Output {
            user_name: key.user.clone(),
            access_key_last_used: LastUseView::new(key.last_used.last()),
        })
    }
}

impl LastUseView {
    fn new(last: Option<LastUse>) -> Self {
        match last {
            Some(LastUse {
                at,
                service,
                region,
            }) => Self {
                last_used_date: Some(at.iso8601()),
                service_name: service.to_owned(),
                region: region.to_string(),
            },
            None => Self {
                last_used_date: None,
                service_name: NEVER.to_owned(),
                region: NEVER.to_owned(),
            },
        }
    }
}
