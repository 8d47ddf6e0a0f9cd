//! UpdateSecret: metadata, key and value.

use aws_sdk_secretsmanager::primitives::Blob;
use serde_json::{Value, json};

use super::support::{
    KEY, described, labelled, labels, made_with, ok, refused, secret, take_dates, token,
};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "update_secret/metadata_makes_no_version",
        Evidence::Recorded,
        "getmoto/moto#6705; getmoto/moto#6347; localstack/localstack#2348",
        |c| Box::pin(metadata_makes_no_version(c)),
    ),
    Case::new(
        "update_secret/an_empty_description_is_none",
        Evidence::Inferred,
        "localstack test_secretsmanager.py::test_create_secret_version_from_empty_secret, of CreateSecret",
        |c| Box::pin(an_empty_description_is_none(c)),
    ),
    Case::new(
        "update_secret/a_value_is_a_new_version",
        Evidence::Documented,
        "API reference, UpdateSecret: SecretString, ClientRequestToken",
        |c| Box::pin(a_value_is_a_new_version(c)),
    ),
    Case::new(
        "update_secret/key_and_back",
        Evidence::Documented,
        "API reference, UpdateSecret: KmsKeyId",
        |c| Box::pin(key_and_back(c)),
    ),
    Case::new(
        "update_secret/versions_in_use_move_to_the_new_key",
        Evidence::Documented,
        "API reference, UpdateSecret: KmsKeyId; ListSecretVersionIds: KmsKeyIds",
        |c| Box::pin(versions_in_use_move_to_the_new_key(c)),
    ),
    Case::new(
        "update_secret/both_values",
        Evidence::Inferred,
        "aws/aws-sdk-java#1556, of CreateSecret",
        |c| Box::pin(both_values(c)),
    ),
    Case::new(
        "update_secret/changes_are_dated",
        Evidence::Documented,
        "API reference, DescribeSecret: LastChangedDate",
        |c| Box::pin(changes_are_dated(c)),
    ),
];

async fn update(c: &Context, name: &str, mut members: Value) -> Value {
    members["SecretId"] = name.into();
    ok(c, "UpdateSecret", &members).await
}

async fn metadata_makes_no_version(c: &Context) {
    let name = c.name("s");
    let tags = json!([{"Key": "a", "Value": "b"}]);
    let members = json!({"Tags": tags, "Description": "old"});
    let arn = made_with(c, c.target().root(), &name, members).await;
    let before = labels(&c.root(), &name).await;
    for (members, description) in [
        (json!({"Description": "new"}), "new"),
        (json!({}), "new"),
        (
            json!({"KmsKeyId": "alias/k", "ClientRequestToken": token()}),
            "new",
        ),
    ] {
        let answer = update(c, &name, members).await;
        assert_eq!(answer, json!({"ARN": arn, "Name": name}));
        let shown = described(c, &name).await;
        assert_eq!(
            (&shown["Description"], &shown["Tags"]),
            (&json!(description), &tags)
        );
    }
    assert_eq!(described(c, &name).await["KmsKeyId"], "alias/k");
    assert_eq!(labels(&c.root(), &name).await, before);
    let got = ok(c, "GetSecretValue", &json!({"SecretId": name})).await;
    assert_eq!(got["SecretString"], "v");
}

async fn an_empty_description_is_none(c: &Context) {
    let name = c.name("s");
    made_with(c, c.target().root(), &name, json!({"Description": "old"})).await;
    update(c, &name, json!({"Description": ""})).await;
    assert_eq!(described(c, &name).await.get("Description"), None);
}

async fn a_value_is_a_new_version(c: &Context) {
    let (client, name, token) = (c.root(), c.name("s"), token());
    let (arn, first) = secret(&client, &name, "v").await;
    let value = json!({"SecretString": "w", "ClientRequestToken": token, "Description": "d"});
    let answer = update(c, &name, value).await;
    assert_eq!(
        answer,
        json!({"ARN": arn, "Name": name, "VersionId": token})
    );
    let expected = labelled(&[(&first, &["AWSPREVIOUS"]), (&token, &["AWSCURRENT"])]);
    assert_eq!(labels(&client, &name).await, expected);
    let got = client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (got.version_id, got.secret_string),
        (Some(token), Some("w".into()))
    );
    let binary = client.update_secret().secret_id(&name);
    binary
        .secret_binary(Blob::new([0, 255]))
        .send()
        .await
        .unwrap();
    let got = client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    let bytes = got.secret_binary().map(|blob| blob.as_ref().to_vec());
    assert_eq!((bytes, got.secret_string()), (Some(vec![0, 255]), None));
}

async fn key_and_back(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let default = "alias/aws/secretsmanager";
    for key in [KEY, "alias/my-key", default] {
        update(c, &name, json!({"KmsKeyId": key})).await;
        assert_eq!(described(c, &name).await["KmsKeyId"], key);
    }
    update(c, &name, json!({"KmsKeyId": KEY})).await;
    update(c, &name, json!({"KmsKeyId": ""})).await;
    assert_eq!(described(c, &name).await.get("KmsKeyId"), None);
}

/// The keys of a version, in whatever order.
fn keys(version: &Value) -> Vec<String> {
    let keys = version["KmsKeyIds"].as_array().unwrap().iter();
    let mut keys: Vec<String> = keys.filter_map(Value::as_str).map(str::to_owned).collect();
    keys.sort();
    keys
}

async fn versions_in_use_move_to_the_new_key(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, version) = secret(&client, &name, "v").await;
    let versions = || async {
        let listed = ok(c, "ListSecretVersionIds", &json!({"SecretId": name})).await;
        listed["Versions"].as_array().unwrap().clone()
    };
    assert_eq!(keys(&versions().await[0]), ["DefaultEncryptionKey"]);
    update(c, &name, json!({"KmsKeyId": KEY})).await;
    let listed = versions().await;
    assert_eq!(
        (listed.len(), &listed[0]["VersionId"]),
        (1, &json!(version))
    );
    let keys = keys(&listed[0]);
    assert!(keys.iter().any(|key| key.ends_with(KEY)), "{keys:?}");
}

async fn both_values(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let update = c.root().update_secret().secret_id(&name).secret_string("w");
    let outcome = update.secret_binary(Blob::new("w")).send().await;
    assert_eq!(refused(outcome).0, "InvalidParameterException");
    let got = ok(c, "GetSecretValue", &json!({"SecretId": name})).await;
    assert_eq!(got["SecretString"], "v");
}

async fn changes_are_dated(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let mut last = 0.0;
    for members in [
        json!({"Description": "new"}),
        json!({"KmsKeyId": KEY}),
        json!({"SecretString": "w", "ClientRequestToken": token()}),
    ] {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        update(c, &name, members.clone()).await;
        let mut shown = described(c, &name).await;
        let dates = take_dates(&mut shown, &["LastChangedDate", "CreatedDate"]);
        assert!(
            dates[0] > dates[1] && dates[0] > last,
            "{members}: {dates:?}"
        );
        last = dates[0];
    }
}
