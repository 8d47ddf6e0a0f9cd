//! ListSecretVersionIds.

use serde_json::{Value, json};

use super::support::{labels, not_found, ok, put, refused, secret, take_dates};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "list_secret_version_ids/without_deprecated",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_deprecated_secret_version_stage; mpyw/suve#370",
        |c| Box::pin(without_deprecated(c)),
    ),
    Case::new(
        "list_secret_version_ids/with_deprecated",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_deprecated_secret_version_stage; mpyw/suve#370",
        |c| Box::pin(with_deprecated(c)),
    ),
    Case::new(
        "list_secret_version_ids/last_accessed_of_each_version",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending_cycle",
        |c| Box::pin(last_accessed_of_each_version(c)),
    ),
    Case::new(
        "list_secret_version_ids/newest_first_unless_all",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/lifecycle.json, list-live-versions and list-all-versions",
        |c| Box::pin(newest_first_unless_all(c)),
    ),
    Case::new(
        "list_secret_version_ids/secret_without_value",
        Evidence::Documented,
        "API reference, ListSecretVersionIds",
        |c| Box::pin(secret_without_value(c)),
    ),
    Case::new(
        "list_secret_version_ids/pages",
        Evidence::Documented,
        "API reference, ListSecretVersionIds; fakecloud#1822; cartography-cncf/cartography#1597",
        |c| Box::pin(pages(c)),
    ),
    Case::new(
        "list_secret_version_ids/unknown_secret",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_secret_not_found",
        |c| Box::pin(unknown_secret(c)),
    ),
];

/// The whole answer, its dates checked and left out, its versions by id.
async fn listed(c: &Context, name: &str, deprecated: bool) -> Value {
    let input = json!({"SecretId": name, "IncludeDeprecated": deprecated});
    let mut listed = ok(c, "ListSecretVersionIds", &input).await;
    let versions = listed["Versions"].as_array_mut().unwrap();
    for version in versions.iter_mut() {
        take_dates(version, &["CreatedDate"]);
    }
    versions.sort_by_key(|version| version["VersionId"].to_string());
    listed
}

/// As [`listed`] gives it.
fn expected(arn: &str, name: &str, versions: &[(&String, Option<&str>)]) -> Value {
    let version = |(id, label): &(&String, Option<&str>)| {
        let mut version = json!({"VersionId": id, "KmsKeyIds": ["DefaultEncryptionKey"]});
        if let Some(label) = label {
            version["VersionStages"] = json!([label]);
        }
        version
    };
    let mut versions: Vec<Value> = versions.iter().map(version).collect();
    versions.sort_by_key(|version| version["VersionId"].to_string());
    json!({"ARN": arn, "Name": name, "Versions": versions})
}

async fn without_deprecated(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (arn, first) = secret(&client, &name, "original").await;
    let one = expected(&arn, &name, &[(&first, Some("AWSCURRENT"))]);
    assert_eq!(listed(c, &name, false).await, one);
    let second = put(&client, &name, "update1", &[]).await;
    let two = [(&first, Some("AWSPREVIOUS")), (&second, Some("AWSCURRENT"))];
    assert_eq!(listed(c, &name, false).await, expected(&arn, &name, &two));
    let third = put(&client, &name, "update2", &[]).await;
    let two = [(&second, Some("AWSPREVIOUS")), (&third, Some("AWSCURRENT"))];
    assert_eq!(listed(c, &name, false).await, expected(&arn, &name, &two));
}

async fn with_deprecated(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (arn, first) = secret(&client, &name, "original").await;
    let second = put(&client, &name, "update1", &[]).await;
    let third = put(&client, &name, "update2", &[]).await;
    let fourth = put(&client, &name, "update3", &[]).await;
    let all = [
        (&first, None),
        (&second, None),
        (&third, Some("AWSPREVIOUS")),
        (&fourth, Some("AWSCURRENT")),
    ];
    assert_eq!(listed(c, &name, true).await, expected(&arn, &name, &all));
    let two = expected(&arn, &name, &all[2..]);
    assert_eq!(listed(c, &name, false).await, two);
}

async fn last_accessed_of_each_version(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "S1").await;
    put(&client, &name, "S2", &["AWSPENDING"]).await;
    client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    let listed = ok(c, "ListSecretVersionIds", &json!({"SecretId": name})).await;
    let versions = listed["Versions"].as_array().unwrap();
    let read: Vec<&Value> = versions
        .iter()
        .filter(|version| version.get("LastAccessedDate").is_some())
        .collect();
    assert_eq!((versions.len(), read.len()), (2, 1), "{listed}");
    assert_eq!(read[0]["VersionId"], *first);
    let day = take_dates(&mut read[0].clone(), &["LastAccessedDate"])[0];
    assert_eq!(day % 86400.0, 0.0);
}

/// Versions of one instant have no order.
async fn pause() {
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
}

async fn newest_first_unless_all(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "one").await;
    pause().await;
    let second = put(&client, &name, "two", &["a"]).await;
    pause().await;
    let third = put(&client, &name, "three", &["b"]).await;
    for (all, expected) in [
        (false, [&third, &second, &first]),
        (true, [&first, &second, &third]),
    ] {
        let list = client.list_secret_version_ids().secret_id(&name);
        let listed = list.include_deprecated(all).send().await.unwrap();
        let versions = listed.versions().iter();
        let ids: Vec<&str> = versions.filter_map(|it| it.version_id()).collect();
        assert_eq!(ids, expected);
    }
}

async fn secret_without_value(c: &Context) {
    let name = c.name("empty");
    c.root().create_secret().name(&name).send().await.unwrap();
    assert!(labels(&c.root(), &name).await.is_empty());
}

async fn pages(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "one").await;
    put(&client, &name, "two", &["a"]).await;
    put(&client, &name, "three", &["b"]).await;
    let (mut next, mut seen) = (None, vec![]);
    for _ in 0..10 {
        let request = client
            .list_secret_version_ids()
            .secret_id(&name)
            .max_results(1);
        let page = request.set_next_token(next).send().await.unwrap();
        assert!(page.versions().len() <= 1);
        seen.extend(
            page.versions()
                .iter()
                .filter_map(|version| version.version_id.clone()),
        );
        next = page.next_token;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(next, None);
    seen.sort();
    let total = seen.len();
    seen.dedup();
    assert_eq!((total, seen.len()), (3, 3));
}

async fn unknown_secret(c: &Context) {
    let request = c
        .root()
        .list_secret_version_ids()
        .secret_id(c.name("nothing"));
    assert_eq!(refused(request.send().await), not_found());
}
