//! Boundaries, resource policies and organizations beside identity policies.

use super::*;

const INPUT: &str = "PolicyInputList.1";
const BOUNDARY: &str = "PermissionsBoundaryPolicyInputList.1";
const RESOURCE: &str = "ResourcePolicy";

/// The policy of objects that allows, or denies, a principal to get them.
fn of_resource(effect: &str, principal: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"{effect}","Action":"s3:GetObject","Resource":"arn:aws:s3:::stackd-simulation/*","Principal":{{"AWS":"{principal}"}}}}]}}"#
    )
}

#[test]
fn a_boundary_limits_and_is_named_where_it_denies() {
    for (boundary, expected, allows) in [
        (ALLOW, telling("allowed", &[INPUT], &[]), true),
        (ALLOW_OTHER, telling("implicitDeny", &[], &[]), false),
        (DENY, telling("explicitDeny", &[BOUNDARY], &[]), false),
    ] {
        let input = json!({
            "PolicyInputList": [ALLOW],
            "PermissionsBoundaryPolicyInputList": [boundary],
            "ResourceArns": [A, B],
        });
        let result = result(&input);
        assert_eq!(told(&result), expected, "{boundary}");
        assert_eq!(
            by_resource(&result),
            [expected.clone(), expected],
            "{boundary}"
        );
        let detail = json!({"AllowedByPermissionsBoundary": allows});
        assert_eq!(result["PermissionsBoundaryDecisionDetail"], detail);
        let of_resources = &result["ResourceSpecificResults"]["member"];
        assert_eq!(of_resources[1]["PermissionsBoundaryDecisionDetail"], detail);
        assert_eq!(result["EvalDecisionDetails"], json!({"entry": []}));
    }
    let both = json!({"PolicyInputList": [DENY], "PermissionsBoundaryPolicyInputList": [DENY]});
    let both = result(&both);
    assert_eq!(
        told(&both),
        telling("explicitDeny", &[INPUT, BOUNDARY], &[])
    );
    let word = &both["MatchedStatements"]["member"][1]["SourcePolicyType"];
    assert_eq!(word, "Permissions Boundary Policy");
    let conditional = allow_if(r#"{"StringEquals":{"stack:boundary":"yes"}}"#);
    let input =
        json!({"PolicyInputList": [ALLOW], "PermissionsBoundaryPolicyInputList": [conditional]});
    assert_eq!(
        told(&result(&input)),
        telling("implicitDeny", &[], &["stack:boundary"])
    );
}

#[test]
fn within_an_account_a_resource_policy_is_enough() {
    for principal in [USER, "arn:aws:iam::123456789012:root", "*"] {
        for (identity, boundary, expected) in [
            (json!([]), None, telling("allowed", &[RESOURCE], &[])),
            (
                json!([ALLOW]),
                None,
                telling("allowed", &[INPUT, RESOURCE], &[]),
            ),
            (
                json!([]),
                Some(ALLOW_OTHER),
                telling("allowed", &[RESOURCE], &[]),
            ),
            (
                json!([ALLOW]),
                Some(ALLOW_OTHER),
                telling("allowed", &[INPUT, RESOURCE], &[]),
            ),
            (
                json!([]),
                Some(DENY),
                telling("explicitDeny", &[BOUNDARY], &[]),
            ),
            (json!([DENY]), None, telling("explicitDeny", &[INPUT], &[])),
        ] {
            let input = json!({
                "PolicyInputList": identity,
                "PermissionsBoundaryPolicyInputList": boundary.into_iter().collect::<Vec<_>>(),
                "ResourceArns": [A],
                "CallerArn": USER,
                "ResourcePolicy": of_resource("Allow", principal),
            });
            let result = result(&input);
            assert_eq!(
                told(&result),
                expected,
                "{principal} {identity} {boundary:?}"
            );
            let told = result.get("PermissionsBoundaryDecisionDetail");
            let expected = boundary.map(|_| json!({"AllowedByPermissionsBoundary": false}));
            assert_eq!(told, expected.as_ref());
        }
    }
    let denied = json!({
        "PolicyInputList": [ALLOW],
        "ResourceArns": [A],
        "CallerArn": USER,
        "ResourcePolicy": of_resource("Deny", "*"),
    });
    let denied = result(&denied);
    assert_eq!(told(&denied), telling("explicitDeny", &[RESOURCE], &[]));
    let word = &denied["MatchedStatements"]["member"][0]["SourcePolicyType"];
    assert_eq!(word, "Resource Policy");
    let other = json!({
        "ResourceArns": [A],
        "CallerArn": USER,
        "ResourcePolicy": of_resource("Allow", "arn:aws:iam::123456789012:user/bob"),
    });
    assert_eq!(told(&result(&other)), telling("implicitDeny", &[], &[]));
}

#[test]
fn across_accounts_all_have_to_allow_and_each_is_told() {
    let (iam, boundary_policy, resource) = (
        "IAM Policy",
        "Permissions Boundary Policy",
        "Resource Policy",
    );
    for (identity, boundary, expected, details) in [
        (
            json!([]),
            None,
            telling("implicitDeny", &[], &[]),
            &[(iam, "implicitDeny"), (resource, "allowed")][..],
        ),
        (
            json!([ALLOW]),
            None,
            telling("allowed", &[INPUT, RESOURCE], &[]),
            &[(iam, "allowed"), (resource, "allowed")],
        ),
        (
            json!([ALLOW]),
            Some(ALLOW),
            telling("allowed", &[INPUT, RESOURCE], &[]),
            &[
                (iam, "allowed"),
                (resource, "allowed"),
                (boundary_policy, "allowed"),
            ],
        ),
        (
            json!([ALLOW]),
            Some(ALLOW_OTHER),
            telling("implicitDeny", &[], &[]),
            &[
                (iam, "allowed"),
                (resource, "allowed"),
                (boundary_policy, "implicitDeny"),
            ],
        ),
        (
            json!([ALLOW]),
            Some(DENY),
            telling("explicitDeny", &[BOUNDARY], &[]),
            &[
                (iam, "allowed"),
                (resource, "allowed"),
                (boundary_policy, "explicitDeny"),
            ],
        ),
    ] {
        let input = json!({
            "PolicyInputList": identity,
            "PermissionsBoundaryPolicyInputList": boundary.into_iter().collect::<Vec<_>>(),
            "ResourceArns": [A],
            "CallerArn": USER,
            "ResourcePolicy": of_resource("Allow", USER),
            "ResourceOwner": "arn:aws:iam::999999999999:root",
        });
        let result = result(&input);
        assert_eq!(told(&result), expected, "{identity} {boundary:?}");
        let entry = |(key, value): &(&str, &str)| json!({"key": key, "value": value});
        let details = json!({"entry": details.iter().map(entry).collect::<Vec<_>>()});
        assert_eq!(result["EvalDecisionDetails"], details);
        let of_resource = &result["ResourceSpecificResults"]["member"][0];
        assert_eq!(of_resource["EvalDecisionDetails"], details);
    }
}

#[test]
fn an_arn_says_whose_a_resource_is() {
    let secret =
        |account: &str| format!("arn:aws:secretsmanager:eu-west-1:{account}:secret:a-AbCdEf");
    let (own, foreign) = (secret("123456789012"), secret("999999999999"));
    let policy = of_resource("Allow", "*")
        .replace("s3:GetObject", "secretsmanager:GetSecretValue")
        .replace(
            "arn:aws:s3:::stackd-simulation/*",
            "arn:aws:secretsmanager:*:*:secret:*",
        );
    let mut input = json!({
        "ActionNames": ["secretsmanager:GetSecretValue"],
        "ResourceArns": [own, foreign],
        "CallerArn": USER,
        "ResourcePolicy": policy,
    });
    let result = result(&input);
    let expected = [
        telling("allowed", &[RESOURCE], &[]),
        telling("implicitDeny", &[], &[]),
    ];
    assert_eq!(by_resource(&result), expected);
    // Without a policy of its own nothing is known of the other account, and nothing is asked of it.
    let input = input.as_object_mut().unwrap();
    input.remove("ResourcePolicy");
    input.insert("PolicyInputList".to_owned(), json!([ALLOW_ALL]));
    let allowed = super::result(&json!(input));
    assert_eq!(told(&allowed), telling("allowed", &[INPUT], &[]));
    let form = "arn:aws:secretsmanager:${Region}:${Account}:secret:${SecretId}";
    assert_eq!(allowed["EvalResourceName"], form);
}

#[test]
fn who_may_assume_a_role_is_not_simulated() {
    let role = "arn:aws:iam::123456789012:role/r";
    let policy = of_resource("Deny", "*")
        .replace("s3:GetObject", "sts:AssumeRole")
        .replace("arn:aws:s3:::stackd-simulation/*", role);
    let input = json!({
        "PolicyInputList": [ALLOW_ALL],
        "ActionNames": ["sts:AssumeRole"],
        "ResourceArns": [role],
        "CallerArn": USER,
        "ResourcePolicy": policy,
    });
    assert_eq!(told(&result(&input)), telling("allowed", &[INPUT], &[]));
}

#[test]
fn each_level_of_an_organization_has_to_allow_and_none_may_deny() {
    for (levels, decision, allows) in [
        (json!([[ALLOW_ALL], [ALLOW_ALL]]), "allowed", true),
        (json!([[ALLOW_ALL], [DENY]]), "explicitDeny", false),
        (json!([[ALLOW_ALL], [ALLOW_OTHER]]), "implicitDeny", false),
        (json!([[ALLOW_OTHER, ALLOW], [ALLOW_ALL]]), "allowed", true),
        (
            json!([[DENY, ALLOW_ALL], [ALLOW_ALL]]),
            "explicitDeny",
            false,
        ),
        (
            json!([[ALLOW_ALL, DENY], [ALLOW_OTHER]]),
            "explicitDeny",
            false,
        ),
    ] {
        let level = |policies: &Value| json!({"ServiceControlPolicyInputList": policies});
        let list: Vec<_> = levels.as_array().unwrap().iter().map(level).collect();
        let input = json!({
            "PolicyInputList": [ALLOW],
            "PermissionsBoundaryPolicyInputList": [ALLOW],
            "OrderedOrganizationPolicyInputList": list,
            "ResourceArns": [A],
        });
        let result = result(&input);
        let matched: &[&str] = if allows { &[INPUT] } else { &[] };
        assert_eq!(told(&result), telling(decision, matched, &[]), "{levels}");
        let detail = json!({"AllowedByOrganizations": allows});
        assert_eq!(result["OrganizationsDecisionDetail"], detail, "{levels}");
        let of_resource = &result["ResourceSpecificResults"]["member"][0];
        assert_eq!(of_resource.get("OrganizationsDecisionDetail"), None);
        // Where the organization does not allow, nothing else is looked at.
        let boundary = result.get("PermissionsBoundaryDecisionDetail");
        assert_eq!(boundary.is_some(), allows, "{levels}");
    }
}

#[test]
fn control_policies_read_the_context_and_name_no_keys() {
    let conditional = allow_if(r#"{"StringEquals":{"stack:control":"yes"}}"#);
    let mut input = json!({
        "PolicyInputList": [ALLOW],
        "OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": [conditional]}],
    });
    assert_eq!(told(&result(&input)), telling("implicitDeny", &[], &[]));
    input["ContextEntries"] = entry("stack:control", &["yes"], "string");
    assert_eq!(told(&result(&input)), telling("allowed", &[INPUT], &[]));
}
