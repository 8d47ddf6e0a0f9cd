//! Who may do what: AWS's sentences, and what policies are matched against.

use serde_json::json;

use super::support::{
    anywhere, assert_denied, denied_explicitly, fault, not_found, policy, refused, secret, send,
    token,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "authorization/suffix_pattern_allows_however_named",
        Evidence::Recorded,
        "ministackorg/ministack#1737 (measured on AWS)",
        |c| Box::pin(suffix_pattern_allows_however_named(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "authorization/bare_name_never_matches",
        Evidence::Recorded,
        "aws/aws-cdk#12411; aws/aws-cdk#17792; aws/aws-cdk#28308",
        |c| Box::pin(bare_name_never_matches(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "authorization/deny_matches_however_named",
        Evidence::Recorded,
        "ministackorg/ministack#1737 (measured on AWS)",
        |c| Box::pin(deny_matches_however_named(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "authorization/to_be_created_has_a_suffix",
        Evidence::Recorded,
        "iann0036/iam-dataset#22; shalb/cluster.dev#76",
        |c| Box::pin(to_be_created_has_a_suffix(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "authorization/tags_at_creation_are_tagging",
        Evidence::Recorded,
        "kubernetes-sigs/cluster-api-provider-aws#1523",
        |c| Box::pin(tags_at_creation_are_tagging(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "authorization/one_secret_and_no_other",
        Evidence::Recorded,
        "getmoto/moto#6514; getmoto/moto#9581",
        |c| Box::pin(one_secret_and_no_other(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "authorization/another_region_s_secrets",
        Evidence::Documented,
        "IAM user guide, Resource",
        |c| Box::pin(another_region_s_secrets(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "authorization/recreated_secret_has_another_arn",
        Evidence::Recorded,
        "Kralizek/AWSSecretsManagerConfigurationExtensions#20; hashicorp/terraform-provider-aws#39953",
        |c| Box::pin(recreated_secret_has_another_arn(c)),
    )
    .needs(&[Need::Iam]),
];

/// The three ways to name a secret.
fn ids<'a>(name: &'a str, arn: &'a str) -> [&'a str; 3] {
    [name, arn, arn.rsplit_once('-').unwrap().0]
}

async fn suffix_pattern_allows_however_named(c: &Context) {
    let name = c.name("db");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let pattern = anywhere(&format!("{name}-??????"));
    let user = c
        .user(
            "u",
            &policy(&[("Allow", "secretsmanager:GetSecretValue", &pattern)]),
        )
        .await;
    for id in ids(&name, &arn) {
        let answer = send(c, &user, "GetSecretValue", &json!({"SecretId": id})).await;
        assert_eq!(answer.status, 200, "{id}: {}", answer.body);
    }
}

async fn bare_name_never_matches(c: &Context) {
    let name = c.name("db");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let bare = anywhere(&name);
    let user = c
        .user("u", &policy(&[("Allow", "secretsmanager:*", &bare)]))
        .await;
    for id in ids(&name, &arn) {
        assert_denied(c, &user, "GetSecretValue", &json!({"SecretId": id}), id).await;
    }
}

async fn deny_matches_however_named(c: &Context) {
    let name = c.name("db");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let pattern = anywhere(&format!("{name}-*"));
    let get = "secretsmanager:GetSecretValue";
    let user = c
        .user(
            "u",
            &policy(&[("Allow", "*", "*"), ("Deny", get, &pattern)]),
        )
        .await;
    for id in ids(&name, &arn) {
        let answer = send(c, &user, "GetSecretValue", &json!({"SecretId": id})).await;
        let expected = denied_explicitly(c, &user, get, Some(id)).await;
        assert_eq!(fault(&answer), expected);
    }
}

async fn to_be_created_has_a_suffix(c: &Context) {
    let create =
        |name: &str| json!({"Name": name, "SecretString": "v", "ClientRequestToken": token()});
    let action = "secretsmanager:CreateSecret";
    let name = c.name("MyDb");
    let bare = c
        .user("bare", &policy(&[("Allow", action, &anywhere(&name))]))
        .await;
    let answer = send(c, &bare, "CreateSecret", &create(&name)).await;
    assert_eq!(fault(&answer).0, "AccessDeniedException");
    for (user, pattern) in [("star", "*"), ("marks", "-??????")] {
        let name = c.name(user);
        let pattern = anywhere(&format!("{name}{pattern}"));
        let user = c.user(user, &policy(&[("Allow", action, &pattern)])).await;
        let answer = send(c, &user, "CreateSecret", &create(&name)).await;
        assert_eq!(answer.status, 200, "{pattern}: {}", answer.body);
    }
}

async fn tags_at_creation_are_tagging(c: &Context) {
    let user = c
        .user(
            "u",
            &policy(&[("Allow", "secretsmanager:CreateSecret", "*")]),
        )
        .await;
    let name = c.name("s");
    let tags = json!([{"Key": "a", "Value": "b"}]);
    let input =
        json!({"Name": name, "SecretString": "v", "ClientRequestToken": token(), "Tags": tags});
    let (code, text) = fault(&send(c, &user, "CreateSecret", &input).await);
    assert_eq!(code, "AccessDeniedException");
    assert!(
        text.contains(" is not authorized to perform: secretsmanager:TagResource on resource: "),
        "{text}"
    );
    let get = c.root().get_secret_value().secret_id(&name).send().await;
    assert_eq!(refused(get), not_found());
}

async fn one_secret_and_no_other(c: &Context) {
    let (mine, other) = (c.name("mine"), c.name("other"));
    let (arn, _) = secret(&c.root(), &mine, "v").await;
    secret(&c.root(), &other, "v").await;
    let user = c
        .user(
            "u",
            &policy(&[("Allow", "secretsmanager:GetSecretValue", &arn)]),
        )
        .await;
    let answer = send(c, &user, "GetSecretValue", &json!({"SecretId": mine})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_denied(
        c,
        &user,
        "GetSecretValue",
        &json!({"SecretId": other}),
        &other,
    )
    .await;
}

async fn another_region_s_secrets(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let there = "arn:aws:secretsmanager:ap-south-1:*:secret:*";
    let user = c
        .user("u", &policy(&[("Allow", "secretsmanager:*", there)]))
        .await;
    assert_denied(
        c,
        &user,
        "GetSecretValue",
        &json!({"SecretId": name}),
        &name,
    )
    .await;
}

async fn recreated_secret_has_another_arn(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (arn, _) = secret(&client, &name, "v").await;
    let user = c
        .user(
            "u",
            &policy(&[("Allow", "secretsmanager:GetSecretValue", &arn)]),
        )
        .await;
    let delete = client.delete_secret().secret_id(&name);
    delete
        .force_delete_without_recovery(true)
        .send()
        .await
        .unwrap();
    secret(&client, &name, "v").await;
    assert_denied(
        c,
        &user,
        "GetSecretValue",
        &json!({"SecretId": name}),
        &name,
    )
    .await;
}
