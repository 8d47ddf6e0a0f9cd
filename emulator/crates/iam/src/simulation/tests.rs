//! Against what AWS's simulator was recorded to answer in September 2026.

use super::*;
use crate::table::KeyType;
use crate::{Caller, Context, Principal, Resource, Value};

/// Lines and columns of each statement.
fn places(text: &str) -> Vec<[(u32, u32); 2]> {
    let place = |at: crate::document::Position| (at.line, at.column);
    spans(text)
        .into_iter()
        .map(|span| [place(span.start), place(span.end)])
        .collect()
}

#[test]
fn statements_stand_after_tokens() {
    let two = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Sid":"First"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Sid":"Second"}]}"#;
    assert_eq!(places(two), [[(1, 38), (1, 109)], [(1, 109), (1, 182)]]);
    let single = r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#;
    assert_eq!(places(single), [[(1, 16), (1, 77)]]);
    let spaced = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#;
    assert_eq!(places(spaced)[0][0], (1, 41));
    let pretty = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"s3:GetObject\",\n      \"Resource\": \"*\",\n      \"Sid\": \"First\"\n    },\n    {\n      \"Effect\": \"Deny\",\n      \"Action\": \"s3:PutObject\",\n      \"Resource\": \"*\",\n      \"Sid\": \"Second\"\n    }\n  ]\n}";
    assert_eq!(places(pretty), [[(3, 17), (9, 6)], [(9, 6), (15, 6)]]);
    let administrator = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"*\",\n      \"Resource\": \"*\"\n    }\n  ]\n}";
    assert_eq!(places(administrator), [[(3, 17), (8, 6)]]);
}

#[test]
fn lines_end_in_three_ways() {
    let lines = [
        " ",
        "{",
        r#"  "Version": "2012-10-17","#,
        r#"  "Statement": ["#,
        "    {",
        r#"      "Effect": "Allow","#,
        r#"      "Action": "s3:GetObject","#,
        r#"      "Resource": "*""#,
        "    }",
        "  ]",
        "}",
    ];
    for end in ["\r\n", "\n", "\r"] {
        assert_eq!(places(&lines.join(end)), [[(4, 17), (9, 6)]], "{end:?}");
    }
    assert_eq!(
        places("{\"Id\":\"caf\u{e9}\",\"Statement\":[{}]}"),
        [[(1, 27), (1, 29)]],
        "characters are counted, not bytes"
    );
}

#[test]
fn no_policy_has_no_statements() {
    for text in [
        "",
        "[]",
        "{}",
        r#"{"Statement": 1}"#,
        r#"{"Statement": []}"#,
        "{",
    ] {
        assert!(places(text).is_empty(), "{text}");
    }
}

fn keys_of(statement: &str) -> Option<Vec<String>> {
    keys(&format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow",{statement}}}}}"#
    ))
}

