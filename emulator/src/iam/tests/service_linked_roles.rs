//! Roles that are linked to services: made, protected, deleted.

use super::{ALLOW, Client, TRUST, all};

const RDS: (&str, &str) = ("AWSServiceName", "rds.amazonaws.com");
const ROLE: (&str, &str) = ("RoleName", "AWSServiceRoleForRDS");

#[tokio::test]
async fn a_services_role_lives_and_is_gone() {
    let iam = Client::new();
    let made = iam
        .ok("CreateServiceLinkedRole", &[RDS, ("Description", "d")])
        .await;
    assert_eq!(
        all(&made, "Arn"),
        ["arn:aws:iam::000000000000:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS"]
    );
    assert_eq!(
        iam.refused("CreateServiceLinkedRole", &[RDS]).await,
        "400 InvalidInput: Service role name AWSServiceRoleForRDS has been taken in this account, please try a different suffix."
    );
    let shown = iam.ok("GetRole", &[ROLE]).await;
    assert_eq!(all(&shown, "Description"), ["d"]);
    assert!(all(&shown, "AssumeRolePolicyDocument")[0].contains("rds.amazonaws.com"));

    let deleted = iam.ok("DeleteServiceLinkedRole", &[ROLE]).await;
    let task = all(&deleted, "DeletionTaskId").remove(0);
    let uuid = task.strip_prefix("task/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS/");
    assert_eq!(uuid.unwrap().len(), 36, "{task}");
    let task = ("DeletionTaskId", &*task);
    let status = "GetServiceLinkedRoleDeletionStatus";
    assert_eq!(iam.read(status, &[task], "Status").await, ["SUCCEEDED"]);
    assert_eq!(
        iam.refused(status, &[("DeletionTaskId", "task/x")]).await,
        "404 NoSuchEntity: The deletion task task/x cannot be found."
    );
    for action in ["GetRole", "DeleteServiceLinkedRole"] {
        assert_eq!(
            iam.refused(action, &[ROLE]).await,
            "404 NoSuchEntity: The role with name AWSServiceRoleForRDS cannot be found."
        );
    }
    iam.ok("CreateServiceLinkedRole", &[RDS]).await;
}

#[tokio::test]
async fn only_aws_changes_it() {
    let iam = Client::new();
    iam.ok("CreateServiceLinkedRole", &[RDS]).await;
    let arn = iam.policy("p").await;
    let profile = ("InstanceProfileName", "i");
    iam.ok("CreateInstanceProfile", &[profile]).await;
    for (action, more) in [
        ("DeleteRole", vec![]),
        ("UpdateRole", vec![("MaxSessionDuration", "7200")]),
        ("UpdateRole", vec![("MaxSigninSessionDuration", "7200")]),
        ("UpdateAssumeRolePolicy", vec![("PolicyDocument", TRUST)]),
        ("AttachRolePolicy", vec![("PolicyArn", &*arn)]),
        ("DetachRolePolicy", vec![("PolicyArn", &*arn)]),
        (
            "PutRolePolicy",
            vec![("PolicyName", "in"), ("PolicyDocument", ALLOW)],
        ),
        ("DeleteRolePolicy", vec![("PolicyName", "in")]),
        (
            "PutRolePermissionsBoundary",
            vec![("PermissionsBoundary", &*arn)],
        ),
        ("DeleteRolePermissionsBoundary", vec![]),
        ("AddRoleToInstanceProfile", vec![profile]),
        ("RemoveRoleFromInstanceProfile", vec![profile]),
    ] {
        assert_eq!(
            iam.refused(action, &[vec![ROLE], more].concat()).await,
            "400 UnmodifiableEntity: Cannot perform the operation on the protected role 'AWSServiceRoleForRDS' - this role is only modifiable by AWS",
            "{action}"
        );
    }
    // Its description and its tags are the account's.
    iam.ok("UpdateRole", &[ROLE, ("Description", "ours")]).await;
    let tag = [
        ROLE,
        ("Tags.member.1.Key", "k"),
        ("Tags.member.1.Value", "v"),
    ];
    iam.ok("TagRole", &tag).await;
    let shown = iam.ok("GetRole", &[ROLE]).await;
    assert_eq!(
        (all(&shown, "Description"), all(&shown, "Key")),
        (vec!["ours".to_owned()], vec!["k".to_owned()])
    );
    iam.ok("UntagRole", &[ROLE, ("TagKeys.member.1", "k")])
        .await;
}

#[tokio::test]
async fn what_is_refused() {
    let iam = Client::new();
    let create = "CreateServiceLinkedRole";
    assert_eq!(
        iam.refused(create, &[("AWSServiceName", "nothing.amazonaws.com")])
            .await,
        "400 InvalidInput: Sekisho knows no service-linked role of the service nothing.amazonaws.com."
    );
    assert_eq!(
        iam.refused(create, &[RDS, ("CustomSuffix", "x")]).await,
        "400 InvalidInput: Custom suffix is not allowed for rds.amazonaws.com"
    );
    let bad = iam.refused(create, &[RDS, ("CustomSuffix", "a/b")]).await;
    assert!(bad.starts_with("400 ValidationError"), "{bad}");
    let scaling = [
        ("AWSServiceName", "autoscaling.amazonaws.com"),
        ("CustomSuffix", "x"),
    ];
    assert_eq!(
        iam.read(create, &scaling, "RoleName").await,
        ["AWSServiceRoleForAutoScaling_x"]
    );
    // A role of one's own is not deleted this way, wherever it is.
    let own = [
        ("RoleName", "mine"),
        ("Path", "/aws-service-role/rds.amazonaws.com/"),
        ("AssumeRolePolicyDocument", TRUST),
    ];
    iam.ok("CreateRole", &own).await;
    assert_eq!(
        iam.refused("DeleteServiceLinkedRole", &own[..1]).await,
        "404 NoSuchEntity: The role with name mine cannot be found."
    );
    iam.ok("DeleteRole", &own[..1]).await;
}

#[tokio::test]
async fn its_policy_comes_and_goes_with_it() {
    let iam = Client::new();
    let kms = ("AWSServiceName", "mrk.kms.amazonaws.com");
    iam.ok("CreateServiceLinkedRole", &[kms]).await;
    let role = (
        "RoleName",
        "AWSServiceRoleForKeyManagementServiceMultiRegionKeys",
    );
    let attached = iam
        .read("ListAttachedRolePolicies", &[role], "PolicyArn")
        .await;
    let policy = "arn:aws:iam::aws:policy/aws-service-role/AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy";
    assert_eq!(attached, [policy]);
    let policy = [("PolicyArn", policy)];
    assert_eq!(
        iam.read("GetPolicy", &policy, "AttachmentCount").await,
        ["1"]
    );
    iam.ok("DeleteServiceLinkedRole", &[role]).await;
    assert_eq!(
        iam.read("GetPolicy", &policy, "AttachmentCount").await,
        ["0"]
    );
}
