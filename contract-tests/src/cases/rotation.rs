//! RotateSecret and CancelRotateSecret. The part of the rotation function is taken by the cases.

use serde_json::{Value, json};

use super::support::{
    at, call, described, error, fault, labels, marked_for_deletion, merge, ok, put,
    schedule_deletion, secret, take_dates, token,
};
use crate::{Case, Context, Evidence, Need, rotation_function};

const FUNCTION: &[Need] = &[Need::RotationFunction];

pub(super) const CASES: &[Case] = &[
    Case::new(
        "rotation/from_begin_to_end",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_rotate_secret_with_lambda_success; getmoto/moto#8504; \
         getmoto/moto#8512; localstack/localstack#8026",
        |c| Box::pin(from_begin_to_end(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation/of_a_secret_without_a_value",
        Evidence::Inferred,
        "getmoto/moto#9451",
        |c| Box::pin(of_a_secret_without_a_value(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation/configured_once",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_rotate_secret_multiple_times_with_lambda_success; \
         localstack/localstack#12144; localstack/localstack#12391",
        |c| Box::pin(configured_once(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation/not_complete",
        Evidence::Recorded,
        "aws/aws-cdk#28539; hashicorp/terraform-provider-aws#35023",
        |c| Box::pin(not_complete(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation/the_same_token_again",
        Evidence::Inferred,
        "API reference, RotateSecret: ClientRequestToken makes the request idempotent",
        |c| Box::pin(the_same_token_again(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation/cancelled",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/rotation_replication (recordings of AWS)",
        |c| Box::pin(cancelled(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation/never_configured_and_cancelled",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager (recordings of AWS)",
        |c| Box::pin(never_configured_and_cancelled(c)),
    ),
    Case::new(
        "rotation/ends_with_the_secret",
        Evidence::Recorded,
        "cloud-custodian test_secrets_manager_delete (recordings of AWS)",
        |c| Box::pin(ends_with_the_secret(c)),
    )
    .needs(FUNCTION),
    Case::new(
        "rotation/a_value_by_hand_puts_it_off",
        Evidence::Documented,
        "API reference, RotationRulesType: AutomaticallyAfterDays",
        |c| Box::pin(a_value_by_hand_puts_it_off(c)),
    )
    .needs(&[Need::RotationFunction, Need::Clock]),
];

/// The function that is there.
pub(super) fn function(c: &Context) -> String {
    rotation_function(c.target().region(), "000000000000")
}

/// Rules of so many days.
pub(super) fn days(days: i64) -> Value {
    json!({"AutomaticallyAfterDays": days})
}

/// A request to rotate, with these members beside the token.
pub(super) fn rotate(name: &str, members: Value) -> Value {
    let mut input = json!({"SecretId": name, "ClientRequestToken": token()});
    merge(&mut input, members);
    input
}

/// Begins a rotation every 30 days; gives the id of its version.
async fn begun(c: &Context, name: &str) -> String {
    let members = json!({"RotationLambdaARN": function(c), "RotationRules": days(30)});
    let answer = ok(c, "RotateSecret", &rotate(name, members)).await;
    answer["VersionId"].as_str().unwrap().to_owned()
}

/// What the function does with its token: it stores a value, and makes it current.
async fn finished(c: &Context, name: &str, token: &str, current: Option<&str>) {
    let client = c.root();
    let value = client
        .put_secret_value()
        .secret_id(name)
        .secret_string("rotated");
    let value = value
        .client_request_token(token)
        .version_stages("AWSPENDING");
    value.send().await.unwrap();
    let current = current.map(str::to_owned);
    let moved = client.update_secret_version_stage().secret_id(name);
    let moved = moved.version_stage("AWSCURRENT").move_to_version_id(token);
    moved
        .set_remove_from_version_id(current)
        .send()
        .await
        .unwrap();
}

async fn from_begin_to_end(c: &Context) {
    let (name, token) = (c.name("s"), token());
    let (arn, first) = secret(&c.root(), &name, "v").await;
    let members = json!({
        "RotationLambdaARN": function(c), "RotationRules": days(1), "ClientRequestToken": token,
    });
    let answer = ok(c, "RotateSecret", &rotate(&name, members)).await;
    assert_eq!(
        answer,
        json!({"ARN": arn, "Name": name, "VersionId": token})
    );

    let mut shown = described(c, &name).await;
    let expected = json!({first.as_str(): ["AWSCURRENT"], token.as_str(): ["AWSPENDING"]});
    assert_eq!(shown["VersionIdsToStages"], expected);
    assert_eq!(shown["RotationEnabled"], true);
    assert_eq!(shown["RotationLambdaARN"], function(c));
    assert_eq!(
        (&shown["RotationRules"], shown.get("LastRotatedDate")),
        (&days(1), None)
    );
    take_dates(&mut shown, &["NextRotationDate"]);
    // The new version has no value yet, and is not listed as one that has.
    assert_eq!(labels(&c.root(), &name).await.len(), 1);
    assert_eq!(
        ok(c, "GetSecretValue", &at(&name)).await["SecretString"],
        "v"
    );
    let missing = "Secrets Manager can't find the specified secret value for";
    for (input, what) in [
        (
            json!({"VersionStage": "AWSPENDING"}),
            "staging label: AWSPENDING".to_owned(),
        ),
        (json!({"VersionId": token}), format!("VersionId: {token}")),
    ] {
        let mut input = input;
        input["SecretId"] = name.as_str().into();
        let expected = error("ResourceNotFoundException", format!("{missing} {what}"));
        assert_eq!(fault(&call(c, "GetSecretValue", &input).await), expected);
    }
    let both = json!({"SecretId": name, "VersionId": token, "VersionStage": "AWSPENDING"});
    let (code, _) = fault(&call(c, "GetSecretValue", &both).await);
    assert_eq!(code, "ResourceNotFoundException");

    finished(c, &name, &token, Some(&first)).await;
    assert_eq!(
        ok(c, "GetSecretValue", &at(&name)).await["SecretString"],
        "rotated"
    );
    let mut shown = described(c, &name).await;
    assert_eq!(shown["VersionIdsToStages"][&first], json!(["AWSPREVIOUS"]));
    let dates = take_dates(
        &mut shown,
        &["LastRotatedDate", "NextRotationDate", "CreatedDate"],
    );
    assert!(dates[0] >= dates[2] && dates[1] > dates[0], "{dates:?}");
    assert_eq!(
        (dates[1] + 1.0) % 86400.0,
        0.0,
        "the last second of a day: {}",
        dates[1]
    );
    let filter = json!({"Filters": [{"Key": "name", "Values": [name]}]});
    let listed = ok(c, "ListSecrets", &filter).await;
    let entry = &listed["SecretList"][0];
    assert_eq!(
        (&entry["RotationEnabled"], &entry["RotationRules"]),
        (&json!(true), &days(1))
    );
}

async fn of_a_secret_without_a_value(c: &Context) {
    let name = c.name("s");
    c.root().create_secret().name(&name).send().await.unwrap();
    let token = begun(c, &name).await;
    finished(c, &name, &token, None).await;
    let got = ok(c, "GetSecretValue", &at(&name)).await;
    assert_eq!(
        (&got["SecretString"], &got["VersionId"]),
        (&json!("rotated"), &json!(token))
    );
}

async fn configured_once(c: &Context) {
    let name = c.name("s");
    let (_, first) = secret(&c.root(), &name, "v").await;
    let second = begun(c, &name).await;
    finished(c, &name, &second, Some(&first)).await;
    let third = ok(c, "RotateSecret", &rotate(&name, json!({}))).await;
    let shown = described(c, &name).await;
    assert_eq!(shown["RotationRules"], days(30));
    let third = third["VersionId"].as_str().unwrap();
    assert_eq!(shown["VersionIdsToStages"][third], json!(["AWSPENDING"]));
}

async fn not_complete(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    begun(c, &name).await;
    let before = described(c, &name).await;
    let text = "A previous rotation isn't complete. That rotation will be reattempted.";
    let expected = error("InvalidRequestException", text);
    for members in [json!({}), json!({"RotationRules": days(7)})] {
        let answer = call(c, "RotateSecret", &rotate(&name, members)).await;
        assert_eq!(fault(&answer), expected);
    }
    assert_eq!(described(c, &name).await, before);
}

async fn the_same_token_again(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let members = json!({"RotationLambdaARN": function(c), "RotationRules": days(30)});
    let input = rotate(&name, members);
    let first = ok(c, "RotateSecret", &input).await;
    let before = described(c, &name).await;
    assert_eq!(ok(c, "RotateSecret", &input).await, first);
    assert_eq!(described(c, &name).await, before);
}

async fn cancelled(c: &Context) {
    let name = c.name("s");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let token = begun(c, &name).await;
    let answer = ok(c, "CancelRotateSecret", &at(&name)).await;
    assert_eq!(answer, json!({"ARN": arn, "Name": name}));
    let shown = described(c, &name).await;
    assert_eq!(
        (&shown["RotationEnabled"], &shown["RotationRules"]),
        (&json!(false), &days(30))
    );
    assert_eq!(shown["RotationLambdaARN"], function(c));
    assert_eq!(shown.get("NextRotationDate"), None);
    assert_eq!(shown["VersionIdsToStages"][&token], json!(["AWSPENDING"]));
}

async fn never_configured_and_cancelled(c: &Context) {
    let name = c.name("s");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let answer = ok(c, "CancelRotateSecret", &at(&name)).await;
    assert_eq!(answer, json!({"ARN": arn, "Name": name}));
    let shown = described(c, &name).await;
    let members = [
        "RotationEnabled",
        "RotationRules",
        "RotationLambdaARN",
        "NextRotationDate",
    ];
    let members = members.map(|member| shown.get(member));
    assert_eq!(members, [Some(&json!(false)), None, None, None]);
}

async fn ends_with_the_secret(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    begun(c, &name).await;
    schedule_deletion(&c.root(), &name).await;
    let shown = described(c, &name).await;
    assert_eq!(shown["RotationEnabled"], false);
    assert_eq!(shown["RotationLambdaARN"], function(c));
    assert_eq!(shown.get("NextRotationDate"), None);
    for operation in ["RotateSecret", "CancelRotateSecret"] {
        let answer = call(c, operation, &rotate(&name, json!({}))).await;
        assert_eq!(fault(&answer), marked_for_deletion(), "{operation}");
    }
}

async fn a_value_by_hand_puts_it_off(c: &Context) {
    let name = c.name("s");
    let (_, first) = secret(&c.root(), &name, "v").await;
    let second = begun(c, &name).await;
    finished(c, &name, &second, Some(&first)).await;
    let next = || async {
        let mut shown = described(c, &name).await;
        take_dates(&mut shown, &["NextRotationDate"])[0]
    };
    let before = next().await;
    super::support::wait_days(c, 3.0);
    assert_eq!(next().await, before);
    put(&c.root(), &name, "by hand", &[]).await;
    assert_eq!(next().await - before, 3.0 * 86400.0);
}
