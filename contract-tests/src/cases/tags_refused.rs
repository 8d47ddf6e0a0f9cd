//! Tags that AWS refuses.

use serde_json::{Value, json};

use super::support::{
    call, described, error, fails, fault, made_with, merge, ok, ok_as, secret, statement_if, token,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "tag_resource/keys_of_aws",
        Evidence::Recorded,
        "cloud-custodian/cloud-custodian#9093, for TagResource",
        |c| Box::pin(keys_of_aws(c)),
    ),
    Case::new(
        "tag_resource/that_cost_the_caller_its_access",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/metadata_authority (recordings of AWS)",
        |c| Box::pin(that_cost_the_caller_its_access(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "tag_resource/too_many",
        Evidence::Inferred,
        "API reference, TagResource: up to 50 tags; its errors in the API model",
        |c| Box::pin(too_many(c)),
    ),
    Case::new(
        "tag_resource/lengths_of_the_model",
        Evidence::Inferred,
        "the model's limits in the common form of AWS's validation errors",
        |c| Box::pin(lengths_of_the_model(c)),
    ),
    Case::new(
        "tag_resource/keys_are_case_sensitive",
        Evidence::Documented,
        "API reference, TagResource: tag keys and values are case sensitive",
        |c| Box::pin(keys_are_case_sensitive(c)),
    ),
];

fn tags(pairs: &[(&str, &str)]) -> Value {
    let tag = |(key, value): &(&str, &str)| json!({"Key": key, "Value": value});
    pairs.iter().map(tag).collect()
}

async fn keys_of_aws(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let key = "aws:cloudformation:stack-name";
    let text = format!("You can't modify system tags. Tag key: '{key}'.");
    let expected = error("InvalidParameterException", text);
    let new =
        json!({"Name": c.name("new"), "ClientRequestToken": token(), "Tags": tags(&[(key, "v")])});
    for (operation, input) in [
        (
            "TagResource",
            json!({"SecretId": name, "Tags": tags(&[("a", "b"), (key, "v")])}),
        ),
        (
            "UntagResource",
            json!({"SecretId": name, "TagKeys": ["a", key]}),
        ),
        ("CreateSecret", new),
    ] {
        assert_eq!(
            fault(&call(c, operation, &input).await),
            expected,
            "{operation}"
        );
    }
    assert_eq!(described(c, &name).await.get("Tags"), None);
}

/// Whoever may do something to what is tagged so may not tag it otherwise.
async fn that_cost_the_caller_its_access(c: &Context) {
    let name = c.name("s");
    let mine = tags(&[("team", "red")]);
    made_with(c, c.target().root(), &name, json!({"Tags": mine})).await;
    let condition = json!({"StringEquals": {"aws:ResourceTag/team": "red"}});
    let statement = statement_if("Allow", "secretsmanager:*", &condition);
    let who = c.user("u", &super::support::document(&[statement])).await;
    let text = "This resource policy will not allow you to manage this secret in the future.";
    let expected = error("AccessDeniedException", text);
    for (operation, members) in [
        ("TagResource", json!({"Tags": tags(&[("team", "blue")])})),
        ("UntagResource", json!({"TagKeys": ["team"]})),
    ] {
        let mut input = json!({"SecretId": name});
        merge(&mut input, members);
        assert_eq!(
            fails(c, &who, operation, &input).await,
            expected,
            "{operation}"
        );
        assert_eq!(described(c, &name).await["Tags"], mine);
    }
    let more = json!({"SecretId": name, "Tags": tags(&[("other", "x"), ("team", "red")])});
    ok_as(c, &who, "TagResource", &more).await;
    let less = json!({"SecretId": name, "TagKeys": ["other"]});
    ok_as(c, &who, "UntagResource", &less).await;
    assert_eq!(described(c, &name).await["Tags"], mine);
    // Whose access does not hang on it may.
    ok_tag(c, json!({"SecretId": name, "TagKeys": ["team"]})).await;
}

async fn ok_tag(c: &Context, input: Value) {
    let answer = call(c, "UntagResource", &input).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn too_many(c: &Context) {
    let name = c.name("s");
    let numbered = |range: std::ops::Range<usize>| -> Value {
        range
            .map(|number| json!({"Key": format!("k{number}"), "Value": ""}))
            .collect()
    };
    made_with(
        c,
        c.target().root(),
        &name,
        json!({"Tags": numbered(0..50)}),
    )
    .await;
    let input = json!({"SecretId": name, "Tags": numbered(50..51)});
    let answer = call(c, "TagResource", &input).await;
    assert_eq!(fault(&answer).0, "InvalidParameterException");
    let again = json!({"SecretId": name, "Tags": numbered(0..50)});
    assert_eq!(call(c, "TagResource", &again).await.status, 200);
    assert_eq!(
        ok(c, "DescribeSecret", &json!({"SecretId": name})).await["Tags"],
        numbered(0..50)
    );
}

async fn lengths_of_the_model(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let (key, value) = ("k".repeat(129), "v".repeat(257));
    for (tag, path) in [
        ((&*key, ""), "tags.1.member.key"),
        (("k", &*value), "tags.1.member.value"),
    ] {
        let input = json!({"SecretId": name, "Tags": tags(&[tag])});
        let (code, text) = fault(&call(c, "TagResource", &input).await);
        let part = format!(
            "at '{path}' failed to satisfy constraint: Member must have length less than or equal to "
        );
        assert!(
            code == "ValidationException" && text.contains(&part),
            "{text}"
        );
    }
    let longest = tags(&[(&key[1..], &value[1..])]);
    let input = json!({"SecretId": name, "Tags": longest});
    assert_eq!(call(c, "TagResource", &input).await.status, 200);
}

async fn keys_are_case_sensitive(c: &Context) {
    let name = c.name("s");
    let both = tags(&[("Team", "a"), ("team", "b")]);
    made_with(c, c.target().root(), &name, json!({"Tags": both})).await;
    let input = json!({"SecretId": name, "TagKeys": ["TEAM", "team"]});
    assert_eq!(call(c, "UntagResource", &input).await.status, 200);
    assert_eq!(described(c, &name).await["Tags"], tags(&[("Team", "a")]));
}
