//! DeleteUser: deletes a user that has no access key, no password and no policy any more, and is in
//! no group.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html>

use serde::Deserialize;

use super::boundary;
use super::entity::Identity;
use super::error::InUse;
use super::model::{PrincipalId, User};
use super::{Error, check, demand, find, members, passwords};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct DeleteUser;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
}

impl Operation for DeleteUser {
    const NAME: &'static str = "DeleteUser";
    const MEMBERS: &'static [Member] = &[members::USER_NAME.required()];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:DeleteUser",
            demand::user(call, &input.user_name),
        )]
    }

    /// Which conflict AWS names first, when there are several, is not documented.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let user = find::user(call, &input.user_name)?;
        let has_password = passwords::profile(call, &user).is_ok();
        for (is_there, what) in [
            (!user.access_keys.is_empty(), InUse::AccessKeys),
            (has_password, InUse::LoginProfile),
            (!user.policies.inline.is_empty(), InUse::InlinePolicies),
            (!user.policies.attached.is_empty(), InUse::AttachedPolicies),
            (!user.groups.is_empty(), InUse::Memberships),
        ] {
            if is_there {
                return Err(Error::InUse(what));
            }
        }
        boundary::remove(call, user.boundary.as_deref(), &user.attachment());
        call.tx.delete(PrincipalId::key(&user.id));
        call.tx.delete(User::key(call.scope.account, &user.name));
        Ok(Nothing {})
    }
}
