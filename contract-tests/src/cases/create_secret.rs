//! CreateSecret.

use aws_sdk_secretsmanager::primitives::Blob;
use serde_json::json;

use super::support::{
    NO_TOKEN, call, error, fault, modelled, ok, put, refused, secret, take_dates, token, violation,
};
use crate::{Case, Context, Evidence, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "create_secret/version_id_is_the_token",
        Evidence::Recorded,
        "getmoto/moto test_create_duplicate_secret_with_same_token (aws_verified)",
        |c| Box::pin(version_id_is_the_token(c)),
    ),
    Case::new(
        "create_secret/suffix_is_six_characters",
        Evidence::Recorded,
        "getmoto/moto#5199; localstack/localstack#4055",
        |c| Box::pin(suffix_is_six_characters(c)),
    ),
    Case::new(
        "create_secret/without_a_value",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_create_secret_version_from_empty_secret",
        |c| Box::pin(without_a_value(c)),
    ),
    Case::new(
        "create_secret/name_is_taken",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_secret_exists_snapshots; \
         getmoto/moto test_create_duplicate_secret_without_specifying_token (aws_verified)",
        |c| Box::pin(name_is_taken(c)),
    ),
    Case::new(
        "create_secret/same_token_same_value",
        Evidence::Recorded,
        "getmoto/moto test_create_duplicate_secret_with_same_token (aws_verified)",
        |c| Box::pin(same_token_same_value(c)),
    ),
    Case::new(
        "create_secret/same_token_other_value",
        Evidence::Recorded,
        "getmoto/moto test_create_different_secret_with_same_token (aws_verified)",
        |c| Box::pin(same_token_other_value(c)),
    ),
    Case::new(
        "create_secret/no_token_on_the_wire",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_no_client_request_token",
        |c| Box::pin(no_token_on_the_wire(c)),
    ),
    Case::new(
        "create_secret/both_values",
        Evidence::Recorded,
        "aws/aws-sdk-java#1556",
        |c| Box::pin(both_values(c)),
    ),
    Case::new(
        "create_secret/name_scheduled_for_deletion",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_exp_raised_on_creation_of_secret_scheduled_for_deletion; \
         floci-io/floci#2549",
        |c| Box::pin(name_scheduled_for_deletion(c)),
    ),
    Case::new(
        "create_secret/tags_keep_their_order",
        Evidence::Recorded,
        "localstack test_secretsmanager.py, secret tags (aws-validated)",
        |c| Box::pin(tags_keep_their_order(c)),
    ),
    Case::new(
        "create_secret/an_empty_list_of_tags",
        Evidence::Inferred,
        "cloud-custodian test_secrets_manager_kms_filter: secrets of the console show it untagged, others no tags",
        |c| Box::pin(an_empty_list_of_tags(c)),
    ),
    Case::new(
        "create_secret/empty_replica_list",
        Evidence::Recorded,
        "external-secrets/external-secrets#6593",
        |c| Box::pin(empty_replica_list(c)),
    ),
    Case::new(
        "create_secret/value_too_long",
        Evidence::Inferred,
        "kubernetes-sigs/cluster-api-provider-aws#1531, with the limit of today's model",
        |c| Box::pin(value_too_long(c)),
    ),
    Case::new(
        "create_secret/lengths_of_the_model",
        Evidence::Inferred,
        "the model's limits in the words of hashicorp/terraform-provider-aws#35827",
        |c| Box::pin(lengths_of_the_model(c)),
    ),
    Case::new(
        "create_secret/all_violations_at_once",
        Evidence::Inferred,
        "the common form of AWS's validation errors",
        |c| Box::pin(all_violations_at_once(c)),
    ),
];

async fn version_id_is_the_token(c: &Context) {
    let (name, token) = (c.name("s"), token());
    let input = json!({"Name": name, "SecretString": "v", "ClientRequestToken": token});
    let mut made = ok(c, "CreateSecret", &input).await;
    let arn = made.as_object_mut().unwrap().remove("ARN").unwrap();
    assert!(arn.as_str().unwrap().starts_with("arn:aws:secretsmanager:"));
    assert_eq!(made, json!({"Name": name, "VersionId": token}));
}

async fn suffix_is_six_characters(c: &Context) {
    let name = c.name("app/key");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let (_, suffix) = arn.split_once(&format!(":secret:{name}-")).unwrap();
    let plain = suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    assert!(plain && suffix.len() == 6, "{arn}");
}

async fn without_a_value(c: &Context) {
    let (client, name) = (c.root(), c.name("empty"));
    let input = json!({"Name": name, "Description": "", "ClientRequestToken": token()});
    let made = ok(c, "CreateSecret", &input).await;
    let arn = made["ARN"].as_str().unwrap();
    assert_eq!(made, json!({"ARN": arn, "Name": name}));
    let mut described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    take_dates(&mut described, &["CreatedDate", "LastChangedDate"]);
    assert_eq!(described, json!({"ARN": arn, "Name": name}));
    put(&client, arn, "first", &[]).await;
    let got = client.get_secret_value().secret_id(&name).send().await;
    assert_eq!(got.unwrap().version_stages(), ["AWSCURRENT"]);
}

async fn name_is_taken(c: &Context) {
    let (client, name) = (c.root(), c.name("taken"));
    secret(&client, &name, "v").await;
    let again = client.create_secret().name(&name).secret_string("v");
    let text = format!("The operation failed because the secret {name} already exists.");
    let expected = error("ResourceExistsException", text);
    assert_eq!(refused(again.send().await), expected);
}

