//! How many labels and versions a secret can have.

use serde_json::{Value, json};

use super::support::{at, call, fault, labels, ok, put, refused, secret, token, wait_days};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "version_limits/twenty_labels",
        Evidence::Documented,
        "user guide, quotas: 20 staging labels across all versions; hashicorp/terraform-provider-aws#47597",
        |c| Box::pin(twenty_labels(c)),
    ),
    Case::new(
        "version_limits/labels_of_one_request",
        Evidence::Inferred,
        "the model's limits in the common form of AWS's validation errors",
        |c| Box::pin(labels_of_one_request(c)),
    ),
    Case::new(
        "version_limits/a_hundred_versions_in_a_day",
        Evidence::Documented,
        "user guide, quotas: about 100 versions; API reference, PutSecretValue",
        |c| Box::pin(a_hundred_versions_in_a_day(c)),
    ),
    Case::new(
        "version_limits/old_ones_make_room",
        Evidence::Documented,
        "user guide, secret versions: those without labels are removed, none younger than 24 hours",
        |c| Box::pin(old_ones_make_room(c)),
    )
    .needs(&[Need::Clock]),
];

async fn twenty_labels(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "v").await;
    let label = |number: usize| format!("LABEL{number}");
    let own: Vec<String> = (0..19).map(label).collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    put(&client, &name, "w", &own).await;
    let before = labels(&client, &name).await;
    let more = client.update_secret_version_stage().secret_id(&name);
    let more = more
        .version_stage("ONE TOO MANY")
        .move_to_version_id(&first);
    assert_eq!(refused(more.send().await).0, "LimitExceededException");
    let more = client
        .put_secret_value()
        .secret_id(&name)
        .secret_string("x");
    let more = more.version_stages("ONE TOO MANY");
    assert_eq!(refused(more.send().await).0, "LimitExceededException");
    assert_eq!(labels(&client, &name).await, before);
    // One that is there already may move.
    let moved = put(&client, &name, "x", &["LABEL0"]).await;
    let labels = labels(&client, &name).await;
    assert!(labels[&moved].contains("LABEL0"), "{labels:?}");
}

async fn labels_of_one_request(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let labels: Vec<Value> = (0..21).map(|number| format!("L{number}").into()).collect();
    for (stages, rule) in [
        (
            Value::from(labels),
            "Member must have length less than or equal to 20",
        ),
        (
            json!([]),
            "Member must have length greater than or equal to 1",
        ),
    ] {
        let input = json!({
            "SecretId": name, "SecretString": "w", "VersionStages": stages, "ClientRequestToken": token(),
        });
        let (code, text) = fault(&call(c, "PutSecretValue", &input).await);
        assert_eq!(code, "ValidationException");
        assert!(
            text.contains("at 'versionStages' ") && text.ends_with(rule),
            "{text}"
        );
    }
}

async fn value(c: &Context, name: &str, version: &str) -> Option<Value> {
    let input = json!({"SecretId": name, "VersionId": version});
    let answer = call(c, "GetSecretValue", &input).await;
    (answer.status == 200).then(|| answer.json()["SecretString"].clone())
}

/// A secret with a hundred versions, the oldest first.
async fn hundred(c: &Context, name: &str) -> Vec<String> {
    let client = c.root();
    let mut versions = vec![secret(&client, name, "0").await.1];
    for number in 1..100 {
        versions.push(put(&client, name, &number.to_string(), &[]).await);
    }
    versions
}

async fn a_hundred_versions_in_a_day(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let versions = hundred(c, &name).await;
    let more = client
        .put_secret_value()
        .secret_id(&name)
        .secret_string("more");
    assert_eq!(refused(more.send().await).0, "LimitExceededException");
    let more = client
        .update_secret()
        .secret_id(&name)
        .secret_string("more");
    assert_eq!(refused(more.send().await).0, "LimitExceededException");
    // All of them are still there, and what makes no version is no matter.
    assert_eq!(value(c, &name, &versions[0]).await, Some(json!("0")));
    assert_eq!(
        ok(c, "GetSecretValue", &at(&name)).await["SecretString"],
        "99"
    );
    ok(
        c,
        "UpdateSecret",
        &json!({"SecretId": name, "Description": "d"}),
    )
    .await;
}

async fn old_ones_make_room(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let versions = hundred(c, &name).await;
    let label = client.update_secret_version_stage().secret_id(&name);
    let label = label.version_stage("KEPT").move_to_version_id(&versions[1]);
    label.send().await.unwrap();
    wait_days(c, 0.99);
    let more = client
        .put_secret_value()
        .secret_id(&name)
        .secret_string("more");
    assert_eq!(refused(more.send().await).0, "LimitExceededException");
    wait_days(c, 0.02);
    for number in 0..3 {
        put(&client, &name, &format!("new {number}"), &[]).await;
    }
    let kept = [false, true, false, false, true];
    for (version, kept) in versions.iter().zip(kept) {
        assert_eq!(value(c, &name, version).await.is_some(), kept, "{version}");
    }
    for (version, text) in [
        (&versions[1], "1"),
        (&versions[98], "98"),
        (&versions[99], "99"),
    ] {
        assert_eq!(value(c, &name, version).await, Some(json!(text)));
    }
    let all = json!({"SecretId": name, "IncludeDeprecated": true, "MaxResults": 100});
    let listed = ok(c, "ListSecretVersionIds", &all).await;
    assert_eq!(listed["Versions"].as_array().map(Vec::len), Some(100));
    assert_eq!(
        ok(c, "GetSecretValue", &at(&name)).await["SecretString"],
        "new 2"
    );
}
