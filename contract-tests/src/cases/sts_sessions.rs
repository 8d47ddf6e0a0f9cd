//! Sessions of roles: what narrows them, what marks them, and how policies know them.

use serde_json::{Value, json};

use super::support::{
    account_of, arn_of, assume, assumer, error, fails, made_with, managed_policy, ok_as, policy,
    query_error, query_fault, role_of, secrets_role, status, target, trusting, try_assume,
};
use crate::{Case, Context, Credentials, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "sts/sessions/a_session_policy_narrows",
        Evidence::Documented,
        "user guide: session policies; sentence recorded for s3, kms and bedrock",
        |c| Box::pin(a_session_policy_narrows(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/sessions/managed_session_policies_follow_their_default_version",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/sts/managed_session_policy.json",
        |c| Box::pin(managed_session_policies_follow_their_default_version(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/sessions/how_a_secrets_policy_names_them",
        Evidence::Documented,
        "user guide: evaluation within an account, and NotPrincipal",
        |c| Box::pin(how_a_secrets_policy_names_them(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/sessions/principal_arn_is_the_roles",
        Evidence::Documented,
        "user guide: aws:PrincipalArn",
        |c| Box::pin(principal_arn_is_the_roles(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/sessions/tags_and_transitive_tags",
        Evidence::Recorded,
        "localstack test_sts.py (aws-validated snapshots); user guide: session tags",
        |c| Box::pin(tags_and_transitive_tags(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sts/sessions/source_identity_stays",
        Evidence::Documented,
        "user guide: source identity",
        |c| Box::pin(source_identity_stays(c)),
    )
    .needs(&[Need::Iam]),
];

fn says(who: &str, action: &str, resource: &str, reason: &str) -> (String, String) {
    let text = format!(
        "User: {who} is not authorized to perform: {action} on resource: {resource} {reason}"
    );
    error("AccessDeniedException", text)
}

const GET: &str = "secretsmanager:GetSecretValue";

async fn a_session_policy_narrows(c: &Context) {
    let (name, input) = target(c).await;
    let (_, arn) = secrets_role(c, "R").await;
    let (_, who) = assumer(c, "who").await;
    let narrow = policy(&[("Allow", "secretsmanager:DescribeSecret", "*")]);
    let session = assume(c, &who, &arn, &[("Policy", &narrow)]).await;
    assert_eq!(status(c, &session, "DescribeSecret", &input).await, 200);
    let told = fails(c, &session, "GetSecretValue", &input).await;
    let session_arn = arn_of(c, &session).await;
    let reason = format!("because no session policy allows the {GET} action");
    assert_eq!(told, says(&session_arn, GET, &name, &reason));
    let denying = policy(&[("Allow", "*", "*"), ("Deny", GET, "*")]);
    let session = assume(c, &who, &arn, &[("Policy", &denying)]).await;
    let told = fails(c, &session, "GetSecretValue", &input).await;
    let reason = "with an explicit deny in a session policy";
    assert_eq!(told, says(&session_arn, GET, &name, reason));
    // It narrows, and never gives.
    let wide = policy(&[("Allow", "*", "*")]);
    let session = assume(c, &who, &arn, &[("Policy", &wide)]).await;
    let users = crate::Raw::query("iam", "ListUsers", &[]).signed_by(&session);
    assert_eq!(users.send(c).await.status, 403);
    let told = try_assume(c, &who, &arn, &[("Policy", "{}")]).await;
    assert_eq!(told.xml("Code").as_deref(), Some("MalformedPolicyDocument"));
}

async fn managed_session_policies_follow_their_default_version(c: &Context) {
    let (_, input) = target(c).await;
    let (_, arn) = secrets_role(c, "R").await;
    let (_, who) = assumer(c, "who").await;
    let reads = policy(&[("Allow", "secretsmanager:Get*", "*")]);
    let managed = managed_policy(c, &c.entity("P"), &reads).await;
    let session = assume(c, &who, &arn, &[("PolicyArns.member.1.arn", &managed)]).await;
    assert_eq!(status(c, &session, "GetSecretValue", &input).await, 200);
    assert_eq!(status(c, &session, "DescribeSecret", &input).await, 400);
    let other = policy(&[("Allow", "secretsmanager:Describe*", "*")]);
    let version = [
        ("PolicyArn", &*managed),
        ("PolicyDocument", &other),
        ("SetAsDefault", "true"),
    ];
    c.iam("CreatePolicyVersion", &version).await;
    assert_eq!(status(c, &session, "GetSecretValue", &input).await, 400);
    assert_eq!(status(c, &session, "DescribeSecret", &input).await, 200);
}

async fn how_a_secrets_policy_names_them(c: &Context) {
    let (name, input) = target(c).await;
    let account = account_of(c).await;
    let role_name = c.entity("R");
    let trust = trusting(&json!({"AWS": account}));
    let arn = role_of(c, c.target().root(), &role_name, &trust, None).await;
    let (_, who) = assumer(c, "who").await;
    let session = assume(c, &who, &arn, &[]).await;
    let session_arn = arn_of(c, &session).await;
    let nothing = policy(&[("Allow", "s3:*", "*")]);
    let narrowed = assume(c, &who, &arn, &[("Policy", &nothing)]).await;
    let reads = async |principal: Value, who: &Credentials| {
        let document = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": principal, "Action": GET, "Resource": "*"}]});
        let put = json!({"SecretId": name, "ResourcePolicy": document.to_string()});
        ok_as(c, c.target().root(), "PutResourcePolicy", &put).await;
        status(c, who, "GetSecretValue", &input).await
    };
    // The role's grant is enough for its sessions, but not for one that is narrowed.
    assert_eq!(reads(json!({"AWS": arn}), &session).await, 200);
    assert_eq!(reads(json!({"AWS": arn}), &narrowed).await, 400);
    assert_eq!(reads(json!({"AWS": session_arn}), &narrowed).await, 200);
    assert_eq!(reads(json!({"AWS": account}), &session).await, 400);
    let but = async |principals: Value| {
        let document = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": GET, "Resource": "*"},
            {"Effect": "Deny", "NotPrincipal": {"AWS": principals}, "Action": GET, "Resource": "*"}]});
        let put = json!({"SecretId": name, "ResourcePolicy": document.to_string()});
        ok_as(c, c.target().root(), "PutResourcePolicy", &put).await;
        status(c, &session, "GetSecretValue", &input).await
    };
    assert_eq!(but(json!([arn])).await, 400, "the session is not listed");
    assert_eq!(but(json!([arn, session_arn, account])).await, 200);
    let all = policy(&[("Allow", "*", "*")]);
    let boundary = managed_policy(c, &c.entity("B"), &all).await;
    let bound = [
        ("RoleName", &*role_name),
        ("PermissionsBoundary", &boundary),
    ];
    c.iam("PutRolePermissionsBoundary", &bound).await;
    let told = but(json!([arn, session_arn, account])).await;
    assert_eq!(told, 400, "whoever has a boundary is denied");
}

async fn principal_arn_is_the_roles(c: &Context) {
    let (name, input) = target(c).await;
    let (_, arn) = secrets_role(c, "app").await;
    let (_, other) = secrets_role(c, "other").await;
    let (_, who) = assumer(c, "who").await;
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:*", "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:PrincipalArn": [arn]}}}]});
    let put = json!({"SecretId": name, "ResourcePolicy": document.to_string()});
    ok_as(c, c.target().root(), "PutResourcePolicy", &put).await;
    let session = assume(c, &who, &arn, &[]).await;
    assert_eq!(status(c, &session, "GetSecretValue", &input).await, 200);
    let session = assume(c, &who, &other, &[]).await;
    let told = fails(c, &session, "DeleteResourcePolicy", &input).await;
    let action = "secretsmanager:DeleteResourcePolicy";
    let reason = "with an explicit deny in a resource-based policy";
    assert_eq!(
        told,
        says(&arn_of(c, &session).await, action, &name, reason)
    );
}

const TAG: [(&str, &str); 2] = [
    ("Tags.member.1.Key", "team"),
    ("Tags.member.1.Value", "red"),
];

async fn tags_and_transitive_tags(c: &Context) {
    let role_name = c.entity("R");
    let trust = trusting(&json!({"AWS": account_of(c).await}));
    let by_tag = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sts:*", "Resource": "*"},
        {"Effect": "Allow", "Action": GET, "Resource": "*",
         "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}}]});
    let by_tag = by_tag.to_string();
    let arn = role_of(c, c.target().root(), &role_name, &trust, Some(&by_tag)).await;
    let (_, who) = assumer(c, "who").await;
    let (red, blue) = (c.name("red"), c.name("blue"));
    for (name, team) in [(&red, "red"), (&blue, "blue")] {
        let tags = json!({"Tags": [{"Key": "team", "Value": team}]});
        made_with(c, c.target().root(), name, tags).await;
    }
    let reads = async |who: &Credentials| {
        let one = status(c, who, "GetSecretValue", &json!({"SecretId": red})).await;
        let other = status(c, who, "GetSecretValue", &json!({"SecretId": blue})).await;
        (one, other)
    };
    assert_eq!(reads(&assume(c, &who, &arn, &[]).await).await, (400, 400));
    let tagged = assume(c, &who, &arn, &TAG).await;
    assert_eq!(reads(&tagged).await, (200, 400));
    // The role's own tag counts where the session has none of that key.
    let tag = [
        ("RoleName", &*role_name),
        ("Tags.member.1.Key", "Team"),
        ("Tags.member.1.Value", "blue"),
    ];
    c.iam("TagRole", &tag).await;
    assert_eq!(reads(&assume(c, &who, &arn, &[]).await).await, (400, 200));
    assert_eq!(reads(&tagged).await, (200, 400));
    // A transitive tag goes on to the next session; others do not.
    let keys = [("TransitiveTagKeys.member.1", "team")];
    let transitive = assume(c, &who, &arn, &[&TAG[..], &keys].concat()).await;
    let next = assume(c, &transitive, &arn, &[]).await;
    assert_eq!(reads(&next).await, (200, 400));
    let next = assume(c, &tagged, &arn, &[]).await;
    assert_eq!(reads(&next).await, (400, 200));
    let invalid = |text: &str| query_error(400, "InvalidParameterValue", text);
    let again = [
        ("Tags.member.1.Key", "TEAM"),
        ("Tags.member.1.Value", "blue"),
    ];
    assert_eq!(
        query_fault(&try_assume(c, &transitive, &arn, &again).await),
        invalid(
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session."
        )
    );
    assert_eq!(
        query_fault(&try_assume(c, &who, &arn, &keys).await),
        invalid("The specified transitive tag key must be included in the requested tags.")
    );
    let twice = [
        ("Tags.member.2.Key", "Team"),
        ("Tags.member.2.Value", "blue"),
    ];
    assert_eq!(
        query_fault(&try_assume(c, &who, &arn, &[&TAG[..], &twice].concat()).await),
        invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
    );
    // Whoever may assume the role and not tag sessions is told so.
    let only = c
        .user("only", &policy(&[("Allow", "sts:AssumeRole", "*")]))
        .await;
    let told = query_fault(&try_assume(c, &only, &arn, &TAG).await);
    let text = format!(
        "User: {} is not authorized to perform: sts:TagSession on resource: {arn}",
        arn_of(c, &only).await
    );
    assert_eq!(told, query_error(403, "AccessDenied", &text));
}

async fn source_identity_stays(c: &Context) {
    let (name, input) = target(c).await;
    let (_, arn) = secrets_role(c, "R").await;
    let (role_name, _) = secrets_role(c, "unused").await;
    assert!(role_name.ends_with("unused"));
    let may = policy(&[("Allow", "sts:*", "*")]);
    let put = [
        ("RoleName", &*c.entity("R")),
        ("PolicyName", "more"),
        ("PolicyDocument", &may),
    ];
    c.iam("PutRolePolicy", &put).await;
    let (_, who) = assumer(c, "who").await;
    let answer = try_assume(c, &who, &arn, &[("SourceIdentity", "ann")]).await;
    assert_eq!(answer.xml("SourceIdentity").as_deref(), Some("ann"));
    let first = super::support::credentials(&answer);
    let answer = try_assume(c, &first, &arn, &[]).await;
    assert_eq!(answer.xml("SourceIdentity").as_deref(), Some("ann"));
    let second = super::support::credentials(&answer);
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": GET, "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:SourceIdentity": "ann"}}}]});
    let put = json!({"SecretId": name, "ResourcePolicy": document.to_string()});
    ok_as(c, c.target().root(), "PutResourcePolicy", &put).await;
    assert_eq!(status(c, &second, "GetSecretValue", &input).await, 200);
    let plain = assume(c, &who, &arn, &[]).await;
    assert_eq!(status(c, &plain, "GetSecretValue", &input).await, 400);
}
