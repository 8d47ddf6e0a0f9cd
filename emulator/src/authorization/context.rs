//! The condition keys of a demand: who asks, from where, when, for what. Only gathers; a key that
//! has no value here is absent, which conditions tell from an empty one.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use std::net::IpAddr;

use sekisho_iam::{Context, Principal, Resource, Value, table};

use super::attached::Attached;
use super::demand::{Demand, Target, Values};
use crate::account::Region;
use crate::caller::{Caller, Principal as CallerKind};
use crate::organization::Organization;
use crate::sts::{Session, Vouched};
use crate::tag::Tag;
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
    (caller, attached): (&'a Caller, &'a Attached),
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
    let (service, _) = demand.action.split_once(':').unwrap_or_default();
    if let Some(region) = &around.region {
        let region = match service {
            "iam" => home_of_iam(region),
            _ => region.as_str(),
        };
        one("aws:RequestedRegion", region.to_owned());
    }
    for (key, value) in [
        ("aws:UserAgent", around.user_agent),
        ("aws:referer", around.referer),
    ] {
        if let Some(value) = value {
            context.insert(key, Value::One(value.into()));
        }
    }
    let session = caller.session.as_deref();
    let given = session.map_or(&[][..], |session| &session.tags);
    // What a session was given goes before what its user or role has.
    let is_overridden = |tag: &&Tag| {
        let mut given = given.iter();
        given.any(|given| given.key.eq_ignore_ascii_case(&tag.key))
    };
    let tags = attached.tags().iter();
    for tag in tags.filter(|tag| !is_overridden(tag)).chain(given) {
        let key = format!("aws:PrincipalTag/{}", tag.key);
        context.insert(key, Value::One(tag.value.as_str().into()));
    }
    if let Some(session) = session {
        of_session(&mut context, session);
    }
    if let CallerKind::Provider(vouched) = &caller.principal {
        of_provider(&mut context, vouched);
    }
    if let Some(organization) = attached.organization() {
        of_organization(&mut context, organization, caller, &demand.target);
    }
    let action = table::action(demand.action);
    let may_have = |key: &str| action.is_none_or(|action| action.may_have(key));
    if let Target::Resource {
        arn, attributes, ..
    } = &demand.target
    {
        for (key, value) in attributes.iter().flat_map(|attributes| attributes.tags()) {
            // Under the key that all services have and, where it knows one, the service's own. Roles
            // that are assumed are IAM's.
            for prefix in ["aws", arn.split(':').nth(2).unwrap_or(service)] {
                let key = format!("{prefix}:ResourceTag/{key}");
                if may_have(&key) {
                    context.insert(key, Value::One(value.into()));
                }
            }
        }
        let own = attributes.iter().flat_map(|attributes| attributes.keys());
        for (key, value) in own.filter(|(key, _)| may_have(key)) {
            context.insert(key, Value::One(value.into()));
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
    // A request that demands several actions gives each the keys that it knows.
    for (key, values) in demand.keys.iter().filter(|(key, _)| may_have(key)) {
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

/// Where in the organization caller and resource belong.
fn of_organization<'a>(
    context: &mut Context<'a>,
    organization: &'a Organization,
    caller: &Caller,
    target: &Target,
) {
    let owner = match target {
        Target::None => None,
        Target::Resource { account, .. } => Some(*account),
    };
    for (account, id, paths) in [
        (
            Some(caller.account),
            "aws:PrincipalOrgID",
            "aws:PrincipalOrgPaths",
        ),
        (owner, "aws:ResourceOrgID", "aws:ResourceOrgPaths"),
    ] {
        if let Some(path) = account.and_then(|account| organization.path_of(account)) {
            context.insert(id, Value::One(organization.id().into()));
            context.insert(paths, Value::Many(vec![path.into()]));
        }
    }
}

/// The keys that temporary credentials alone have. Whether somebody signed in with a device is said
/// of all of them, and here nobody can.
fn of_session<'a>(context: &mut Context<'a>, session: &'a Session) {
    let issued = session.issued.iso8601();
    context.insert("aws:TokenIssueTime", Value::One(issued.into()));
    context.insert("aws:MultiFactorAuthPresent", Value::One("false".into()));
    if let Some(identity) = &session.source_identity {
        context.insert("aws:SourceIdentity", Value::One(identity.as_str().into()));
    }
    if let Some(vouched) = &session.provider {
        of_provider(context, vouched);
    }
}

/// What an identity provider says of somebody.
fn of_provider<'a>(context: &mut Context<'a>, vouched: &'a Vouched) {
    let provider = vouched.provider.as_str();
    context.insert("aws:FederatedProvider", Value::One(provider.into()));
    for (key, values) in &vouched.claims {
        let value = match &values[..] {
            [one] => Value::One(one.as_str().into()),
            many => Value::Many(many.iter().map(|value| value.as_str().into()).collect()),
        };
        context.insert(key.as_str(), value);
    }
}

/// IAM is one for a partition, and its requests are made to this region whatever they are signed
/// for.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion>
fn home_of_iam(region: &Region) -> &'static str {
    match region.partition() {
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => "us-east-1",
    }
}
