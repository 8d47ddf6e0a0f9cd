//! A role that is assumed, whoever vouches for the caller.

use serde::Serialize;

use super::credentials::{Issued, NewSession};
use super::role::RoleArn;
use super::session::{SessionOf, Vouched};
use super::{Error, narrowing};
use crate::operation::Call;
use crate::tag::Tag;
use crate::wire::Fault;

/// The longest session, in seconds, that a session may ask for; also the length of those that ask
/// for none.
pub(super) const CHAINED: i64 = 3600;

/// What is asked for.
pub(super) struct Request<'a> {
    pub(super) role: RoleArn<'a>,
    pub(super) name: &'a str,
    pub(super) duration: Option<i64>,
    pub(super) policy: Option<&'a str>,
    pub(super) managed: Vec<String>,
    pub(super) tags: Vec<Tag>,
    pub(super) transitive: Vec<String>,
    pub(super) source_identity: Option<String>,
    pub(super) provider: Option<Vouched>,
    pub(super) least_token: usize,
}

/// What answers say of a role that is assumed.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Assumed {
    #[serde(flatten)]
    issued: Issued,
    assumed_role_user: AssumedRoleUser,
    #[serde(skip_serializing_if = "Option::is_none")]
    packed_policy_size: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_identity: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AssumedRoleUser {
    assumed_role_id: String,
    arn: String,
}

impl Request<'_> {
    /// Issues the credentials, once the role is known to trust the caller.
    pub(super) fn grant(self, call: &mut Call<'_>) -> Result<Assumed, Fault> {
        let action = match self.provider {
            None => "sts:AssumeRole",
            Some(_) => "sts:AssumeRoleWithWebIdentity",
        };
        let role = self.role.found(call, action)?;
        let duration = self.duration.unwrap_or(CHAINED);
        if duration > role.max_session {
            return Err(Error::BeyondRole.into());
        }
        narrowing::check_policy(self.policy)?;
        let size = narrowing::packed_size(self.policy, &self.managed, &self.tags)?;
        let account = self.role.account();
        let partition = call.scope.partition();
        let is_packed = self.policy.is_some() || !self.managed.is_empty() || !self.tags.is_empty();
        let assumed_role_user = AssumedRoleUser {
            assumed_role_id: format!("{}:{}", role.id, self.name),
            arn: format!(
                "arn:{partition}:sts::{account}:assumed-role/{}/{}",
                role.name, self.name
            ),
        };
        let session = NewSession {
            account,
            of: SessionOf::Role {
                name: role.name.clone(),
                id: role.id.clone(),
            },
            name: self.name.to_owned(),
            duration,
            policy: self.policy.map(str::to_owned),
            managed: self.managed,
            tags: self.tags,
            transitive: self.transitive,
            source_identity: self.source_identity.clone(),
            provider: self.provider,
            least_token: self.least_token,
        };
        Ok(Assumed {
            issued: session.issue(call)?,
            assumed_role_user,
            packed_policy_size: is_packed.then_some(size),
            source_identity: self.source_identity,
        })
    }
}
