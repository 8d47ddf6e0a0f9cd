//! What identity policies decide, and which keys they miss.

use super::*;

#[test]
fn an_answer_whole() {
    let input = json!({"PolicyInputList": [ALLOW], "ResourceArns": [A]});
    let place = json!({"member": [{
        "SourcePolicyId": "PolicyInputList.1",
        "SourcePolicyType": "IAM Policy",
        "StartPosition": {"Line": 1, "Column": 38},
        "EndPosition": {"Line": 1, "Column": 95},
    }]});
    let expected = json!({
        "EvaluationResults": {"member": [{
            "EvalActionName": "s3:GetObject",
            "EvalResourceName": A,
            "EvalDecision": "allowed",
            "MatchedStatements": place,
            "MissingContextValues": {"member": []},
            "EvalDecisionDetails": {"entry": []},
            "ResourceSpecificResults": {"member": [{
                "EvalResourceName": A,
                "EvalResourceDecision": "allowed",
                "MatchedStatements": place,
            }]},
        }]},
        "IsTruncated": false,
    });
    assert_eq!(answer(&input).unwrap(), expected);
}

#[test]
fn without_resources_nothing_is_said_of_each() {
    for resources in [json!([]), json!(["*"])] {
        let result = result(&json!({"PolicyInputList": [ALLOW], "ResourceArns": resources}));
        assert_eq!(
            told(&result),
            telling("allowed", &["PolicyInputList.1"], &[])
        );
        assert_eq!(result["EvalResourceName"], "*");
        for absent in ["EvalDecisionDetails", "ResourceSpecificResults"] {
            assert_eq!(result.get(absent), None, "{absent}");
        }
    }
    let of_one = statement("Allow", A, "{}");
    let result = result(&json!({"PolicyInputList": [of_one]}));
    assert_eq!(
        told(&result),
        telling("implicitDeny", &[], &[]),
        "an ARN is not everything"
    );
}

#[test]
fn several_resources_are_decided_one_by_one() {
    let of_one = statement("Allow", A, "{}");
    let input = json!({"PolicyInputList": [of_one], "ResourceArns": [A, B]});
    let mixed = result(&input);
    assert_eq!(
        mixed["EvalResourceName"],
        "arn:aws:s3:::${BucketName}/${KeyName}"
    );
    // The strictest, yet with the statements of all.
    assert_eq!(
        told(&mixed),
        telling("implicitDeny", &["PolicyInputList.1"], &[])
    );
    let expected = [
        telling("allowed", &["PolicyInputList.1"], &[]),
        telling("implicitDeny", &[], &[]),
    ];
    assert_eq!(by_resource(&mixed), expected);
    assert_eq!(
        mixed["ResourceSpecificResults"]["member"][1],
        json!({"EvalResourceName": B, "EvalResourceDecision": "implicitDeny"})
    );
    let twice = result(&json!({"PolicyInputList": [ALLOW], "ResourceArns": [A, A]}));
    assert_eq!(
        told(&twice),
        telling("allowed", &["PolicyInputList.1"], &[])
    );
    assert_eq!(by_resource(&twice).len(), 2);
}

#[test]
fn only_what_denies_is_named_beside_what_allows() {
    for (policies, expected) in [
        (
            json!([ALLOW, DENY]),
            telling("explicitDeny", &["PolicyInputList.2"], &[]),
        ),
        (
            json!([ALLOW, ALLOW]),
            telling("allowed", &["PolicyInputList.1", "PolicyInputList.2"], &[]),
        ),
        (json!([]), telling("implicitDeny", &[], &[])),
    ] {
        assert_eq!(
            told(&result(&json!({"PolicyInputList": policies}))),
            expected,
            "{policies}"
        );
    }
}

#[test]
fn actions_are_taken_as_they_are_sent() {
    let actions = [
        "S3:gEtObJeCt",
        "s3:GetObject",
        "s3:*",
        "madeup:Action",
        "s3:",
    ];
    let input = json!({"PolicyInputList": [ALLOW], "ActionNames": actions});
    let answer = answer(&input).unwrap();
    let results = answer["EvaluationResults"]["member"].as_array().unwrap();
    let told = results
        .iter()
        .map(|it| (&it["EvalActionName"], &it["EvalDecision"]));
    let told: Vec<_> = told
        .map(|(name, decision)| json!([name, decision]))
        .collect();
    let expected = json!([
        ["S3:gEtObJeCt", "allowed"],
        ["s3:GetObject", "allowed"],
        ["s3:*", "implicitDeny"],
        ["madeup:Action", "implicitDeny"],
        ["s3:", "implicitDeny"],
    ]);
    assert_eq!(json!(told), expected);
}