#[test]
fn keys_of_conditions_and_variables() {
    for (statement, expected) in [
        (
            r#""Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/Team}/${aws:username}",
               "Condition":{"StringEquals":{"s3:ExistingObjectTag/Owner":"${aws:PrincipalTag/Team}"},"Null":{"AWS:SourceIp":"false"}}"#,
            &[
                "aws:PrincipalTag/Team",
                "aws:username",
                "s3:ExistingObjectTag/Owner",
                "AWS:SourceIp",
            ][..],
        ),
        (
            r#""Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username, 'default'}/${*}/${?}/${$}""#,
            &["aws:username", "*", "?", "$"],
        ),
        (
            r#""Action":"s3:GetObject","NotResource":"arn:aws:s3:::b/${aws:PrincipalTag/project}""#,
            &["aws:PrincipalTag/project"],
        ),
        (
            r#""Action":"*","Resource":"*","Condition":{"NumericEquals":{"aws:MultiFactorAuthAge":"${aws:PrincipalTag/Age}"}}"#,
            &["aws:MultiFactorAuthAge", "aws:PrincipalTag/Age"],
        ),
        (
            r#""Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:username":"${aws:username}","AWS:username":"a"}}"#,
            &["aws:username", "AWS:username"],
        ),
        // What is no policy to be saved, but has the shape of one.
        (
            r#""Principal":{"AWS":"${aws:username}"},"Action":"*","Resource":"*""#,
            &[],
        ),
        (
            r#""Condition":{"StringEquals":{"${aws:username}":"a"}}"#,
            &["${aws:username}"],
        ),
        (
            r#""Action":"abc","Resource":"bad","Condition":{"Bool":{"a:b":"true"}}"#,
            &["a:b"],
        ),
        (r#""Action":[],"Resource":[]"#, &[]),
        (r#""Action":"${aws:username}","Resource":"*""#, &[]),
        (r#""Condition":{}"#, &[]),
    ] {
        assert_eq!(keys_of(statement).unwrap(), expected, "{statement}");
    }
}

#[test]
fn texts_that_keys_are_not_looked_for_in() {
    assert_eq!(
        keys_of(r#""Condition":{"MadeUp":{"aws:username":"a"}}"#),
        None
    );
    assert_eq!(keys_of(r#""Foo":"x""#), None);
    for text in [
        "{",
        "null",
        r#"{"Version":"2012-10-17","Foo":"x"}"#,
        r#"{"Version":"2099-01-01"}"#,
        r#"{"Statement":{"Action":"*","Resource":"*"}}"#,
        r#"{"Statement":"x"}"#,
    ] {
        assert_eq!(keys(text), None, "{text}");
    }
    for text in [r#"{"Version":"2012-10-17"}"#, r#"{"Statement":[]}"#, "{}"] {
        assert_eq!(keys(text), Some(vec![]), "{text}");
    }
    let old = r#"{"Statement":{"Effect":"Allow","Resource":"arn:aws:s3:::b/${aws:username}"}}"#;
    assert_eq!(keys(old), Some(vec![]), "variables came in 2012");
}

#[test]
fn values_are_written_in_one_way() {
    for (kind, text, expected) in [
        (KeyType::String, " any ", Some(" any ")),
        (KeyType::Bool, "TRUE", Some("true")),
        (KeyType::Bool, "yes", Some("false")),
        (KeyType::Numeric, "01.00", Some("1.00")),
        (KeyType::Numeric, "+1", Some("1")),
        (KeyType::Numeric, "1e2", Some("100")),
        (KeyType::Numeric, "12.345E1", Some("123.45")),
        (KeyType::Numeric, "-12.5e-2", Some("-0.125")),
        (KeyType::Numeric, ".5", Some("0.5")),
        (KeyType::Numeric, "1.", Some("1")),
        (KeyType::Numeric, "-0", Some("0")),
        (KeyType::Numeric, "1e9999", Some("1e9999")),
        (KeyType::Numeric, "0x10", None),
        (KeyType::Numeric, " 1 ", None),
        (KeyType::Numeric, "Infinity", None),
        (KeyType::Numeric, "NaN", None),
        (KeyType::Numeric, "", None),
        (KeyType::Numeric, ".", None),
        (KeyType::Numeric, "1e", None),
        (
            KeyType::Date,
            "2035-01-02",
            Some("2035-01-02T00:00:00.000Z"),
        ),
        (
            KeyType::Date,
            "2035-01-02T03:04:05+02:00",
            Some("2035-01-02T01:04:05.000Z"),
        ),
        (
            KeyType::Date,
            "2035-01-02T03:04:05.123456Z",
            Some("2035-01-02T03:04:05.123Z"),
        ),
        (KeyType::Date, "2035-01", Some("2035-01-01T00:00:00.000Z")),
        (KeyType::Date, "0", Some("1970-01-01T00:00:00.000Z")),
        (
            KeyType::Date,
            "1735787045",
            Some("2025-01-02T03:04:05.000Z"),
        ),
        (KeyType::Date, "951782400", Some("2000-02-29T00:00:00.000Z")),
        (KeyType::Date, "-1", None),
        (KeyType::Date, "tomorrow", None),
        (KeyType::Ip, "2001:0db8::1", Some("2001:0db8::1")),
        (KeyType::Ip, "192.000.002.1", Some("192.0.2.1")),
        (KeyType::Ip, "192.0.2.0/24", None),
        (KeyType::Ip, "fe80::1%eth0", None),
        (KeyType::Ip, "999.0.0.1", None),
        (KeyType::Ip, "1.2.3.4.5", None),
        (KeyType::Binary, "YQ==", Some("YQ==")),
        (KeyType::Binary, "", Some("")),
        (KeyType::Binary, "YQ", None),
        (KeyType::Binary, "YR==", None),
        (KeyType::Binary, "YQ-_", None),
        (KeyType::Binary, "eWVz\n", None),
    ] {
        assert_eq!(
            canonical(kind, text).as_deref(),
            expected,
            "{kind:?} {text}"
        );
    }
}

#[test]
fn what_applies_depends_on_all_parts_of_a_statement() {
    let text = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":"kms:*","Resource":"*"},
        {"Effect":"Allow","Action":"secretsmanager:Get*","Resource":"arn:aws:secretsmanager:*:*:secret:a-*"},
        {"Effect":"Deny","NotAction":"kms:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},
        {"Effect":"Deny","Action":"secretsmanager:*","NotResource":"arn:aws:secretsmanager:*:*:secret:b-*"}]}"#;
    let policy = policy(text).unwrap();
    let principal = Principal {
        account: "111122223333",
        caller: Caller::User { arn: "", id: "" },
    };
    let apply = |arn: &str, context: &Context<'_>| {
        let request = Request {
            principal: &principal,
            action: "secretsmanager:GetSecretValue",
            resource: Resource {
                arn: Some(arn),
                account: "111122223333",
            },
            context,
        };
        applying(&policy, &request, false)
    };
    let (a, b) = (
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:b-AbCdEf",
    );
    assert_eq!(apply(a, &Context::EMPTY), [1, 3]);
    assert!(apply(b, &Context::EMPTY).is_empty());
    let mut insecure = Context::default();
    insecure.insert("aws:SecureTransport", Value::One("false".into()));
    assert_eq!(apply(b, &insecure), [2]);
}

#[test]
fn principals_are_told_apart() {
    let text = r#"{"Statement":[
        {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/ann"},"Action":"s3:*","Resource":"*"},
        {"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/ann"]},"Action":"s3:*","Resource":"*"}]}"#;
    let policy = Policy::parse(text, Kind::Resource).unwrap();
    let apply = |arn: &str, has_boundary| {
        let principal = Principal {
            account: "111122223333",
            caller: Caller::User { arn, id: "" },
        };
        let request = Request {
            principal: &principal,
            action: "s3:GetObject",
            resource: Resource {
                arn: Some("arn:aws:s3:::b/k"),
                account: "111122223333",
            },
            context: &Context::EMPTY,
        };
        applying(&policy, &request, has_boundary)
    };
    let (ann, bob) = (
        "arn:aws:iam::111122223333:user/ann",
        "arn:aws:iam::111122223333:user/bob",
    );
    assert_eq!(apply(ann, false), [0]);
    assert_eq!(apply(bob, false), [1]);
    assert_eq!(
        apply(ann, true),
        [0, 1],
        "a boundary makes it deny everyone"
    );
}

#[test]
fn policies_are_read_without_a_version_and_otherwise_as_on_saving() {
    for text in [
        "{",
        r#"{"Version":"2099-01-01","Statement":[]}"#,
        r#"{"Statement":{"Effect":"Allow","Action":"s3:*"}}"#,
        r#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}}"#,
    ] {
        assert!(policy(text).is_err(), "{text}");
    }
    let old = r#"{"Id":"x","Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}"}}"#;
    assert!(!policy(old).unwrap().reads_context());
}
