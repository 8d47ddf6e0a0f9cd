//! Root, services, keys and grants, NotPrincipal.

use super::*;

#[test]
fn the_root_user() {
    let root = Case::new(Caller::Root);
    root.gives(Allowed, Layer::Root);
    // It has no identity policies and no boundary.
    Case {
        identity: Deny,
        boundary: Deny,
        session: Deny,
        ..root.clone()
    }
    .gives(Allowed, Layer::Root);
    root.clone()
        .resource(Silent, r#""*""#)
        .gives(Allowed, Layer::Root);
    root.clone()
        .resource(Allow, &aws(ROOT_ARN))
        .gives(Allowed, Layer::Resource);
    root.clone()
        .resource(Deny, &aws(ACCOUNT))
        .gives(ExplicitDeny, Layer::Resource);
    Case {
        scp: vec![Silent],
        ..root.clone()
    }
    .gives(ImplicitDeny, Layer::Scp);
    Case {
        rcp: Deny,
        ..root.clone()
    }
    .gives(ExplicitDeny, Layer::Rcp);
    Case {
        endpoint: Silent,
        ..root.clone()
    }
    .gives(ImplicitDeny, Layer::Endpoint);
    let foreign = Case {
        owner: FOREIGN,
        ..root.clone()
    };
    foreign.gives(ImplicitDeny, Layer::Resource);
    foreign
        .resource(Allow, &aws(ACCOUNT))
        .gives(Allowed, Layer::Resource);
    let role = Case {
        kind: ResourceKind::Trust,
        ..root
    };
    role.resource(Allow, &aws(ACCOUNT))
        .gives(ImplicitDeny, Layer::Trust);
}

#[test]
fn services_providers_and_nobody() {
    let service = Case::new(Caller::Service { name: SERVICE });
    let named = service.clone().resource(
        Allow,
        r#"{"Service":["x.amazonaws.com","lambda.amazonaws.com"]}"#,
    );
    named.gives(Allowed, Layer::Resource);
    Case {
        scp: vec![Deny],
        identity: Deny,
        ..named.clone()
    }
    .gives(Allowed, Layer::Resource);
    Case { rcp: Deny, ..named }.gives(ExplicitDeny, Layer::Rcp);
    service.gives(ImplicitDeny, Layer::Resource);
    service
        .clone()
        .resource(Allow, &aws(ACCOUNT))
        .gives(ImplicitDeny, Layer::Resource);
    service
        .resource(Allow, r#"{"Service":"ec2.amazonaws.com"}"#)
        .gives(ImplicitDeny, Layer::Resource);

    let provider = Caller::Provider {
        name: "cognito-identity.amazonaws.com",
    };
    let role = Case {
        kind: ResourceKind::Trust,
        ..Case::new(provider)
    };
    let federated = r#"{"Federated":"cognito-identity.amazonaws.com"}"#;
    role.clone()
        .resource(Allow, federated)
        .gives(Allowed, Layer::Trust);
    role.resource(Allow, &aws(ACCOUNT))
        .gives(ImplicitDeny, Layer::Trust);

    let nobody = Case::new(Caller::Anonymous);
    nobody.gives(ImplicitDeny, Layer::Resource);
    nobody
        .clone()
        .resource(Allow, r#""*""#)
        .gives(Allowed, Layer::Resource);
    nobody
        .resource(Allow, &aws(ACCOUNT))
        .gives(ImplicitDeny, Layer::Resource);
}

#[test]
fn keys() {
    let key = |caller| Case {
        kind: ResourceKind::Key,
        ..Case::new(caller)
    };
    // Without an Allow in the key policy nothing helps, not even root.
    let silent = Case {
        identity: Allow,
        ..key(USER)
    }
    .resource(Silent, r#""*""#);
    silent.gives(ImplicitDeny, Layer::Resource);
    key(Caller::Root)
        .resource(Silent, r#""*""#)
        .gives(ImplicitDeny, Layer::Resource);
    key(Caller::Root)
        .resource(Allow, &aws(ROOT_ARN))
        .gives(Allowed, Layer::Resource);
    // The account makes identity policies count and grants nothing itself.
    let delegated = key(USER).resource(Allow, &aws(ROOT_ARN));
    delegated.gives(ImplicitDeny, Layer::Identity);
    Case {
        identity: Allow,
        ..delegated
    }
    .gives(Allowed, Layer::Identity);
    // Grants.
    let silent = |caller| key(caller).resource(Silent, r#""*""#);
    Case {
        grantee: Some(USER_ARN),
        ..silent(USER)
    }
    .gives(Allowed, Layer::Grant);
    Case {
        grantee: Some(ROLE_ARN),
        ..silent(ROLE)
    }
    .gives(Allowed, Layer::Grant);
    Case {
        grantee: Some(ROLE_ARN),
        boundary: Silent,
        ..silent(ROLE)
    }
    .gives(ImplicitDeny, Layer::Boundary);
    Case {
        grantee: Some(SERVICE),
        ..silent(Caller::Service { name: SERVICE })
    }
    .gives(Allowed, Layer::Grant);
    Case {
        grantee: Some(USER_ARN),
        identity: Deny,
        ..silent(USER)
    }
    .gives(ExplicitDeny, Layer::Identity);
    Case {
        grantee: Some(ROLE_ARN),
        ..silent(USER)
    }
    .gives(ImplicitDeny, Layer::Resource);
    let foreign = Case {
        grantee: Some(USER_ARN),
        owner: FOREIGN,
        ..silent(USER)
    };
    foreign.gives(ImplicitDeny, Layer::Identity);
    Case {
        identity: Allow,
        ..foreign
    }
    .gives(Allowed, Layer::Identity);
    // The closer of key policy and grant counts.
    let delegated = key(USER).resource(Allow, &aws(ROOT_ARN));
    Case {
        grantee: Some(USER_ARN),
        ..delegated
    }
    .gives(Allowed, Layer::Grant);
    let named = key(ROLE).resource(Allow, &aws(SESSION_ARN));
    Case {
        grantee: Some(ROLE_ARN),
        boundary: Silent,
        ..named
    }
    .gives(Allowed, Layer::Resource);
    // A grant is worth nothing on anything but a key, and for other operations.
    Case {
        grantee: Some(USER_ARN),
        ..Case::new(USER).resource(Silent, r#""*""#)
    }
    .gives(ImplicitDeny, Layer::Identity);
    Case {
        grantee: Some(USER_ARN),
        ..Case::new(USER)
    }
    .gives(ImplicitDeny, Layer::Identity);
    let constrained = |operation, action: &'static str, keys: &[(&'static str, &'static str)]| {
        let pairs = vec![("Dept".to_owned(), "x".to_owned())];
        let grant = Grant::new(USER_ARN, [operation]).unwrap();
        let grant = grant.under(crate::GrantConstraint::Subset(pairs));
        let mut context = Context::default();
        for (key, value) in keys {
            context.insert(*key, crate::Value::One((*value).into()));
        }
        let principal = Principal {
            account: ACCOUNT,
            caller: USER,
        };
        let key = super::named(Silent, Kind::Key, r#""Principal":"*""#).unwrap();
        let request = Request {
            principal: &principal,
            action,
            resource: Resource {
                arn: Some("arn:aws:kms:eu-west-1:111122223333:key/x"),
                account: ACCOUNT,
            },
            context: &context,
        };
        evaluate(
            &request,
            &Policies {
                resource: Some(ResourcePolicy {
                    kind: ResourceKind::Key,
                    policy: &key,
                }),
                grants: &[&grant],
                ..Policies::default()
            },
        )
        .is_allowed()
    };
    // The case of a key does not matter, that of a value does; and some operations have no context.
    assert!(constrained(
        "Decrypt",
        "kms:Decrypt",
        &[("kms:EncryptionContext:dept", "x")]
    ));
    assert!(!constrained(
        "Decrypt",
        "kms:Decrypt",
        &[("kms:EncryptionContext:Dept", "X")]
    ));
    assert!(!constrained("Decrypt", "kms:Decrypt", &[]));
    assert!(constrained("DescribeKey", "kms:DescribeKey", &[]));
    assert!(Grant::new("*", ["Encrypt"]).is_none() && Grant::new("ann", ["Encrypt"]).is_none());
}

#[test]
fn not_principal() {
    let case = |caller, says, names: &str| {
        let mut case = Case {
            identity: Allow,
            ..Case::new(caller)
        };
        case.resource = (says, format!(r#""NotPrincipal":{{"AWS":[{names}]}}"#));
        case
    };
    let list = |names: &[&str]| {
        names
            .iter()
            .map(|n| format!("{n:?}"))
            .collect::<Vec<_>>()
            .join(",")
    };
    for (caller, names, is_exempt) in [
        (USER, list(&[USER_ARN, ROOT_ARN]), true),
        (USER, list(&[USER_ARN, ACCOUNT]), true),
        (USER, list(&[USER_ARN]), false),
        (USER, list(&[ACCOUNT]), false),
        (USER, list(&["*"]), true),
        (
            USER,
            list(&["arn:aws:iam::111122223333:user/bob", ACCOUNT]),
            false,
        ),
        (ROLE, list(&[ACCOUNT, ROLE_ARN, SESSION_ARN]), true),
        (ROLE, list(&[ACCOUNT, ROLE_ARN]), false),
        (ROLE, list(&[ACCOUNT, SESSION_ARN]), false),
        (Caller::Root, list(&[ROOT_ARN]), true),
        (Caller::Root, list(&[USER_ARN]), false),
        (Caller::Anonymous, list(&[ROOT_ARN]), false),
    ] {
        let denied = case(caller, Deny, &names).decide().outcome == ExplicitDeny;
        assert_eq!(denied, !is_exempt, "{caller:?} with {names}");
    }
    // A permissions boundary forfeits the exemption.
    let bounded = case(USER, Deny, &list(&[USER_ARN, ROOT_ARN]));
    Case {
        boundary: Allow,
        ..bounded
    }
    .gives(ExplicitDeny, Layer::Resource);
    // Allow grants everyone who is not listed in any way.
    let grants = |caller, names: &[&str]| {
        Case {
            identity: Absent,
            ..case(caller, Allow, &list(names))
        }
        .decide()
        .is_allowed()
    };
    assert!(grants(USER, &[ROLE_ARN]) && grants(Caller::Anonymous, &[ROLE_ARN]));
    assert!(!grants(USER, &[USER_ARN]) && !grants(USER, &[ACCOUNT]) && !grants(ROLE, &[ROLE_ARN]));
}
