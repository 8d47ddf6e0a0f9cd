//! GetSecretValue.

use serde_json::json;

use super::support::{
    NOT_FOUND, call, error, fault, labelled, labels, marked_for_deletion, modelled, not_found, ok,
    put, refused, schedule_deletion, secret, take_dates, token, unmodelled, violation,
};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "get_secret_value/by_name_arn_and_partial_arn",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_get_secret_value, AWS-validated 2024-09-24",
        |c| Box::pin(by_name_arn_and_partial_arn(c)),
    ),
    Case::new(
        "get_secret_value/members_of_the_answer",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_create_and_update_secret",
        |c| Box::pin(members_of_the_answer(c)),
    ),
    Case::new(
        "get_secret_value/unknown_secret",
        Evidence::Recorded,
        "localstack test_secretsmanager.py, AWS-validated",
        |c| Box::pin(unknown_secret(c)),
    ),
    Case::new(
        "get_secret_value/secret_without_value",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_secret_version_not_found; boto/boto3#2794",
        |c| Box::pin(secret_without_value(c)),
    ),
    Case::new(
        "get_secret_value/label_of_no_version",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_get_secret_value_errors",
        |c| Box::pin(label_of_no_version(c)),
    ),
    Case::new(
        "get_secret_value/label_of_another_version",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_get_secret_value_errors",
        |c| Box::pin(label_of_another_version(c)),
    ),
    Case::new(
        "get_secret_value/version_id_too_short",
        Evidence::Recorded,
        "hashicorp/terraform-provider-aws#35827",
        |c| Box::pin(version_id_too_short(c)),
    ),
    Case::new(
        "get_secret_value/no_secret_id",
        Evidence::Inferred,
        "aws/aws-sdk-js-v3#1215 (a body of 152 bytes); aws/aws-sdk-kotlin#1469 (its text)",
        |c| Box::pin(no_secret_id(c)),
    ),
    Case::new(
        "get_secret_value/by_version_and_label",
        Evidence::Documented,
        "API reference, GetSecretValue",
        |c| Box::pin(by_version_and_label(c)),
    ),
    Case::new(
        "get_secret_value/version_without_labels",
        Evidence::Inferred,
        "mpyw/suve#370; localstack test_secretsmanager.py::test_deprecated_secret_version_stage",
        |c| Box::pin(version_without_labels(c)),
    ),
    Case::new(
        "get_secret_value/created_date_is_the_version_s",
        Evidence::Documented,
        "API model, GetSecretValue",
        |c| Box::pin(created_date_is_the_version_s(c)),
    ),
    Case::new(
        "get_secret_value/marked_for_deletion",
        Evidence::Recorded,
        "external-secrets/external-secrets#4560; external-secrets/kubernetes-external-secrets#415",
        |c| Box::pin(scheduled(c)),
    ),
];

async fn by_name_arn_and_partial_arn(c: &Context) {
    let (client, name) = (c.root(), c.name("keys"));
    let (arn, version) = secret(&client, &name, "one").await;
    let (partial, _) = arn.rsplit_once('-').unwrap();
    for id in [&name, &arn, partial] {
        let got = client
            .get_secret_value()
            .secret_id(id)
            .send()
            .await
            .unwrap();
        assert_eq!((got.arn(), got.name()), (Some(&*arn), Some(&*name)));
        assert_eq!(got.secret_string(), Some("one"));
        assert_eq!(got.version_id(), Some(&*version));
    }
}

async fn members_of_the_answer(c: &Context) {
    let name = c.name("s");
    let (arn, version) = secret(&c.root(), &name, "my_secret").await;
    let mut got = ok(c, "GetSecretValue", &json!({"SecretId": name})).await;
    take_dates(&mut got, &["CreatedDate"]);
    let stages = ["AWSCURRENT"];
    let expected = json!({
        "ARN": arn, "Name": name, "SecretString": "my_secret", "VersionId": version, "VersionStages": stages,
    });
    assert_eq!(got, expected);
}

async fn unknown_secret(c: &Context) {
    let input = json!({"SecretId": c.name("nothing")});
    let answer = call(c, "GetSecretValue", &input).await;
    let expected = modelled("ResourceNotFoundException", NOT_FOUND);
    assert_eq!((answer.status, answer.body), (400, expected));
}

