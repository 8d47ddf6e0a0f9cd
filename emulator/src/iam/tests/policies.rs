//! Managed policies and their versions.

use super::{ALLOW, Client, all};

#[tokio::test]
async fn a_policy_is_made_attached_detached_and_deleted() {
    let iam = Client::new();
    iam.user("alice").await;
    let parameters = [
        ("PolicyName", "read"),
        ("Path", "/team/"),
        ("PolicyDocument", ALLOW),
        ("Description", "what for"),
    ];
    let made = iam.ok("CreatePolicy", &parameters).await;
    let arn = all(&made, "Arn").remove(0);
    assert_eq!(arn, "arn:aws:iam::000000000000:policy/team/read");
    assert!(
        !made.contains("Description") && !made.contains("Tags"),
        "{made}"
    );
    assert_eq!(all(&made, "CreateDate"), all(&made, "UpdateDate"));
    assert_eq!(
        iam.refused(
            "CreatePolicy",
            &[("PolicyName", "READ"), ("PolicyDocument", ALLOW)]
        )
        .await,
        "409 EntityAlreadyExists: A policy called READ already exists. Duplicate names are not allowed."
    );

    let (alice, policy) = (("UserName", "alice"), ("PolicyArn", arn.as_str()));
    for _ in 0..2 {
        iam.ok("AttachUserPolicy", &[alice, policy]).await;
    }
    let shown = iam.ok("GetPolicy", &[policy]).await;
    assert_eq!(
        (all(&shown, "AttachmentCount"), all(&shown, "Description")),
        (vec!["1".into()], vec!["what for".into()])
    );
    assert!(shown.contains("<Tags/>"), "{shown}");
    let listed = iam
        .ok(
            "ListAttachedUserPolicies",
            &[alice, ("PathPrefix", "/team/")],
        )
        .await;
    assert_eq!(
        (all(&listed, "PolicyName"), all(&listed, "PolicyArn")),
        (vec!["read".into()], vec![arn.clone()])
    );
    let other = iam
        .ok("ListAttachedUserPolicies", &[alice, ("PathPrefix", "/x/")])
        .await;
    assert!(
        other.contains("<AttachedPolicies/><IsTruncated>false</IsTruncated>"),
        "{other}"
    );
    assert_eq!(
        iam.refused("DeletePolicy", &[policy]).await,
        "409 DeleteConflict: Cannot delete a policy attached to entities."
    );
    iam.ok("DetachUserPolicy", &[alice, policy]).await;
    let gone = format!("404 NoSuchEntity: Policy {arn} was not found.");
    assert_eq!(
        iam.refused("DetachUserPolicy", &[alice, policy]).await,
        gone
    );
    iam.ok("DeletePolicy", &[policy]).await;
    for action in ["GetPolicy", "DeletePolicy", "ListPolicyTags"] {
        assert_eq!(iam.refused(action, &[policy]).await, gone, "{action}");
    }
    assert_eq!(
        iam.refused("ListEntitiesForPolicy", &[policy]).await,
        format!("404 NoSuchEntity: Policy {arn} does not exist or is not attachable.")
    );
}

