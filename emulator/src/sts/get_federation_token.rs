//! GetFederationToken: temporary credentials for somebody whom the user who asks vouches for. They may
//! do what the user may and the session policies say.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>

use serde::{Deserialize, Serialize};

use super::credentials::{Issued, NewSession};
use super::get_session_token::MAX_OF_ROOT;
use super::narrowing::PolicyArn;
use super::session::SessionOf;
use super::{Error, members, narrowing};
use crate::authorization::{Authorized, Demand, Target};
use crate::caller::Principal;
use crate::operation::{Call, Operation};
use crate::tag::Tag;
use crate::wire::{Fault, Member};

/// How long a session lasts if nothing is said, in seconds.
const DEFAULT: i64 = 43_200;

pub(super) struct GetFederationToken;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    name: String,
    policy: Option<String>,
    #[serde(default)]
    policy_arns: Vec<PolicyArn>,
    duration_seconds: Option<i64>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    minimum_session_token_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(flatten)]
    issued: Issued,
    federated_user: FederatedUser,
    packed_policy_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct FederatedUser {
    federated_user_id: String,
    arn: String,
}

impl Operation for GetFederationToken {
    const NAME: &'static str = "GetFederationToken";
    const MEMBERS: &'static [Member] = &[
        members::NAME_OF_FEDERATED,
        members::SHORT_POLICY,
        members::POLICY_ARNS,
        members::USER_DURATION,
        members::TAGS,
        members::LEAST_TOKEN,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Fault;

    /// Who cannot ask at all is told that, and not what is missing.
    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        if vouching(call).is_err() {
            return Vec::new();
        }
        let arn = arn(call, &input.name);
        let target = Target::Resource {
            shown: arn.clone(),
            arn: arn.into(),
            account: call.scope.account,
            attributes: None,
        };
        Demand::on("sts:GetFederationToken", target)
            .with_tags(input.tags.iter().map(Tag::pair))
            .and([(!input.tags.is_empty(), "sts:TagSession")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Fault> {
        let of = vouching(call)?;
        let managed = narrowing::managed(&input.policy_arns)?;
        let policy = input.policy.as_deref();
        narrowing::check_policy(policy)?;
        let (tags, _) = narrowing::tags(None, &input.tags, &[])?;
        let packed_policy_size = narrowing::packed_size(policy, &managed, &tags)?;
        let duration = input.duration_seconds.unwrap_or(DEFAULT);
        let (account, arn) = (call.scope.account, arn(call, &input.name));
        let session = NewSession {
            name: input.name.clone(),
            duration: match of {
                SessionOf::FederatedRoot => duration.min(MAX_OF_ROOT),
                _ => duration,
            },
            policy: input.policy.clone(),
            managed,
            tags,
            least_token: input.minimum_session_token_size,
            ..NewSession::plain(account, of, duration)
        };
        Ok(Output {
            issued: session.issue(call)?,
            federated_user: FederatedUser {
                federated_user_id: format!("{account}:{}", input.name),
                arn,
            },
            packed_policy_size,
        })
    }
}

fn vouching(call: &Call<'_>) -> Result<SessionOf, Error> {
    let caller = call.access.caller();
    match &caller.principal {
        Principal::User { user, .. } if caller.session.is_none() => Ok(SessionOf::FederatedUser {
            id: user.id.clone(),
        }),
        Principal::Root if caller.session.is_none() => Ok(SessionOf::FederatedRoot),
        _ => Err(Error::SessionCredentials(GetFederationToken::NAME)),
    }
}

fn arn(call: &Call<'_>, name: &str) -> String {
    let (partition, account) = (call.scope.partition(), call.scope.account);
    format!("arn:{partition}:sts::{account}:federated-user/{name}")
}
