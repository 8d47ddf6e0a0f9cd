//! How soon changes of policies count: at once.

use super::support::{denied, fault, policy, send, status, target};
use crate::{Case, Context, Evidence, Need};

const GET: &str = "secretsmanager:GetSecretValue";
const DESCRIBE: &str = "secretsmanager:DescribeSecret";

pub(super) const CASES: &[Case] = &[
    Case::new(
        "policy_changes/no_policy_no_access",
        Evidence::Documented,
        "IAM user guide, policy evaluation logic",
        |c| Box::pin(no_policy_no_access(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "policy_changes/attached_counts_until_detached",
        Evidence::Inferred,
        "IAM user guide; here changes count at once",
        |c| Box::pin(attached_counts_until_detached(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "policy_changes/default_version_counts",
        Evidence::Documented,
        "IAM user guide, versioning IAM policies",
        |c| Box::pin(default_version_counts(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "policy_changes/inline_policy_replaced",
        Evidence::Documented,
        "API reference, PutUserPolicy",
        |c| Box::pin(inline_policy_replaced(c)),
    )
    .needs(&[Need::Iam]),
];

async fn no_policy_no_access(c: &Context) {
    let (name, input) = target(c).await;
    let user = c.user("u", &policy(&[("Allow", "*", "*")])).await;
    assert_eq!(status(c, &user, "GetSecretValue", &input).await, 200);
    c.iam(
        "DeleteUserPolicy",
        &[("UserName", &c.entity("u")), ("PolicyName", "inline")],
    )
    .await;
    let answer = send(c, &user, "GetSecretValue", &input).await;
    assert_eq!(fault(&answer), denied(c, &user, GET, Some(&name)).await);
}

async fn attached_counts_until_detached(c: &Context) {
    let (name, input) = target(c).await;
    let user = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let made = [
        ("PolicyName", &*c.entity("p")),
        ("PolicyDocument", &*policy(&[("Allow", GET, "*")])),
    ];
    let arn = c.iam("CreatePolicy", &made).await.xml("Arn").unwrap();
    let attachment = [("UserName", &*c.entity("u")), ("PolicyArn", &*arn)];
    for _ in 0..2 {
        let answer = send(c, &user, "GetSecretValue", &input).await;
        assert_eq!(fault(&answer), denied(c, &user, GET, Some(&name)).await);
        c.iam("AttachUserPolicy", &attachment).await;
        assert_eq!(status(c, &user, "GetSecretValue", &input).await, 200);
        c.iam("DetachUserPolicy", &attachment).await;
    }
    assert_eq!(status(c, &user, "GetSecretValue", &input).await, 400);
}

async fn default_version_counts(c: &Context) {
    let (_, input) = target(c).await;
    let user = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let made = [
        ("PolicyName", &*c.entity("p")),
        ("PolicyDocument", &*policy(&[("Allow", GET, "*")])),
    ];
    let arn = c.iam("CreatePolicy", &made).await.xml("Arn").unwrap();
    c.iam(
        "AttachUserPolicy",
        &[("UserName", &c.entity("u")), ("PolicyArn", &arn)],
    )
    .await;
    let other = policy(&[("Allow", DESCRIBE, "*")]);
    c.iam(
        "CreatePolicyVersion",
        &[("PolicyArn", &arn), ("PolicyDocument", &other)],
    )
    .await;
    for (version, get, describe) in [("v1", 200, 400), ("v2", 400, 200), ("v1", 200, 400)] {
        c.iam(
            "SetDefaultPolicyVersion",
            &[("PolicyArn", &arn), ("VersionId", version)],
        )
        .await;
        assert_eq!(
            status(c, &user, "GetSecretValue", &input).await,
            get,
            "{version}"
        );
        assert_eq!(
            status(c, &user, "DescribeSecret", &input).await,
            describe,
            "{version}"
        );
    }
}

async fn inline_policy_replaced(c: &Context) {
    let (_, input) = target(c).await;
    let user = c.user("u", &policy(&[("Allow", GET, "*")])).await;
    let other = policy(&[("Allow", DESCRIBE, "*")]);
    let put = [
        ("UserName", &*c.entity("u")),
        ("PolicyName", "inline"),
        ("PolicyDocument", &*other),
    ];
    c.iam("PutUserPolicy", &put).await;
    assert_eq!(status(c, &user, "GetSecretValue", &input).await, 400);
    assert_eq!(status(c, &user, "DescribeSecret", &input).await, 200);
}
