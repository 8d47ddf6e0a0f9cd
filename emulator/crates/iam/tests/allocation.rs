//! Deciding allocates nothing, whatever the policies say: every operator, variables, all layers.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use sekisho_iam::{
    Caller, Context, Decision, Grant, GrantConstraint, Kind, Level, Named, Outcome, Policies,
    Policy, Principal, Request, Resource, ResourceKind, ResourcePolicy, Value, evaluate,
};

const ACCOUNT: &str = "111122223333";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/team-a/k";

/// Each operator once, in forms that hold.
const CONDITIONS: &str = r#"{
    "StringEquals": {"aws:PrincipalTag/team": "${aws:PrincipalTag/team, 'none'}"},
    "StringNotEqualsIgnoreCase": {"aws:PrincipalTag/team": ["É", "ΟΣ", "${no:Such}"]},
    "StringLike": {"aws:PrincipalArn": "arn:*:role/*${aws:PrincipalTag/team}*-??*"},
    "NumericLessThanEquals": {"aws:MultiFactorAuthAge": ["x", "36.0050e+2"]},
    "DateGreaterThan": {"aws:CurrentTime": "2026-11-28T00:00:00+01:00"},
    "Bool": {"aws:SecureTransport": true},
    "BinaryEquals": {"t:Binary": "Zm9v"},
    "IpAddress": {"aws:SourceIp": ["2001:db8::/32", "10.0.0.0/8"]},
    "ArnNotLikeIfExists": {"aws:SourceArn": "arn:aws:s3:::*"},
    "ArnLike": {"aws:PrincipalArn": ["${no:Such}", "${aws:PrincipalArn}", "no ARN"]},
    "Null": {"aws:TokenIssueTime": "false"},
    "ForAllValues:StringLike": {"aws:TagKeys": ["a*", "b*"]},
    "ForAnyValue:StringNotEqualsIfExists": {"aws:TagKeys": "a"}
}"#;

fn named(kind: Kind, effect: &str, more: &str) -> Arc<Named> {
    let resource = "arn:aws:kms:*:*:key/${aws:PrincipalTag/team}/*";
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":[
            {{"Effect":"{effect}","Action":"kms:*","Resource":"{resource}"{more},"Condition":{CONDITIONS}}},
            {{"Effect":"{effect}","NotAction":"iam:*","NotResource":"arn:aws:iam::*:*"{more}}}]}}"#
    );
    let policy = Policy::parse(&text, kind).unwrap_or_else(|error| panic!("{error}: {text}"));
    let name = "a policy".to_owned();
    Arc::new(Named { name, policy })
}

fn context() -> Context<'static> {
    let mut context = Context::default();
    for (key, value) in [
        ("aws:PrincipalTag/team", "team-a"),
        (
            "aws:PrincipalArn",
            "arn:aws:iam::111122223333:role/team-a-app",
        ),
        ("aws:MultiFactorAuthAge", "3600.5"),
        ("aws:CurrentTime", "2026-11-28T17:41:28Z"),
        ("aws:SecureTransport", "TRUE"),
        ("t:Binary", "Zm9v"),
        ("aws:SourceIp", "::ffff:10.9.8.7"),
        ("aws:TokenIssueTime", "1795887688"),
        ("kms:EncryptionContext:SecretARN", "x"),
    ] {
        context.insert(key, Value::One(value.into()));
    }
    context.insert("aws:TagKeys", Value::Many(vec!["ab".into(), "ba".into()]));
    context.insert(
        "kms:EncryptionContextKeys",
        Value::Many(vec!["SecretARN".into()]),
    );
    context
}

#[test]
fn deciding_allocates_nothing() {
    let everyone = r#","Principal":{"AWS":["111122223333","arn:aws:sts::111122223333:assumed-role/team-a-app/one"]}"#;
    let anyone = r#","Principal":"*""#;
    // Session policies may have values that are not of their operator's type.
    let identity = [
        named(Kind::Session, "Allow", ""),
        named(Kind::Session, "Allow", ""),
    ];
    let deny = named(Kind::Session, "Deny", "");
    let (key, endpoint) = (
        named(Kind::Key, "Allow", everyone),
        named(Kind::Resource, "Allow", anyone),
    );
    let scp = [Level {
        policies: vec![named(Kind::Scp, "Allow", "")],
    }];
    let rcp = [Level {
        policies: vec![named(Kind::Rcp, "Allow", anyone)],
    }];
    let pairs = vec![("SecretARN".to_owned(), "x".to_owned())];
    let grant = Grant::new("arn:aws:iam::111122223333:role/team-a-app", ["Decrypt"]).unwrap();
    let grant = grant.under(GrantConstraint::Equals(pairs));
    let all = Policies {
        identity: &identity,
        boundary: Some(&identity[0]),
        session: Some(&identity),
        resource: Some(ResourcePolicy {
            kind: ResourceKind::Key,
            policy: &key,
        }),
        grants: &[&grant],
        endpoint: Some(&endpoint),
        scp: &scp,
        rcp: &rcp,
    };
    let denied = Policies {
        boundary: Some(&deny),
        ..all
    };
    let without_key = Policies {
        resource: None,
        ..all
    };
    for (policies, owner, expected) in [
        (all, ACCOUNT, Outcome::Allow),
        (denied, ACCOUNT, Outcome::ExplicitDeny),
        (without_key, "444455556666", Outcome::ImplicitDeny),
    ] {
        let context = context();
        let mut decision: Option<Decision> = None;
        let principal = Principal {
            account: ACCOUNT,
            caller: Caller::Role {
                role_arn: "arn:aws:iam::111122223333:role/team-a-app",
                session_arn: "arn:aws:sts::111122223333:assumed-role/team-a-app/one",
                id: "AROAEXAMPLEEXAMPLE12",
            },
        };
        let request = Request {
            principal: &principal,
            action: "kms:Decrypt",
            resource: Resource {
                arn: Some(KEY),
                account: owner,
            },
            context: &context,
        };
        let counted = allocation_counter::measure(|| {
            decision = Some(evaluate(&request, &policies));
        });
        assert_eq!(decision.map(|decision| decision.outcome), Some(expected));
        assert_eq!(counted.count_total, 0, "{expected:?}");
    }
    let counted = allocation_counter::measure(|| drop(String::from("x")));
    assert_eq!(counted.count_total, 1, "the counter counts");
}
