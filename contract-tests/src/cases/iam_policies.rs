//! IAM's policies: what is missing, too long, too many or malformed.

use super::support::{
    allow_all, iam, iam_refused, managed_policy, no_such_entity, policy, query_error, query_fault,
};
use crate::{Answer, Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "iam_policies/policy_exists",
        Evidence::Recorded,
        "localstack test_iam.py (aws-validated snapshots)",
        |c| Box::pin(policy_exists(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_policies/unknown_policy",
        Evidence::Recorded,
        "localstack test_iam.py (aws-validated snapshots)",
        |c| Box::pin(unknown_policy(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_policies/unknown_policy_of_aws",
        Evidence::Documented,
        "ministackorg/ministack#609; ministackorg/ministack#1596",
        |c| Box::pin(unknown_policy_of_aws(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_policies/policy_versions",
        Evidence::Recorded,
        "localstack test_iam.py (aws-validated snapshots)",
        |c| Box::pin(policy_versions(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_policies/policies_too_long",
        Evidence::Recorded,
        "danvk/mapsnap#483; ministryofjustice/cloud-platform-environments#14473",
        |c| Box::pin(policies_too_long(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_policies/malformed_policies",
        Evidence::Recorded,
        "getmoto/moto test_iam_policies.py, run against AWS by LocalStack in 2026; \
         hashicorp/terraform-provider-aws#10419",
        |c| Box::pin(malformed_policies(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "iam_policies/odd_policies_that_are_accepted",
        Evidence::Recorded,
        "getmoto/moto test_iam_policies.py, run against AWS by LocalStack in 2026",
        |c| Box::pin(odd_policies_that_are_accepted(c)),
    )
    .needs(&[Need::Iam]),
];

/// The ARN of a managed policy of this account that does not exist.
async fn missing(c: &Context) -> String {
    managed_policy(c, &c.entity("there"), &allow_all())
        .await
        .replace("-there", "-missing")
}

/// A policy with one statement, of this text.
fn statement(text: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{{{text}}}]}}"#)
}

async fn put_policy(c: &Context, document: &str) -> Answer {
    let name = c.entity("u");
    iam(
        c,
        "PutUserPolicy",
        &[
            ("UserName", &name),
            ("PolicyName", "p"),
            ("PolicyDocument", document),
        ],
    )
    .await
}

async fn policy_exists(c: &Context) {
    let (name, document) = (c.entity("p"), allow_all());
    managed_policy(c, &name, &document).await;
    let text = format!("A policy called {name} already exists. Duplicate names are not allowed.");
    let parameters = [("PolicyName", &*name), ("PolicyDocument", &*document)];
    let expected = query_error(409, "EntityAlreadyExists", &text);
    assert_eq!(iam_refused(c, "CreatePolicy", &parameters).await, expected);
}

async fn unknown_policy(c: &Context) {
    let (arn, name) = (missing(c).await, c.entity("u"));
    let (user, policy) = (("UserName", &*name), ("PolicyArn", &*arn));
    c.iam("CreateUser", &[user]).await;
    let not_found = no_such_entity(&format!("Policy {arn} was not found."));
    assert_eq!(iam_refused(c, "GetPolicy", &[policy]).await, not_found);
    assert_eq!(
        iam_refused(c, "DetachUserPolicy", &[user, policy]).await,
        not_found
    );
    let text = format!("Policy {arn} does not exist or is not attachable.");
    assert_eq!(
        iam_refused(c, "AttachUserPolicy", &[user, policy]).await,
        no_such_entity(&text)
    );
    let there = arn.replace("-missing", "-there");
    let version = [("PolicyArn", &*there), ("VersionId", "v9")];
    let text = format!("Policy {there} version v9 does not exist or is not attachable.");
    assert_eq!(
        iam_refused(c, "GetPolicyVersion", &version).await,
        no_such_entity(&text)
    );
}

async fn unknown_policy_of_aws(c: &Context) {
    let name = c.entity("u");
    c.iam("CreateUser", &[("UserName", &name)]).await;
    let arn = "arn:aws:iam::aws:policy/SecretsManagerReadWriteX";
    let (status, code, _) = iam_refused(
        c,
        "AttachUserPolicy",
        &[("UserName", &name), ("PolicyArn", arn)],
    )
    .await;
    assert_eq!((status, &*code), (404, "NoSuchEntity"));
}

async fn policy_versions(c: &Context) {
    let document = allow_all();
    let arn = managed_policy(c, &c.entity("p"), &document).await;
    let policy = ("PolicyArn", &*arn);
    let text = "Cannot delete the default version of a policy.";
    let expected = query_error(409, "DeleteConflict", text);
    assert_eq!(
        iam_refused(c, "DeletePolicyVersion", &[policy, ("VersionId", "v1")]).await,
        expected
    );
    let next = [policy, ("PolicyDocument", &document)];
    for number in 2..=5 {
        let made = c.iam("CreatePolicyVersion", &next).await;
        assert_eq!(made.xml("VersionId"), Some(format!("v{number}")));
    }
    let text = "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.";
    let expected = query_error(409, "LimitExceeded", text);
    assert_eq!(iam_refused(c, "CreatePolicyVersion", &next).await, expected);
    c.iam("DeletePolicyVersion", &[policy, ("VersionId", "v3")])
        .await;
    let made = c.iam("CreatePolicyVersion", &next).await;
    assert_eq!(made.xml("VersionId").as_deref(), Some("v6"));
}

async fn policies_too_long(c: &Context) {
    let name = c.entity("u");
    c.iam("CreateUser", &[("UserName", &name)]).await;
    let long = |length| {
        policy(&[(
            "Allow",
            "s3:GetObject",
            &format!("arn:aws:s3:::b/{}", "k".repeat(length)),
        )])
    };
    let (inline, whole) = (long(2048), long(6144));
    let parameters = [
        ("UserName", &*name),
        ("PolicyName", "p"),
        ("PolicyDocument", &*inline),
    ];
    let text = format!("Maximum policy size of 2048 bytes exceeded for user {name}");
    assert_eq!(
        iam_refused(c, "PutUserPolicy", &parameters).await,
        query_error(409, "LimitExceeded", &text)
    );
    let name = c.entity("p");
    let parameters = [("PolicyName", &*name), ("PolicyDocument", &*whole)];
    let expected = query_error(
        409,
        "LimitExceeded",
        "Cannot exceed quota for PolicySize: 6144",
    );
    assert_eq!(iam_refused(c, "CreatePolicy", &parameters).await, expected);
}

async fn malformed_policies(c: &Context) {
    c.iam("CreateUser", &[("UserName", &c.entity("u"))]).await;
    let syntax = "Syntax errors in policy.";
    let (vendor, resources) = (
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        "Policy statement must contain resources.",
    );
    let old =
        r#"{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
    for (document, text) in [
        ("nonsense".to_owned(), syntax),
        ("null".to_owned(), syntax),
        (
            r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned(),
            syntax,
        ),
        (statement(r#""Action":"s3:*","Resource":"*""#), syntax),
        (
            statement(r#""Effect":"Allow","Action":"s3:*","NotAction":"s3:*","Resource":"*""#),
            syntax,
        ),
        (
            statement(r#""Effect":"Allow","Action":"s3:*","Resource":"*","Colour":"red""#),
            syntax,
        ),
        (
            statement(r#""Effect":"Allow","Action":7,"Resource":"*""#),
            syntax,
        ),
        (
            old.to_owned(),
            "Policy document must be version 2012-10-17 or greater.",
        ),
        (
            statement(r#""Effect":"allow","Action":"s3:*","Resource":"*""#),
            "The policy failed legacy parsing",
        ),
        (
            statement(r#""Effect":"Allow","Resource":"*""#),
            "Policy statement must contain actions.",
        ),
        (statement(r#""Effect":"Allow","Action":"s3:*""#), resources),
        (
            statement(r#""Effect":"Allow","Action":"invalid""#),
            resources,
        ),
        (
            statement(r#""Effect":"Allow","Action":"invalid","Resource":"*""#),
            vendor,
        ),
        (
            statement(r#""Effect":"Allow","Action":"a:b:c","Resource":"*""#),
            "Actions/Condition can contain only one colon.",
        ),
        (
            statement(r#""Effect":"Allow","Action":"s3:*","Resource":"x""#),
            "Resource x must be in ARN format or \"*\".",
        ),
        (
            statement(r#""Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*""#),
            "Policy document should not specify a principal.",
        ),
    ] {
        let expected = query_error(400, "MalformedPolicyDocument", text);
        assert_eq!(
            query_fault(&put_policy(c, &document).await),
            expected,
            "{document}"
        );
    }
}

async fn odd_policies_that_are_accepted(c: &Context) {
    c.iam("CreateUser", &[("UserName", &c.entity("u"))]).await;
    for text in [
        r#""Effect":"Allow","Action":"nosuch:Thing","Resource":"*""#,
        r#""Effect":"Allow","Action":"s3:GetObject,PutObject","Resource":"*""#,
        r#""Effect":"Allow","Action":"s3:*","Resource":"arn:aws:fdsasf""#,
    ] {
        let answer = put_policy(c, &statement(text)).await;
        assert_eq!(answer.status, 200, "{text}: {}", answer.body);
    }
}
