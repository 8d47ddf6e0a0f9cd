//! What the policy simulator is given: values and their types, resources, pages, what it refuses; and
//! the context keys that policies read.

use super::support::{
    ALLOW_EVERYTHING, ALLOW_GET, SIMULATIONS, elements, gets_if, iam, iam_refused, query_error,
    query_fault, simulate, simulated_case,
};
use crate::{Answer, Case, Context};

const INPUTS: &str =
    "radkawar/stackd testdata/aws/iam/simulation_inputs.json, recorded on AWS in September 2026";
const KEYS: &str = "radkawar/stackd context_keys_aws.json, recorded on AWS in September 2026";

pub(super) const CASES: &[Case] = &[
    simulated_case("simulation_inputs/values_and_their_types", INPUTS, |c| {
        Box::pin(values_and_their_types(c))
    }),
    simulated_case("simulation_inputs/resources_an_action_takes", INPUTS, |c| {
        Box::pin(resources_an_action_takes(c))
    }),
    simulated_case(
        "simulation_inputs/inputs_that_are_refused",
        SIMULATIONS,
        |c| Box::pin(inputs_that_are_refused(c)),
    ),
    simulated_case("simulation_inputs/pages", SIMULATIONS, |c| {
        Box::pin(pages(c))
    }),
    simulated_case("simulation_inputs/context_keys", KEYS, |c| {
        Box::pin(context_keys(c))
    }),
];

async fn values_and_their_types(c: &Context) {
    for (kind, values, condition, decision) in [
        (
            "numeric",
            &["010"][..],
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
            "date",
            &["2035-01-02"],
            r#"{"StringEquals":{"stack:key":"2035-01-02T00:00:00.000Z"}}"#,
            "allowed",
        ),
        (
            "boolean",
            &["yes"],
            r#"{"Bool":{"stack:key":"true"}}"#,
            "implicitDeny",
        ),
        (
            "ip",
            &["192.0.2.1"],
            r#"{"IpAddress":{"stack:key":"192.0.2.0/24"}}"#,
            "allowed",
        ),
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
    ] {
        let names =
            ["1", "2"].map(|it| format!("ContextEntries.member.1.ContextKeyValues.member.{it}"));
        let mut entry = vec![
            ("ContextEntries.member.1.ContextKeyName", "stack:key"),
            ("ContextEntries.member.1.ContextKeyType", kind),
        ];
        entry.extend(names.iter().map(String::as_str).zip(values.iter().copied()));
        let xml = simulate(c, &[&gets_if(condition)], &entry).await;
        assert_eq!(
            elements(&xml, "EvalDecision"),
            [decision],
            "{kind} {values:?} {condition}"
        );
    }
}

async fn resources_an_action_takes(c: &Context) {
    let (user, role) = (
        "arn:aws:iam::123456789012:user/one",
        "arn:aws:iam::123456789012:role/one",
    );
    let actions = [
        "iam:GetUser",
        "iam:ListUsers",
        "iam:PassRole",
        "sts:AssumeRole",
        "kms:Encrypt",
    ];
    let names: Vec<String> = (1..=actions.len())
        .map(|number| format!("ActionNames.member.{number}"))
        .collect();
    let actions: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(actions).collect();
    let (yes, no) = ("allowed", "implicitDeny");
    for (resource, decisions) in [
        (user, [yes, no, no, no, no]),
        (role, [no, no, yes, yes, no]),
    ] {
        let parameters = [&actions[..], &[("ResourceArns.member.1", resource)]].concat();
        let xml = simulate(c, &[ALLOW_EVERYTHING], &parameters).await;
        assert_eq!(elements(&xml, "EvalDecision"), decisions, "{resource}");
    }
}

async fn inputs_that_are_refused(c: &Context) {
    let policy = ("PolicyInputList.member.1", ALLOW_GET);
    let (name, kind, value) = (
        "ContextEntries.member.1.ContextKeyName",
        "ContextEntries.member.1.ContextKeyType",
        "ContextEntries.member.1.ContextKeyValues.member.1",
    );
    let limit = "PermissionsBoundaryPolicyInputList.member";
    let (first, second) = (format!("{limit}.1"), format!("{limit}.2"));
    for (others, text) in [
        (
            vec![("PolicyInputList.member.2", "{")],
            "Policy input list item 2 has invalid content",
        ),
        (
            vec![(&*first, ALLOW_GET), (&*second, ALLOW_GET)],
            "The list of Permissions Boundary policies cannot exceed 1 items.",
        ),
        (
            vec![("ActionNames.member.2", "GetObject")],
            "The action is invalid since it is missing names",
        ),
        (
            vec![("ResourceArns.member.1", "arn:aws:s3")],
            "ResourceNames are not in a valid ARN format: arn:aws:s3.",
        ),
        (
            vec![(name, "stack:test"), (kind, "numeric"), (value, "abc")],
            "Invalid context value for key stack:test: expected numeric format.",
        ),
        (
            vec![(name, "stack:test"), (kind, "date"), (value, "tomorrow")],
            "Invalid context value for key stack:test: expected DateTime format.",
        ),
        (
            vec![(name, "stack:test"), (value, "yes")],
            "Context key stack:test has invalid type null.",
        ),
        (
            vec![
                ("ResourceOwner", "123456789012"),
                ("CallerArn", "arn:aws:iam::123456789012:user/a"),
            ],
            "'123456789012' is not a valid as a Resource Owner.",
        ),
        (
            vec![("CallerArn", "arn:aws:iam::123456789012:root")],
            "Invalid caller - Caller must be an IAM user, role or group in this context.",
        ),
        (
            vec![("Marker", "not-a-simulation-marker")],
            "Invalid marker for pagination.",
        ),
    ] {
        let parameters = [
            vec![policy, ("ActionNames.member.1", "s3:GetObject")],
            others,
        ]
        .concat();
        let expected = query_error(400, "InvalidInput", text);
        let refused = iam_refused(c, "SimulateCustomPolicy", &parameters).await;
        assert_eq!(refused, expected, "{parameters:?}");
    }
    let unknown = [
        policy,
        ("ActionNames.member.1", "s3:GetObject"),
        (name, "stack:test"),
        (kind, "unknown"),
        (value, "a"),
    ];
    let text = "1 validation error detected: Value at 'contextEntries.1.member.contextKeyType' failed to satisfy \
                constraint: Member must satisfy enum value set: [binary, ipList, booleanList, ip, boolean, \
                numericList, dateList, numeric, date, stringList, string, binaryList]";
    assert_eq!(
        iam_refused(c, "SimulateCustomPolicy", &unknown).await,
        query_error(400, "ValidationError", text)
    );
}

