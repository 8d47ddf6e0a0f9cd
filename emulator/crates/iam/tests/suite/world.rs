//! From a test to what the engine is asked.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use sekisho_iam::{
    Caller, Context, Decision, Denial, Grant, GrantConstraint, Kind, Level, Named, Policies,
    Policy, Principal, Request, Resource, ResourceKind, ResourcePolicy, Value,
};
use serde_json::{Value as Json, json};

use crate::format::{self, OneOrMany, Test};

const USER_ID: &str = "AIDAEXAMPLEEXAMPLE12";
const ROLE_ID: &str = "AROAEXAMPLEEXAMPLE12";

/// Whether the policy of a test is accepted, or the text of its refusal.
pub fn parse(test: &Test) -> Result<Result<(), String>, String> {
    let kind = match test.kind.as_deref() {
        Some("identity") => Kind::Identity,
        Some("session") => Kind::Session,
        Some("trust") => Kind::Trust,
        Some("resource") => Kind::Resource,
        Some("key") => Kind::Key,
        Some("scp") => Kind::Scp,
        Some("rcp") => Kind::Rcp,
        other => return Err(format!("there is no kind {other:?}")),
    };
    let text = match (&test.text, &test.policy) {
        (Some(text), None) => text.clone(),
        (None, Some(policy)) => wrapped(policy).to_string(),
        _ => return Err("either `policy` or `text`".to_owned()),
    };
    Ok(Policy::parse(&text, kind)
        .map(drop)
        .map_err(|malformed| malformed.to_string()))
}

/// Asks with the request and the policies of a test.
pub fn with<T>(
    test: &Test,
    folder: &Path,
    ask: impl FnOnce(&Request<'_>, &Policies<'_>, &dyn Fn(Decision) -> String) -> T,
) -> Result<T, String> {
    let asked = test.request.as_ref().ok_or("there is no `request`")?;
    let role_arn;
    let (name, caller) = match &asked.principal {
        format::Principal::Name(name) => {
            role_arn = role_of(name);
            (name.as_str(), caller(name, &role_arn)?)
        }
        format::Principal::Session { session, role } => (
            session.as_str(),
            Caller::Role {
                role_arn: role,
                session_arn: session,
                id: ROLE_ID,
            },
        ),
        format::Principal::Federated { federated, user } => (
            federated.as_str(),
            Caller::FederatedUser {
                arn: federated,
                user_arn: user,
                user_id: USER_ID,
            },
        ),
        format::Principal::Provider { provider } => {
            (provider.as_str(), Caller::Provider { name: provider })
        }
    };
    let has_account = !matches!(
        caller,
        Caller::Service { .. } | Caller::Provider { .. } | Caller::Anonymous
    );
    let account = if has_account { part(name, 4) } else { "" };
    let principal = Principal { account, caller };
    let arn = asked.resource.as_deref();
    let owner_in_arn = arn
        .map(|arn| part(arn, 4))
        .filter(|owner| !owner.is_empty());
    let resource = Resource {
        arn,
        account: asked.owner.as_deref().or(owner_in_arn).unwrap_or(account),
    };
    let mut context = Context::of(&principal, &resource);
    for (key, value) in &asked.context {
        match value {
            Json::Null => context.remove(key),
            Json::Array(values) => {
                let values = values.iter().map(|value| text_of(value).into());
                context.insert(key.as_str(), Value::Many(values.collect()));
            }
            value => context.insert(key.as_str(), Value::One(text_of(value).into())),
        }
    }
    let layers = Layers::new(test, folder, &asked.action)?;
    let grants: Vec<&Grant> = layers.grants.iter().collect();
    let policies = Policies {
        identity: &layers.identity,
        boundary: layers.boundary.as_deref(),
        session: layers.session.as_deref(),
        resource: layers.resource.as_deref().map(|policy| ResourcePolicy {
            kind: resource_kind(&asked.action),
            policy,
        }),
        grants: &grants,
        endpoint: layers.endpoint.as_deref(),
        scp: &layers.scp,
        rcp: &layers.rcp,
    };
    let request = Request {
        principal: &principal,
        action: &asked.action,
        resource,
        context: &context,
    };
    let via = context
        .value("kms:ViaService")
        .and_then(|service| service.iter().next());
    let sentence = |decision| {
        Denial {
            caller: name,
            action: &asked.action,
            resource: asked.shown.as_deref().or(arn),
            decision,
            is_foreign: resource.account != account,
            via,
            through_scp: false,
            policy_arn: None,
        }
        .to_string()
    };
    Ok(ask(&request, &policies, &sentence))
}

struct Layers {
    identity: Vec<Arc<Named>>,
    boundary: Option<Arc<Named>>,
    session: Option<Vec<Arc<Named>>>,
    resource: Option<Arc<Named>>,
    grants: Vec<Grant>,
    endpoint: Option<Arc<Named>>,
    scp: Vec<Level>,
    rcp: Vec<Level>,
}

