//! Policies. An input is the text of one.

use std::sync::Arc;

use form_urlencoded::byte_serialize;
use sekisho_iam::document::Document;
use sekisho_iam::lint::lint;
use sekisho_iam::{
    Caller, Context, Decision, Effect, Kind, Layer, Named, Outcome, Policies, Policy, Principal,
    Request, Resource, ResourceKind, ResourcePolicy, evaluate,
};

use super::world::{World, call_query, element};
use crate::Mode;

/// Matching takes the length of a pattern times that of an ARN, at most; so the time is bounded.
const LONGEST: usize = 64 << 10;

const ACCOUNT: &str = "111122223333";
const USER: &str = "arn:aws:iam::111122223333:user/ann";
const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";

/// What is read decides the same each time, by a statement of the right effect, and is printed as
/// what reads the same; what is refused never gets into an emulator, and the linter faults it.
pub fn policy(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if text.len() > LONGEST {
        return;
    }
    for kind in Kind::ALL {
        let findings = lint(text, kind);
        assert_eq!(findings.is_empty(), lint(text, kind).is_empty());
        match [Policy::parse(text, kind), Policy::parse(text, kind)] {
            [Ok(once), Ok(again)] => {
                let [once, again] = [once, again].map(named);
                assert_eq!(decisions(&once), decisions(&again), "{kind:?}");
                is_printed_the_same(text, kind, &once);
            }
            [Err(once), Err(again)] => {
                assert_eq!(once, again);
                assert!(!findings.is_empty(), "{once}");
                assert!(!once.to_string().is_empty());
            }
            [once, again] => panic!("{kind:?}: {once:?}, then {again:?}"),
        }
    }
    stored_only_if_evaluated(text);
}

fn is_printed_the_same(text: &str, kind: Kind, read: &Arc<Named>) {
    let printed = Document::read(text, kind).map(|document| document.to_string());
    let printed = printed.unwrap_or_default();
    match Policy::parse(&printed, kind) {
        Ok(again) => assert_eq!(decisions(read), decisions(&named(again)), "{printed}"),
        Err(error) => panic!("{kind:?}: {error}: {printed}"),
    }
}

fn named(policy: Policy) -> Arc<Named> {
    let name = "inline:fuzz".to_owned();
    Arc::new(Named { name, policy })
}

/// The policy in every place where it could decide.
fn decisions(named: &Arc<Named>) -> Vec<Decision> {
    let list = [named.clone()];
    let resource = |kind| {
        let policy = named;
        Some(ResourcePolicy { kind, policy })
    };
    let none = Policies::default();
    let places = [
        Policies {
            identity: &list,
            ..none
        },
        Policies {
            identity: &list,
            boundary: Some(named),
            session: Some(&list),
            ..none
        },
        Policies {
            resource: resource(ResourceKind::Secret),
            ..none
        },
        Policies {
            resource: resource(ResourceKind::Key),
            endpoint: Some(named),
            ..none
        },
        Policies {
            resource: resource(ResourceKind::Trust),
            ..none
        },
    ];
    let callers = [
        Caller::User {
            arn: USER,
            id: "AIDAEXAMPLE",
        },
        Caller::Root,
        Caller::Service {
            name: "lambda.amazonaws.com",
        },
        Caller::Anonymous,
    ];
    let mut made = Vec::new();
    for (caller, policies) in callers
        .iter()
        .flat_map(|c| places.iter().map(move |p| (*c, p)))
    {
        for (action, arn) in [
            ("secretsmanager:GetSecretValue", Some(SECRET)),
            ("secretsmanager:ListSecrets", None),
            ("iam:CreateUser", Some(USER)),
            ("sts:AssumeRole", Some("arn:aws:iam::444455556666:role/r")),
        ] {
            let account = match caller {
                Caller::User { .. } | Caller::Root => ACCOUNT,
                _ => "",
            };
            let decision = evaluate(
                &Request {
                    principal: &Principal { account, caller },
                    action,
                    resource: Resource {
                        arn,
                        account: ACCOUNT,
                    },
                    context: &Context::EMPTY,
                },
                policies,
            );
            is_by_a_fitting_statement(&decision, &named.policy);
            made.push(decision);
        }
    }
    made
}

fn is_by_a_fitting_statement(decision: &Decision, policy: &Policy) {
    let by = decision
        .determining
        .map(|by| policy.statements()[by.statement as usize].effect());
    match decision.outcome {
        Outcome::Allow => {
            assert!(by == Some(Effect::Allow) || by.is_none() && decision.layer == Layer::Root);
        }
        Outcome::ExplicitDeny => assert_eq!(by, Some(Effect::Deny)),
        Outcome::ImplicitDeny => assert_eq!(by, None),
    }
}

fn stored_only_if_evaluated(text: &str) {
    let emulator = World::new().emulator(Mode::Off);
    let call = |form: &str| {
        call_query(
            &emulator,
            format!("Version=2010-05-08&UserName=ann&{form}").as_bytes(),
        )
    };
    assert_eq!(call("Action=CreateUser").0, 200);
    let document: String = byte_serialize(text.as_bytes()).collect();
    let (status, answer) = call(&format!(
        "Action=PutUserPolicy&PolicyName=p&PolicyDocument={document}"
    ));
    let is_read = Policy::parse(text, Kind::Identity).is_ok();
    let stored = element(&call("Action=ListUserPolicies").1, "member").is_some();
    assert_eq!(stored, status == 200, "{answer}");
    assert!(is_read || !stored, "{answer}");
    // A valid one is only refused for its length or its characters.
    let code = element(&answer, "Code");
    assert!(
        stored || !is_read || matches!(code, Some("LimitExceeded" | "ValidationError")),
        "{answer}"
    );
}
