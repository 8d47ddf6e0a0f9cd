//! AssumeRoleWithWebIdentity: temporary credentials of a role that trusts an identity provider, for
//! whom the provider vouches. Requests are not signed: the token says who asks.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>

use serde::{Deserialize, Serialize};

use super::assumed::{self, Assumed};
use super::narrowing::PolicyArn;
use super::vouched::Vouched;
use super::web_identity::WebIdentity;
use super::{members, narrowing, role};
use crate::authorization::{Authorized, Demand};
use crate::caller::Principal;
use crate::operation::{Call, Operation};
use crate::sensitive::Sensitive;
use crate::tag::Tag;
use crate::wire::{Fault, Member};

pub(super) struct AssumeRoleWithWebIdentity;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_arn: String,
    role_session_name: String,
    web_identity_token: Sensitive<String>,
    #[serde(default)]
    policy_arns: Vec<PolicyArn>,
    policy: Option<String>,
    duration_seconds: Option<i64>,
    #[serde(default)]
    minimum_session_token_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(flatten)]
    assumed: Assumed,
    subject_from_web_identity_token: String,
    provider: String,
    audience: String,
}

impl Operation for AssumeRoleWithWebIdentity {
    const NAME: &'static str = "AssumeRoleWithWebIdentity";
    const MEMBERS: &'static [Member] = &[
        members::ROLE_ARN,
        members::ROLE_SESSION_NAME,
        members::WEB_IDENTITY_TOKEN,
        Member::string("ProviderId", 4, 2048),
        members::POLICY_ARNS,
        members::SHORT_POLICY,
        members::ROLE_DURATION,
        members::LEAST_TOKEN,
    ];
    const IS_SIGNED: bool = false;
    type Input = Input;
    type Output = Output;
    type Error = Fault;

    fn check(input: &Input) -> Result<(), Fault> {
        role::parse(&input.role_arn)?;
        Ok(())
    }

    fn web_identity(input: &Input) -> Option<WebIdentity<'_>> {
        Some(WebIdentity {
            role_arn: &input.role_arn,
            token: input.web_identity_token.expose(),
        })
    }

    /// Nothing is asked of IAM as long as nobody vouches; `run` says so then.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let (Ok(role), Ok(vouched)) = (role::parse(&input.role_arn), Vouched::of(call)) else {
            return Vec::new();
        };
        let tags = &vouched.tags;
        Demand::on("sts:AssumeRoleWithWebIdentity", role.target(call))
            .with("sts:RoleSessionName", Some(&input.role_session_name))
            .with("sts:SourceIdentity", vouched.source_identity.as_ref())
            .with_all("sts:TransitiveTagKeys", vouched.transitive.clone())
            .with_tags(tags.iter().map(Tag::pair))
            .and([
                (!tags.is_empty(), "sts:TagSession"),
                (vouched.source_identity.is_some(), "sts:SetSourceIdentity"),
            ])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Fault> {
        let vouched = Vouched::of(call)?;
        vouched.claims.names_role(&input.role_arn)?;
        let (tags, transitive) = narrowing::tags(None, &vouched.tags, &vouched.transitive)?;
        let provider = match &call.access.caller().principal {
            Principal::Provider(provider) => Some(provider.clone()),
            _ => None,
        };
        let request = assumed::Request {
            role: role::parse(&input.role_arn)?,
            name: &input.role_session_name,
            duration: input.duration_seconds,
            policy: input.policy.as_deref(),
            managed: narrowing::managed(&input.policy_arns)?,
            tags,
            transitive,
            source_identity: vouched.source_identity,
            provider,
            least_token: input.minimum_session_token_size,
        };
        Ok(Output {
            assumed: request.grant(call)?,
            subject_from_web_identity_token: vouched.claims.subject.clone(),
            provider: vouched.provider,
            audience: vouched.audience,
        })
    }
}
