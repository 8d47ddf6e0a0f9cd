//! Traces against the decisions they explain, in the words a person reads.

use std::sync::Arc;

use super::*;
use crate::policies::{Named, ResourceKind, ResourcePolicy};
use crate::principal::{Caller, Principal};
use crate::request::{Context, Resource, Value};
use crate::{Kind, Policy};

const ACCOUNT: &str = "111122223333";
const SECRET: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf";

fn named(name: &str, kind: Kind, statements: &str) -> Arc<Named> {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    let policy = Policy::parse(&text, kind).unwrap();
    let name = name.to_owned();
    Arc::new(Named { name, policy })
}

fn explained(policies: &Policies<'_>) -> Trace {
    let principal = Principal {
        account: ACCOUNT,
        caller: Caller::User {
            arn: "arn:aws:iam::111122223333:user/ann",
            id: "AIDAEXAMPLEEXAMPLE12",
        },
    };
    let mut context = Context::default();
    for (key, value) in [
        ("aws:SourceIp", "10.0.0.7"),
        ("aws:PrincipalArn", "arn:aws:iam::111122223333:user/ann"),
        ("aws:username", "ann"),
    ] {
        context.insert(key, Value::One(value.into()));
    }
    explain(
        &Request {
            principal: &principal,
            action: "secretsmanager:GetSecretValue",
            resource: Resource {
                arn: Some(SECRET),
                account: ACCOUNT,
            },
            context: &context,
        },
        policies,
    )
}

fn by_identity(statements: &str) -> Trace {
    let identity = [named("inline:read", Kind::Identity, statements)];
    explained(&Policies {
        identity: &identity,
        ..Policies::default()
    })
}

#[test]
fn told_to_a_person() {
    let trace = by_identity(
        r#"{"Sid":"ByName","Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db"},
{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":["a","b"]},"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}"#,
    );
    let expected = "\
denied, because nothing allows it (layer: identity)
  identity is silent, must allow
    inline:read
      statement 0 (ByName), line 1 column 38: Allow does not apply
        Resource [arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db] does not name arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf
      statement 1, line 2 column 1: Deny does not apply
        StringEquals aws:PrincipalTag/team [a, b] does not hold: the request has no such key
        NotIpAddress aws:SourceIp [10.0.0.0/8] does not hold: the request has [10.0.0.7]
It would be allowed if statement 0 (ByName) of inline:read covered the resource arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-??????
";
    assert_eq!(trace.to_string(), expected);
}

