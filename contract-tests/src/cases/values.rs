//! Values, text and binary, from end to end.

use aws_sdk_secretsmanager::primitives::Blob;
use serde_json::json;

use super::support::{ok, secret};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "values/binary_is_base64_once",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_get_secret_value; localstack/localstack#13518",
        |c| Box::pin(binary_is_base64_once(c)),
    ),
    Case::new(
        "values/binary_after_put",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_change_secret_value_after_creation",
        |c| Box::pin(binary_after_put(c)),
    ),
    Case::new(
        "values/values_come_back_as_they_went",
        Evidence::Sound,
        "a value is the client's own",
        |c| Box::pin(values_come_back_as_they_went(c)),
    ),
];

async fn binary_is_base64_once(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let create = client.create_secret().name(&name);
    create
        .secret_binary(Blob::new("footest"))
        .send()
        .await
        .unwrap();
    let got = ok(c, "GetSecretValue", &json!({"SecretId": name})).await;
    assert_eq!(got["SecretBinary"], "Zm9vdGVzdA==");
    assert_eq!(got.get("SecretString"), None);
    let got = client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    assert_eq!(got.secret_binary().map(Blob::as_ref), Some(&b"footest"[..]));
}

async fn binary_after_put(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let create = client.create_secret().name(&name);
    create
        .secret_binary(Blob::new("initial"))
        .send()
        .await
        .unwrap();
    let value: Vec<u8> = (0..=255).collect();
    let put = client.put_secret_value().secret_id(&name);
    put.secret_binary(Blob::new(value.clone()))
        .send()
        .await
        .unwrap();
    let got = client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    assert_eq!(got.secret_binary().map(Blob::as_ref), Some(&*value));
    assert_eq!(got.secret_string(), None);
}

async fn values_come_back_as_they_went(c: &Context) {
    let client = c.root();
    let long = "§".repeat(2000);
    let values = [
        " ",
        "\u{0}\u{1f}\u{7f}",
        "\"\\\r\n\t/",
        "\u{2028}\u{feff}é🔑",
        "{\"a\": 1}",
        &long,
    ];
    for (number, value) in values.into_iter().enumerate() {
        let name = c.name(&number.to_string());
        secret(&client, &name, value).await;
        let got = client
            .get_secret_value()
            .secret_id(&name)
            .send()
            .await
            .unwrap();
        assert_eq!(got.secret_string(), Some(value));
    }
}
