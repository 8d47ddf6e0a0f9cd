//! IAM's policy simulator: decisions, and which statements made them, and where they stand.

use super::support::{
    ALLOW_EVERYTHING, ALLOW_GET, ALLOW_PUT, DENY_GET, OBJECT, OTHER_OBJECT, SIMULATIONS,
    element_set, elements, gets_if, simulate, simulated_case, telling, told,
};
use crate::{Case, Context};

pub(super) const CASES: &[Case] = &[
    simulated_case(
        "simulation/statements_and_where_they_stand",
        SIMULATIONS,
        |c| Box::pin(statements_and_where_they_stand(c)),
    ),
    simulated_case("simulation/several_resources", SIMULATIONS, |c| {
        Box::pin(several_resources(c))
    }),
    simulated_case("simulation/missing_context_keys", SIMULATIONS, |c| {
        Box::pin(missing_context_keys(c))
    }),
    simulated_case("simulation/boundaries", SIMULATIONS, |c| {
        Box::pin(boundaries(c))
    }),
    simulated_case("simulation/resource_policies", SIMULATIONS, |c| {
        Box::pin(resource_policies(c))
    }),
    simulated_case("simulation/organizations", SIMULATIONS, |c| {
        Box::pin(organizations(c))
    }),
];

async fn statements_and_where_they_stand(c: &Context) {
    let two = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Sid":"First"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Sid":"Second"}]}"#;
    let single = r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#;
    let pretty = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Deny\",\n      \"Action\": \"s3:GetObject\",\n      \"Resource\": \"*\"\n    }\n  ]\n}";
    let returns = format!(" \r\n{}\r\n ", pretty.replace('\n', "\r\n"));
    for (policy, decision, lines, columns) in [
        (
            two,
            "allowed",
            &["1", "1", "1", "1"][..],
            &["38", "109", "109", "182"][..],
        ),
        (single, "allowed", &["1", "1"], &["16", "77"]),
        (pretty, "explicitDeny", &["3", "8"], &["17", "6"]),
        (&returns, "explicitDeny", &["4", "9"], &["17", "6"]),
    ] {
        let xml = simulate(c, &[policy], &[]).await;
        assert_eq!(
            told(&xml),
            telling(decision, &["PolicyInputList.1"]),
            "{policy}"
        );
        assert_eq!(elements(&xml, "Line"), lines, "{policy}");
        assert_eq!(elements(&xml, "Column"), columns, "{policy}");
        assert_eq!(element_set(&xml, "SourcePolicyType"), ["IAM Policy"]);
    }
    let xml = simulate(c, &[ALLOW_GET, DENY_GET], &[]).await;
    assert_eq!(told(&xml), telling("explicitDeny", &["PolicyInputList.2"]));
    let xml = simulate(c, &[], &[]).await;
    assert_eq!(told(&xml), telling("implicitDeny", &[]));
}

async fn several_resources(c: &Context) {
    let xml = simulate(c, &[ALLOW_GET], &[]).await;
    assert_eq!(elements(&xml, "EvalResourceName"), ["*"]);
    assert!(
        !xml.contains("ResourceSpecificResults") && !xml.contains("EvalDecisionDetails"),
        "{xml}"
    );
    let one = ALLOW_GET.replace("\"*\"", &format!("\"{OBJECT}\""));
    let both = [
        ("ResourceArns.member.1", OBJECT),
        ("ResourceArns.member.2", OTHER_OBJECT),
    ];
    let xml = simulate(c, &[&one], &both).await;
    let names = [
        "arn:aws:s3:::${BucketName}/${KeyName}",
        OBJECT,
        OTHER_OBJECT,
    ];
    assert_eq!(elements(&xml, "EvalResourceName"), names);
    assert_eq!(
        elements(&xml, "EvalResourceDecision"),
        ["allowed", "implicitDeny"]
    );
    // The strictest of them, yet with the statements of all.
    assert_eq!(told(&xml), telling("implicitDeny", &["PolicyInputList.1"]));
    let xml = simulate(c, &[&one], &both[..1]).await;
    assert_eq!(elements(&xml, "EvalResourceName"), [OBJECT, OBJECT]);
}

