//! The decision tables: who, what each layer says, and what comes of it.

mod callers;
mod layers;
mod own_account;

use super::*;
use crate::policies::{Grant, Level, ResourcePolicy};
use crate::principal::Principal;
use crate::request::{Context, Resource};
use crate::{Kind, Outcome};

const ACCOUNT: &str = "111122223333";
const FOREIGN: &str = "444455556666";
const ACTION: &str = "kms:Decrypt";

const USER_ARN: &str = "arn:aws:iam::111122223333:user/dev/ann";
const ROLE_ARN: &str = "arn:aws:iam::111122223333:role/dev/app";
const SESSION_ARN: &str = "arn:aws:sts::111122223333:assumed-role/app/one";
const FEDERATED_ARN: &str = "arn:aws:sts::111122223333:federated-user/guest";
const ROOT_ARN: &str = "arn:aws:iam::111122223333:root";
const SERVICE: &str = "lambda.amazonaws.com";

const USER: Caller<'_> = Caller::User {
    arn: USER_ARN,
    id: "AIDAEXAMPLEEXAMPLE12",
};
const ROLE: Caller<'_> = Caller::Role {
    role_arn: ROLE_ARN,
    session_arn: SESSION_ARN,
    id: "AROAEXAMPLEEXAMPLE12",
};
const FEDERATED: Caller<'_> = Caller::FederatedUser {
    arn: FEDERATED_ARN,
    user_arn: USER_ARN,
    user_id: "AIDAEXAMPLEEXAMPLE12",
};

/// What a layer says.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Says {
    /// Nothing is attached.
    Absent,
    /// A policy is attached that does not name the action.
    Silent,
    Allow,
    Deny,
}
use Says::{Absent, Allow, Deny, Silent};

/// Everything of one decision; tests change what they are about.
#[derive(Clone)]
struct Case {
    caller: Caller<'static>,
    owner: &'static str,
    kind: ResourceKind,
    identity: Says,
    boundary: Says,
    session: Says,
    /// The resource's policy, and the `Principal` element in it.
    resource: (Says, String),
    grantee: Option<&'static str>,
    endpoint: Says,
    scp: Vec<Says>,
    rcp: Says,
}

impl Case {
    fn new(caller: Caller<'static>) -> Self {
        Self {
            caller,
            owner: ACCOUNT,
            kind: ResourceKind::Secret,
            identity: Absent,
            boundary: Absent,
            session: Absent,
            resource: (Absent, String::new()),
            grantee: None,
            endpoint: Absent,
            scp: Vec::new(),
            rcp: Absent,
        }
    }

    fn resource(mut self, says: Says, principal: &str) -> Self {
        self.resource = (says, format!(r#""Principal":{principal}"#));
        self
    }

    fn decide(&self) -> Decision {
        let has_account = matches!(
            self.caller,
            Caller::Root | Caller::User { .. } | Caller::Role { .. } | Caller::FederatedUser { .. }
        );
        let principal = Principal {
            account: if has_account { ACCOUNT } else { "" },
            caller: self.caller,
        };
        let attached = |says, kind, principal: &str| named(says, kind, principal).map(Arc::new);
        let identity: Vec<_> = attached(self.identity, Kind::Identity, "")
            .into_iter()
            .collect();
        let session = attached(self.session, Kind::Identity, "").map(|policy| vec![policy]);
        let boundary = named(self.boundary, Kind::Identity, "");
        let endpoint = named(self.endpoint, Kind::Resource, r#""Principal":"*""#);
        let level = |says, kind, principal: &str| Level {
            policies: attached(says, kind, principal).into_iter().collect(),
        };
        let scp: Vec<_> = self
            .scp
            .iter()
            .map(|&says| level(says, Kind::Scp, ""))
            .collect();
        let rcp = [level(self.rcp, Kind::Rcp, r#""Principal":"*""#)];
        let kind = if self.kind == ResourceKind::Trust {
            Kind::Trust
        } else {
            Kind::Resource
        };
        let resource = named(self.resource.0, kind, &self.resource.1);
        let grant = self
            .grantee
            .map(|grantee| Grant::new(grantee, ["Decrypt"]).unwrap());
        let arn = format!("arn:aws:any:eu-west-1:{}:thing/x", self.owner);
        let trust = self.kind == ResourceKind::Trust;
        let request = Request {
            principal: &principal,
            action: if trust { "sts:AssumeRole" } else { ACTION },
            resource: Resource {
                arn: Some(&arn),
                account: self.owner,
            },
            context: &Context::EMPTY,
        };
        evaluate(
            &request,
            &Policies {
                identity: &identity,
                boundary: boundary.as_ref(),
                session: session.as_deref(),
                resource: resource.as_ref().map(|policy| ResourcePolicy {
                    kind: self.kind,
                    policy,
                }),
                grants: &grant.iter().collect::<Vec<_>>(),
                endpoint: endpoint.as_ref(),
                scp: &scp,
                rcp: &rcp,
            },
        )
    }

    #[track_caller]
    fn gives(&self, outcome: Outcome, layer: Layer) {
        let decision = self.decide();
        assert_eq!((decision.outcome, decision.layer), (outcome, layer));
        let is_explained = outcome != Outcome::ImplicitDeny && layer != Layer::Root;
        assert_eq!(decision.determining.is_some(), is_explained);
    }
}

fn named(says: Says, kind: Kind, principal: &str) -> Option<Named> {
    let (effect, action) = match says {
        Absent => return None,
        Silent => ("Allow", "sts:AssumeRoleWithSAML"),
        Allow => (
            "Allow",
            if kind == Kind::Trust {
                "sts:AssumeRole"
            } else {
                "*"
            },
        ),
        Deny => (
            "Deny",
            if kind == Kind::Trust {
                "sts:AssumeRole"
            } else {
                "*"
            },
        ),
    };
    let resource = if kind == Kind::Trust {
        ""
    } else {
        r#","Resource":"*""#
    };
    let comma = if principal.is_empty() { "" } else { "," };
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Action":"{action}"{resource}{comma}{principal}}}}}"#
    );
    let policy = Policy::parse(&text, kind).unwrap_or_else(|error| panic!("{error}: {text}"));
    Some(Named {
        name: "test".to_owned(),
        policy,
    })
}

fn aws(name: &str) -> String {
    format!(r#"{{"AWS":"{name}"}}"#)
}

use Outcome::{Allow as Allowed, ExplicitDeny, ImplicitDeny};
