//! The calls that Terraform makes for roles, and what it reads of the answers.

use super::support::{TRUST, allow_all, iam, iam_refused, managed_policy, query_error, role};
use crate::{Answer, Case, Context, Evidence, Need};

const TERRAFORM: &str = "hashicorp/terraform-provider-aws, its source";

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam_roles_terraform/role",
        Evidence::Inferred,
        TERRAFORM,
        |c| Box::pin(role_resource(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles_terraform/unknown_principal",
        Evidence::Inferred,
        TERRAFORM,
        |c| Box::pin(unknown_principal(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_roles_terraform/attachment",
        Evidence::Inferred,
        TERRAFORM,
        |c| Box::pin(attachment(c)),
    )
    .needs(&[Need::Iam]),
];

async fn role_resource(c: &Context) {
    let name = c.entity("r");
    let role = ("RoleName", &*name);
    let create = [
        role,
        ("Path", "/"),
        ("AssumeRolePolicyDocument", TRUST),
        ("MaxSessionDuration", "3600"),
    ];
    let made = c.iam("CreateRole", &create).await;
    assert_eq!(made.xml("RoleName").as_deref(), Some(&*name));
    let shown = c.iam("GetRole", &[role]).await;
    assert_eq!(shown.xml("MaxSessionDuration").as_deref(), Some("3600"));
    assert!(shown.xml("CreateDate").is_some() && shown.xml("Arn").unwrap().starts_with("arn:"));
    c.iam("UpdateRoleDescription", &[role, ("Description", "d")])
        .await;
    c.iam("UpdateRole", &[role, ("MaxSessionDuration", "7200")])
        .await;
    let shown = c.iam("GetRole", &[role]).await;
    assert_eq!(shown.xml("MaxSessionDuration").as_deref(), Some("7200"));
    assert_eq!(shown.xml("Description").as_deref(), Some("d"));

    let policy = managed_policy(c, &c.entity("p"), &allow_all()).await;
    let attach = [role, ("PolicyArn", &*policy)];
    c.iam("AttachRolePolicy", &attach).await;
    let profiles = c.iam("ListInstanceProfilesForRole", &[role]).await;
    assert!(
        profiles.body.contains("<InstanceProfiles/>"),
        "{}",
        profiles.body
    );
    let text = "Cannot delete entity, must detach all policies first.";
    let attached = query_error(409, "DeleteConflict", text);
    assert_eq!(iam_refused(c, "DeleteRole", &[role]).await, attached);
    c.iam("DetachRolePolicy", &attach).await;
    c.iam("DeleteRole", &[role]).await;
    assert_eq!(iam(c, "GetRole", &[role]).await.status, 404);
}

async fn unknown_principal(c: &Context) {
    let nobody = r#"{"AWS":"arn:aws:iam::111122223333:role/contract-nobody"}"#;
    let document = TRUST.replace(r#"{"Service":"ec2.amazonaws.com"}"#, nobody);
    let name = c.entity("r");
    let create = [
        ("RoleName", &*name),
        ("AssumeRolePolicyDocument", &*document),
    ];
    let (status, code, message) = iam_refused(c, "CreateRole", &create).await;
    assert_eq!((status, &*code), (400, "MalformedPolicyDocument"));
    assert!(message.contains("Invalid principal in policy"), "{message}");
}

async fn attachment(c: &Context) {
    let name = role(c, "r").await;
    let arn = managed_policy(c, &c.entity("p"), &allow_all()).await;
    let (role, policy) = (("RoleName", &*name), ("PolicyArn", &*arn));
    for _ in 0..2 {
        c.iam("AttachRolePolicy", &[role, policy]).await;
    }
    let count = |answer: &Answer, text: &str| answer.body.matches(text).count();
    let attached = c.iam("ListAttachedRolePolicies", &[role]).await;
    assert_eq!(count(&attached, &format!(">{arn}<")), 1);
    let entities = c.iam("ListEntitiesForPolicy", &[policy]).await;
    assert_eq!(count(&entities, &format!("<RoleName>{name}<")), 1);
    c.iam("DetachRolePolicy", &[role, policy]).await;
    let (status, code, _) = iam_refused(c, "DetachRolePolicy", &[role, policy]).await;
    assert_eq!((status, &*code), (404, "NoSuchEntity"));
}
