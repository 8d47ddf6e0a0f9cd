//! DescribeSecret.

use serde_json::json;

use super::support::{NOT_FOUND, call, modelled, ok, put, secret, take_dates, token};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "describe_secret/members_of_the_answer",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_create_and_update_secret, ::test_last_accessed_date",
        |c| Box::pin(members_of_the_answer(c)),
    ),
    Case::new(
        "describe_secret/last_accessed_is_a_day",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_last_accessed_date; cloud-custodian's recordings",
        |c| Box::pin(last_accessed_is_a_day(c)),
    ),
    Case::new(
        "describe_secret/unknown_secret",
        Evidence::Recorded,
        "localstack test_cfn_handle_secretsmanager_secret (aws-validated)",
        |c| Box::pin(unknown_secret(c)),
    ),
    Case::new(
        "describe_secret/labels_by_version",
        Evidence::Recorded,
        "getmoto/moto#2230; getmoto/moto#3029",
        |c| Box::pin(labels_by_version(c)),
    ),
    Case::new(
        "describe_secret/key_is_echoed",
        Evidence::Recorded,
        "cloud-custodian test_secrets_manager_kms_filter (recording of AWS)",
        |c| Box::pin(key_is_echoed(c)),
    ),
    Case::new(
        "describe_secret/values_change_the_secret",
        Evidence::Recorded,
        "cloud-custodian test_secrets_manager_version_age (recording of AWS)",
        |c| Box::pin(values_change_the_secret(c)),
    ),
];

async fn members_of_the_answer(c: &Context) {
    let (name, token) = (c.name("s"), token());
    let input = json!({
        "Name": name, "SecretString": "v", "Description": "d 1", "ClientRequestToken": token,
    });
    let arn = ok(c, "CreateSecret", &input).await["ARN"].clone();
    let mut described = ok(c, "DescribeSecret", &json!({"SecretId": arn})).await;
    take_dates(&mut described, &["CreatedDate", "LastChangedDate"]);
    let versions = json!({token: ["AWSCURRENT"]});
    let expected = json!({
        "ARN": arn, "Name": name, "Description": "d 1", "VersionIdsToStages": versions,
    });
    assert_eq!(described, expected);
}

async fn last_accessed_is_a_day(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "v").await;
    let input = json!({"SecretId": name});
    let before = ok(c, "DescribeSecret", &input).await;
    assert_eq!(before.get("LastAccessedDate"), None);
    client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    let mut after = ok(c, "DescribeSecret", &input).await;
    let dates = take_dates(&mut after, &["LastAccessedDate", "CreatedDate"]);
    assert!(
        dates[0] % 86400.0 == 0.0 && (dates[1] - dates[0]).abs() < 90000.0,
        "{dates:?}"
    );
}

async fn unknown_secret(c: &Context) {
    let input = json!({"SecretId": c.name("nothing")});
    let answer = call(c, "DescribeSecret", &input).await;
    let expected = modelled("ResourceNotFoundException", NOT_FOUND);
    assert_eq!((answer.status, answer.body), (400, expected));
}

async fn labels_by_version(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "one").await;
    let second = put(&client, &name, "two", &[]).await;
    let described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    let expected = json!({first: ["AWSPREVIOUS"], second: ["AWSCURRENT"]});
    assert_eq!(described["VersionIdsToStages"], expected);
}

async fn key_is_echoed(c: &Context) {
    let key = "alias/aws/secretsmanager";
    let create = c.root().create_secret().name(c.name("s")).kms_key_id(key);
    let arn = create.send().await.unwrap().arn;
    let described = ok(c, "DescribeSecret", &json!({"SecretId": arn})).await;
    assert_eq!(described["KmsKeyId"], key);
}

async fn values_change_the_secret(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "one").await;
    let input = json!({"SecretId": name});
    let mut before = ok(c, "DescribeSecret", &input).await;
    let before = take_dates(&mut before, &["CreatedDate", "LastChangedDate"]);
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    put(&client, &name, "two", &[]).await;
    let mut after = ok(c, "DescribeSecret", &input).await;
    let after = take_dates(&mut after, &["CreatedDate", "LastChangedDate"]);
    assert!(
        after[0] == before[0] && after[1] > before[1],
        "{before:?} {after:?}"
    );
}
