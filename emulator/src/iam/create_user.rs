//! CreateUser: makes a user without any permission.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Tag, User, root_path};
use super::view::UserView;
use super::{Error, check, demand, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::{Member, Shape};

pub(super) struct CreateUser;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    #[serde(default = "root_path")]
    path: String,
    permissions_boundary: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    user: UserView,
}

impl Operation for CreateUser {
    const NAME: &'static str = "CreateUser";
    const MEMBERS: &'static [Member] = &[
        members::PATH,
        members::SHORT_USER_NAME.required(),
        Member::new("PermissionsBoundary", Shape::string(20, 2048)).sensitive(),
        members::TAGS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)?;
        check::path(&input.path)?;
        check::user_tags(&input.tags)?;
        match input.permissions_boundary {
            Some(_) => Err(Error::Unsupported("permissions boundaries")),
            None => Ok(()),
        }
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let user = demand::new_user(call, &input.path, &input.user_name);
        Demand::on("iam:CreateUser", user)
            .with_tags(input.tags.iter().map(Tag::pair))
            .and([(!input.tags.is_empty(), "iam:TagUser")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let account = call.scope.account;
        let key = User::key(account, &input.user_name);
        if call.tx.get::<User>(&key).is_some() {
            return Err(Error::UserExists(input.user_name.clone()));
        }
        let user = User {
            name: input.user_name.clone(),
            path: input.path.clone(),
            id: call.environment.unique_id("AIDA", account),
            created: call.now,
            tags: input.tags.clone(),
            inline: BTreeMap::new(),
            attached: Vec::new(),
            access_keys: Vec::new(),
        };
        let view = UserView::with_tags(&user, call.scope);
        call.tx.put(key, user);
        Ok(Output { user: view })
    }
}
