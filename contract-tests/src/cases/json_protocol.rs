//! The JSON protocol of Secrets Manager on the wire.

use serde_json::json;

use super::support::{
    NOT_FOUND, call, denied, modelled, ok, policy, secret, send, take_dates, token, unmodelled,
};
use crate::{Case, Context, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "json_protocol/headers_of_an_answer",
        Evidence::Recorded,
        "aws/aws-sdk-js-v3#1215",
        |c| Box::pin(headers_of_an_answer(c)),
    ),
    Case::new(
        "json_protocol/headers_of_a_refusal",
        Evidence::Recorded,
        "hashicorp/terraform-provider-aws#33329; aws/aws-sdk-cpp#2407",
        |c| Box::pin(headers_of_a_refusal(c)),
    ),
    Case::new(
        "json_protocol/modelled_errors_have_a_capital_message",
        Evidence::Recorded,
        "hashicorp/terraform-provider-aws#33329; localstack test_no_client_request_token",
        |c| Box::pin(modelled_errors_have_a_capital_message(c)),
    ),
    Case::new(
        "json_protocol/validation_errors_have_a_small_message",
        Evidence::Inferred,
        "aws/aws-sdk-js-v3#1215",
        |c| Box::pin(validation_errors_have_a_small_message(c)),
    ),
    Case::new(
        "json_protocol/denials_have_a_capital_message",
        Evidence::Inferred,
        "fixtures of aws/aws-workload-credentials-provider",
        |c| Box::pin(denials_have_a_capital_message(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "json_protocol/unknown_members_are_ignored",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_no_client_request_token",
        |c| Box::pin(unknown_members_are_ignored(c)),
    ),
    Case::new(
        "json_protocol/unknown_target",
        Evidence::Inferred,
        "other services of AWS with this protocol",
        |c| Box::pin(unknown_target(c)),
    ),
    Case::new(
        "json_protocol/missing_target",
        Evidence::Inferred,
        "other services of AWS with this protocol",
        |c| Box::pin(missing_target(c)),
    ),
    Case::new(
        "json_protocol/malformed_json",
        Evidence::Inferred,
        "other services of AWS with this protocol",
        |c| Box::pin(malformed_json(c)),
    ),
    Case::new(
        "json_protocol/wrong_types",
        Evidence::Inferred,
        "other services of AWS with this protocol",
        |c| Box::pin(wrong_types(c)),
    ),
    Case::new(
        "json_protocol/null_is_absence",
        Evidence::Inferred,
        "other services of AWS with this protocol",
        |c| Box::pin(null_is_absence(c)),
    ),
    Case::new(
        "json_protocol/dates_are_numbers",
        Evidence::Recorded,
        "localstack/localstack#981; localstack/localstack#5273; getmoto/moto#9820",
        |c| Box::pin(dates_are_numbers(c)),
    ),
    Case::new(
        "json_protocol/what_is_unset_is_absent",
        Evidence::Recorded,
        "aws/aws-sdk-js#3307; floci-io/floci#174",
        |c| Box::pin(what_is_unset_is_absent(c)),
    ),
];

const JSON: Option<&str> = Some("application/x-amz-json-1.1");

fn is_uuid(text: &str) -> bool {
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    let hex = text
        .bytes()
        .all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    hex && parts == [8, 4, 4, 4, 12]
}

async fn headers_of_an_answer(c: &Context) {
    let mut ids = vec![];
    for _ in 0..2 {
        let answer = call(c, "ListSecrets", &json!({})).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, JSON));
        ids.extend(answer.header("x-amzn-requestid").map(str::to_owned));
    }
    assert!(
        ids.len() == 2 && ids[0] != ids[1] && ids.iter().all(|id| is_uuid(id)),
        "{ids:?}"
    );
}

async fn headers_of_a_refusal(c: &Context) {
    let answer = call(c, "DescribeSecret", &json!({"SecretId": c.name("nothing")})).await;
    assert_eq!((answer.status, answer.header("content-type")), (400, JSON));
    assert!(
        answer.header("x-amzn-requestid").is_some_and(is_uuid),
        "{answer:?}"
    );
}

async fn modelled_errors_have_a_capital_message(c: &Context) {
    let answer = call(c, "RestoreSecret", &json!({"SecretId": c.name("nothing")})).await;
    assert_eq!(
        answer.body,
        modelled("ResourceNotFoundException", NOT_FOUND)
    );
}

async fn validation_errors_have_a_small_message(c: &Context) {
    let answer = call(c, "GetSecretValue", &json!({"SecretId": "no name"})).await;
    let text = "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!";
    assert_eq!(
        (answer.status, answer.body),
        (400, unmodelled("ValidationException", text))
    );
}