#[test]
fn why_a_condition_fails_closed() {
    let session = [named(
        "session",
        Kind::Session,
        r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/*","ann"]}}},
{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"${aws:username}"},"StringEquals":{"aws:SourceIp":"10.0.0.7"}}}"#,
    )];
    let trace = explained(&Policies {
        session: Some(&session),
        ..Policies::default()
    });
    let text = trace.to_string();
    let expected = "\
    session
      statement 0, line 1 column 38: Allow does not apply
        ArnLike aws:PrincipalArn [arn:aws:iam::*:role/*, ann] does not hold: the request has [arn:aws:iam::111122223333:user/ann], and ann is no ARN, so that it fails closed: an Allow does not apply, a Deny does
      statement 1, line 2 column 1: Deny applies
        ArnNotLike aws:PrincipalArn [${aws:username} = ann] is taken to hold: the request has [arn:aws:iam::111122223333:user/ann], and ann is no ARN, so that it fails closed: an Allow does not apply, a Deny does
";
    assert!(text.contains(expected), "{text}");
    let denied = trace.layers.iter().flat_map(|layer| &layer.policies);
    let denied = denied.flat_map(|policy| &policy.statements).nth(1).unwrap();
    assert_eq!(denied.conditions[0].no_arn.as_deref(), Some("ann"));
    assert_eq!(denied.conditions[1].no_arn, None);
}

#[test]
fn the_nearest_miss() {
    const ALL: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    for (statements, expected) in [
        (
            r#"{"Effect":"Allow","Action":"secretsmanager:*","Resource":"*","Condition":{"StringEquals":{"secretsmanager:VersionStage":"AWSCURRENT"}}}"#,
            "It would be allowed if the request had secretsmanager:VersionStage = AWSCURRENT, for statement 0 of inline:read",
        ),
        (
            r#"{"Effect":"Allow","Action":"secretsmanager:*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}"#,
            "It would be allowed if the request had aws:SourceIp = 192.0.2.1, for statement 0 of inline:read",
        ),
        (
            r#"{"Effect":"Allow","Action":"secretsmanager:*","Resource":"*","Condition":{"NumericLessThan":{"aws:MultiFactorAuthAge":"60"}}}"#,
            "It would be allowed if the request had aws:MultiFactorAuthAge = 59, for statement 0 of inline:read",
        ),
        (
            r#"{"Effect":"Allow","Action":"secretsmanager:Describe*","Resource":"*"}"#,
            "It would be allowed if statement 0 of inline:read covered the action secretsmanager:GetSecretValue",
        ),
        (
            r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b"}"#,
            "It would be allowed if the identity layer had a statement that allows it",
        ),
        (
            &format!(r#"{ALL},{{"Sid":"No","Effect":"Deny","Action":"*","Resource":"*"}}"#),
            "It would be allowed if statement 1 (No) of inline:read were not there",
        ),
        (
            &format!(
                r#"{ALL},{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{{"StringNotEquals":{{"aws:SourceVpce":"vpce-1"}}}}}}"#
            ),
            "It would be allowed if the request had aws:SourceVpce = vpce-1, for statement 1 of inline:read",
        ),
        (
            ALL,
            "It would be denied if statement 0 of inline:read were not there",
        ),
    ] {
        let miss = by_identity(statements)
            .nearest_miss
            .map(|miss| miss.to_string());
        assert_eq!(miss.as_deref(), Some(expected), "{statements}");
    }
    // Two statements allow, or two deny: no single change of a policy turns that.
    for statements in [
        format!("{ALL},{ALL}"),
        r#"{"Effect":"Deny","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}"#.to_owned(),
    ] {
        assert_eq!(by_identity(&statements).nearest_miss, None, "{statements}");
    }
}

#[test]
fn layers_that_had_to_allow() {
    let identity = [named(
        "inline:all",
        Kind::Identity,
        r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#,
    )];
    let boundary = named(
        "ceiling",
        Kind::Identity,
        r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#,
    );
    let secret = named(
        "secret policy",
        Kind::Resource,
        r#"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*","Resource":"*"}"#,
    );
    let trace = explained(&Policies {
        identity: &identity,
        boundary: Some(&boundary),
        resource: Some(ResourcePolicy {
            kind: ResourceKind::Secret,
            policy: &secret,
        }),
        ..Policies::default()
    });
    let layers: Vec<_> = trace
        .layers
        .iter()
        .map(|layer| {
            (
                layer.layer,
                layer.must_allow,
                layer.allows(),
                layer.denies(),
            )
        })
        .collect();
    assert_eq!(
        layers,
        [
            (Layer::Resource, false, true, false),
            (Layer::Identity, true, true, false),
            (Layer::Boundary, true, false, false),
        ]
    );
    assert_eq!(trace.decision.layer, Layer::Boundary);
}

#[test]
fn a_level_without_policies_allows_nothing() {
    let all = named(
        "FullAccess",
        Kind::Scp,
        r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#,
    );
    let level = |policies| crate::Level { policies };
    for (scp, allows) in [
        (vec![level(vec![all.clone()])], true),
        (vec![level(vec![all.clone()]), level(vec![])], false),
        (vec![level(vec![])], false),
    ] {
        let trace = explained(&Policies {
            scp: &scp,
            ..Policies::default()
        });
        assert_eq!(trace.layers[0].allows(), allows, "{trace}");
        assert_eq!(trace.decision.layer == Layer::Scp, !allows);
    }
}

#[test]
fn variables_without_a_value_are_told() {
    let trace = by_identity(
        r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:secretsmanager:*:*:secret:${aws:userid}/${no:Such, 'x'}"}"#,
    );
    let text = trace.to_string();
    assert!(text.contains(": the request has no aws:userid\n"), "{text}");
}
