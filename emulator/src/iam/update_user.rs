//! UpdateUser: renames a user, moves it to another path, or both. It stays the same user: its
//! access keys, policies and unique id go with it.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html>

use std::sync::Arc;

use serde::Deserialize;

use super::entity::Identity;
use super::model::{AccessKey, Group, IdentityKind, PrincipalId, PrincipalKind, User, fold};
use super::{Error, attachments, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Nothing;

pub(super) struct UpdateUser;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    new_path: Option<String>,
    new_user_name: Option<String>,
}

impl Operation for UpdateUser {
    const NAME: &'static str = "UpdateUser";
    const MEMBERS: &'static [Member] = &[
        members::USER_NAME.required(),
        members::NEW_PATH,
        members::NEW_USER_NAME,
    ];
    type Input = Input;
    type Output = Nothing;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)?;
        check::given(input.new_path.as_deref(), check::path)?;
        check::given(input.new_user_name.as_deref(), check::new_user_name)
    }

    /// "The user making the request must have appropriate permissions on both the source object
    /// and the target object", says AWS.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let source = Demand::on("iam:UpdateUser", demand::user(call, &input.user_name));
        let target = find::user(call, &input.user_name).ok().map(|user| {
            let path = input.new_path.as_ref().unwrap_or(&user.path);
            let name = input.new_user_name.as_ref().unwrap_or(&user.name);
            Demand::on("iam:UpdateUser", demand::new_user(call, path, name))
        });
        [Some(source), target].into_iter().flatten().collect()
    }

    /// What others find the user by is written in an order in which each step leads to a user.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Nothing, Error> {
        let account = call.scope.account;
        let old = find::user(call, &input.user_name)?;
        let user = User {
            name: input
                .new_user_name
                .clone()
                .unwrap_or_else(|| old.name.clone()),
            path: input.new_path.clone().unwrap_or_else(|| old.path.clone()),
            ..User::clone(&old)
        };
        let (from, to) = (
            User::key(account, &old.name),
            User::key(account, &user.name),
        );
        if to != from && call.tx.get::<User>(&to).is_some() {
            return Err(Error::Exists(IdentityKind::User, user.name));
        }
        call.tx.put(to.clone(), user.clone());
        if user.name != old.name {
            move_access_keys(call, &user);
        }
        if to != from {
            move_references(call, &old, &user);
            call.tx.delete(from);
        }
        Ok(Nothing {})
    }
}

/// Makes the access keys of a user lead to it by its new name.
fn move_access_keys(call: &mut Call<'_>, user: &User) {
    for id in &user.access_keys {
        if let Some(key) = find::access_key(call, id) {
            let key = AccessKey {
                user: user.name.clone(),
                ..Arc::unwrap_or_clone(key)
            };
            call.tx.put(AccessKey::key(id), key);
        }
    }
}

/// Makes the policies and groups of a user know it by its new name.
fn move_references(call: &mut Call<'_>, old: &User, new: &User) {
    for arn in new.policies.attached.iter().chain(&new.boundary) {
        attachments::rename(call, arn, &old.attachment(), &new.attachment());
    }
    for id in &new.groups {
        let key = Group::key(call.scope.account, id);
        if let Some(group) = call.tx.get::<Group>(&key) {
            let mut group = Arc::unwrap_or_clone(group);
            group.members.remove(&fold(&old.name));
            group.members.insert(fold(&new.name));
            call.tx.put(key, group);
        }
    }
    let holder = PrincipalId {
        account: call.scope.account,
        kind: PrincipalKind::User,
        name: fold(&new.name),
    };
    call.tx.put(PrincipalId::key(&new.id), holder);
}
