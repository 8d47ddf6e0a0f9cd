//! TagResource and UntagResource.

use serde_json::{Value, json};

use super::support::{call, marked_for_deletion, ok, refused, schedule_deletion, secret, token};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "tag_resource/in_order",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_secret_tags",
        |c| Box::pin(in_order(c)),
    ),
    Case::new(
        "tag_resource/answers_with_an_empty_body",
        Evidence::Recorded,
        "cloud-custodian test_secrets_manager_tag (recording of AWS)",
        |c| Box::pin(answers_with_an_empty_body(c)),
    ),
    Case::new(
        "tag_resource/secret_scheduled_for_deletion",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_tag_untag_resource_on_deleted_secret",
        |c| Box::pin(scheduled_for_deletion(c)),
    ),
    Case::new(
        "tag_resource/a_key_gets_a_new_value",
        Evidence::Documented,
        "API reference, TagResource: a tag is added to those that are there",
        |c| Box::pin(a_key_gets_a_new_value(c)),
    ),
];

/// The tags as DescribeSecret shows them; none if it shows no such member.
async fn tags(c: &Context, name: &str) -> Option<Value> {
    let described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    described.get("Tags").cloned()
}

fn tag(key: &str, value: &str) -> Value {
    json!({"Key": key, "Value": value})
}

async fn give(c: &Context, name: &str, tags: Value) {
    let answer = call(c, "TagResource", &json!({"SecretId": name, "Tags": tags})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

async fn take(c: &Context, name: &str, keys: &[&str]) {
    let input = json!({"SecretId": name, "TagKeys": keys});
    let answer = call(c, "UntagResource", &input).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

async fn in_order(c: &Context) {
    let name = c.name("s");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    assert_eq!(tags(c, &name).await, None);
    give(c, &arn, json!([tag("tag1", "value1")])).await;
    give(c, &arn, json!([tag("tag2", "value2")])).await;
    let both = json!([tag("tag1", "value1"), tag("tag2", "value2")]);
    assert_eq!(tags(c, &name).await, Some(both));
    take(c, &arn, &["tag1"]).await;
    assert_eq!(tags(c, &name).await, Some(json!([tag("tag2", "value2")])));
    take(c, &arn, &["tag2"]).await;
    assert_eq!(tags(c, &name).await, Some(json!([])));
    let more = json!([tag("tag3", "value3"), tag("tag4", "value4")]);
    give(c, &arn, more.clone()).await;
    assert_eq!(tags(c, &name).await, Some(more));
    take(c, &arn, &["tag3", "tag4"]).await;
    assert_eq!(tags(c, &name).await, Some(json!([])));
}

async fn answers_with_an_empty_body(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    for (operation, input) in [
        (
            "TagResource",
            json!({"SecretId": name, "Tags": [tag("a", "b")]}),
        ),
        ("UntagResource", json!({"SecretId": name, "TagKeys": ["a"]})),
    ] {
        let answer = call(c, operation, &input).await;
        assert_eq!((answer.status, answer.body.len()), (200, 0), "{answer:?}");
        let kind = answer.header("content-type");
        assert_eq!(kind, Some("application/x-amz-json-1.1"));
    }
}

async fn scheduled_for_deletion(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let create = json!({
        "Name": name, "SecretString": "v", "ClientRequestToken": token(), "Tags": [tag("a", "b")],
    });
    ok(c, "CreateSecret", &create).await;
    schedule_deletion(&client, &name).await;
    let new = aws_sdk_secretsmanager::types::Tag::builder();
    let give = client.tag_resource().secret_id(&name);
    let give = give.tags(new.key("new").value("v").build());
    assert_eq!(refused(give.send().await), marked_for_deletion());
    let take = client.untag_resource().secret_id(&name).tag_keys("a");
    assert_eq!(refused(take.send().await), marked_for_deletion());
}

async fn a_key_gets_a_new_value(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    give(c, &name, json!([tag("a", "1"), tag("b", "2")])).await;
    give(c, &name, json!([tag("a", "3")])).await;
    take(c, &name, &["none", "b"]).await;
    assert_eq!(tags(c, &name).await, Some(json!([tag("a", "3")])));
}
