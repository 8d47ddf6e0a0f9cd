//! CreateRole: makes a role that those may assume whom its trust policy names.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>

use serde::{Deserialize, Serialize};

use super::model::{
    IdentityKind, IdentityPolicies, KeyCase, PrincipalId, PrincipalKind, Role, Tag, fold, root_path,
};
use super::view_role::RoleView;
use super::{Error, boundary, check, demand, members, quota, trust};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

/// The longest session, in seconds, of a role that does not say how long.
pub(super) const DEFAULT_MAX_SESSION: i64 = 3600;

pub(super) struct CreateRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_name: String,
    #[serde(default = "root_path")]
    path: String,
    assume_role_policy_document: String,
    description: Option<String>,
    max_session_duration: Option<i64>,
    max_signin_session_duration: Option<i64>,
    permissions_boundary: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    role: RoleView,
}

impl Operation for CreateRole {
    const NAME: &'static str = "CreateRole";
    const MEMBERS: &'static [Member] = &[
        members::PATH,
        members::ROLE_NAME.required(),
        members::ASSUME_ROLE_POLICY_DOCUMENT,
        members::ROLE_DESCRIPTION,
        members::MAX_SESSION_DURATION,
        members::MAX_SIGNIN_SESSION_DURATION,
        members::PERMISSIONS_BOUNDARY,
        members::TAGS,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::role_name(&input.role_name)?;
        check::path(&input.path)?;
        check::tags(&input.tags, KeyCase::Insensitive)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let role = demand::new_role(call, &input.path, &input.role_name);
        Demand::on("iam:CreateRole", role)
            .with(
                "iam:PermissionsBoundary",
                input.permissions_boundary.as_ref(),
            )
            .with_tags(input.tags.iter().map(Tag::pair))
            .and([(!input.tags.is_empty(), "iam:TagRole")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let boundary = input.permissions_boundary.as_deref();
        let attachment = (IdentityKind::Role, fold(&input.role_name));
        let mut role = Role {
            name: input.role_name.clone(),
            path: input.path.clone(),
            id: call.environment.unique_id("AROA", call.scope.account),
            created: call.now,
            description: input.description.clone(),
            max_session: input.max_session_duration.unwrap_or(DEFAULT_MAX_SESSION),
            max_signin: input.max_signin_session_duration,
            trust: trust::read(call, &input.assume_role_policy_document)?,
            tags: input.tags.clone(),
            policies: IdentityPolicies::default(),
            boundary: None,
            service_linked: false,
            instance_profiles: Default::default(),
            last_used: Default::default(),
        };
        vacant(call, &role.name)?;
        let boundary = boundary.map(|arn| boundary::set(call, arn, attachment));
        role.boundary = boundary.transpose()?;
        let view = RoleView::created(&role, call);
        put(call, role);
        Ok(Output { role: view })
    }
}

/// Refuses a name that another role has, and one role more than there may be.
pub(super) fn vacant(call: &mut Call<'_>, name: &str) -> Result<(), Error> {
    let account = call.scope.account;
    if call.tx.get::<Role>(&Role::key(account, name)).is_some() {
        return Err(Error::Exists(IdentityKind::Role, name.to_owned()));
    }
    quota::check(call, &Role::all(account), quota::ROLES)
}

/// Stores a role that is new, so that policies can name it.
pub(super) fn put(call: &mut Call<'_>, role: Role) {
    let account = call.scope.account;
    let holder = PrincipalId {
        account,
        kind: PrincipalKind::Role,
        name: fold(&role.name),
    };
    call.tx.put(PrincipalId::key(&role.id), holder);
    call.tx.put(Role::key(account, &role.name), role);
}
