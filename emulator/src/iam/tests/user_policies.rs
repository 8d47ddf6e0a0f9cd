//! Policies of users: attached and inline, their number and size, and what cannot be stored.

use super::{ALLOW, Client, all};

#[tokio::test]
async fn ten_policies_and_no_eleventh() {
    let iam = Client::new();
    iam.user("alice").await;
    for number in 0..10 {
        let arn = iam.policy(&format!("p{number}")).await;
        iam.ok(
            "AttachUserPolicy",
            &[("UserName", "alice"), ("PolicyArn", &arn)],
        )
        .await;
    }
    let arn = iam.policy("one-more").await;
    assert_eq!(
        iam.refused(
            "AttachUserPolicy",
            &[("UserName", "alice"), ("PolicyArn", &arn)]
        )
        .await,
        "409 LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10"
    );
    let used = iam
        .ok(
            "ListPolicies",
            &[("OnlyAttached", "true"), ("MaxItems", "9")],
        )
        .await;
    assert_eq!(all(&used, "PolicyName").len(), 9);
    let last = iam
        .ok(
            "ListPolicies",
            &[
                ("OnlyAttached", "true"),
                ("Marker", &all(&used, "Marker")[0]),
            ],
        )
        .await;
    assert_eq!(
        (all(&last, "PolicyName"), all(&last, "IsTruncated")),
        (vec!["p9".into()], vec!["false".into()])
    );
    assert_eq!(
        iam.read("ListPolicies", &[("Scope", "Local")], "PolicyName")
            .await
            .len(),
        11
    );
    let of_aws = iam.read("ListPolicies", &[("Scope", "AWS")], "Arn").await;
    assert!(
        of_aws
            .iter()
            .all(|arn| arn.starts_with("arn:aws:iam::aws:policy/"))
            && of_aws.len() > 50
    );
    let entities = iam
        .ok(
            "ListEntitiesForPolicy",
            &[("PolicyArn", &arn.replace("one-more", "p0"))],
        )
        .await;
    assert!(
        entities.contains("<PolicyGroups/><PolicyUsers><member><UserName>alice</UserName>"),
        "{entities}"
    );
    assert!(entities.contains("<PolicyRoles/>"), "{entities}");
}

#[tokio::test]
async fn inline_policies_share_a_quota() {
    let iam = Client::new();
    iam.user("Alice").await;
    let alice = ("UserName", "alice");
    let put = |name: &'static str, text: String| {
        let iam = &iam;
        async move {
            iam.ask(
                "PutUserPolicy",
                &[alice, ("PolicyName", name), ("PolicyDocument", &text)],
            )
            .await
        }
    };
    let of_size = |size: usize| {
        ALLOW.replace(
            "iam:*",
            &format!("iam:{}", "x".repeat(size - ALLOW.len() + 1)),
        )
    };
    assert_eq!(put("a", of_size(1024)).await.0, 200);
    assert_eq!(
        put("b", format!("{}{}", of_size(1024), " ".repeat(500)))
            .await
            .0,
        200
    );
    let (status, xml) = put("b", of_size(1025)).await;
    assert_eq!(
        (status, all(&xml, "Message")),
        (
            409,
            vec!["Maximum policy size of 2048 bytes exceeded for user Alice".into()]
        )
    );
    assert_eq!(
        iam.read("ListUserPolicies", &[alice], "PolicyNames").await,
        ["<member>a</member><member>b</member>"]
    );
    let shown = iam.ok("GetUserPolicy", &[alice, ("PolicyName", "a")]).await;
    assert_eq!(
        all(&shown, "PolicyDocument"),
        [crate::wire::aws_query::percent_encoded(&of_size(1024))]
    );
    iam.ok("DeleteUserPolicy", &[alice, ("PolicyName", "a")])
        .await;
    for action in ["GetUserPolicy", "DeleteUserPolicy"] {
        assert_eq!(
            iam.refused(action, &[alice, ("PolicyName", "a")]).await,
            "404 NoSuchEntity: The user policy with name a cannot be found."
        );
    }
}

#[tokio::test]
async fn documents_are_compiled_before_they_are_stored() {
    let iam = Client::new();
    iam.user("alice").await;
    let arn = iam.policy("p").await;
    let long = ALLOW.replace("iam:*", &format!("iam:{}", "x".repeat(6144)));
    let syntax = "400 MalformedPolicyDocument: Syntax errors in policy.";
    for (document, managed, inline) in [
        ("{", syntax, syntax),
        (
            long.as_str(),
            "409 LimitExceeded: Cannot exceed quota for PolicySize: 6144",
            "409 LimitExceeded: Maximum policy size of 2048 bytes exceeded for user alice",
        ),
    ] {
        let document = ("PolicyDocument", document);
        assert_eq!(
            iam.refused("CreatePolicy", &[("PolicyName", "q"), document])
                .await,
            managed
        );
        assert_eq!(
            iam.refused("CreatePolicyVersion", &[("PolicyArn", &arn), document])
                .await,
            managed
        );
        let put = [("UserName", "alice"), ("PolicyName", "q"), document];
        assert_eq!(iam.refused("PutUserPolicy", &put).await, inline);
    }
    let strange = ("PolicyDocument", "\u{20ac}");
    let refused = iam
        .refused("CreatePolicy", &[("PolicyName", "q"), strange])
        .await;
    assert!(
        refused.contains("Value at 'policyDocument' failed to satisfy constraint"),
        "{refused}"
    );
}
