//! The client against the emulator, in this process.
#![allow(clippy::unwrap_used)]

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_secretsmanager::primitives::Blob;
use sekisho::Emulator;
use sekisho_client::{Kind, NotText, Secrets};

fn sdk(emulator: &Emulator, secret: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("test", secret, None, None, "test"))
        .http_client(emulator.http_client())
        .build();
    Client::from_conf(config)
}

#[derive(serde::Deserialize, PartialEq, Debug)]
struct ApiKeys {
    openai: String,
    anthropic: String,
}

#[tokio::test]
async fn a_secret_is_read_by_name_and_arn_as_the_type_it_is() {
    let emulator = Emulator::builder().build();
    let client = sdk(&emulator, "test");
    let json = r#"{"openai":"sk-one","anthropic":"sk-two"}"#;
    let made = client
        .create_secret()
        .name("APIKEYS")
        .secret_string(json)
        .send()
        .await
        .unwrap();
    let secrets = Secrets::new(client);
    for id in ["APIKEYS", made.arn().unwrap()] {
        let value = secrets.get(id).await.unwrap();
        assert_eq!(value.expose_str(), Ok(json));
        assert_eq!(value.json::<ApiKeys>().unwrap().anthropic, "sk-two");
        assert_eq!(
            (value.name(), Some(value.version_id())),
            ("APIKEYS", made.version_id())
        );
        assert_eq!(value.stages(), ["AWSCURRENT"]);
        assert!(!format!("{value:?}").contains("sk-"), "{value:?}");
        let wrong = value.json::<Vec<u8>>().unwrap_err();
        assert!(!format!("{wrong:?} {wrong}").contains("sk-"));
    }
}

#[tokio::test]
async fn binary_is_no_text() {
    let emulator = Emulator::builder().build();
    let client = sdk(&emulator, "test");
    client
        .create_secret()
        .name("key")
        .secret_binary(Blob::new([0, 159, 146, 150]))
        .send()
        .await
        .unwrap();
    let value = Secrets::new(client).get("key").await.unwrap();
    assert_eq!(value.expose_str(), Err(NotText));
    assert_eq!(value.expose_bytes(), [0, 159, 146, 150]);
}

#[tokio::test]
async fn failures_are_told_apart() {
    let emulator = Emulator::builder().build();
    let client = sdk(&emulator, "test");
    let secrets = Secrets::new(client.clone());
    let missing = secrets.get("nothing").await.unwrap_err();
    assert_eq!(
        (missing.kind(), missing.secret_id()),
        (Kind::NotFound, "nothing")
    );
    assert!(!missing.is_transient());
    client
        .create_secret()
        .name("old")
        .secret_string("hunter2")
        .send()
        .await
        .unwrap();
    client
        .delete_secret()
        .secret_id("old")
        .send()
        .await
        .unwrap();
    assert_eq!(secrets.get("old").await.unwrap_err().kind(), Kind::Deleted);
    let stranger = Secrets::new(sdk(&emulator, "guess"));
    assert_eq!(stranger.get("old").await.unwrap_err().kind(), Kind::Denied);
}