#[test]
fn an_action_is_not_allowed_on_what_it_does_not_take() {
    let (user, role) = (
        "arn:aws:iam::123456789012:user/one",
        "arn:aws:iam::123456789012:role/one",
    );
    for (action, resource, decision) in [
        ("iam:GetUser", user, "allowed"),
        ("iam:GetUser", role, "implicitDeny"),
        ("iam:ListUsers", user, "implicitDeny"),
        ("sts:AssumeRole", role, "allowed"),
        ("sts:GetCallerIdentity", role, "implicitDeny"),
        ("kms:Encrypt", role, "implicitDeny"),
    ] {
        let input = json!({"PolicyInputList": [ALLOW_ALL], "ActionNames": [action], "ResourceArns": [resource]});
        assert_eq!(told(&result(&input)).0, decision, "{action} on {resource}");
    }
}

#[test]
fn keys_that_are_missing_are_told_with_implicit_denials() {
    let missing = r#"{"StringEquals":{"stack:missing":"yes"}}"#;
    let relevant = allow_if(missing);
    let elsewhere = statement("Allow", B, missing);
    let other_action = relevant.replace("s3:GetObject", "s3:PutObject");
    let deny = statement("Deny", "*", missing);
    // Whether the statement could have applied does not matter.
    for policy in [&relevant, &elsewhere, &other_action, &deny] {
        let alone = result(&json!({"PolicyInputList": [policy], "ResourceArns": [A]}));
        let expected = telling("implicitDeny", &[], &["stack:missing"]);
        assert_eq!(told(&alone), expected, "{policy}");
        assert_eq!(by_resource(&alone), [expected], "{policy}");
        let beside = result(&json!({"PolicyInputList": [ALLOW, policy], "ResourceArns": [A]}));
        let expected = telling("allowed", &["PolicyInputList.1"], &[]);
        assert_eq!(told(&beside), expected, "{policy}");
    }
    let denied = result(&json!({"PolicyInputList": [DENY, relevant]}));
    assert_eq!(
        told(&denied),
        telling("explicitDeny", &["PolicyInputList.1"], &[])
    );
}

#[test]
fn keys_are_missing_unless_they_were_given() {
    for (condition, missing) in [
        (
            r#"{"Null":{"stack:missing":"false"}}"#,
            &["stack:missing"][..],
        ),
        (
            r#"{"ForAnyValue:StringEquals":{"stack:missing":"yes"}}"#,
            &["stack:missing"],
        ),
        (
            r#"{"StringNotEquals":{"stack:missing":"yes"},"StringEquals":{"stack:present":"other"}}"#,
            &["stack:missing"],
        ),
        (
            r#"{"StringEquals":{"stack:present":"${stack:key}"}}"#,
            &["stack:key"],
        ),
        (
            r#"{"StringEquals":{"stack:present":"${stack:key, 'x'}"}}"#,
            &["stack:key"],
        ),
        (
            r#"{"StringEquals":{"STACK:a":"b","stack:a":"b"}}"#,
            &["STACK:a", "stack:a"],
        ),
        (r#"{"StringEquals":{"STACK:present":"other"}}"#, &[]),
        // The simulator has a value for this one, and lists it all the same.
        (
            r#"{"StringEquals":{"aws:userid":"other"}}"#,
            &["aws:userid"],
        ),
    ] {
        let given = entry("stack:present", &["observed"], "string");
        let input = json!({"PolicyInputList": [allow_if(condition)], "ContextEntries": given});
        assert_eq!(
            told(&result(&input)),
            telling("implicitDeny", &[], missing),
            "{condition}"
        );
    }
    for condition in [
        r#"{"StringEqualsIfExists":{"stack:missing":"yes"}}"#,
        r#"{"StringNotEquals":{"stack:missing":"yes"}}"#,
        r#"{"Null":{"stack:missing":"true"}}"#,
        r#"{"ForAllValues:StringEquals":{"stack:missing":"yes"}}"#,
    ] {
        let input = json!({"PolicyInputList": [allow_if(condition)], "ResourceArns": [A]});
        let expected = telling("allowed", &["PolicyInputList.1"], &[]);
        assert_eq!(told(&result(&input)), expected, "{condition}");
    }
    let variable = statement(
        "Allow",
        "arn:aws:s3:::stackd-simulation/${aws:username}",
        "{}",
    );
    let input = json!({"PolicyInputList": [variable], "ResourceArns": [A]});
    assert_eq!(
        told(&result(&input)),
        telling("implicitDeny", &[], &["aws:username"])
    );
}
