//! UpdateRole: changes a role's description and how long its sessions may last. What is not sent
//! stays.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Entity;
use super::model::Role;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Empty;

pub(super) struct UpdateRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
    description: Option<String>,
    max_session_duration: Option<i64>,
    max_signin_session_duration: Option<i64>,
    #[serde(default)]
    reset_max_signin_session_duration: bool,
}

impl Operation for UpdateRole {
    const NAME: &'static str = "UpdateRole";
    const MEMBERS: &'static [Member] = &[
        members::ROLE_NAME.required(),
        members::ROLE_DESCRIPTION,
        members::MAX_SESSION_DURATION,
        members::MAX_SIGNIN_SESSION_DURATION,
        members::RESET_MAX_SIGNIN_SESSION_DURATION,
    ];
    type Input = Input;
    type Output = Empty;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::role_name(&input.role_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:UpdateRole",
            demand::role(call, &input.role_name),
        )]
    }

    /// Of a role that is linked to a service, the description alone is the account's to change.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Empty, Error> {
        let role = if input.changes_durations() {
            Role::find_own(call, &input.role_name, "iam:UpdateRole")?
        } else {
            find::role(call, &input.role_name)?
        };
        let mut role = Arc::unwrap_or_clone(role);
        if let Some(description) = &input.description {
            role.description = Some(description.clone());
        }
        if let Some(seconds) = input.max_session_duration {
            role.max_session = seconds;
        }
        if input.reset_max_signin_session_duration {
            role.max_signin = None;
        }
        if let Some(seconds) = input.max_signin_session_duration {
            role.max_signin = Some(seconds);
        }
        role.save(call);
        Ok(Empty::default())
    }
}

impl Input {
    fn changes_durations(&self) -> bool {
        self.max_session_duration.is_some()
            || self.max_signin_session_duration.is_some()
            || self.reset_max_signin_session_duration
    }
}
