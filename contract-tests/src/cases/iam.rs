//! IAM's entities: what is missing, in the way, too many or malformed.

use super::support::{
    allow_all, denied, iam_refused, managed_policy, no_such_entity, policy, query_error,
    query_fault,
};
use crate::{Case, Context, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam/user_exists",
        Evidence::Recorded,
        "localstack test_iam.py (aws-validated snapshots)",
        |c| Box::pin(user_exists(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam/unknown_user",
        Evidence::Recorded,
        "localstack test_iam.py (aws-validated snapshots)",
        |c| Box::pin(unknown_user(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam/user_in_use",
        Evidence::Recorded,
        "localstack test_iam.py (aws-validated snapshots)",
        |c| Box::pin(user_in_use(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam/third_access_key",
        Evidence::Documented,
        "quotas of IAM: two access keys a user",
        |c| Box::pin(third_access_key(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam/denials_name_entities_in_words",
        Evidence::Recorded,
        "aws-samples/rancher-on-aws-workshop#28; galaxyproject/cloudlaunch#205",
        |c| Box::pin(denials_name_entities_in_words(c)),
    )
    .needs(&[Need::Iam]),
];

async fn user_exists(c: &Context) {
    let name = c.entity("U");
    c.iam("CreateUser", &[("UserName", &name)]).await;
    let text = format!("User with name {name} already exists.");
    let expected = query_error(409, "EntityAlreadyExists", &text);
    assert_eq!(
        iam_refused(c, "CreateUser", &[("UserName", &name)]).await,
        expected
    );
}

async fn unknown_user(c: &Context) {
    let name = c.entity("nobody");
    let user = ("UserName", &*name);
    let expected = no_such_entity(&format!("The user with name {name} cannot be found."));
    let document = allow_all();
    let policy = ("PolicyName", "p");
    for (action, more) in [
        ("GetUser", vec![]),
        ("DeleteUser", vec![]),
        ("CreateAccessKey", vec![]),
        ("ListAccessKeys", vec![]),
        ("ListUserPolicies", vec![]),
        ("ListAttachedUserPolicies", vec![]),
        ("PutUserPolicy", vec![policy, ("PolicyDocument", &document)]),
    ] {
        let parameters: Vec<(&str, &str)> = [vec![user], more].concat();
        assert_eq!(
            iam_refused(c, action, &parameters).await,
            expected,
            "{action}"
        );
    }
}

async fn user_in_use(c: &Context) {
    let (name, document) = (c.entity("u"), allow_all());
    let user = ("UserName", &*name);
    c.iam("CreateUser", &[user]).await;
    let inline = [user, ("PolicyName", "p"), ("PolicyDocument", &document)];
    c.iam("PutUserPolicy", &inline).await;
    let conflict = |text| query_error(409, "DeleteConflict", text);
    let policies = conflict("Cannot delete entity, must delete policies first.");
    assert_eq!(iam_refused(c, "DeleteUser", &[user]).await, policies);
    c.iam("DeleteUserPolicy", &inline[..2]).await;
    let arn = managed_policy(c, &c.entity("p"), &document).await;
    c.iam("AttachUserPolicy", &[user, ("PolicyArn", &arn)])
        .await;
    let attached = conflict("Cannot delete entity, must detach all policies first.");
    assert_eq!(iam_refused(c, "DeleteUser", &[user]).await, attached);
    let (status, code, _) = iam_refused(c, "DeletePolicy", &[("PolicyArn", &arn)]).await;
    assert_eq!((status, &*code), (409, "DeleteConflict"));
    c.iam("DetachUserPolicy", &[user, ("PolicyArn", &arn)])
        .await;
    c.iam("CreateAccessKey", &[user]).await;
    let (status, code, _) = iam_refused(c, "DeleteUser", &[user]).await;
    assert_eq!((status, &*code), (409, "DeleteConflict"));
}

async fn third_access_key(c: &Context) {
    let name = c.entity("u");
    let user = [("UserName", &*name)];
    c.iam("CreateUser", &user).await;
    for _ in 0..2 {
        let key = c.iam("CreateAccessKey", &user).await;
        assert!(key.xml("AccessKeyId").unwrap().starts_with("AKIA"));
        assert_eq!(key.xml("SecretAccessKey").unwrap().len(), 40);
    }
    let (status, code, _) = iam_refused(c, "CreateAccessKey", &user).await;
    assert_eq!((status, &*code), (409, "LimitExceeded"));
}

async fn denials_name_entities_in_words(c: &Context) {
    let user = c.user("nobody", &policy(&[("Allow", "s3:*", "*")])).await;
    let document = allow_all();
    let name = c.entity("other");
    for (action, parameters, resource) in [
        (
            "GetUser",
            vec![("UserName", &*name)],
            format!("user {name}"),
        ),
        (
            "CreatePolicy",
            vec![("PolicyName", &*name), ("PolicyDocument", &*document)],
            format!("policy {name}"),
        ),
    ] {
        let answer = Raw::query("iam", action, &parameters)
            .signed_by(&user)
            .send(c)
            .await;
        let (_, text) = denied(c, &user, &format!("iam:{action}"), Some(&resource)).await;
        assert_eq!(
            query_fault(&answer),
            query_error(403, "AccessDenied", &text)
        );
    }
}
