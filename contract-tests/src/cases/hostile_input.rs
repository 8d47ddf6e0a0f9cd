//! Input that no client should send: refused, never a failure of the server.

use serde_json::json;

use super::support::{ok, secret, token};
use crate::{Answer, Case, Context, Evidence, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "hostile_input/bytes_that_are_no_text",
        Evidence::Sound,
        "input is refused, not failed on",
        |c| Box::pin(bytes_that_are_no_text(c)),
    ),
    Case::new(
        "hostile_input/deep_nesting",
        Evidence::Sound,
        "input is refused, not failed on",
        |c| Box::pin(deep_nesting(c)),
    ),
    Case::new(
        "hostile_input/numbers",
        Evidence::Sound,
        "input is refused, not failed on",
        |c| Box::pin(numbers(c)),
    ),
    Case::new(
        "hostile_input/nulls",
        Evidence::Sound,
        "input is refused, not failed on",
        |c| Box::pin(nulls(c)),
    ),
    Case::new(
        "hostile_input/strange_json",
        Evidence::Sound,
        "input is refused, not failed on",
        |c| Box::pin(strange_json(c)),
    ),
    Case::new(
        "hostile_input/bad_base64",
        Evidence::Sound,
        "input is refused, not failed on",
        |c| Box::pin(bad_base64(c)),
    ),
    Case::new(
        "hostile_input/identifiers",
        Evidence::Sound,
        "input is refused, not failed on",
        |c| Box::pin(identifiers(c)),
    ),
    Case::new(
        "hostile_input/page_tokens",
        Evidence::Sound,
        "input is refused, not failed on",
        |c| Box::pin(page_tokens(c)),
    ),
    Case::new(
        "hostile_input/refused_input_changes_nothing",
        Evidence::Sound,
        "what is refused has no effect",
        |c| Box::pin(refused_input_changes_nothing(c)),
    ),
];

async fn sent(c: &Context, operation: &str, body: impl Into<Vec<u8>>) -> Answer {
    let request = Raw::json(&format!("secretsmanager.{operation}"), body);
    let answer = request.signed_by(c.target().root()).send(c).await;
    assert!(
        answer.status < 500,
        "{operation}: {} {}",
        answer.status,
        answer.body
    );
    if answer.status != 200 {
        let code = answer.json()["__type"].as_str().map(str::to_owned);
        assert!(
            code.is_some_and(|code| !code.contains(['#', ' '])),
            "{}",
            answer.body
        );
    }
    answer
}

async fn refused(c: &Context, operation: &str, body: impl Into<Vec<u8>>) {
    let answer = sent(c, operation, body).await;
    assert_eq!(answer.status, 400, "{operation}: {}", answer.body);
}

async fn bytes_that_are_no_text(c: &Context) {
    let latin: &[u8] = b"{\"SecretId\":\"\xe9\"}";
    let surrogate: &[u8] = b"{\"SecretId\":\"\xed\xa0\x80\"}";
    for body in [
        &b"\xff\xfe"[..],
        latin,
        surrogate,
        b"\x00",
        b"{\"SecretId\":\"a\x00b\"}",
        b"{\xc0\x80:1}",
    ] {
        refused(c, "DescribeSecret", body).await;
        refused(c, "CreateSecret", body).await;
    }
}

async fn deep_nesting(c: &Context) {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [200, 20_000] {
            let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            sent(c, "ListSecrets", deep.as_str()).await;
            sent(c, "ListSecrets", open.repeat(depth)).await;
            sent(c, "ListSecrets", format!("{{\"Filters\":{deep}}}")).await;
            sent(c, "ListSecrets", format!("{{\"Unknown\":{deep}}}")).await;
        }
    }
}

async fn numbers(c: &Context) {
    let digits = "9".repeat(5000);
    for number in [
        "1e400",
        "-1e400",
        "1e-400",
        "99999999999999999999",
        "-9223372036854775809",
        "1.5",
        "-0",
        "01",
        &digits,
    ] {
        sent(c, "ListSecrets", format!("{{\"MaxResults\":{number}}}")).await;
        let body = format!(
            "{{\"SecretId\":\"{}\",\"RecoveryWindowInDays\":{number}}}",
            c.name("nothing")
        );
        refused(c, "DeleteSecret", body).await;
    }
}

