//! PutSecretValue: versions and their labels.

use serde_json::json;

use super::support::{
    NO_TOKEN, call, error, labelled, labels, marked_for_deletion, modelled, not_found, ok, put,
    refused, secret, token,
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
        "put_secret_value/own_labels_leave_current_alone",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_put_secret_value_with_version_stages; floci-io/floci#522",
        |c| Box::pin(own_labels_leave_current_alone(c)),
    ),
    Case::new(
        "put_secret_value/all_labels_move",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_non_versioning_version_stages_replacement",
        |c| Box::pin(all_labels_move(c)),
    ),
    Case::new(
        "put_secret_value/some_labels_move",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_non_versioning_version_stages_no_replacement",
        |c| Box::pin(some_labels_move(c)),
    ),
    Case::new(
        "put_secret_value/unknown_label_of_aws",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending_cycle_custom_stages_1",
        |c| Box::pin(unknown_label_of_aws(c)),
    ),
    Case::new(
        "put_secret_value/current_among_labels",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending_cycle_custom_stages_2",
        |c| Box::pin(current_among_labels(c)),
    ),
    Case::new(
        "put_secret_value/pending_moves_off_current",
        Evidence::Inferred,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending_cycle",
        |c| Box::pin(pending_moves_off_current(c)),
    ),
    Case::new(
        "put_secret_value/pending_is_dropped_with_current",
        Evidence::Inferred,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending",
        |c| Box::pin(pending_is_dropped_with_current(c)),
    ),
    Case::new(
        "put_secret_value/own_label_outlives_previous",
        Evidence::Inferred,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending_cycle_custom_stages_2",
        |c| Box::pin(own_label_outlives_previous(c)),
    ),
    Case::new(
        "put_secret_value/first_value_is_current",
        Evidence::Documented,
        "API reference, PutSecretValue: VersionStages",
        |c| Box::pin(first_value_is_current(c)),
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

async fn own_labels_leave_current_alone(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "v0").await;
    for (value, stages) in [
        ("v1", &["SAMPLESTAGE1", "SAMPLESTAGE0"][..]),
        ("v2", &["SAMPLESTAGE1", "SAMPLESTAGE0"]),
        ("v3", &["AWSPENDING"]),
    ] {
        put(&client, &name, value, stages).await;
        let got = client.get_secret_value().secret_id(&name).send().await.unwrap();
        assert_eq!((got.version_id(), got.secret_string()), (Some(&*first), Some("v0")));
        assert_eq!(got.version_stages(), ["AWSCURRENT"]);
    }
    put(&client, &name, "v4", &["AWSCURRENT"]).await;
    let got = client.get_secret_value().secret_id(&name).send().await.unwrap();
    assert_eq!(got.secret_string(), Some("v4"));
}

async fn all_labels_move(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "S0").await;
    let second = put(&client, &name, "S1", &["one", "two", "three"]).await;
    let listed = labels(&client, &name).await;
    assert_eq!(listed, labelled(&[(&first, &["AWSCURRENT"]), (&second, &["one", "two", "three"])]));
    let all = ["one", "two", "three", "four"];
    let third = put(&client, &name, "S2", &all).await;
    let listed = labels(&client, &name).await;
    assert_eq!(listed, labelled(&[(&first, &["AWSCURRENT"]), (&third, &all)]));
}

async fn some_labels_move(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "S0").await;
    let second = put(&client, &name, "S1", &["one", "two", "three"]).await;
    let third = put(&client, &name, "S2", &["one", "two", "four"]).await;
    let expected: [(&String, &[&str]); 3] =
        [(&first, &["AWSCURRENT"]), (&second, &["three"]), (&third, &["one", "two", "four"])];
    assert_eq!(labels(&client, &name).await, labelled(&expected));
}

async fn unknown_label_of_aws(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "S1").await;
    let stages = ["AWSPENDING", "PUT1", "AWSSOMETHING"];
    let second = put(&client, &name, "S2", &stages).await;
    let expected = labelled(&[(&first, &["AWSCURRENT"]), (&second, &stages)]);
    assert_eq!(labels(&client, &name).await, expected);
}

async fn current_among_labels(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "SS").await;
    let second = put(&client, &name, "S1", &["AWSCURRENT", "PUT0"]).await;
    let expected = labelled(&[(&first, &["AWSPREVIOUS"]), (&second, &["AWSCURRENT", "PUT0"])]);
    assert_eq!(labels(&client, &name).await, expected);
    let third = put(&client, &name, "S2", &["AWSPENDING", "PUT1"]).await;
    let expected: [(&String, &[&str]); 3] = [
        (&first, &["AWSPREVIOUS"]),
        (&second, &["AWSCURRENT", "PUT0"]),
        (&third, &["AWSPENDING", "PUT1"]),
    ];
    assert_eq!(labels(&client, &name).await, labelled(&expected));
}

async fn pending_moves_off_current(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "S1").await;
    let second = put(&client, &name, "S2", &["AWSCURRENT", "AWSPENDING"]).await;
    let third = put(&client, &name, "S3", &["AWSPENDING"]).await;
    let listed = labels(&client, &name).await;
    let both = labelled(&[(&second, &["AWSCURRENT"]), (&third, &["AWSPENDING"])]);
    assert!(both.iter().all(|(id, stages)| listed.get(id) == Some(stages)), "{listed:?}");
}

async fn pending_is_dropped_with_current(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "S1").await;
    let second = put(&client, &name, "S2", &["AWSCURRENT", "AWSPENDING"]).await;
    let third = put(&client, &name, "S3", &[]).await;
    let expected = labelled(&[(&second, &["AWSPREVIOUS"]), (&third, &["AWSCURRENT"])]);
    assert_eq!(labels(&client, &name).await, expected);
}

async fn own_label_outlives_previous(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "S1").await;
    let second = put(&client, &name, "S2", &["AWSCURRENT", "blue"]).await;
    let third = put(&client, &name, "S3", &[]).await;
    let fourth = put(&client, &name, "S4", &[]).await;
    let expected: [(&String, &[&str]); 3] =
        [(&second, &["blue"]), (&third, &["AWSPREVIOUS"]), (&fourth, &["AWSCURRENT"])];
    assert_eq!(labels(&client, &name).await, labelled(&expected));
}

async fn first_value_is_current(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    client.create_secret().name(&name).send().await.unwrap();
    let first = put(&client, &name, "v", &["blue"]).await;
    let expected = labelled(&[(&first, &["AWSCURRENT", "blue"])]);
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
    let again = client.put_secret_value().secret_id(&arn).secret_string("Hi");
    let outcome = again.client_request_token(&token).send().await;
    let text = format!(
        "You can't use ClientRequestToken {token} because that value is already in use for a version of secret {arn}."
    );
    assert_eq!(refused(outcome), error("ResourceExistsException", text));
    let got = client.get_secret_value().secret_id(&name).send().await.unwrap();
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
    assert!(text.starts_with("You must provide either SecretString or SecretBinary"), "{text}");
}

async fn unknown_secret(c: &Context) {
    let request = c.root().put_secret_value().secret_id(c.name("nothing"));
    assert_eq!(refused(request.secret_string("v").send().await), not_found());
}

async fn scheduled(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "v").await;
    client.delete_secret().secret_id(&name).send().await.unwrap();
    let request = client.put_secret_value().secret_id(&name).secret_string("w");
    assert_eq!(refused(request.send().await), marked_for_deletion());
}