impl Layers {
    fn new(test: &Test, folder: &Path, action: &str) -> Result<Self, String> {
        let policies = &test.policies;
        let one = |policy: &Option<Json>, kind, name: &str| {
            let compile = |policy| compile(policy, kind, name.to_owned(), folder);
            policy.as_ref().map(compile).transpose()
        };
        let many = |list: &[Json], kind, name: &str| {
            list.iter()
                .enumerate()
                .map(|(number, policy)| compile(policy, kind, format!("{name} {number}"), folder))
                .collect::<Result<Vec<_>, _>>()
        };
        let levels = |levels: &Option<Vec<OneOrMany<Json>>>, kind, name: &str| {
            levels
                .iter()
                .flatten()
                .map(|level| many(level.as_slice(), kind, name).map(|policies| Level { policies }))
                .collect::<Result<Vec<_>, _>>()
        };
        let identity = policies
            .identity
            .as_ref()
            .map_or(&[][..], OneOrMany::as_slice);
        let session = policies.session.as_ref();
        let session = session.map(|list| many(list.as_slice(), Kind::Session, "session"));
        let resource_kind = match resource_kind(action) {
            ResourceKind::Trust => Kind::Trust,
            ResourceKind::Key => Kind::Key,
            ResourceKind::Secret => Kind::Resource,
        };
        let grants = policies.grants.iter().flatten().map(grant);
        Ok(Self {
            identity: many(identity, Kind::Identity, "identity")?,
            boundary: one(&policies.boundary, Kind::Identity, "boundary")?,
            session: session.transpose()?,
            resource: one(&policies.resource, resource_kind, "resource")?,
            grants: grants.collect::<Result<Vec<_>, _>>()?,
            endpoint: one(&policies.endpoint, Kind::Resource, "endpoint")?,
            scp: levels(&policies.scp, Kind::Scp, "scp")?,
            rcp: levels(&policies.rcp, Kind::Rcp, "rcp")?,
        })
    }
}

fn compile(policy: &Json, kind: Kind, name: String, folder: &Path) -> Result<Arc<Named>, String> {
    let text = match policy {
        Json::String(path) => {
            fs::read_to_string(folder.join(path)).map_err(|error| format!("{path}: {error}"))?
        }
        policy => wrapped(policy).to_string(),
    };
    let policy = Policy::parse(&text, kind).map_err(|error| format!("{name}: {error}: {text}"))?;
    Ok(Arc::new(Named { name, policy }))
}

/// A mapping with `Effect` is a statement and stands for a document of the current version.
fn wrapped(policy: &Json) -> Json {
    if policy.get("Effect").is_some() {
        json!({"Version": "2012-10-17", "Statement": [policy]})
    } else {
        policy.clone()
    }
}

fn grant(grant: &format::Grant) -> Result<Grant, String> {
    let operations = grant.operations.iter().map(String::as_str);
    let made = Grant::new(&grant.grantee, operations)
        .ok_or_else(|| format!("{} is no principal", grant.grantee))?;
    let pairs = |pairs: &std::collections::BTreeMap<String, String>| {
        pairs.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    match (
        &grant.encryption_context_equals,
        &grant.encryption_context_subset,
    ) {
        (None, None) => Ok(made),
        (Some(equals), None) => Ok(made.under(GrantConstraint::Equals(pairs(equals)))),
        (None, Some(subset)) => Ok(made.under(GrantConstraint::Subset(pairs(subset)))),
        _ => Err("a grant has one constraint".to_owned()),
    }
}

fn resource_kind(action: &str) -> ResourceKind {
    match action.split_once(':') {
        Some(("kms", _)) => ResourceKind::Key,
        Some(("sts", "TagSession" | "SetSourceIdentity")) => ResourceKind::Trust,
        Some(("sts", name)) if name.starts_with("AssumeRole") => ResourceKind::Trust,
        _ => ResourceKind::Secret,
    }
}

fn caller<'a>(name: &'a str, role_arn: &'a str) -> Result<Caller<'a>, String> {
    let kind = part(name, 5).split('/').next().unwrap_or_default();
    Ok(match (name, kind) {
        ("anonymous", _) => Caller::Anonymous,
        (_, "root") => Caller::Root,
        (_, "user") => Caller::User {
            arn: name,
            id: USER_ID,
        },
        (_, "assumed-role") => Caller::Role {
            role_arn,
            session_arn: name,
            id: ROLE_ID,
        },
        (name, _) if name.ends_with(".amazonaws.com") => Caller::Service { name },
        _ => return Err(format!("{name} is no principal")),
    })
}

/// The role of a session, if it has no path.
fn role_of(session: &str) -> String {
    let role = part(session, 5).split('/').nth(1).unwrap_or_default();
    format!(
        "arn:{}:iam::{}:role/{role}",
        part(session, 1),
        part(session, 4)
    )
}

fn part(arn: &str, number: usize) -> &str {
    arn.splitn(6, ':').nth(number).unwrap_or_default()
}

fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        value => value.to_string(),
    }
}
