//! GetSessionToken: temporary credentials of the user who asks. Needs no permission, and no policy
//! withholds it.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>

use serde::{Deserialize, Serialize};

use super::credentials::{Issued, NewSession};
use super::session::SessionOf;
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::caller::Principal;
use crate::operation::{Call, Operation};
use crate::wire::{Fault, Member};

/// How long a session lasts if nothing is said, in seconds.
const DEFAULT: i64 = 43_200;
/// The longest session of a root user; a longer one is cut.
pub(super) const MAX_OF_ROOT: i64 = 3600;

pub(super) struct GetSessionToken;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    duration_seconds: Option<i64>,
    serial_number: Option<String>,
    token_code: Option<String>,
    #[serde(default)]
    minimum_session_token_size: usize,
}

#[derive(Serialize)]
pub(super) struct Output {
    #[serde(flatten)]
    issued: Issued,
}

impl Operation for GetSessionToken {
    const NAME: &'static str = "GetSessionToken";
    const MEMBERS: &'static [Member] = &[
        members::USER_DURATION,
        members::SERIAL_NUMBER,
        members::TOKEN_CODE,
        members::LEAST_TOKEN,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Fault;

    fn demands(_: &Input, _: &mut Call<'_>) -> Vec<Demand> {
        Vec::new()
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Fault> {
        let caller = call.access.caller();
        let duration = input.duration_seconds.unwrap_or(DEFAULT);
        let (of, duration) = match &caller.principal {
            Principal::User { user, .. } if caller.session.is_none() => {
                let id = user.id.clone();
                (SessionOf::User { id }, duration)
            }
            Principal::Root if caller.session.is_none() => {
                (SessionOf::Root, duration.min(MAX_OF_ROOT))
            }
            _ => return Err(Error::SessionCredentials(Self::NAME).into()),
        };
        if input.serial_number.is_some() || input.token_code.is_some() {
            return Err(Error::NoDevice.into());
        }
        let session = NewSession {
            least_token: input.minimum_session_token_size,
            ..NewSession::plain(caller.account, of, duration)
        };
        Ok(Output {
            issued: session.issue(call)?,
        })
    }
}
