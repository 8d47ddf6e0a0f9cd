//! What is refused, and pages.

use super::*;

#[test]
fn what_is_refused() {
    let of_resource = |resource: &str| {
        format!(
            r#"{{"Statement":{{"Effect":"Allow","Action":"s3:GetObject","Resource":"{resource}","Principal":"*"}}}}"#
        )
    };
    let objects = of_resource("arn:aws:s3:::stackd-simulation/*");
    let caller = "Invalid caller - Caller must be an IAM user, role or group in this context.";
    for (input, text) in [
        (
            json!({"PolicyInputList": [ALLOW, "{"]}),
            "Policy input list item 2 has invalid content",
        ),
        (
            json!({"PolicyInputList": [r#"{"Version":"2099-01-01","Statement":[]}"#]}),
            "Policy input list item 1 has invalid content",
        ),
        (
            json!({"PolicyInputList": [objects]}),
            "Policy input list item 1 has invalid content",
        ),
        (
            json!({"PermissionsBoundaryPolicyInputList": [ALLOW, ALLOW]}),
            "The list of Permissions Boundary policies cannot exceed 1 items.",
        ),
        (
            json!({"OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": []}]}),
            "Organization policy at index 1 must contain at least one service control policy",
        ),
        (
            json!({"ActionNames": ["s3:GetObject", "GetObject"]}),
            "The action is invalid since it is missing names",
        ),
        (
            json!({"ResourceArns": [A, "not-an-arn"]}),
            "ResourceNames are not in a valid ARN format: not-an-arn.",
        ),
        (
            json!({"ActionNames": ["iam:GetUser", "iam:MadeUp", "s3:GetObject", "s3:*"], "ResourceArns": [A]}),
            "Invalid Input Actions: [iam:GetUser,s3:GetObject] and [iam:MadeUp,s3:*] require different authorization information. ",
        ),
        (
            json!({"ActionNames": ["s3:*", "s3:GetObject"], "ResourceArns": [A]}),
            "Invalid Input Actions: [s3:*] and [s3:GetObject] require different authorization information. ",
        ),
        (
            json!({"CallerArn": "arn:aws:iam::123456789012:root"}),
            caller,
        ),
        (
            json!({"CallerArn": "arn:aws:sts::123456789012:assumed-role/r/s"}),
            caller,
        ),
        (
            json!({"ResourceOwner": "123456789012"}),
            "'123456789012' is not a valid as a Resource Owner.",
        ),
        (
            json!({"ResourcePolicy": objects, "ResourceArns": [A]}),
            "Invalid caller - Caller cannot be null or empty.",
        ),
        (
            json!({"ResourcePolicy": objects, "CallerArn": USER}),
            "Invalid Entity Arn: * does not clearly define entity type and name.",
        ),
        (
            json!({"ResourcePolicy": objects, "CallerArn": USER, "ResourceArns": [A, "*"]}),
            "Invalid Entity Arn: * does not clearly define entity type and name.",
        ),
        (
            json!({"ResourcePolicy": of_resource("*"), "CallerArn": USER, "ResourceArns": [A]}),
            "ResourceNames are not in a valid ARN format: *.",
        ),
        (
            json!({"Marker": "not-a-simulation-marker"}),
            "Invalid marker for pagination.",
        ),
        (
            json!({"ResourceHandlingOption": "EC2-VPC-EBS"}),
            "Sekisho does not support ResourceHandlingOption yet.",
        ),
    ] {
        assert_eq!(answer(&input), Err(text.to_owned()), "{input}");
    }
}

#[test]
fn context_entries_that_are_refused() {
    let entries = |entries: Value| json!({"PolicyInputList": [ALLOW], "ContextEntries": entries});
    for (given, text) in [
        (
            json!([{"ContextKeyType": "string", "ContextKeyValues": ["yes"]}]),
            "ContextKeyName cannot be null or empty.",
        ),
        (
            json!([{"ContextKeyName": "stack:key", "ContextKeyValues": ["yes"]}]),
            "Context key stack:key has invalid type null.",
        ),
        (
            json!([{"ContextKeyName": "stack:key", "ContextKeyType": "string"}]),
            "Context values for context key stack:key cannot be null or empty.",
        ),
        (
            entry("stack:key", &[], "stringList"),
            "Context values for context key stack:key cannot be null or empty.",
        ),
        (
            entry("stack:key", &["a", "b"], "string"),
            "Context key string expected a single value, but received 2.",
        ),
        (
            entry("stack:key", &["abc"], "numeric"),
            "Invalid context value for key stack:key: expected numeric format.",
        ),
        (
            entry("stack:key", &["1", "x"], "numericList"),
            "Invalid context value for key stack:key: expected numeric format.",
        ),
        (
            entry("stack:key", &["tomorrow"], "date"),
            "Invalid context value for key stack:key: expected DateTime format.",
        ),
        (
            entry("stack:key", &["999.0.0.1"], "ip"),
            "Invalid context value for key stack:key: expected IP address.",
        ),
        (
            entry("stack:key", &["!base64"], "binary"),
            "Invalid context value for key stack:key: expected base-64 encoded binary format.",
        ),
        (
            json!([
                {"ContextKeyName": "stack:test", "ContextKeyValues": ["a"], "ContextKeyType": "string"},
                {"ContextKeyName": "STACK:TEST", "ContextKeyValues": ["b"], "ContextKeyType": "string"},
            ]),
            "Duplicate context key: STACK:TEST.",
        ),
    ] {
        assert_eq!(
            answer(&entries(given.clone())),
            Err(text.to_owned()),
            "{given}"
        );
    }
    for given in [
        json!([{}]),
        entry("abcde", &["no colon"], "string"),
        entry("stack:key", &[""], "string"),
        entry("stack:key", &["yes"], "boolean"),
    ] {
        assert!(answer(&entries(given.clone())).is_ok(), "{given}");
    }
}

/// The actions of a page, and what follows it.
fn page(input: &Value) -> (Vec<String>, Value) {
    let answer = answer(input).unwrap();
    let results = answer["EvaluationResults"]["member"].as_array().unwrap();
    let actions = results
        .iter()
        .map(|it| it["EvalActionName"].as_str().unwrap().to_owned());
    let marker = answer.get("Marker").cloned().unwrap_or_default();
    assert_eq!(answer["IsTruncated"], !marker.is_null());
    (actions.collect(), marker)
}

#[test]
fn a_marker_is_a_place_among_the_actions() {
    let three = ["s3:PutObject", "s3:DeleteObject", "s3:GetObject"];
    let first = json!({"ActionNames": three, "ResourceArns": [A, B], "MaxItems": 1});
    let (actions, marker) = page(&first);
    assert_eq!(actions, ["s3:PutObject"]);
    let next = |actions: &[&str], items: usize| {
        page(&json!({"ActionNames": actions, "MaxItems": items, "Marker": marker}))
    };
    assert_eq!(
        next(&three, 2),
        (
            vec!["s3:DeleteObject".into(), "s3:GetObject".into()],
            Value::Null
        )
    );
    let (actions, marker_of_second) = next(&three, 1);
    assert_eq!(actions, ["s3:DeleteObject"]);
    assert_ne!(
        (&marker_of_second, &marker),
        (&Value::Null, &marker_of_second)
    );
    // Whatever the actions are by then.
    assert_eq!(next(&["s3:ListBucket"], 1), (vec![], Value::Null));
    let many: Vec<String> = (0..101).map(|number| format!("s3:A{number}")).collect();
    let (actions, marker) = page(&json!({"ActionNames": many}));
    assert_eq!((actions.len(), marker.is_null()), (100, false));
}

#[test]
fn what_takes_too_long_comes_in_smaller_pages_or_is_refused() {
    let statements = |count: usize| {
        let one = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#;
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
            vec![one; count].join(",")
        )
    };
    let input = json!({
        "PolicyInputList": [statements(1000)],
        "ActionNames": vec!["s3:PutObject"; 9],
        "ResourceArns": vec![A; 500],
    });
    let (actions, marker) = page(&input);
    assert_eq!((actions.len(), marker.is_null()), (4, false));
    let input = json!({"PolicyInputList": [statements(1001)], "ResourceArns": vec![A; 2000]});
    let text = "Sekisho compares at most 2000000 statements with resources for one action.";
    assert_eq!(answer(&input), Err(text.to_owned()));
}