#[tokio::test]
async fn five_versions_whose_numbers_never_come_again() {
    let iam = Client::new();
    let arn = iam.policy("p").await;
    let policy = ("PolicyArn", arn.as_str());
    let version = async |default: &str| {
        let parameters = [policy, ("PolicyDocument", ALLOW), ("SetAsDefault", default)];
        iam.read("CreatePolicyVersion", &parameters, "VersionId")
            .await
            .remove(0)
    };
    let made = [
        version("true").await,
        version("false").await,
        version("false").await,
        version("false").await,
    ];
    assert_eq!(made, ["v2", "v3", "v4", "v5"]);
    assert_eq!(
        iam.refused("CreatePolicyVersion", &[policy, ("PolicyDocument", ALLOW)])
            .await,
        "409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must \
         delete an existing version."
    );
    let first = iam
        .ok("ListPolicyVersions", &[policy, ("MaxItems", "2")])
        .await;
    assert_eq!(all(&first, "VersionId"), ["v5", "v4"]);
    iam.ok("DeletePolicyVersion", &[policy, ("VersionId", "v4")])
        .await;
    iam.ok("DeletePolicyVersion", &[policy, ("VersionId", "v5")])
        .await;
    assert_eq!(version("false").await, "v6");
    let rest = iam
        .ok(
            "ListPolicyVersions",
            &[policy, ("Marker", &all(&first, "Marker")[0])],
        )
        .await;
    assert_eq!(all(&rest, "VersionId"), ["v3", "v2", "v1"]);
    assert_eq!(all(&rest, "IsDefaultVersion"), ["false", "true", "false"]);

    assert_eq!(
        iam.refused("DeletePolicyVersion", &[policy, ("VersionId", "v2")])
            .await,
        "409 DeleteConflict: Cannot delete the default version of a policy."
    );
    iam.ok("SetDefaultPolicyVersion", &[policy, ("VersionId", "v1")])
        .await;
    iam.ok("DeletePolicyVersion", &[policy, ("VersionId", "v2")])
        .await;
    let shown = iam
        .ok("GetPolicyVersion", &[policy, ("VersionId", "v1")])
        .await;
    let encoded = crate::wire::aws_query::percent_encoded(ALLOW);
    assert_eq!(
        (all(&shown, "Document"), all(&shown, "IsDefaultVersion")),
        (vec![encoded], vec!["true".into()])
    );
    let absent =
        format!("404 NoSuchEntity: Policy {arn} version v9 does not exist or is not attachable.");
    for action in [
        "GetPolicyVersion",
        "DeletePolicyVersion",
        "SetDefaultPolicyVersion",
    ] {
        assert_eq!(
            iam.refused(action, &[policy, ("VersionId", "v9")]).await,
            absent,
            "{action}"
        );
    }
    assert_eq!(
        iam.refused("GetPolicyVersion", &[policy, ("VersionId", "1")])
            .await,
        "400 ValidationError: 1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member \
         must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"
    );
    assert!(
        iam.refused("DeletePolicy", &[policy])
            .await
            .starts_with("409 DeleteConflict: This policy has more than")
    );
}

#[tokio::test]
async fn policies_of_others_do_not_exist_here() {
    let iam = Client::new();
    iam.user("alice").await;
    iam.policy("p").await;
    for arn in [
        "arn:aws:iam::aws:policy/SecretsManagerReadWriteX",
        "arn:aws:iam::111122223333:policy/p",
        "arn:aws-cn:iam::000000000000:policy/p",
        "arn:aws:iam::000000000000:policy/team/p",
        "arn:aws:iam::000000000000:policy/P",
    ] {
        assert_eq!(
            iam.refused("GetPolicy", &[("PolicyArn", arn)]).await,
            format!("404 NoSuchEntity: Policy {arn} was not found.")
        );
        assert_eq!(
            iam.refused(
                "AttachUserPolicy",
                &[("UserName", "alice"), ("PolicyArn", arn)]
            )
            .await,
            format!("404 NoSuchEntity: Policy {arn} does not exist or is not attachable.")
        );
    }
    assert_eq!(
        iam.refused(
            "AttachUserPolicy",
            &[
                ("UserName", "alice"),
                ("PolicyArn", "longpolicynamebutnoarn")
            ]
        )
        .await,
        "400 ValidationError: ARN longpolicynamebutnoarn is not valid."
    );
}

#[tokio::test]
async fn tags_of_policies_mind_the_case() {
    let iam = Client::new();
    let arn = iam.policy("p").await;
    let policy = ("PolicyArn", arn.as_str());
    let tags = [
        policy,
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", "lower"),
        ("Tags.member.2.Key", "A"),
        ("Tags.member.2.Value", "upper"),
    ];
    iam.ok("TagPolicy", &tags).await;
    assert_eq!(
        iam.read("ListPolicyTags", &[policy], "Value").await,
        ["upper", "lower"]
    );
    iam.ok("UntagPolicy", &[policy, ("TagKeys.member.1", "a")])
        .await;
    assert_eq!(iam.read("GetPolicy", &[policy], "Key").await, ["A"]);
    let twice = ["1", "2"].map(|n| {
        [
            (format!("Tags.member.{n}.Key"), "k"),
            (format!("Tags.member.{n}.Value"), "v"),
        ]
    });
    let mut parameters = vec![policy];
    parameters.extend(
        twice
            .iter()
            .flatten()
            .map(|(name, value)| (name.as_str(), *value)),
    );
    assert_eq!(
        iam.refused("TagPolicy", &parameters).await,
        "400 InvalidInput: Duplicate tag keys found."
    );
}
