//! Caller and resource in one account.

use super::*;

#[test]
fn grants_of_a_resource_policy_within_an_account() {
    // Columns: caller, principal in the resource's policy, and whether an implicit deny of the
    // identity policies, the boundary, the session policies denies.
    for (caller, principal, [identity, boundary, session]) in [
        (USER, aws(USER_ARN), [false, false, false]),
        (USER, aws("AIDAEXAMPLEEXAMPLE12"), [false, false, false]),
        (ROLE, aws(ROLE_ARN), [false, true, true]),
        (ROLE, aws("AROAEXAMPLEEXAMPLE12"), [false, true, true]),
        (ROLE, aws(SESSION_ARN), [false, false, false]),
        (FEDERATED, aws(USER_ARN), [false, true, true]),
        (FEDERATED, aws(FEDERATED_ARN), [false, false, false]),
        (USER, aws("*"), [false, false, false]),
        (ROLE, aws("*"), [false, false, false]),
        (FEDERATED, aws("*"), [false, false, false]),
        (USER, aws(ROOT_ARN), [true, true, true]),
        (ROLE, aws(ACCOUNT), [true, true, true]),
        (FEDERATED, aws(ROOT_ARN), [true, true, true]),
    ] {
        for kind in [ResourceKind::Secret, ResourceKind::Key, ResourceKind::Trust] {
            let granted = if kind == ResourceKind::Trust {
                Layer::Trust
            } else {
                Layer::Resource
            };
            let case = Case {
                kind,
                identity: Allow,
                boundary: Allow,
                session: Allow,
                ..Case::new(caller).resource(Allow, &principal)
            };
            let winner = if identity { Layer::Identity } else { granted };
            case.gives(Allowed, winner);
            for (silent, denies, layer) in [
                (
                    Case {
                        identity: Silent,
                        ..case.clone()
                    },
                    identity,
                    Layer::Identity,
                ),
                (
                    Case {
                        boundary: Silent,
                        ..case.clone()
                    },
                    boundary,
                    Layer::Boundary,
                ),
                (
                    Case {
                        session: Silent,
                        ..case.clone()
                    },
                    session,
                    Layer::Session,
                ),
            ] {
                if denies {
                    silent.gives(ImplicitDeny, layer);
                } else {
                    silent.gives(Allowed, granted);
                }
            }
            // An explicit deny always counts.
            Case {
                identity: Deny,
                ..case.clone()
            }
            .gives(ExplicitDeny, Layer::Identity);
            Case {
                boundary: Deny,
                ..case.clone()
            }
            .gives(ExplicitDeny, Layer::Boundary);
            Case {
                session: Deny,
                ..case.clone()
            }
            .gives(ExplicitDeny, Layer::Session);
        }
    }
}

#[test]
fn resource_policies_that_name_someone_else_do_nothing() {
    for principal in [
        aws(FOREIGN),
        aws("arn:aws:iam::111122223333:user/ann"),
        aws("arn:aws:iam::111122223333:user/DEV/ann"),
        aws("arn:aws:iam::444455556666:user/dev/ann"),
        r#"{"Service":"lambda.amazonaws.com"}"#.to_owned(),
        r#"{"Federated":"arn:aws:iam::111122223333:user/dev/ann"}"#.to_owned(),
    ] {
        Case::new(USER)
            .resource(Allow, &principal)
            .gives(ImplicitDeny, Layer::Identity);
        Case {
            identity: Allow,
            ..Case::new(USER).resource(Deny, &principal)
        }
        .gives(Allowed, Layer::Identity);
    }
}

#[test]
fn identity_side_alone() {
    for (caller, identity, boundary, session, outcome, layer) in [
        (USER, Absent, Absent, Absent, ImplicitDeny, Layer::Identity),
        (USER, Allow, Absent, Absent, Allowed, Layer::Identity),
        (USER, Allow, Silent, Absent, ImplicitDeny, Layer::Boundary),
        (USER, Silent, Silent, Absent, ImplicitDeny, Layer::Identity),
        (USER, Allow, Deny, Absent, ExplicitDeny, Layer::Boundary),
        (ROLE, Allow, Allow, Silent, ImplicitDeny, Layer::Session),
        (ROLE, Allow, Allow, Allow, Allowed, Layer::Identity),
        (ROLE, Deny, Deny, Deny, ExplicitDeny, Layer::Identity),
        (ROLE, Silent, Allow, Allow, ImplicitDeny, Layer::Identity),
        // A federated session without a policy has no permissions of its own.
        (
            FEDERATED,
            Allow,
            Absent,
            Absent,
            ImplicitDeny,
            Layer::Session,
        ),
        (FEDERATED, Allow, Absent, Allow, Allowed, Layer::Identity),
        (
            FEDERATED,
            Deny,
            Absent,
            Allow,
            ExplicitDeny,
            Layer::Identity,
        ),
    ] {
        Case {
            identity,
            boundary,
            session,
            ..Case::new(caller)
        }
        .gives(outcome, layer);
    }
}

#[test]
fn a_federated_session_without_policy_is_reached_by_name_only() {
    let by = |principal: &str| Case {
        identity: Allow,
        ..Case::new(FEDERATED).resource(Allow, principal)
    };
    by(&aws(FEDERATED_ARN)).gives(Allowed, Layer::Resource);
    by(&aws(USER_ARN)).gives(ImplicitDeny, Layer::Session);
    by(&aws(ACCOUNT)).gives(ImplicitDeny, Layer::Session);
}

#[test]
fn the_closest_grant_counts_and_of_equals_the_first() {
    for (principals, layer, statement) in [
        ([ACCOUNT, USER_ARN, "*"], Layer::Resource, 1),
        (["*", USER_ARN, ACCOUNT], Layer::Resource, 0),
        ([ACCOUNT, ROLE_ARN, USER_ARN], Layer::Resource, 2),
        ([ACCOUNT, ROLE_ARN, ACCOUNT], Layer::Identity, 0),
    ] {
        let statements = principals.map(|name| {
            let action = if name == USER_ARN {
                "kms:Decrypt"
            } else {
                "kms:*"
            };
            format!(
                r#"{{"Effect":"Allow","Action":"{action}","Resource":"*","Principal":{}}}"#,
                aws(name)
            )
        });
        let text = format!(r#"{{"Statement":[{}]}}"#, statements.join(","));
        let policy = Policy::parse(&text, Kind::Resource).unwrap();
        let (resource, identity) = (
            Named {
                name: "secret policy".to_owned(),
                policy,
            },
            [Arc::new(named(Allow, Kind::Identity, "").unwrap())],
        );
        let request = Request {
            principal: &Principal {
                account: ACCOUNT,
                caller: USER,
            },
            action: ACTION,
            resource: Resource {
                arn: Some("arn:aws:any:eu-west-1:111122223333:thing/x"),
                account: ACCOUNT,
            },
            context: &Context::EMPTY,
        };
        let policies = Policies {
            identity: &identity,
            resource: Some(ResourcePolicy {
                kind: ResourceKind::Secret,
                policy: &resource,
            }),
            ..Policies::default()
        };
        let decision = evaluate(&request, &policies);
        let by = decision.determining.map(|by| by.statement);
        assert_eq!((decision.layer, by), (layer, Some(statement)));
    }
}
