//! AssumeRole: temporary credentials of a role that trusts the caller.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>

use serde::{Deserialize, Serialize};

use super::assumed::{self, Assumed};
use super::narrowing::PolicyArn;
use super::{Error, members, narrowing, role};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::tag::Tag;
use crate::wire::{Fault, Member};

pub(super) struct AssumeRole;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    role_arn: String,
    role_session_name: String,
    #[serde(default)]
    policy_arns: Vec<PolicyArn>,
    policy: Option<String>,
    duration_seconds: Option<i64>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    transitive_tag_keys: Vec<String>,
    external_id: Option<String>,
    serial_number: Option<String>,
    token_code: Option<String>,
    source_identity: Option<String>,
    #[serde(default)]
    minimum_session_token_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(flatten)]
    assumed: Assumed,
}

impl Operation for AssumeRole {
    const NAME: &'static str = "AssumeRole";
    const MEMBERS: &'static [Member] = &[
        members::ROLE_ARN,
        members::ROLE_SESSION_NAME,
        members::POLICY_ARNS,
        members::POLICY,
        members::ROLE_DURATION,
        members::TAGS,
        members::TRANSITIVE_TAG_KEYS,
        members::EXTERNAL_ID,
        members::SERIAL_NUMBER,
        members::TOKEN_CODE,
        members::SOURCE_IDENTITY,
        members::LEAST_TOKEN,
    ];
    const UNREAD: &'static [&'static str] = &["ProvidedContexts"];
    type Input = Input;
    type Output = Output;
    type Error = Fault;

    fn check(input: &Input) -> Result<(), Fault> {
        role::parse(&input.role_arn)?;
        Ok(())
    }

    /// Tags and a source identity need a permission of their own, the latter also where it is that of
    /// the session that asks.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let Ok(role) = role::parse(&input.role_arn) else {
            return Vec::new();
        };
        let asking = call.access.caller().session.clone();
        let inherited = asking.and_then(|session| session.source_identity.clone());
        let source_identity = input.source_identity.clone().or(inherited);
        Demand::on("sts:AssumeRole", role.target(call))
            .with("sts:ExternalId", input.external_id.as_ref())
            .with("sts:RoleSessionName", Some(&input.role_session_name))
            .with("sts:SourceIdentity", source_identity.as_ref())
            .with_all("sts:TransitiveTagKeys", input.transitive_tag_keys.clone())
            .with_tags(input.tags.iter().map(Tag::pair))
            .and([
                (!input.tags.is_empty(), "sts:TagSession"),
                (source_identity.is_some(), "sts:SetSourceIdentity"),
            ])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Fault> {
        if input.serial_number.is_some() || input.token_code.is_some() {
            return Err(Error::NoDevice.into());
        }
        let asking = call.access.caller().session.clone();
        let duration = input.duration_seconds;
        if asking.is_some() && duration.is_some_and(|duration| duration > assumed::CHAINED) {
            return Err(Error::BeyondChaining.into());
        }
        let (tags, transitive) =
            narrowing::tags(asking.as_deref(), &input.tags, &input.transitive_tag_keys)?;
        let inherited = asking.and_then(|session| session.source_identity.clone());
        let source_identity = match (inherited, &input.source_identity) {
            (Some(known), Some(other)) if known != *other => {
                return Err(Error::OtherSourceIdentity.into());
            }
            (inherited, given) => inherited.or_else(|| given.clone()),
        };
        let request = assumed::Request {
            role: role::parse(&input.role_arn)?,
            name: &input.role_session_name,
            duration,
            policy: input.policy.as_deref(),
            managed: narrowing::managed(&input.policy_arns)?,
            tags,
            transitive,
            source_identity,
            provider: None,
            least_token: input.minimum_session_token_size,
        };
        Ok(Output {
            assumed: request.grant(call)?,
        })
    }
}
