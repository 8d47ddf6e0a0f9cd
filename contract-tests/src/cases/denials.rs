//! AWS's sentences for denials.

use serde_json::json;

use super::support::{
    anywhere, assert_denied, calls, denied, fault, not_found, policy, secret, send, token,
};
use crate::{Case, Context, Credentials, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "denials/denied_by_name",
        Evidence::Recorded,
        "nautobot/nautobot-app-secrets-providers#64; mongodb/awscdk-resources-mongodbatlas#207",
        |c| Box::pin(denied_by_name(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "denials/denied_by_arn",
        Evidence::Recorded,
        "binbashar/le-tf-infra-aws#869; binbashar/le-tf-infra-aws#874",
        |c| Box::pin(denied_by_arn(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "denials/denied_without_resource",
        Evidence::Recorded,
        "Kralizek/AWSSecretsManagerConfigurationExtensions#78",
        |c| Box::pin(denied_without_resource(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "denials/list_secrets_has_no_resource",
        Evidence::Recorded,
        "terraform-aws-modules/terraform-aws-iam#305; maximhq/bifrost#4707",
        |c| Box::pin(list_secrets_has_no_resource(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "denials/existence_is_told_only_to_those_allowed",
        Evidence::Recorded,
        "jenkinsci/aws-secrets-manager-credentials-provider-plugin#65",
        |c| Box::pin(existence_is_told_only_to_those_allowed(c)),
    )
    .needs(&[Need::Iam]),
];

async fn nobody(c: &Context) -> Credentials {
    c.user("nobody", &policy(&[("Allow", "s3:*", "*")])).await
}

async fn denied_by_name(c: &Context) {
    let (user, there) = (nobody(c).await, c.name("there"));
    secret(&c.root(), &there, "v").await;
    for name in [there, c.name("missing")] {
        for (operation, input) in calls(&name) {
            assert_denied(c, &user, operation, &input, &name).await;
        }
        let input = json!({"Name": name, "SecretString": "v", "ClientRequestToken": token()});
        assert_denied(c, &user, "CreateSecret", &input, &name).await;
    }
}

async fn denied_by_arn(c: &Context) {
    let user = nobody(c).await;
    let (arn, _) = secret(&c.root(), &c.name("s"), "v").await;
    let (partial, _) = arn.rsplit_once('-').unwrap();
    for id in [&arn, partial] {
        for (operation, input) in calls(id) {
            assert_denied(c, &user, operation, &input, id).await;
        }
    }
}

async fn denied_without_resource(c: &Context) {
    let user = nobody(c).await;
    let answer = send(c, &user, "ListSecrets", &json!({})).await;
    let expected = denied(c, &user, "secretsmanager:ListSecrets", None).await;
    assert_eq!(fault(&answer), expected);
}

async fn list_secrets_has_no_resource(c: &Context) {
    let list = "secretsmanager:ListSecrets";
    let scoped = c
        .user("scoped", &policy(&[("Allow", list, &anywhere("*"))]))
        .await;
    let answer = send(c, &scoped, "ListSecrets", &json!({})).await;
    assert_eq!(fault(&answer), denied(c, &scoped, list, None).await);
    let open = c.user("open", &policy(&[("Allow", list, "*")])).await;
    assert_eq!(send(c, &open, "ListSecrets", &json!({})).await.status, 200);
}

async fn existence_is_told_only_to_those_allowed(c: &Context) {
    let (refused, name) = (nobody(c).await, c.name("missing"));
    let allowed = c
        .user("allowed", &policy(&[("Allow", "secretsmanager:*", "*")]))
        .await;
    for (operation, input) in calls(&name) {
        assert_denied(c, &refused, operation, &input, &name).await;
        assert_eq!(
            fault(&send(c, &allowed, operation, &input).await),
            not_found()
        );
    }
}