async fn nulls(c: &Context) {
    let id = c.name("nothing");
    for (operation, body) in [
        (
            "CreateSecret",
            json!({"Name": null, "SecretString": null, "Tags": null}),
        ),
        ("CreateSecret", json!({"Name": id, "Tags": [null]})),
        (
            "CreateSecret",
            json!({"Name": id, "Tags": [{"Key": null, "Value": null}]}),
        ),
        (
            "PutSecretValue",
            json!({"SecretId": id, "SecretString": "v", "VersionStages": [null]}),
        ),
        (
            "ListSecrets",
            json!({"Filters": [null], "MaxResults": null}),
        ),
        (
            "ListSecrets",
            json!({"Filters": [{"Key": "name", "Values": [null]}]}),
        ),
        (
            "ListSecrets",
            json!({"Filters": [{"Key": null, "Values": null}]}),
        ),
        (
            "DeleteSecret",
            json!({"SecretId": id, "RecoveryWindowInDays": null}),
        ),
        (
            "ListSecretVersionIds",
            json!({"SecretId": null, "NextToken": null}),
        ),
    ] {
        sent(c, operation, body.to_string()).await;
    }
    sent(c, "ListSecrets", "null").await;
}

async fn strange_json(c: &Context) {
    for body in [
        r#"{"SecretId":"a","SecretId":"b"}"#,
        r#"{"SecretId":"\ud800"}"#,
        r#"{"SecretId":"\u0000"}"#,
        r#"{"":"","":""}"#,
        "\u{feff}{}",
        "",
        " \r\n\t",
        "NaN",
        "{\"SecretId\":Infinity}",
        "/* */{}",
        "{\"SecretId\":\"a\",}",
    ] {
        refused(c, "DescribeSecret", body).await;
    }
}

async fn bad_base64(c: &Context) {
    let id = c.name("s");
    for value in ["*", "YQ", "YQ=", "YQ===", "Y Q==", "_-_-", "\n", "é"] {
        let body = json!({"Name": id, "SecretBinary": value, "ClientRequestToken": token()});
        sent(c, "CreateSecret", body.to_string()).await;
    }
    for value in [json!(7), json!([1, 2]), json!({}), json!(true)] {
        let body = json!({"Name": id, "SecretBinary": value, "ClientRequestToken": token()});
        refused(c, "CreateSecret", body.to_string()).await;
    }
}

async fn identifiers(c: &Context) {
    let long = "a".repeat(2049);
    let colons = ":".repeat(500);
    for id in [
        "arn:",
        "arn:aws:secretsmanager",
        "arn:aws:secretsmanager:::secret:",
        "arn:aws:secretsmanager:us-east-1:x:secret:a",
        "arn:aws:secretsmanager:us-east-1:000000000000:secret:",
        "arn:aws:secretsmanager:us-east-1:000000000000:secret:-",
        "arn:aws:secretsmanager:us-east-1:000000000000:secret:-AbCdEf",
        "arn:aws:s3:::bucket",
        "arn:aws:secretsmanager:us-east-1:000000000000:secret:é",
        "-",
        "..",
        "/",
        "é",
        "a:b",
        "%2e",
        &colons,
        &long,
        "",
    ] {
        for operation in [
            "GetSecretValue",
            "DescribeSecret",
            "DeleteSecret",
            "RestoreSecret",
            "ListSecretVersionIds",
        ] {
            refused(c, operation, json!({"SecretId": id}).to_string()).await;
        }
    }
}

async fn page_tokens(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let long = "x".repeat(5000);
    for token in ["", "x", "é", "AAAA", "eyJhIjoxfQ==", "\u{0}", "%00", &long] {
        refused(c, "ListSecrets", json!({"NextToken": token}).to_string()).await;
        let body = json!({"SecretId": name, "NextToken": token}).to_string();
        refused(c, "ListSecretVersionIds", body).await;
    }
}

async fn refused_input_changes_nothing(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, version) = secret(&client, &name, "v").await;
    for body in [
        json!({"SecretId": name, "SecretString": "w"}),
        json!({"SecretId": name, "SecretString": "w", "ClientRequestToken": version}),
        json!({"SecretId": name, "SecretString": "w", "ClientRequestToken": token(), "VersionStages": []}),
        json!({"SecretId": name, "SecretString": "w", "SecretBinary": "dw==", "ClientRequestToken": token()}),
    ] {
        refused(c, "PutSecretValue", body.to_string()).await;
    }
    let described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    assert_eq!(
        described["VersionIdsToStages"],
        json!({version: ["AWSCURRENT"]})
    );
    let got = client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    assert_eq!(got.secret_string(), Some("v"));
}
