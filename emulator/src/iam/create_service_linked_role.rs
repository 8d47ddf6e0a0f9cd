//! CreateServiceLinkedRole: makes the role that a service of AWS has in an account.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html>

use serde::{Deserialize, Serialize};

use super::create_role::{DEFAULT_MAX_SESSION, put, vacant};
use super::entity::Identity;
use super::error::RoleError;
use super::model::{IdentityPolicies, PolicyUsage, Role};
use super::view_role::RoleView;
use super::{Error, attachments, check, demand, find, members, service_linked, trust};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct CreateServiceLinkedRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(rename = "AWSServiceName")]
    service: String,
    description: Option<String>,
    custom_suffix: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    role: RoleView,
}

impl Operation for CreateServiceLinkedRole {
    const NAME: &'static str = "CreateServiceLinkedRole";
    const MEMBERS: &'static [Member] = &[
        members::AWS_SERVICE_NAME,
        members::ROLE_DESCRIPTION,
        members::CUSTOM_SUFFIX,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::named(&input.service, "aWSServiceName")?;
        let suffix = input.custom_suffix.as_deref();
        check::given(suffix, |suffix| check::named(suffix, "customSuffix"))
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let name = input.name().unwrap_or_default();
        let role = demand::new_role(call, &service_linked::path(&input.service), &name);
        let create = Demand::on("iam:CreateServiceLinkedRole", role);
        vec![create.with("iam:AWSServiceName", Some(&input.service))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let name = input.name()?;
        vacant(call, &name).map_err(|error| match error {
            Error::Exists(_, name) => RoleError::ServiceRoleExists(name).into(),
            other => other,
        })?;
        let mut role = Role {
            name,
            path: service_linked::path(&input.service),
            id: call.environment.unique_id("AROA", call.scope.account),
            created: call.now,
            description: input.description.clone(),
            max_session: DEFAULT_MAX_SESSION,
            max_signin: None,
            trust: trust::read(call, &service_linked::trust_policy(&input.service))?,
            tags: Vec::new(),
            policies: IdentityPolicies::default(),
            boundary: None,
            service_linked: true,
            instance_profiles: Default::default(),
            last_used: Default::default(),
        };
        let policy = service_linked::policy(&input.service);
        if let Some(policy) = policy.and_then(|arn| find::policy(call, &arn)) {
            let usage = PolicyUsage::Permissions;
            attachments::add(call, &policy.arn, usage, role.attachment());
            role.policies.attached.push(policy.arn.clone());
        }
        let view = RoleView::created(&role, call);
        put(call, role);
        Ok(Output { role: view })
    }
}

impl Input {
    fn name(&self) -> Result<String, RoleError> {
        service_linked::name(&self.service, self.custom_suffix.as_deref())
    }
}
