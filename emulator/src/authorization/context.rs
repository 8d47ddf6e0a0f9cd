//! The condition keys of a demand: who asks, from where, when, for what. Only gathers; a key that
//! has no value here is absent, which conditions tell from an empty one.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use std::net::IpAddr;

use sekisho_iam::{Context, Principal, Resource, Value};

use super::demand::{Demand, Target, Values};
use crate::account::Region;
use crate::caller::Caller;
use crate::timestamp::Timestamp;

/// How a request came.
#[derive(Clone, Copy, Default)]
pub struct Circumstances<'a> {
    /// The region it was scoped to.
    pub region: Option<Region>,
    /// The address it came from. In-process there is none, and it counts as this machine's.
    pub source: Option<IpAddr>,
    /// Whether it came over TLS.
    pub is_secure: bool,
    /// The `User-Agent` header.
    pub user_agent: Option<&'a str>,
    /// The `Referer` header.
    pub referer: Option<&'a str>,
}

/// All condition keys that have a value.
pub(super) fn context<'a>(
    caller: &'a Caller,
    principal: &Principal<'a>,
    resource: &Resource<'a>,
    demand: &'a Demand,
    around: &Circumstances<'a>,
    now: Timestamp,
) -> Context<'a> {
    let mut context = Context::of(principal, resource);
    let mut one = |key: &'static str, value: String| context.insert(key, Value::One(value.into()));
    one("aws:CurrentTime", now.iso8601());
    one("aws:EpochTime", now.millis().div_euclid(1000).to_string());
    one("aws:SecureTransport", around.is_secure.to_string());
    one("aws:ViaAWSService", false.to_string());
    let source = around.source.map(|address| address.to_canonical());
    let loopback = IpAddr::from([127, 0, 0, 1]);
    one("aws:SourceIp", source.unwrap_or(loopback).to_string());
    if let Some(region) = &around.region {
        one("aws:RequestedRegion", region.as_str().to_owned());
    }
    for (key, value) in [
        ("aws:UserAgent", around.user_agent),
        ("aws:referer", around.referer),
    ] {
        if let Some(value) = value {
            context.insert(key, Value::One(value.into()));
        }
    }
    let user_tags = caller.as_user().map_or(&[][..], |user| &user.tags);
    for tag in user_tags {
        let key = format!("aws:PrincipalTag/{}", tag.key);
        context.insert(key, Value::One(tag.value.as_str().into()));
    }
    let (service, _) = demand.action.split_once(':').unwrap_or_default();
    if let Target::Resource { arn, tagged, .. } = &demand.target {
        for (key, value) in tagged.iter().flat_map(|tagged| tagged.tags()) {
            resource_tag(&mut context, service, key, value);
        }
        // What is made has a name and no id yet. A name that was sent counts as the ARN it stands
        // for: the key's type is an ARN, and AWS's own policies compare it with patterns of ARNs.
        let is_made = demand
            .keys
            .iter()
            .any(|(key, _)| key == "secretsmanager:Name");
        if service == "secretsmanager" && !is_made {
            context.insert("secretsmanager:SecretId", Value::One((&**arn).into()));
        }
    }
    for (key, values) in &demand.keys {
        let value = match values {
            Values::One(value) => Value::One(value.as_str().into()),
            Values::Many(values) => {
                Value::Many(values.iter().map(|value| value.as_str().into()).collect())
            }
        };
        context.insert(&**key, value);
    }
    context
}

/// A resource's tag, under the key that all services have and under the service's own.
fn resource_tag<'a>(context: &mut Context<'a>, service: &str, key: &str, value: &'a str) {
    for prefix in ["aws", service] {
        let key = format!("{prefix}:ResourceTag/{key}");
        context.insert(key, Value::One(value.into()));
    }
}
