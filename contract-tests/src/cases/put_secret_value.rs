//! PutSecretValue: versions and their labels.

use serde_json::json;

use super::support::{
    NO_TOKEN, call, error, labelled, labels, marked_for_deletion, modelled, not_found, ok, put,
    refused, schedule_deletion, secret, token,
};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "put_secret_value/members_of_the_answer",
        Evidence::Recorded,
        "getmoto/moto test_put_same_secret_value_with_same_token (aws_verified)",
        |c| Box::pin(members_of_the_answer(c)),
    ),
    Case::new(
        "put_secret_value/becomes_current",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_deprecated_secret_version_stage",
        |c| Box::pin(becomes_current(c)),
    ),
    Case::new(
        "put_secret_value/same_token_same_value",
        Evidence::Recorded,
        "getmoto/moto test_put_same_secret_value_with_same_token (aws_verified)",
        |c| Box::pin(same_token_same_value(c)),
    ),
    Case::new(
        "put_secret_value/same_token_other_value",
        Evidence::Recorded,
        "getmoto/moto test_put_different_secret_value_with_same_token (aws_verified)",
        |c| Box::pin(same_token_other_value(c)),
    ),
    Case::new(
        "put_secret_value/no_token_on_the_wire",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_no_client_request_token",
        |c| Box::pin(no_token_on_the_wire(c)),
    ),
    Case::new(
        "put_secret_value/no_value",
        Evidence::Recorded,
        "Terraform configurations that quote AWS",
        |c| Box::pin(no_value(c)),
    ),
    Case::new(
        "put_secret_value/unknown_secret",
        Evidence::Documented,
        "API reference, PutSecretValue",
        |c| Box::pin(unknown_secret(c)),
    ),
    Case::new(
        "put_secret_value/marked_for_deletion",
        Evidence::Inferred,
        "localstack test_secretsmanager.py::test_tag_untag_resource_on_deleted_secret; cloudemu#506",
        |c| Box::pin(scheduled(c)),
    ),
];

async fn members_of_the_answer(c: &Context) {
    let (name, token) = (c.name("s"), token());
    let (arn, _) = secret(&c.root(), &name, "one").await;
    let input = json!({"SecretId": arn, "SecretString": "two", "ClientRequestToken": token});
    let stages = ["AWSCURRENT"];
    let expected = json!({"ARN": arn, "Name": name, "VersionId": token, "VersionStages": stages});
    assert_eq!(ok(c, "PutSecretValue", &input).await, expected);
}

async fn becomes_current(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "one").await;
    let second = put(&client, &name, "two", &[]).await;
    let expected = labelled(&[(&first, &["AWSPREVIOUS"]), (&second, &["AWSCURRENT"])]);
    assert_eq!(labels(&client, &name).await, expected);
    let third = put(&client, &name, "three", &[]).await;
    let expected = labelled(&[(&second, &["AWSPREVIOUS"]), (&third, &["AWSCURRENT"])]);
    assert_eq!(labels(&client, &name).await, expected);
}

async fn same_token_same_value(c: &Context) {
    let (name, token) = (c.name("s"), token());
    let input = json!({"Name": name, "SecretString": "Hello", "ClientRequestToken": token});
    let arn = ok(c, "CreateSecret", &input).await["ARN"].clone();
    let input = json!({"SecretId": arn, "SecretString": "Hello", "ClientRequestToken": token});
    let stages = ["AWSCURRENT"];
    let expected = json!({"ARN": arn, "Name": name, "VersionId": token, "VersionStages": stages});
    assert_eq!(ok(c, "PutSecretValue", &input).await, expected);
}

async fn same_token_other_value(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (arn, token) = secret(&client, &name, "Hello").await;
    let again = client
        .put_secret_value()
        .secret_id(&arn)
        .secret_string("Hi");
    let outcome = again.client_request_token(&token).send().await;
    let text = format!(
        "You can't use ClientRequestToken {token} because that value is already in use for a version of secret {arn}."
    );
    assert_eq!(refused(outcome), error("ResourceExistsException", text));
    let got = client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    assert_eq!(got.secret_string(), Some("Hello"));
}

/// Told before the secret is looked for; the member that PutSecretValue does not know is ignored.
async fn no_token_on_the_wire(c: &Context) {
    let input = json!({"SecretId": c.name("nothing"), "SecretString": "s", "Description": "d"});
    let answer = call(c, "PutSecretValue", &input).await;
    let expected = modelled("InvalidRequestException", NO_TOKEN);
    assert_eq!((answer.status, answer.body), (400, expected));
}

async fn no_value(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let (code, text) = refused(c.root().put_secret_value().secret_id(name).send().await);
    assert_eq!(code, "InvalidRequestException");
    // Whether AWS ends it with a full stop is not certain.
    assert!(
        text.starts_with("You must provide either SecretString or SecretBinary"),
        "{text}"
    );
}

async fn unknown_secret(c: &Context) {
    let request = c.root().put_secret_value().secret_id(c.name("nothing"));
    assert_eq!(
        refused(request.secret_string("v").send().await),
        not_found()
    );
}

async fn scheduled(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "v").await;
    schedule_deletion(&client, &name).await;
    let request = client
        .put_secret_value()
        .secret_id(&name)
        .secret_string("w");
    assert_eq!(refused(request.send().await), marked_for_deletion());
}