async fn denials_have_a_capital_message(c: &Context) {
    let user = c.user("nobody", &policy(&[("Allow", "s3:*", "*")])).await;
    let answer = send(c, &user, "ListSecrets", &json!({})).await;
    let (code, text) = denied(c, &user, "secretsmanager:ListSecrets", None).await;
    assert_eq!((answer.status, answer.body), (400, modelled(&code, &text)));
}

async fn unknown_members_are_ignored(c: &Context) {
    let name = c.name("s");
    let input = json!({
        "Name": name, "SecretString": "v", "ClientRequestToken": token(), "Colour": {"a": [1, null]}, "name": 7,
    });
    assert_eq!(ok(c, "CreateSecret", &input).await["Name"], name);
}

async fn unknown_target(c: &Context) {
    for target in [
        "secretsmanager.NoSuchOperation",
        "secretsmanager.getsecretvalue",
        "secretsmanager.",
    ] {
        let request = Raw::json(target, "{}").signed_by(c.target().root());
        let answer = request.send(c).await;
        let code = answer.json()["__type"].clone();
        assert_eq!(
            (answer.status, code),
            (400, json!("UnknownOperationException")),
            "{target}"
        );
    }
}

async fn missing_target(c: &Context) {
    let request =
        Raw::post("secretsmanager", "{}").header("content-type", "application/x-amz-json-1.1");
    let answer = request.signed_by(c.target().root()).send(c).await;
    let code = answer.json()["__type"].clone();
    assert_eq!(
        (answer.status, code),
        (400, json!("UnknownOperationException"))
    );
}

async fn malformed_json(c: &Context) {
    for body in [
        "{",
        "{\"SecretId\":}",
        "{\"SecretId\":'a'}",
        "nonsense",
        "[]",
        "\"a\"",
        "7",
        "{} {}",
    ] {
        let request = Raw::json("secretsmanager.DescribeSecret", body);
        let answer = request.signed_by(c.target().root()).send(c).await;
        let code = answer.json()["__type"].clone();
        assert_eq!(
            (answer.status, code),
            (400, json!("SerializationException")),
            "{body}"
        );
    }
}

async fn wrong_types(c: &Context) {
    let id = c.name("s");
    for (operation, input) in [
        ("DescribeSecret", json!({"SecretId": 7})),
        ("DescribeSecret", json!({"SecretId": ["a"]})),
        ("DescribeSecret", json!({"SecretId": {"a": "b"}})),
        ("ListSecrets", json!({"MaxResults": "many"})),
        ("ListSecrets", json!({"Filters": {"Key": "name"}})),
        ("ListSecrets", json!({"IncludePlannedDeletion": {}})),
        ("CreateSecret", json!({"Name": id, "Tags": "a=b"})),
        (
            "PutSecretValue",
            json!({"SecretId": id, "SecretString": "v", "VersionStages": "AWSCURRENT"}),
        ),
    ] {
        let answer = call(c, operation, &input).await;
        let code = answer.json()["__type"].clone();
        assert_eq!(
            (answer.status, code),
            (400, json!("SerializationException")),
            "{operation} {input}"
        );
    }
}

async fn null_is_absence(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let input = json!({"SecretId": name, "VersionId": null, "VersionStage": null});
    assert_eq!(ok(c, "GetSecretValue", &input).await["SecretString"], "v");
    let answer = call(c, "GetSecretValue", &json!({"SecretId": null})).await;
    let text = "1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be null";
    assert_eq!(answer.body, unmodelled("ValidationException", text));
}

async fn dates_are_numbers(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let input = json!({"SecretId": name});
    let mut got = ok(c, "GetSecretValue", &input).await;
    take_dates(&mut got, &["CreatedDate"]);
    let mut described = ok(c, "DescribeSecret", &input).await;
    take_dates(
        &mut described,
        &["CreatedDate", "LastChangedDate", "LastAccessedDate"],
    );
    let mut versions = ok(c, "ListSecretVersionIds", &input).await;
    take_dates(
        &mut versions["Versions"][0],
        &["CreatedDate", "LastAccessedDate"],
    );
    let mut deleted = ok(c, "DeleteSecret", &input).await;
    take_dates(&mut deleted, &["DeletionDate"]);
}

async fn what_is_unset_is_absent(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    for member in [
        "Description",
        "KmsKeyId",
        "RotationEnabled",
        "RotationLambdaARN",
        "RotationRules",
        "LastRotatedDate",
        "LastAccessedDate",
        "DeletedDate",
        "NextRotationDate",
        "OwningService",
        "PrimaryRegion",
        "ReplicationStatus",
    ] {
        assert_eq!(described.get(member), None);
    }
}
