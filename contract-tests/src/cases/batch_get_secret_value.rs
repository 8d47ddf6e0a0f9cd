//! BatchGetSecretValue: many values, and what became of those that were not read.

use serde_json::{Value, json};

use super::support::{
    MARKED_FOR_DELETION, NOT_FOUND, anywhere, denied, fails, made_with, ok, ok_as, policy, put,
    schedule_deletion, secret, token,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "batch_get_secret_value/as_get_secret_value",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/lifecycle (recordings of AWS)",
        |c| Box::pin(as_get_secret_value(c)),
    ),
    Case::new(
        "batch_get_secret_value/each_error_for_itself",
        Evidence::Inferred,
        "API reference, BatchGetSecretValue: Errors, in the words of GetSecretValue",
        |c| Box::pin(each_error_for_itself(c)),
    ),
    Case::new(
        "batch_get_secret_value/denied_for_one_of_two",
        Evidence::Documented,
        "API reference, BatchGetSecretValue; external-secrets/external-secrets#4264",
        |c| Box::pin(denied_for_one_of_two(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "batch_get_secret_value/has_no_resource",
        Evidence::Documented,
        "service authorization reference; AWSSecretsManagerClientReadOnlyAccess; udondan/iam-floyd#2111",
        |c| Box::pin(has_no_resource(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "batch_get_secret_value/filters_are_listing",
        Evidence::Documented,
        "API reference, BatchGetSecretValue: required permissions",
        |c| Box::pin(filters_are_listing(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "batch_get_secret_value/filters_and_pages",
        Evidence::Documented,
        "API reference, BatchGetSecretValue: Filters, MaxResults, NextToken",
        |c| Box::pin(filters_and_pages(c)),
    ),
];

/// The members of each, by the names of the secrets, whose order is not known.
fn by<'a>(list: &'a Value, member: &str) -> Vec<(&'a str, &'a Value)> {
    let entry = |entry: &'a Value| (entry[member].as_str().unwrap(), entry);
    let mut entries: Vec<_> = list.as_array().unwrap().iter().map(entry).collect();
    entries.sort_by_key(|(name, _)| *name);
    entries
}

fn names(answer: &Value) -> Vec<&str> {
    let values = by(&answer["SecretValues"], "Name").into_iter();
    values.map(|(name, _)| name).collect()
}

async fn as_get_secret_value(c: &Context) {
    let (a, b) = (c.name("a"), c.name("b"));
    let (_, _) = secret(&c.root(), &a, "one").await;
    let (arn, _) = secret(&c.root(), &b, "two").await;
    put(&c.root(), &b, "three", &[]).await;
    put(&c.root(), &b, "four", &["AWSPENDING"]).await;
    let got = ok(c, "BatchGetSecretValue", &json!({"SecretIdList": [arn, a]})).await;
    for ((_, value), name) in by(&got["SecretValues"], "Name").into_iter().zip([&a, &b]) {
        assert_eq!(
            *value,
            ok(c, "GetSecretValue", &json!({"SecretId": name})).await
        );
    }
    assert_eq!(names(&got), [&*a, &*b]);
    assert!(has_no_errors(&got), "{got}");
    assert_eq!(got.get("NextToken"), None);
}

/// Whether the list is then empty or absent is not known.
fn has_no_errors(got: &Value) -> bool {
    got.get("Errors").is_none_or(|errors| *errors == json!([]))
}

async fn each_error_for_itself(c: &Context) {
    let [good, scheduled, empty, missing] =
        ["good", "scheduled", "without", "missing"].map(|name| c.name(name));
    secret(&c.root(), &good, "v").await;
    secret(&c.root(), &scheduled, "v").await;
    schedule_deletion(&c.root(), &scheduled).await;
    let create = json!({"Name": empty, "ClientRequestToken": token()});
    ok(c, "CreateSecret", &create).await;
    let asked = json!({"SecretIdList": [missing, scheduled, good, empty]});
    let got = ok(c, "BatchGetSecretValue", &asked).await;
    assert_eq!(names(&got), [&*good]);
    let no_value =
        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
    let entry = |id: &str, code: &str, text: &str| json!({"SecretId": id, "ErrorCode": code, "Message": text});
    let expected = [
        entry(&missing, "ResourceNotFoundException", NOT_FOUND),
        entry(&scheduled, "InvalidRequestException", MARKED_FOR_DELETION),
        entry(&empty, "ResourceNotFoundException", no_value),
    ];
    let errors: Vec<&Value> = by(&got["Errors"], "SecretId")
        .into_iter()
        .map(|(_, entry)| entry)
        .collect();
    assert_eq!(errors, expected.iter().collect::<Vec<_>>());
    let none = json!({"SecretIdList": [missing]});
    let got = ok(c, "BatchGetSecretValue", &none).await;
    assert_eq!(got["SecretValues"], json!([]));
}

async fn denied_for_one_of_two(c: &Context) {
    let (mine, other, missing) = (c.name("mine"), c.name("other"), c.name("nothing"));
    let (arn, _) = secret(&c.root(), &mine, "v").await;
    secret(&c.root(), &other, "v").await;
    let get = "secretsmanager:GetSecretValue";
    let rights = [
        ("Allow", "secretsmanager:BatchGetSecretValue", "*"),
        ("Allow", get, &arn),
    ];
    let who = c.user("u", &policy(&rights)).await;
    let asked = json!({"SecretIdList": [other, mine, missing]});
    let got = ok_as(c, &who, "BatchGetSecretValue", &asked).await;
    assert_eq!(names(&got), [&*mine]);
    // Whether what is not told exists makes no difference.
    for ((id, entry), name) in by(&got["Errors"], "SecretId")
        .into_iter()
        .zip([&missing, &other])
    {
        let (code, text) = denied(c, &who, get, Some(name)).await;
        assert_eq!(
            *entry,
            json!({"SecretId": id, "ErrorCode": code, "Message": text})
        );
        assert_eq!(id, name);
    }
}

async fn has_no_resource(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let mine = anywhere(&format!("{name}-??????"));
    let scoped = c
        .user("scoped", &policy(&[("Allow", "secretsmanager:*", &mine)]))
        .await;
    let asked = json!({"SecretIdList": [name]});
    let expected = denied(c, &scoped, "secretsmanager:BatchGetSecretValue", None).await;
    assert_eq!(
        fails(c, &scoped, "BatchGetSecretValue", &asked).await,
        expected
    );
    // As the policy of AWS's own is written that lets clients read.
    let batch = "secretsmanager:BatchGetSecretValue secretsmanager:ListSecrets";
    let rights = [
        ("Allow", batch, "*"),
        ("Allow", "secretsmanager:GetSecretValue", &mine),
    ];
    let reader = c.user("reader", &policy(&rights)).await;
    let got = ok_as(c, &reader, "BatchGetSecretValue", &asked).await;
    assert_eq!(names(&got), [&*name]);
}

async fn filters_are_listing(c: &Context) {
    let (app, ops) = (c.name("app/s"), c.name("ops/s"));
    let team = c.entity("team");
    for name in [&app, &ops] {
        let tags = json!({"Tags": [{"Key": team, "Value": "x"}]});
        made_with(c, c.target().root(), name, tags).await;
    }
    let (batch, get) = (
        "secretsmanager:BatchGetSecretValue",
        "secretsmanager:GetSecretValue",
    );
    let mine = anywhere(&format!("{app}-??????"));
    let rights = [("Allow", batch, "*"), ("Allow", get, &mine)];
    let without = c.user("without", &policy(&rights)).await;
    let asked = json!({"Filters": [{"Key": "tag-key", "Values": [team]}]});
    let list = "secretsmanager:ListSecrets";
    let expected = denied(c, &without, list, None).await;
    assert_eq!(
        fails(c, &without, "BatchGetSecretValue", &asked).await,
        expected
    );
    let rights = [rights[0], rights[1], ("Allow", list, "*")];
    let with = c.user("with", &policy(&rights)).await;
    let got = ok_as(c, &with, "BatchGetSecretValue", &asked).await;
    assert_eq!(names(&got), [&*app]);
    let errors = got["Errors"].as_array().unwrap();
    assert_eq!(
        (errors.len(), &errors[0]["ErrorCode"]),
        (1, &json!("AccessDeniedException"))
    );
}

async fn filters_and_pages(c: &Context) {
    let names: Vec<String> = (0..5).map(|number| c.name(&format!("s{number}"))).collect();
    for name in &names {
        secret(&c.root(), name, name).await;
    }
    let filters = json!([{"Key": "name", "Values": [c.name("")]}]);
    let (mut seen, mut next) = (Vec::new(), None);
    for expected in [2, 2, 1] {
        let mut input = json!({"Filters": filters, "MaxResults": 2});
        if let Some(token) = next {
            input["NextToken"] = token;
        }
        let page = ok(c, "BatchGetSecretValue", &input).await;
        let values = page["SecretValues"].as_array().unwrap();
        assert_eq!(values.len(), expected);
        for value in values {
            assert_eq!(value["Name"], value["SecretString"]);
            seen.push(value["Name"].as_str().unwrap().to_owned());
        }
        next = page.get("NextToken").cloned();
    }
    seen.sort();
    assert_eq!((seen, next), (names, None));
}