async fn secret_without_value(c: &Context) {
    let (client, name, version) = (c.root(), c.name("empty"), token());
    client.create_secret().name(&name).send().await.unwrap();
    let get = || client.get_secret_value().secret_id(&name);
    let missing = |what: &str| {
        let text = format!("Secrets Manager can't find the specified secret value for {what}");
        error("ResourceNotFoundException", text)
    };
    let current = missing("staging label: AWSCURRENT");
    assert_eq!(refused(get().send().await), current);
    let by_id = refused(get().version_id(&version).send().await);
    assert_eq!(by_id, missing(&format!("VersionId: {version}")));
    let pending = refused(get().version_stage("AWSPENDING").send().await);
    assert_eq!(pending, missing("staging label: AWSPENDING"));
}

async fn label_of_no_version(c: &Context) {
    let (arn, _) = secret(&c.root(), &c.name("s"), "test").await;
    let get = c.root().get_secret_value().secret_id(&arn);
    let text =
        "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS";
    let expected = error("ResourceNotFoundException", text);
    assert_eq!(
        refused(get.version_stage("AWSPREVIOUS").send().await),
        expected
    );
}

async fn label_of_another_version(c: &Context) {
    let name = c.name("s");
    let (_, version) = secret(&c.root(), &name, "test").await;
    let get = c
        .root()
        .get_secret_value()
        .secret_id(&name)
        .version_id(version);
    let text = "You provided a VersionStage that is not associated to the provided VersionId.";
    let expected = error("InvalidRequestException", text);
    assert_eq!(
        refused(get.version_stage("AWSPREVIOUS").send().await),
        expected
    );
}

async fn version_id_too_short(c: &Context) {
    let get = c.root().get_secret_value().secret_id(c.name("s"));
    let rule = "have length greater than or equal to 32";
    let expected = violation(Some("AWSCURRENT"), "versionId", rule);
    assert_eq!(refused(get.version_id("AWSCURRENT").send().await), expected);
}

async fn no_secret_id(c: &Context) {
    let answer = call(c, "GetSecretValue", &json!({})).await;
    let text = "1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be null";
    let expected = unmodelled("ValidationException", text);
    assert_eq!(expected.len(), 152);
    assert_eq!((answer.status, answer.body), (400, expected));
}

async fn by_version_and_label(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "one").await;
    let second = put(&client, &name, "two", &[]).await;
    let expected = labelled(&[(&first, &["AWSPREVIOUS"]), (&second, &["AWSCURRENT"])]);
    assert_eq!(labels(&client, &name).await, expected);
    for (version, label, value) in [
        (&first, "AWSPREVIOUS", "one"),
        (&second, "AWSCURRENT", "two"),
    ] {
        let get = || client.get_secret_value().secret_id(&name);
        for get in [
            get().version_id(version),
            get().version_stage(label),
            get().version_id(version).version_stage(label),
        ] {
            let got = get.send().await.unwrap();
            assert_eq!(
                (got.version_id(), got.secret_string()),
                (Some(&**version), Some(value))
            );
        }
    }
}

async fn version_without_labels(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "one").await;
    put(&client, &name, "two", &[]).await;
    put(&client, &name, "three", &[]).await;
    let input = json!({"SecretId": name, "VersionId": first});
    let got = ok(c, "GetSecretValue", &input).await;
    assert_eq!(
        (&got["SecretString"], got.get("VersionStages")),
        (&json!("one"), None)
    );
}

async fn created_date_is_the_version_s(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "one").await;
    let version = put(&client, &name, "two", &[]).await;
    let got = client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    let listed = client
        .list_secret_version_ids()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    let listed = listed
        .versions()
        .iter()
        .find(|listed| listed.version_id() == Some(&version));
    assert!(got.created_date().is_some());
    assert_eq!(
        got.created_date(),
        listed.and_then(|listed| listed.created_date())
    );
}

async fn scheduled(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (arn, _) = secret(&client, &name, "v").await;
    schedule_deletion(&client, &name).await;
    for id in [&name, &arn] {
        let answer = call(c, "GetSecretValue", &json!({"SecretId": id})).await;
        assert_eq!(fault(&answer), marked_for_deletion());
    }
    let gone = client
        .get_secret_value()
        .secret_id(c.name("other"))
        .send()
        .await;
    assert_eq!(refused(gone), not_found());
}
