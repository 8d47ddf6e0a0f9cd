//! CreateUser: makes a user without any permission.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>

use serde::{Deserialize, Serialize};

use super::model::{
    IdentityKind, IdentityPolicies, KeyCase, PrincipalId, PrincipalKind, Tag, User, fold, root_path,
};
use super::view::UserView;
use super::{Error, boundary, check, demand, members, quota};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

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
        members::PERMISSIONS_BOUNDARY,
        members::TAGS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::user_name(&input.user_name)?;
        check::path(&input.path)?;
        check::tags(&input.tags, KeyCase::Insensitive)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let user = demand::new_user(call, &input.path, &input.user_name);
        Demand::on("iam:CreateUser", user)
            .with(
                "iam:PermissionsBoundary",
                input.permissions_boundary.as_ref(),
            )
            .with_tags(input.tags.iter().map(Tag::pair))
            .and([(!input.tags.is_empty(), "iam:TagUser")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let account = call.scope.account;
        let key = User::key(account, &input.user_name);
        if call.tx.get::<User>(&key).is_some() {
            return Err(Error::Exists(IdentityKind::User, input.user_name.clone()));
        }
        quota::check(call, &User::all(account), quota::USERS)?;
        let attachment = (IdentityKind::User, fold(&input.user_name));
        let boundary = input.permissions_boundary.as_deref();
        let boundary = boundary.map(|arn| boundary::set(call, arn, attachment));
        let user = User {
            name: input.user_name.clone(),
            path: input.path.clone(),
            id: call.environment.unique_id("AIDA", account),
            created: call.now,
            tags: input.tags.clone(),
            policies: IdentityPolicies::default(),
            boundary: boundary.transpose()?,
            groups: Vec::new(),
            access_keys: Vec::new(),
        };
        let view = UserView::whole(&user, call.scope);
        let holder = PrincipalId {
            account,
            kind: PrincipalKind::User,
            name: fold(&user.name),
        };
        call.tx.put(PrincipalId::key(&user.id), holder);
        call.tx.put(key, user);
        Ok(Output { user: view })
    }
}
