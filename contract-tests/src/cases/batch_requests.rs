//! BatchGetSecretValue: what can be asked for at once, and of whom.

use serde_json::{Value, json};

use super::support::{OTHER, account, call, error, fault, made_with, ok, ok_as, secret, violation};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "batch_get_secret_value/which_are_asked_for",
        Evidence::Documented,
        "API reference, BatchGetSecretValue: Filters or SecretIdList, but not both",
        |c| Box::pin(which_are_asked_for(c)),
    ),
    Case::new(
        "batch_get_secret_value/limits_of_the_model",
        Evidence::Inferred,
        "the model's limits in the common form of AWS's validation errors",
        |c| Box::pin(limits_of_the_model(c)),
    ),
    Case::new(
        "batch_get_secret_value/too_many_filters",
        Evidence::Recorded,
        "block/ftl#1937",
        |c| Box::pin(too_many_filters(c)),
    ),
    Case::new(
        "batch_get_secret_value/the_same_twice",
        Evidence::Sound,
        "what is asked for twice is given, and no server fails of it",
        |c| Box::pin(the_same_twice(c)),
    ),
    Case::new(
        "batch_get_secret_value/another_account_s",
        Evidence::Inferred,
        "localstack TestSecretsManagerMultiAccounts.test_cross_account_access, of GetSecretValue",
        |c| Box::pin(another_account_s(c)),
    ),
];

async fn which_are_asked_for(c: &Context) {
    let filters = json!([{"Key": "name", "Values": ["s"]}]);
    for input in [
        json!({}),
        json!({"SecretIdList": ["s"], "Filters": filters}),
        json!({"SecretIdList": ["s"], "MaxResults": 1}),
    ] {
        let (code, _) = fault(&call(c, "BatchGetSecretValue", &input).await);
        assert_eq!(code, "InvalidParameterException", "{input}");
    }
    let input = json!({"Filters": filters, "NextToken": "none of yours"});
    let (code, _) = fault(&call(c, "BatchGetSecretValue", &input).await);
    assert_eq!(code, "InvalidNextTokenException");
}

async fn limits_of_the_model(c: &Context) {
    let ids = |count: usize| Value::from(vec!["s"; count]);
    let filters = json!([{"Key": "name", "Values": ["s"]}]);
    let many = format!("[{}]", vec!["s"; 21].join(", "));
    let least = |what: &str| format!("have {what} greater than or equal to 1");
    let most = |what: &str| format!("have {what} less than or equal to 20");
    for (input, value, path, rule) in [
        (
            json!({"SecretIdList": []}),
            "[]",
            "secretIdList",
            least("length"),
        ),
        (
            json!({"SecretIdList": ids(21)}),
            &*many,
            "secretIdList",
            most("length"),
        ),
        (
            json!({"Filters": filters, "MaxResults": 21}),
            "21",
            "maxResults",
            most("value"),
        ),
        (
            json!({"Filters": filters, "MaxResults": 0}),
            "0",
            "maxResults",
            least("value"),
        ),
    ] {
        let got = fault(&call(c, "BatchGetSecretValue", &input).await);
        assert_eq!(got, violation(Some(value), path, &rule));
    }
}

async fn too_many_filters(c: &Context) {
    let filters = vec![json!({"Key": "name", "Values": ["s"]}); 11];
    let text = "The filter list has too many filters. You can include up to 10 filters.";
    let expected = error("InvalidParameterException", text);
    for operation in ["BatchGetSecretValue", "ListSecrets"] {
        let answer = call(c, operation, &json!({"Filters": filters})).await;
        assert_eq!(fault(&answer), expected, "{operation}");
        let answer = call(c, operation, &json!({"Filters": filters[..10]})).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
    }
}

async fn the_same_twice(c: &Context) {
    let name = c.name("s");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let asked = json!({"SecretIdList": [name, arn, name]});
    let got = ok(c, "BatchGetSecretValue", &asked).await;
    let values = got["SecretValues"].as_array().unwrap();
    let are_it = values.iter().all(|value| value["ARN"] == *arn);
    assert!(are_it && !values.is_empty(), "{got}");
}

/// By ARN, as everything of another account; each by its own policy and key.
async fn another_account_s(c: &Context) {
    let (root, other) = (c.target().root(), account(OTHER));
    let closed = made_with(c, &other, &c.name("closed"), json!({})).await;
    let get = "secretsmanager:GetSecretValue";
    let asked = json!({"SecretIdList": [closed]});
    let got = ok_as(c, root, "BatchGetSecretValue", &asked).await;
    let (code, text) = (
        &got["Errors"][0]["ErrorCode"],
        got["Errors"][0]["Message"].as_str(),
    );
    assert_eq!(code, "AccessDeniedException");
    let because = format!("because no resource-based policy allows the {get} action");
    assert!(text.unwrap().ends_with(&because), "{got}");
    let open = json!({
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": "*", "Action": get, "Resource": "*"},
    });
    let put = json!({"SecretId": closed, "ResourcePolicy": open.to_string()});
    ok_as(c, &other, "PutResourcePolicy", &put).await;
    let got = ok_as(c, root, "BatchGetSecretValue", &asked).await;
    let text = "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.";
    assert_eq!(
        got["Errors"],
        json!([{"SecretId": closed, "ErrorCode": "InvalidRequestException", "Message": text}])
    );
}