async fn missing_context_keys(c: &Context) {
    let missing = r#"{"StringEquals":{"stack:missing":"yes"}}"#;
    let relevant = gets_if(missing);
    for policy in [
        relevant.clone(),
        relevant.replace("Allow", "Deny"),
        relevant.replace("GetObject", "PutObject"),
        relevant.replace("\"*\"", &format!("\"{OTHER_OBJECT}\"")),
        gets_if(r#"{"Null":{"stack:missing":"false"}}"#),
        ALLOW_GET.replace(
            "\"*\"",
            r#""arn:aws:s3:::stackd-simulation/${stack:missing}""#,
        ),
    ] {
        let resource = [("ResourceArns.member.1", OBJECT)];
        let xml = simulate(c, &[&policy], &resource).await;
        assert_eq!(told(&xml), telling("implicitDeny", &[]), "{policy}");
        let keys = elements(&xml, "MissingContextValues");
        assert_eq!(keys, ["<member>stack:missing</member>"; 2], "{policy}");
        // What is allowed or denied misses nothing.
        for (other, decision) in [(ALLOW_GET, "allowed"), (DENY_GET, "explicitDeny")] {
            let xml = simulate(c, &[other, &policy], &resource).await;
            assert_eq!(
                told(&xml),
                telling(decision, &["PolicyInputList.1"]),
                "{policy}"
            );
            assert!(!xml.contains("stack:missing"), "{xml}");
        }
    }
    let given = [
        ("ContextEntries.member.1.ContextKeyName", "STACK:missing"),
        ("ContextEntries.member.1.ContextKeyType", "string"),
        ("ContextEntries.member.1.ContextKeyValues.member.1", "yes"),
    ];
    let xml = simulate(c, &[&relevant], &given).await;
    assert_eq!(told(&xml), telling("allowed", &["PolicyInputList.1"]));
    let negated = gets_if(r#"{"StringNotEquals":{"stack:missing":"yes"}}"#);
    let xml = simulate(c, &[&negated], &[]).await;
    assert_eq!(told(&xml), telling("allowed", &["PolicyInputList.1"]));
}

async fn boundaries(c: &Context) {
    let limit = "PermissionsBoundaryPolicyInputList.member.1";
    let own = "PermissionsBoundaryPolicyInputList.1";
    for (boundary, told_so, allows) in [
        (
            ALLOW_GET,
            telling("allowed", &["PolicyInputList.1"]),
            "true",
        ),
        (ALLOW_PUT, telling("implicitDeny", &[]), "false"),
        (DENY_GET, telling("explicitDeny", &[own]), "false"),
    ] {
        let xml = simulate(c, &[ALLOW_GET], &[(limit, boundary)]).await;
        assert_eq!(told(&xml), told_so, "{boundary}");
        assert_eq!(elements(&xml, "AllowedByPermissionsBoundary"), [allows]);
    }
    let xml = simulate(c, &[DENY_GET], &[(limit, DENY_GET)]).await;
    assert_eq!(
        told(&xml),
        telling("explicitDeny", &[own, "PolicyInputList.1"])
    );
    let types = ["IAM Policy", "Permissions Boundary Policy"];
    assert_eq!(element_set(&xml, "SourcePolicyType"), types);
}

async fn resource_policies(c: &Context) {
    let caller = "arn:aws:iam::123456789012:user/simulation/ann";
    let policy = |principal: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::stackd-simulation/*","Principal":{{"AWS":"{principal}"}}}}]}}"#
        )
    };
    for principal in [caller, "arn:aws:iam::123456789012:root", "*"] {
        let policy = policy(principal);
        let resource = [
            ("ResourceArns.member.1", OBJECT),
            ("CallerArn", caller),
            ("ResourcePolicy", &*policy),
        ];
        let xml = simulate(c, &[], &resource).await;
        assert_eq!(
            told(&xml),
            telling("allowed", &["ResourcePolicy"]),
            "{principal}"
        );
        let limited = [
            &resource[..],
            &[("PermissionsBoundaryPolicyInputList.member.1", ALLOW_PUT)],
        ];
        let xml = simulate(c, &[], &limited.concat()).await;
        assert_eq!(
            told(&xml),
            telling("allowed", &["ResourcePolicy"]),
            "{principal}"
        );
        assert_eq!(element_set(&xml, "AllowedByPermissionsBoundary"), ["false"]);
        // Of another account's resource both sides have a say.
        let foreign = [
            &resource[..],
            &[("ResourceOwner", "arn:aws:iam::999999999999:root")],
        ]
        .concat();
        for (own, decision) in [(&[][..], "implicitDeny"), (&[ALLOW_GET], "allowed")] {
            if principal.ends_with(":root") {
                continue;
            }
            let xml = simulate(c, own, &foreign).await;
            assert_eq!(elements(&xml, "EvalDecision"), [decision]);
            let details = &elements(&xml, "EvalDecisionDetails")[0];
            assert_eq!(
                element_set(details, "key"),
                ["IAM Policy", "Resource Policy"]
            );
        }
    }
}

async fn organizations(c: &Context) {
    let level = |number: usize| {
        format!(
            "OrderedOrganizationPolicyInputList.member.{number}.ServiceControlPolicyInputList.member.1"
        )
    };
    let (first, second) = (level(1), level(2));
    for (control, told_so, allows) in [
        (
            ALLOW_EVERYTHING,
            telling("allowed", &["PolicyInputList.1"]),
            "true",
        ),
        (ALLOW_PUT, telling("implicitDeny", &[]), "false"),
        (DENY_GET, telling("explicitDeny", &[]), "false"),
    ] {
        let xml = simulate(
            c,
            &[ALLOW_GET],
            &[(&first, ALLOW_EVERYTHING), (&second, control)],
        )
        .await;
        assert_eq!(told(&xml), told_so, "{control}");
        assert_eq!(elements(&xml, "AllowedByOrganizations"), [allows]);
    }
}