async fn same_token_same_value(c: &Context) {
    let input = json!({"Name": c.name("s"), "SecretString": "v", "ClientRequestToken": token()});
    let first = ok(c, "CreateSecret", &input).await;
    assert_eq!(ok(c, "CreateSecret", &input).await, first);
}

async fn same_token_other_value(c: &Context) {
    let (client, name, token) = (c.root(), c.name("s"), token());
    let create = |value| {
        let request = client.create_secret().name(&name).secret_string(value);
        request.client_request_token(&token).send()
    };
    let arn = create("one").await.unwrap().arn.unwrap();
    let text = format!(
        "You can't use ClientRequestToken {token} because that value is already in use for a version of secret {arn}."
    );
    let expected = error("ResourceExistsException", text);
    assert_eq!(refused(create("two").await), expected);
}

async fn no_token_on_the_wire(c: &Context) {
    let input = json!({"Name": c.name("s"), "SecretString": "s", "Description": "d"});
    let answer = call(c, "CreateSecret", &input).await;
    let expected = modelled("InvalidRequestException", NO_TOKEN);
    assert_eq!((answer.status, answer.body), (400, expected));
}

async fn both_values(c: &Context) {
    let request = c
        .root()
        .create_secret()
        .name(c.name("s"))
        .secret_string("v");
    let outcome = request.secret_binary(Blob::new("v")).send().await;
    // The text of 2018 is known, with an apostrophe that AWS has changed since.
    assert_eq!(refused(outcome).0, "InvalidParameterException");
}

async fn name_scheduled_for_deletion(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "v").await;
    let delete = client.delete_secret().secret_id(&name);
    delete.recovery_window_in_days(7).send().await.unwrap();
    let again = client.create_secret().name(&name).secret_string("v");
    let text = "You can't create this secret because a secret with this name is already scheduled for deletion.";
    let expected = error("InvalidRequestException", text);
    assert_eq!(refused(again.send().await), expected);
}

async fn tags_keep_their_order(c: &Context) {
    let tags = json!([{"Key": "zebra", "Value": "1"}, {"Key": "Ape", "Value": ""}, {"Key": "ape", "Value": "2"}]);
    let name = c.name("s");
    let input = json!({"Name": name, "Tags": tags, "ClientRequestToken": token()});
    ok(c, "CreateSecret", &input).await;
    let described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    assert_eq!(described["Tags"], tags);
}

async fn an_empty_list_of_tags(c: &Context) {
    let name = c.name("s");
    let input = json!({"Name": name, "Tags": [], "ClientRequestToken": token()});
    ok(c, "CreateSecret", &input).await;
    let described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    assert_eq!(described["Tags"], json!([]), "it is not the same as none");
}

async fn empty_replica_list(c: &Context) {
    let input =
        json!({"Name": c.name("s"), "AddReplicaRegions": [], "ClientRequestToken": token()});
    let rule = "have length greater than or equal to 1";
    let expected = violation(Some("[]"), "addReplicaRegions", rule);
    assert_eq!(fault(&call(c, "CreateSecret", &input).await), expected);
}

async fn value_too_long(c: &Context) {
    let create = |name| c.root().create_secret().name(c.name(name));
    let rule = "have length less than or equal to 65536";
    let long = "x".repeat(65537);
    let outcome = create("string").secret_string(&long).send().await;
    assert_eq!(refused(outcome), violation(None, "secretString", rule));
    let outcome = create("binary")
        .secret_binary(Blob::new(long.clone()))
        .send()
        .await;
    assert_eq!(refused(outcome), violation(None, "secretBinary", rule));
    let longest = create("string").secret_string(&long[1..]).send().await;
    longest.unwrap();
    let longest = create("binary")
        .secret_binary(Blob::new(&long[1..]))
        .send()
        .await;
    longest.unwrap();
}

async fn lengths_of_the_model(c: &Context) {
    let create = || c.root().create_secret();
    let least = |number| format!("have length greater than or equal to {number}");
    let most = |number| format!("have length less than or equal to {number}");
    let long = "x".repeat(2049);
    let outcome = create().name("").send().await;
    assert_eq!(refused(outcome), violation(Some(""), "name", &least(1)));
    let outcome = create().name(&long[..513]).send().await;
    assert_eq!(
        refused(outcome),
        violation(Some(&long[..513]), "name", &most(512))
    );
    let outcome = create().name(c.name("s")).description(&long).send().await;
    assert_eq!(
        refused(outcome),
        violation(Some(&long), "description", &most(2048))
    );
    let outcome = create()
        .name(c.name("s"))
        .client_request_token("short")
        .send()
        .await;
    let expected = violation(Some("short"), "clientRequestToken", &least(32));
    assert_eq!(refused(outcome), expected);
    let outcome = create().name(c.name("s")).secret_string("").send().await;
    assert_eq!(refused(outcome), violation(None, "secretString", &least(1)));
}

async fn all_violations_at_once(c: &Context) {
    let body = json!({"Name": "", "ClientRequestToken": "short"}).to_string();
    let request = Raw::json("secretsmanager.CreateSecret", body);
    let answer = request.signed_by(c.target().root()).send(c).await;
    let (code, message) = fault(&answer);
    assert_eq!(code, "ValidationException");
    let parts = message.strip_prefix("2 validation errors detected: ");
    let parts: Vec<&str> = parts
        .unwrap_or_else(|| panic!("{message}"))
        .split("; ")
        .collect();
    let named = |path| {
        parts
            .iter()
            .any(|part| part.starts_with("Value '") && part.contains(path))
    };
    assert!(
        parts.len() == 2 && named("at 'name' failed") && named("at 'clientRequestToken' failed"),
        "{message}"
    );
}
