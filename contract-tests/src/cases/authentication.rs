//! Who may even ask.

use std::time::Duration;

use serde_json::json;

use crate::{Case, Context, Credentials, Evidence, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "authentication/unsigned",
        Evidence::Recorded,
        "aws/aws-sdk-cpp#2466",
        |c| Box::pin(unsigned(c)),
    ),
    Case::new(
        "authentication/unknown_key",
        Evidence::Recorded,
        "aws/aws-sdk-php-laravel#228; amazon-sp-api#218 for IAM",
        |c| Box::pin(unknown_key(c)),
    ),
    Case::new(
        "authentication/wrong_secret",
        Evidence::Recorded,
        "aws/aws-sdk-net#3978",
        |c| Box::pin(wrong_secret(c)),
    ),
    Case::new(
        "authentication/signed_too_long_ago",
        Evidence::Recorded,
        "boto/boto3#4716",
        |c| Box::pin(signed_too_long_ago(c)),
    ),
];

async fn unsigned(c: &Context) {
    let answer = Raw::json("secretsmanager.ListSecrets", "{}").send(c).await;
    assert_eq!(answer.status, 400);
    let expected = json!({"__type": "MissingAuthenticationTokenException", "message": "Missing Authentication Token"});
    assert_eq!(answer.json(), expected);
    let answer = Raw::query("iam", "ListUsers", &[]).send(c).await;
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.xml("Code").as_deref(),
        Some("MissingAuthenticationToken")
    );
    assert_eq!(
        answer.xml("Message").as_deref(),
        Some("Request is missing Authentication Token")
    );
}

async fn unknown_key(c: &Context) {
    let nobody = Credentials::new("AKIAQAAAAAAANOBODY77", "secret");
    let text = "The security token included in the request is invalid.";
    let answer = Raw::json("secretsmanager.ListSecrets", "{}")
        .signed_by(&nobody)
        .send(c)
        .await;
    assert_eq!(
        (answer.status, answer.json()),
        (
            400,
            json!({"__type": "UnrecognizedClientException", "message": text})
        )
    );
    let answer = Raw::query("sts", "GetCallerIdentity", &[])
        .signed_by(&nobody)
        .send(c)
        .await;
    assert_eq!(
        (answer.status, answer.xml("Code").as_deref()),
        (403, Some("InvalidClientTokenId"))
    );
    assert_eq!(answer.xml("Message").as_deref(), Some(text));
}

async fn wrong_secret(c: &Context) {
    let wrong = Credentials::new(&c.target().root().access_key_id, "not the secret");
    let answer = Raw::json("secretsmanager.ListSecrets", "{}")
        .signed_by(&wrong)
        .send(c)
        .await;
    assert_eq!(
        (answer.status, answer.json()["__type"].as_str()),
        (400, Some("InvalidSignatureException"))
    );
    let answer = Raw::query("iam", "ListUsers", &[])
        .signed_by(&wrong)
        .send(c)
        .await;
    assert_eq!(
        (answer.status, answer.xml("Code").as_deref()),
        (403, Some("SignatureDoesNotMatch"))
    );
}

async fn signed_too_long_ago(c: &Context) {
    let ago = |minutes: u64| Duration::from_secs(60 * minutes);
    let request = |minutes| {
        Raw::json("secretsmanager.ListSecrets", "{}")
            .signed_by(c.target().root())
            .signed_ago(ago(minutes))
    };
    assert_eq!(request(4).send(c).await.status, 200);
    let answer = request(6).send(c).await;
    assert_eq!(
        (answer.status, answer.json()["__type"].as_str()),
        (400, Some("InvalidSignatureException"))
    );
    let text = answer.json()["message"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(
        text.starts_with("Signature expired: ") && text.ends_with(" - 5 min.)"),
        "{text}"
    );
}
