//! The layers around, and between accounts.

use super::*;

#[test]
fn control_and_endpoint_policies() {
    let case = Case {
        identity: Allow,
        ..Case::new(USER)
    };
    let scp = |levels: &[Says]| Case {
        scp: levels.to_vec(),
        ..case.clone()
    };
    scp(&[Allow, Allow]).gives(Allowed, Layer::Identity);
    scp(&[Allow, Silent]).gives(ImplicitDeny, Layer::Scp);
    scp(&[Absent]).gives(ImplicitDeny, Layer::Scp);
    scp(&[Allow, Deny]).gives(ExplicitDeny, Layer::Scp);
    assert_eq!(
        scp(&[Allow, Deny]).decide().determining,
        Some(Determining {
            policy: 1,
            statement: 0
        }),
        "levels are counted through"
    );
    Case {
        rcp: Deny,
        ..case.clone()
    }
    .gives(ExplicitDeny, Layer::Rcp);
    Case {
        rcp: Silent,
        ..case.clone()
    }
    .gives(Allowed, Layer::Identity);
    Case {
        endpoint: Silent,
        ..case.clone()
    }
    .gives(ImplicitDeny, Layer::Endpoint);
    Case {
        endpoint: Allow,
        ..case.clone()
    }
    .gives(Allowed, Layer::Identity);
    Case {
        endpoint: Deny,
        ..case.clone()
    }
    .gives(ExplicitDeny, Layer::Endpoint);
    // They bind a caller whom the resource's policy names, too.
    let named = case.resource(Allow, &aws(USER_ARN));
    Case {
        scp: vec![Silent],
        ..named.clone()
    }
    .gives(ImplicitDeny, Layer::Scp);
    Case {
        endpoint: Silent,
        ..named
    }
    .gives(ImplicitDeny, Layer::Endpoint);
}

#[test]
fn the_first_layer_in_order_is_named() {
    let all = Case {
        identity: Deny,
        boundary: Deny,
        session: Deny,
        endpoint: Deny,
        scp: vec![Deny],
        rcp: Deny,
        ..Case::new(ROLE).resource(Deny, r#""*""#)
    };
    all.gives(ExplicitDeny, Layer::Scp);
    Case {
        scp: vec![],
        ..all.clone()
    }
    .gives(ExplicitDeny, Layer::Rcp);
    Case {
        scp: vec![Silent],
        rcp: Absent,
        ..all.clone()
    }
    .gives(ExplicitDeny, Layer::Endpoint);
    let inner = Case {
        scp: vec![],
        rcp: Absent,
        endpoint: Silent,
        ..all
    };
    inner.gives(ExplicitDeny, Layer::Resource);
    let silent = Case {
        identity: Silent,
        boundary: Silent,
        session: Silent,
        ..inner
    };
    let silent = silent.resource(Silent, r#""*""#);
    silent.gives(ImplicitDeny, Layer::Endpoint);
    Case {
        endpoint: Absent,
        ..silent
    }
    .gives(ImplicitDeny, Layer::Identity);
}

#[test]
fn across_accounts_both_sides_must_allow() {
    for (caller, name) in [
        (USER, USER_ARN),
        (ROLE, SESSION_ARN),
        (ROLE, ROLE_ARN),
        (USER, ACCOUNT),
        (ROLE, "*"),
    ] {
        for kind in [ResourceKind::Secret, ResourceKind::Key, ResourceKind::Trust] {
            let layer = if kind == ResourceKind::Trust {
                Layer::Trust
            } else {
                Layer::Resource
            };
            let case = Case {
                owner: FOREIGN,
                kind,
                ..Case::new(caller)
            };
            let both = Case {
                identity: Allow,
                ..case.clone()
            }
            .resource(Allow, &aws(name));
            both.gives(Allowed, Layer::Identity);
            Case {
                identity: Silent,
                ..both.clone()
            }
            .gives(ImplicitDeny, Layer::Identity);
            Case {
                boundary: Silent,
                ..both.clone()
            }
            .gives(ImplicitDeny, Layer::Boundary);
            Case {
                session: Silent,
                ..both.clone()
            }
            .gives(ImplicitDeny, Layer::Session);
            Case {
                scp: vec![Silent],
                ..both.clone()
            }
            .gives(ImplicitDeny, Layer::Scp);
            Case {
                rcp: Deny,
                ..both.clone()
            }
            .gives(ExplicitDeny, Layer::Rcp);
            both.clone()
                .resource(Silent, &aws(name))
                .gives(ImplicitDeny, layer);
            both.clone()
                .resource(Deny, &aws(name))
                .gives(ExplicitDeny, layer);
            both.resource(Allow, &aws(FOREIGN))
                .gives(ImplicitDeny, layer);
            case.resource(Silent, &aws(name)).gives(ImplicitDeny, layer);
        }
    }
    let no_policy = Case {
        owner: FOREIGN,
        identity: Allow,
        ..Case::new(USER)
    };
    no_policy.gives(ImplicitDeny, Layer::Resource);
}

#[test]
fn an_identity_policy_in_the_place_of_a_resource_policy_grants_nothing() {
    let policy = named(Allow, Kind::Identity, "").unwrap();
    let principal = Principal {
        account: ACCOUNT,
        caller: USER,
    };
    let request = Request {
        principal: &principal,
        action: ACTION,
        resource: Resource {
            arn: Some("arn:aws:kms:eu-west-1:111122223333:key/x"),
            account: ACCOUNT,
        },
        context: &Context::EMPTY,
    };
    let resource = Some(ResourcePolicy {
        kind: ResourceKind::Secret,
        policy: &policy,
    });
    let decision = evaluate(
        &request,
        &Policies {
            resource,
            ..Policies::default()
        },
    );
    assert_eq!(decision.outcome, ImplicitDeny);
}

#[test]
fn a_service_has_no_account_whatever_is_claimed() {
    let request = Request {
        principal: &Principal {
            account: ACCOUNT,
            caller: Caller::Service { name: SERVICE },
        },
        action: ACTION,
        resource: Resource {
            arn: None,
            account: ACCOUNT,
        },
        context: &Context::EMPTY,
    };
    let decision = evaluate(&request, &Policies::default());
    assert_eq!(
        (decision.outcome, decision.layer),
        (ImplicitDeny, Layer::Resource)
    );
}