async fn pages(c: &Context) {
    let actions = [
        ("ActionNames.member.1", "s3:PutObject"),
        ("ActionNames.member.2", "s3:DeleteObject"),
        ("ActionNames.member.3", "s3:GetObject"),
    ];
    let page = |others: &[(&'static str, &str)]| {
        let others: Vec<(&str, String)> = others
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        async move {
            let others: Vec<(&str, &str)> = others
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let xml = simulate(c, &[ALLOW_EVERYTHING], &[&actions[..], &others].concat()).await;
            (
                elements(&xml, "EvalActionName"),
                elements(&xml, "Marker").pop(),
            )
        }
    };
    let (first, marker) = page(&[("MaxItems", "1")]).await;
    assert_eq!(first, ["s3:PutObject"]);
    let marker = marker.unwrap();
    // The size of a page may change, and so may what is simulated.
    let (rest, none) = page(&[("MaxItems", "2"), ("Marker", &marker)]).await;
    assert_eq!(
        (rest, none),
        (vec!["s3:DeleteObject".into(), "s3:GetObject".into()], None)
    );
    let one = [
        ("ActionNames.member.1", "s3:ListBucket"),
        ("Marker", &*marker),
    ];
    let xml = simulate(c, &[ALLOW_EVERYTHING], &one).await;
    assert!(
        xml.contains("<EvaluationResults/>") && xml.contains("<IsTruncated>false"),
        "{xml}"
    );
}

async fn context_keys(c: &Context) {
    let keys = |policies: Vec<String>| async move {
        let names: Vec<String> = (1..=policies.len())
            .map(|number| format!("PolicyInputList.member.{number}"))
            .collect();
        let parameters: Vec<(&str, &str)> = names
            .iter()
            .map(String::as_str)
            .zip(policies.iter().map(String::as_str))
            .collect();
        iam(c, "GetContextKeysForCustomPolicy", &parameters).await
    };
    let sorted = |answer: &Answer| {
        assert_eq!(answer.status, 200, "{}", answer.body);
        let mut keys = elements(&answer.body, "member");
        keys.sort_unstable();
        keys
    };
    let statement = |rest: &str| {
        format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow",{rest}}}}}"#)
    };
    for (policy, expected) in [
        (
            statement(
                r#""Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/Team}/${aws:username}","Condition":{"StringEquals":{"s3:ExistingObjectTag/Owner":"${aws:PrincipalTag/Team}"},"Null":{"AWS:SourceIp":"false"}}"#,
            ),
            &[
                "AWS:SourceIp",
                "aws:PrincipalTag/Team",
                "aws:username",
                "s3:ExistingObjectTag/Owner",
            ][..],
        ),
        (
            statement(
                r#""Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username, 'default'}/${*}/${?}/${$}""#,
            ),
            &["$", "*", "?", "aws:username"],
        ),
        (
            statement(r#""Condition":{"StringEquals":{"aws:username":"a"}}"#),
            &["aws:username"],
        ),
        (
            statement(r#""Action":"${aws:username}","Resource":"*""#),
            &[],
        ),
        (r#"{"Version":"2012-10-17"}"#.to_owned(), &[]),
        (r#"{"Statement":[]}"#.to_owned(), &[]),
    ] {
        assert_eq!(
            sorted(&keys(vec![policy.clone()]).await),
            expected,
            "{policy}"
        );
    }
    let twice = vec![gets_if(r#"{"Bool":{"a:b":"true"}}"#); 2];
    assert_eq!(sorted(&keys(twice).await), ["a:b", "a:b"]);
    for policy in [
        statement(r#""Condition":{"MadeUp":{"aws:username":"a"}}"#),
        statement(r#""Foo":"x""#),
        r#"{"Statement":{"Action":"*","Resource":"*"}}"#.to_owned(),
    ] {
        let (status, code, _) = query_fault(&keys(vec![policy.clone()]).await);
        assert_eq!((status, &*code), (400, "InvalidInput"), "{policy}");
    }
}
