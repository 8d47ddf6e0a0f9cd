//! IAM's instance profiles: what is missing, in the way or too many, and who may fill one.

use serde_json::json;

use super::support::Decision::ImplicitDeny;
use super::support::{
    assert_iam_decision, denied, document, iam_refused, no_such_entity, query_error, query_fault,
    role, statement_if,
};
use crate::{Case, Context, Evidence, Need, Raw};

const SNAPSHOTS: &str =
    "localstack test_iam_instance_profiles.py (aws-validated snapshots of 2026)";

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam_instance_profiles/what_answers_show",
        Evidence::Recorded,
        SNAPSHOTS,
        |c| Box::pin(what_answers_show(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_instance_profiles/missing_and_taken",
        Evidence::Recorded,
        SNAPSHOTS,
        |c| Box::pin(missing_and_taken(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_instance_profiles/one_role",
        Evidence::Recorded,
        SNAPSHOTS,
        |c| Box::pin(one_role(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_instance_profiles/a_role_is_passed",
        Evidence::Recorded,
        "hashicorp-education/learn-consul-get-started-vms#9",
        |c| Box::pin(a_role_is_passed(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_instance_profiles/a_role_is_passed_to_ec2",
        Evidence::Documented,
        "IAM API reference, AddRoleToInstanceProfile; for the service: the policy of Karpenter",
        |c| Box::pin(a_role_is_passed_to_ec2(c)),
    )
    .needs(&[Need::Iam]),
];

/// Makes an instance profile; gives its name.
async fn profile(c: &Context, name: &str) -> String {
    let name = c.entity(name);
    c.iam("CreateInstanceProfile", &[("InstanceProfileName", &name)])
        .await;
    name
}

async fn what_answers_show(c: &Context) {
    let name = c.entity("i");
    let profile = ("InstanceProfileName", &*name);
    let made = c
        .iam("CreateInstanceProfile", &[profile, ("Path", "/team/")])
        .await;
    assert!(made.body.contains("<Roles/>"), "{}", made.body);
    assert!(!made.body.contains("<Tags"), "{}", made.body);
    let arn = made.xml("Arn").unwrap();
    let path = format!(":instance-profile/team/{name}");
    assert!(arn.ends_with(&path), "{arn}");
    let shown = c.iam("GetInstanceProfile", &[profile]).await;
    assert!(shown.body.contains("<Tags/>"), "{}", shown.body);

    let role = role(c, "r").await;
    c.iam("AddRoleToInstanceProfile", &[profile, ("RoleName", &role)])
        .await;
    let shown = c.iam("GetInstanceProfile", &[profile]).await;
    let listed = c
        .iam("ListInstanceProfilesForRole", &[("RoleName", &role)])
        .await;
    for answer in [shown, listed] {
        assert_eq!(answer.xml("RoleName").as_deref(), Some(&*role));
        assert_eq!(answer.xml("InstanceProfileName").as_deref(), Some(&*name));
        assert!(
            !answer.body.contains("MaxSessionDuration"),
            "{}",
            answer.body
        );
    }
}

async fn missing_and_taken(c: &Context) {
    let (name, there, role) = (c.entity("none"), profile(c, "i").await, role(c, "r").await);
    let text = format!("Instance Profile {there} already exists.");
    let again = [("InstanceProfileName", &*there)];
    assert_eq!(
        iam_refused(c, "CreateInstanceProfile", &again).await,
        query_error(409, "EntityAlreadyExists", &text)
    );
    let missing = no_such_entity(&format!("Instance Profile {name} cannot be found."));
    let absent = ("InstanceProfileName", &*name);
    for (action, more) in [
        ("GetInstanceProfile", vec![]),
        ("DeleteInstanceProfile", vec![]),
        ("ListInstanceProfileTags", vec![]),
        ("AddRoleToInstanceProfile", vec![("RoleName", &*role)]),
        ("RemoveRoleFromInstanceProfile", vec![("RoleName", &*role)]),
    ] {
        let refused = iam_refused(c, action, &[vec![absent], more].concat()).await;
        assert_eq!(refused, missing, "{action}");
    }
    let nobody = c.entity("nobody");
    let missing = no_such_entity(&format!("The role with name {nobody} cannot be found."));
    for action in ["AddRoleToInstanceProfile", "RemoveRoleFromInstanceProfile"] {
        let call = [again[0], ("RoleName", &*nobody)];
        assert_eq!(iam_refused(c, action, &call).await, missing, "{action}");
    }
    let text = format!("Role {role} in Instance Profile {there} cannot be found.");
    let call = [again[0], ("RoleName", &*role)];
    assert_eq!(
        iam_refused(c, "RemoveRoleFromInstanceProfile", &call).await,
        no_such_entity(&text)
    );
}

async fn one_role(c: &Context) {
    let (name, a, b) = (
        profile(c, "i").await,
        role(c, "a").await,
        role(c, "b").await,
    );
    let profile = ("InstanceProfileName", &*name);
    let call = [profile, ("RoleName", &*a)];
    c.iam("AddRoleToInstanceProfile", &call).await;
    let text = "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1";
    let second = [profile, ("RoleName", &*b)];
    assert_eq!(
        iam_refused(c, "AddRoleToInstanceProfile", &second).await,
        query_error(409, "LimitExceeded", text)
    );
    let text = "Cannot delete entity, must remove roles from instance profile first.";
    assert_eq!(
        iam_refused(c, "DeleteInstanceProfile", &[profile]).await,
        query_error(409, "DeleteConflict", text)
    );
    c.iam("RemoveRoleFromInstanceProfile", &call).await;
    c.iam("DeleteInstanceProfile", &[profile]).await;
}

async fn a_role_is_passed(c: &Context) {
    let (name, role) = (profile(c, "i").await, role(c, "r").await);
    let arn = c.iam("GetRole", &[("RoleName", &role)]).await;
    let arn = arn.xml("Arn").unwrap();
    let parameters = [("InstanceProfileName", &*name), ("RoleName", &*role)];
    let call = ("AddRoleToInstanceProfile", &parameters[..]);
    let fill = statement_if("Allow", "iam:AddRoleToInstanceProfile", &json!({}));
    let who = c.user("u", &document(&[fill])).await;
    let answer = Raw::query("iam", call.0, call.1)
        .signed_by(&who)
        .send(c)
        .await;
    let (_, text) = denied(c, &who, "iam:PassRole", Some(&arn)).await;
    assert_eq!(
        query_fault(&answer),
        query_error(403, "AccessDenied", &text)
    );
    let shown = format!("instance profile {name}");
    let pass = statement_if("Allow", "iam:PassRole", &json!({}));
    let who = c.user("v", &document(&[pass])).await;
    assert_iam_decision(c, &who, call, &shown, ImplicitDeny).await;
}

async fn a_role_is_passed_to_ec2(c: &Context) {
    let (name, role) = (profile(c, "i").await, role(c, "r").await);
    let arn = c.iam("GetRole", &[("RoleName", &role)]).await;
    let arn = arn.xml("Arn").unwrap();
    let account = arn.split(':').nth(4).unwrap();
    let parameters = [("InstanceProfileName", &*name), ("RoleName", &*role)];
    let call = ("AddRoleToInstanceProfile", &parameters[..]);
    let fill = statement_if("Allow", "iam:*InstanceProfile", &json!({}));
    let instances = format!("arn:aws:ec2:*:{account}:instance/*");
    for (user, condition, is_allowed) in [
        (
            "a",
            json!({"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}),
            false,
        ),
        (
            "b",
            json!({"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
            true,
        ),
        (
            "c",
            json!({"ArnLike": {"iam:AssociatedResourceArn": instances}}),
            true,
        ),
    ] {
        let pass = statement_if("Allow", "iam:PassRole", &condition);
        let who = c.user(user, &document(&[fill.clone(), pass])).await;
        let answer = Raw::query("iam", call.0, call.1)
            .signed_by(&who)
            .send(c)
            .await;
        let status = if is_allowed { 200 } else { 403 };
        assert_eq!(answer.status, status, "{condition}: {}", answer.body);
        if is_allowed {
            c.iam("RemoveRoleFromInstanceProfile", call.1).await;
        }
    }
}
