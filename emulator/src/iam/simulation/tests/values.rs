//! The values of context keys: those that are given, and those that follow from the caller.

use super::*;

#[test]
fn values_are_of_the_type_they_are_given_with() {
    for (kind, values, condition, decision) in [
        (
            "string",
            &["1"][..],
            r#"{"NumericEquals":{"stack:key":"1"}}"#,
            "allowed",
        ),
        (
            "numeric",
            &["010"],
            r#"{"NumericEquals":{"stack:key":"10"}}"#,
            "allowed",
        ),
        (
            "numeric",
            &["01.00"],
            r#"{"StringEquals":{"stack:key":"1.00"}}"#,
            "allowed",
        ),
        (
            "numeric",
            &["01.00"],
            r#"{"StringEquals":{"stack:key":"01.00"}}"#,
            "implicitDeny",
        ),
        (
            "numeric",
            &["1"],
            r#"{"StringNotEquals":{"stack:key":"1"}}"#,
            "implicitDeny",
        ),
        (
            "numeric",
            &["0"],
            r#"{"DateEquals":{"stack:key":"1970-01-01"}}"#,
            "allowed",
        ),
        (
            "date",
            &["1970-01-01"],
            r#"{"NumericEquals":{"stack:key":"0"}}"#,
            "implicitDeny",
        ),
        (
            "date",
            &["2035-01-02"],
            r#"{"StringEquals":{"stack:key":"2035-01-02T00:00:00.000Z"}}"#,
            "allowed",
        ),
        (
            "boolean",
            &["TRUE"],
            r#"{"Bool":{"stack:key":"true"}}"#,
            "allowed",
        ),
        (
            "boolean",
            &["yes"],
            r#"{"Bool":{"stack:key":"true"}}"#,
            "implicitDeny",
        ),
        (
            "boolean",
            &["yes"],
            r#"{"Bool":{"stack:key":"false"}}"#,
            "allowed",
        ),
        (
            "ip",
            &["192.0.2.1"],
            r#"{"IpAddress":{"stack:key":"192.0.2.0/24"}}"#,
            "allowed",
        ),
        (
            "binary",
            &["YQ=="],
            r#"{"BinaryEquals":{"stack:key":"YQ=="}}"#,
            "allowed",
        ),
        // A list is no single value, though it has one item.
        (
            "stringList",
            &["yes"],
            r#"{"StringEquals":{"stack:key":"yes"}}"#,
            "implicitDeny",
        ),
        (
            "stringList",
            &["yes", "no"],
            r#"{"StringNotEquals":{"stack:key":"yes"}}"#,
            "implicitDeny",
        ),
        (
            "stringList",
            &["yes", "no"],
            r#"{"ForAnyValue:StringEquals":{"stack:key":"yes"}}"#,
            "allowed",
        ),
        (
            "numericList",
            &["1", "2"],
            r#"{"ForAnyValue:StringEquals":{"stack:key":"1"}}"#,
            "allowed",
        ),
        (
            "numericList",
            &["1", "2"],
            r#"{"ForAllValues:StringNotEquals":{"stack:key":"1"}}"#,
            "implicitDeny",
        ),
        (
            "numeric",
            &["1"],
            r#"{"ForAnyValue:StringEquals":{"stack:key":"1"}}"#,
            "allowed",
        ),
    ] {
        let input = json!({
            "PolicyInputList": [allow_if(condition)],
            "ContextEntries": entry("stack:key", values, kind),
        });
        let (told, _, missing) = told(&result(&input));
        assert_eq!(
            (&*told, missing),
            (decision, vec![]),
            "{kind} {values:?} {condition}"
        );
    }
}

#[test]
fn the_caller_gives_some_keys_their_values() {
    for (key, value, caller, decision) in [
        ("aws:PrincipalArn", USER, Some(USER), "allowed"),
        (
            "aws:PrincipalAccount",
            "123456789012",
            Some(USER),
            "allowed",
        ),
        ("aws:username", "ann", Some(USER), "allowed"),
        ("aws:userid", USER, Some(USER), "allowed"),
        (
            "aws:userid",
            "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR",
            None,
            "allowed",
        ),
        ("aws:PrincipalAccount", "123456789012", None, "allowed"),
        (
            "aws:username",
            "g",
            Some("arn:aws:iam::123456789012:group/simulation/g"),
            "implicitDeny",
        ),
        (
            "aws:username",
            "r",
            Some("arn:aws:iam::123456789012:role/simulation/r"),
            "implicitDeny",
        ),
    ] {
        let condition = json!({"StringEquals": {key: value}}).to_string();
        let mut input = json!({"PolicyInputList": [allow_if(&condition)]});
        if let Some(caller) = caller {
            input["CallerArn"] = json!(caller);
        }
        assert_eq!(told(&result(&input)).0, decision, "{key} {caller:?}");
    }
    let given = json!({
        "PolicyInputList": [allow_if(r#"{"StringEquals":{"aws:username":"override"}}"#)],
        "CallerArn": USER,
        "ContextEntries": entry("AWS:UserName", &["override"], "string"),
    });
    assert_eq!(told(&result(&given)).0, "allowed", "what is given counts");
}
