//! CreateUser: makes a user without any permission.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Error;
use super::model::{NAME, PATH, TAGS, Tag, User, duplicate_tags, valid_name, valid_path};
use super::view::UserView;
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::{Member, Shape};

pub(super) struct CreateUser;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: String,
    path: Option<String>,
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
        Member::new("Path", PATH),
        Member::new("UserName", NAME).required(),
        Member::new("PermissionsBoundary", Shape::string(20, 2048)),
        Member::new("Tags", TAGS),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        if !valid_name(&input.user_name) {
            return Err(Error::InvalidName("userName"));
        }
        if !input.path.as_deref().is_none_or(valid_path) {
            return Err(Error::InvalidPath);
        }
        if duplicate_tags(&input.tags) {
            return Err(Error::DuplicateTags);
        }
        match input.permissions_boundary {
            Some(_) => Err(Error::Unsupported("permissions boundaries")),
            None => Ok(()),
        }
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let path = input.path.as_deref().unwrap_or("/");
        let arn = User::arn_of(call.scope.partition(), call.scope.account, path, &input.user_name);
        let user = super::demand::arn(call, &arn);
        let create = Demand::on("iam:CreateUser", user.clone());
        let tag = (!input.tags.is_empty()).then(|| Demand::on("iam:TagUser", user));
        [Some(create), tag].into_iter().flatten().collect()
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let account = call.scope.account;
        let key = User::key(account, &input.user_name);
        if call.tx.get::<User>(&key).is_some() {
            return Err(Error::UserExists(input.user_name.clone()));
        }
        let user = User {
            name: input.user_name.clone(),
            path: input.path.clone().unwrap_or_else(|| "/".to_owned()),
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
