//! Decisions. An input is a request in its first lines and a policy in each paragraph after it.
//!
//! The first line is the action, the resource's ARN or `-`, the owner's account, and a letter for
//! the caller; each line after it a condition key, `=` and a value. A key twice has many values.
//! The first letter of a paragraph says where its policy is attached.

use std::collections::BTreeMap;
use std::sync::Arc;

use sekisho_iam::{
    Caller, Change, Context, Grant, GrantConstraint, Kind, Level, Named, Policies, Policy,
    Principal, Request, Resource, ResourceKind, ResourcePolicy, Value, evaluate, explain,
};

/// Matching takes the length of a pattern times that of a text, at most; so the time is bounded.
const LONGEST: usize = 16 << 10;

const ACCOUNT: &str = "111122223333";
const USER: &str = "arn:aws:iam::111122223333:user/ann";
const ROLE: &str = "arn:aws:iam::111122223333:role/app";

/// The short way and the long way come to the same decision; a deny for everything is a deny; a
/// proposed change of the request turns the decision.
pub fn decision(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if text.len() > LONGEST {
        return;
    }
    let mut paragraphs = text.split("\n\n");
    let mut lines = paragraphs.next().unwrap_or_default().lines();
    let first: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [action, arn, owner, caller] = first[..] else {
        return;
    };
    let context = context(lines);
    let layers = Layers::new(paragraphs);
    let caller = caller_of(caller);
    let account = match caller {
        Caller::Service { .. } | Caller::Anonymous => "",
        _ => ACCOUNT,
    };
    let principal = Principal { account, caller };
    let request = Request {
        principal: &principal,
        action,
        resource: Resource {
            arn: Some(arn).filter(|arn| *arn != "-"),
            account: owner,
        },
        context: &context,
    };
    layers.attached(|policies| judge(&request, policies));
}

fn judge(request: &Request<'_>, policies: &Policies<'_>) {
    let decision = evaluate(request, policies);
    let trace = explain(request, policies);
    assert_eq!(trace.decision, decision);
    assert!(!trace.to_string().is_empty());
    if let Some(miss) = trace.nearest_miss {
        assert_eq!(miss.allows, !decision.is_allowed());
        let mut context = request.context.clone();
        match miss.change {
            Change::SetKey { key, value } => {
                let value = match context.value(&key) {
                    Some(Value::Many(_)) => Value::Many(vec![value.into()]),
                    _ => Value::One(value.into()),
                };
                context.insert(key, value);
            }
            Change::RemoveKey { key } => context.remove(&key),
            _ => return,
        }
        let context = &context;
        let turned = evaluate(
            &Request {
                context,
                ..*request
            },
            policies,
        );
        assert_eq!(turned.is_allowed(), miss.allows);
    }
    let deny = r#"{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}"#;
    let deny = named(deny, Kind::Resource);
    let denied = Policies {
        endpoint: deny.as_deref(),
        ..*policies
    };
    assert!(!evaluate(request, &denied).is_allowed());
}

fn context<'a>(lines: impl Iterator<Item = &'a str>) -> Context<'a> {
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, value) in lines.filter_map(|line| line.split_once('=')) {
        values.entry(key).or_default().push(value);
    }
    let mut context = Context::default();
    for (key, values) in values {
        let value = match values[..] {
            [value] => Value::One(value.into()),
            _ => Value::Many(values.into_iter().map(Into::into).collect()),
        };
        context.insert(key, value);
    }
    context
}

fn caller_of(letter: &str) -> Caller<'static> {
    match letter {
        "r" => Caller::Role {
            role_arn: ROLE,
            session_arn: "arn:aws:sts::111122223333:assumed-role/app/one",
            id: "AROAEXAMPLEEXAMPLE12",
        },
        "f" => Caller::FederatedUser {
            arn: "arn:aws:sts::111122223333:federated-user/guest",
            user_arn: USER,
            user_id: "AIDAEXAMPLEEXAMPLE12",
        },
        "s" => Caller::Service {
            name: "lambda.amazonaws.com",
        },
        "n" => Caller::Anonymous,
        "0" => Caller::Root,
        _ => Caller::User {
            arn: USER,
            id: "AIDAEXAMPLEEXAMPLE12",
        },
    }
}

#[derive(Default)]
struct Layers {
    identity: Vec<Arc<Named>>,
    boundary: Option<Arc<Named>>,
    session: Option<Vec<Arc<Named>>>,
    resource: Option<(ResourceKind, Arc<Named>)>,
    grants: Vec<Grant>,
    endpoint: Option<Arc<Named>>,
    scp: Vec<Level>,
    rcp: Vec<Level>,
}

impl Layers {
    fn new<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Self {
        let mut layers = Self::default();
        for paragraph in paragraphs {
            let mut rest = paragraph.chars();
            let letter = rest.next();
            let text = rest.as_str();
            let level = |named| Level {
                policies: vec![named],
            };
            let resource = |kind, policy| named(text, policy).map(|named| (kind, named));
            match letter {
                Some('i') => layers.identity.extend(named(text, Kind::Identity)),
                Some('b') => layers.boundary = named(text, Kind::Identity),
                Some('s') => layers
                    .session
                    .get_or_insert_default()
                    .extend(named(text, Kind::Identity)),
                Some('r') => layers.resource = resource(ResourceKind::Secret, Kind::Resource),
                Some('k') => layers.resource = resource(ResourceKind::Key, Kind::Key),
                Some('t') => layers.resource = resource(ResourceKind::Trust, Kind::Trust),
                Some('e') => layers.endpoint = named(text, Kind::Resource),
                Some('c') => layers.scp.extend(named(text, Kind::Scp).map(level)),
                Some('x') => layers.rcp.extend(named(text, Kind::Rcp).map(level)),
                Some('g') => layers.grants.extend(grant(text)),
                _ => {}
            }
        }
        layers
    }

    fn attached(&self, judge: impl Fn(&Policies<'_>)) {
        let grants: Vec<&Grant> = self.grants.iter().collect();
        judge(&Policies {
            identity: &self.identity,
            boundary: self.boundary.as_deref(),
            session: self.session.as_deref(),
            resource: self.resource.as_ref().map(|(kind, policy)| ResourcePolicy {
                kind: *kind,
                policy,
            }),
            grants: &grants,
            endpoint: self.endpoint.as_deref(),
            scp: &self.scp,
            rcp: &self.rcp,
        });
    }
}

fn named(text: &str, kind: Kind) -> Option<Arc<Named>> {
    let policy = Policy::parse(text, kind).ok()?;
    let name = "a policy".to_owned();
    Some(Arc::new(Named { name, policy }))
}

/// Grantee, operation, and a pair of the encryption context.
fn grant(text: &str) -> Option<Grant> {
    let mut words = text.split_whitespace();
    let (grantee, operation) = (words.next()?, words.next()?);
    let pair = words.next().and_then(|pair| pair.split_once('='));
    let grant = Grant::new(grantee, [operation])?;
    Some(match pair {
        Some((key, value)) => grant.under(GrantConstraint::Equals(vec![(
            key.to_owned(),
            value.to_owned(),
        )])),
        None => grant,
    })
}
