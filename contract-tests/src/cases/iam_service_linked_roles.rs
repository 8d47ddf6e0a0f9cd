//! The roles that AWS's services have in an account: how they are made, and that they are AWS's.

use serde_json::json;

use super::support::Decision::{Allow, ImplicitDeny};
use super::support::{
    TRUST, arn_of, assert_iam_decision, document, iam_refused, query_error, statement_if,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam_service_linked_roles/names_that_are_taken",
        Evidence::Recorded,
        "DataDog/pathfinding-labs#23; terraform-community-modules/tf_aws_elasticsearch#23",
        |c| Box::pin(names_that_are_taken(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_service_linked_roles/only_aws_changes_them",
        Evidence::Recorded,
        "gruntwork-io/cloud-nuke#880; rebuy-de/aws-nuke#331",
        |c| Box::pin(only_aws_changes_them(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_service_linked_roles/one_service_only",
        Evidence::Documented,
        "IAM user guide, iam:AWSServiceName",
        |c| Box::pin(one_service_only(c)),
    )
    .needs(&[Need::Iam]),
];

const SERVICE: (&str, &str) = ("AWSServiceName", "autoscaling.amazonaws.com");

async fn names_that_are_taken(c: &Context) {
    let call = [SERVICE, ("CustomSuffix", &*c.entity("s"))];
    let made = c.iam("CreateServiceLinkedRole", &call).await;
    let name = made.xml("RoleName").unwrap();
    assert_eq!(
        name,
        format!("AWSServiceRoleForAutoScaling_{}", c.entity("s"))
    );
    let path = "/aws-service-role/autoscaling.amazonaws.com/";
    assert_eq!(made.xml("Path").as_deref(), Some(path));
    let text = format!(
        "Service role name {name} has been taken in this account, please try a different suffix."
    );
    assert_eq!(
        iam_refused(c, "CreateServiceLinkedRole", &call).await,
        query_error(400, "InvalidInput", &text)
    );
    let es = [("AWSServiceName", "es.amazonaws.com"), call[1]];
    let text = "Custom suffix is not allowed for es.amazonaws.com";
    assert_eq!(
        iam_refused(c, "CreateServiceLinkedRole", &es).await,
        query_error(400, "InvalidInput", text)
    );
    let deleted = c
        .iam("DeleteServiceLinkedRole", &[("RoleName", &name)])
        .await;
    let task = deleted.xml("DeletionTaskId").unwrap();
    assert!(task.starts_with(&format!("task{path}{name}/")), "{task}");
    let status = [("DeletionTaskId", &*task)];
    let status = c.iam("GetServiceLinkedRoleDeletionStatus", &status).await;
    assert!(status.xml("Status").is_some(), "{}", status.body);
}

async fn only_aws_changes_them(c: &Context) {
    let call = [SERVICE, ("CustomSuffix", &*c.entity("s"))];
    let made = c.iam("CreateServiceLinkedRole", &call).await;
    let name = made.xml("RoleName").unwrap();
    let text = format!(
        "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS"
    );
    let policy = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    for (action, more) in [
        ("DeleteRole", vec![]),
        ("DetachRolePolicy", vec![("PolicyArn", policy)]),
        ("DeleteRolePolicy", vec![("PolicyName", "p")]),
        ("UpdateAssumeRolePolicy", vec![("PolicyDocument", TRUST)]),
    ] {
        let parameters = [vec![("RoleName", &*name)], more].concat();
        assert_eq!(
            iam_refused(c, action, &parameters).await,
            query_error(400, "UnmodifiableEntity", &text),
            "{action}"
        );
    }
    c.iam("DeleteServiceLinkedRole", &[("RoleName", &name)])
        .await;
}

async fn one_service_only(c: &Context) {
    let only = json!({"StringLike": {"iam:AWSServiceName": "autoscaling.*"}});
    let create = statement_if("Allow", "iam:CreateServiceLinkedRole", &only);
    let who = c.user("u", &document(&[create])).await;
    let user = arn_of(c, &who).await;
    let (root, _) = user.split_once(":user/").unwrap();
    let suffix = c.entity("s");
    for (service, title, decision) in [
        ("lexv2.amazonaws.com", "LexV2Bots", ImplicitDeny),
        ("autoscaling.amazonaws.com", "AutoScaling", Allow),
    ] {
        let parameters = [("AWSServiceName", service), ("CustomSuffix", &*suffix)];
        let call = ("CreateServiceLinkedRole", &parameters[..]);
        let name = format!("AWSServiceRoleFor{title}_{suffix}");
        let shown = format!("{root}:role/aws-service-role/{service}/{name}");
        assert_iam_decision(c, &who, call, &shown, decision).await;
    }
    let name = format!("AWSServiceRoleForAutoScaling_{suffix}");
    c.iam("DeleteServiceLinkedRole", &[("RoleName", &name)])
        .await;
}
