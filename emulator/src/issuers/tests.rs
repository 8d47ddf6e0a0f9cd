//! Sources of keys: texts, and files that change. Those on loopback are tested where they are fetched.

use std::io;
use std::path::PathBuf;

use serde_json::json;

use super::*;
use crate::sts::web_identity::Token;
use crate::sts::web_identity::sample::{ISSUER, NOW, claims, jwk, jwks, token};

/// A file that is gone when the test is.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, text: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("sekisho-issuers-{}-{name}", std::process::id()));
        fs::write(&path, text).unwrap();
        Self(path)
    }

    fn write(&self, text: &str) {
        fs::write(&self.0, text).unwrap();
    }

    fn flag(&self) -> String {
        format!("{ISSUER}={}", self.0.display())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn known(issuer: Issuer) -> Issuers {
    Issuers::new(vec![issuer])
}

async fn keys(issuers: &Issuers, issuer: &str) -> Result<Arc<Jwks>, Refusal> {
    issuers.keys(&Environment::real(), issuer, None).await
}

#[track_caller]
fn refused(text: &str) -> String {
    Issuer::parse(text).unwrap_err().to_string()
}

#[tokio::test]
async fn keys_given_as_text_verify_tokens() {
    let issuers = known(Issuer::with_jwks(ISSUER, &jwks()).unwrap());
    let token = Token::read(&token("ES384", &claims())).ok().unwrap();
    let keys = keys(&issuers, token.issuer()).await.ok().unwrap();
    assert!(token.verify(&keys, NOW).is_ok());
}

#[tokio::test]
async fn an_issuer_is_known_by_its_url() {
    let issuers = known(Issuer::with_jwks("https://idp.example/tenant/", &jwks()).unwrap());
    for name in ["https://idp.example/tenant", "https://idp.example/tenant/"] {
        assert!(keys(&issuers, name).await.is_ok(), "{name}");
    }
    for name in [
        "",
        "/",
        "idp.example/tenant",
        "http://idp.example/tenant",
        "https://idp.example",
        "https://idp.example/tenant//",
        "https://idp.example/Tenant",
        "https://idp.example/tenant?",
    ] {
        assert_eq!(
            keys(&issuers, name).await.err(),
            Some(Refusal::NoKey),
            "{name}"
        );
    }
    assert_eq!(
        keys(&Issuers::default(), ISSUER).await.err(),
        Some(Refusal::NoKey)
    );
}

#[tokio::test]
async fn of_an_issuer_that_comes_twice_the_last_counts() {
    let with = |algorithm: &str| {
        let set = json!({ "keys": [jwk(algorithm)] }).to_string();
        Issuer::with_jwks(ISSUER, &set).unwrap()
    };
    let issuers = Issuers::new(vec![with("RS256"), with("ES256")]);
    let keys = keys(&issuers, ISSUER).await.ok().unwrap();
    assert!(keys.has("p256") && !keys.has("rsa"));
}

#[tokio::test]
async fn a_file_is_what_it_is_now() {
    let set = |kid: &str| {
        let mut key = jwk("ES256");
        key["kid"] = json!(kid);
        json!({ "keys": [key] }).to_string()
    };
    let file = Temporary::new("rotated", &set("one"));
    let issuers = known(Issuer::parse(&file.flag()).unwrap());
    let first = keys(&issuers, ISSUER).await.ok().unwrap();
    assert!(first.has("one"));
    // Nothing is made anew without need.
    let same = keys(&issuers, ISSUER).await.ok().unwrap();
    assert!(Arc::ptr_eq(&first, &same));
    // As long as before, and perhaps of the same time.
    file.write(&set("two"));
    let second = keys(&issuers, ISSUER).await.ok().unwrap();
    assert!(second.has("two") && !second.has("one"));
    // Old keys never stand in for what cannot be read.
    file.write("{\"keys\":");
    assert_eq!(keys(&issuers, ISSUER).await.err(), Some(Refusal::NoKey));
    fs::remove_file(&file.0).unwrap();
    assert_eq!(keys(&issuers, ISSUER).await.err(), Some(Refusal::NoKey));
    file.write(&set("one"));
    assert!(
        keys(&issuers, ISSUER)
            .await
            .is_ok_and(|keys| keys.has("one"))
    );
}

#[test]
fn files_are_looked_at_from_the_start() {
    let missing = refused(&format!("{ISSUER}=/nowhere/jwks.json"));
    let reason = io::Error::from_raw_os_error(2).to_string();
    if cfg!(unix) {
        assert_eq!(missing, format!("/nowhere/jwks.json: {reason}"));
    }
    assert!(refused(&format!("{ISSUER}=")).starts_with(": "));
    let folder = std::env::temp_dir();
    let error = refused(&format!("{ISSUER}={}", folder.display()));
    assert_eq!(error, format!("{}: it is no file", folder.display()));
    for (name, text, reason) in [
        ("empty", "", "it is no JWKS: "),
        ("pem", "-----BEGIN PUBLIC KEY-----", "it is no JWKS: "),
        (
            "key",
            &jwk("RS256").to_string(),
            "it is no JWKS: missing field `keys`",
        ),
        ("none", "{\"keys\":[]}", "it has no key that verifies RS256"),
        (
            "bad",
            "{\"keys\":[{\"kty\":\"RSA\"}]}",
            "key 1 is not valid: n ",
        ),
        (
            "long",
            &" ".repeat(LIMIT + 1),
            "it is longer than 1048576 bytes",
        ),
    ] {
        let file = Temporary::new(name, text);
        let error = refused(&file.flag());
        let expected = format!("{}: {reason}", file.0.display());
        assert!(error.starts_with(&expected), "{error}");
    }
    if cfg!(unix) {
        assert_eq!(
            refused(&format!("{ISSUER}=/dev/zero")),
            "/dev/zero: it is no file"
        );
    }
}

#[test]
fn what_is_no_issuer() {
    let form = "it is not like https://ISSUER=FILE or https://ISSUER=http://127.0.0.1:PORT/PATH";
    assert_eq!(refused(""), form);
    assert_eq!(refused("jwks.json"), form);
    let file = Temporary::new("good", &jwks());
    let path = file.0.display();
    for url in [
        "",
        "https://",
        "https:///path",
        "http://idp.example",
        "HTTPS://idp.example",
        "idp.example",
        "https://user@idp.example",
        "https://idp.example?x",
        "https://idp.example#x",
        "https://idp.example/ ",
        "https://idp.exämple",
    ] {
        let error = refused(&format!("{url}={path}"));
        let expected = "an issuer is a URL that begins with https:// and has no query: ";
        assert_eq!(error, format!("{expected}{url:?}"));
        assert!(Issuer::with_jwks(url, &jwks()).is_err());
    }
    let error = Issuer::with_jwks(ISSUER, "{}").unwrap_err();
    assert_eq!(
        error.to_string(),
        "it is no JWKS: missing field `keys` at line 1 column 2"
    );
    // The first sign of equality parts; others may be in a file's name.
    let odd = Temporary::new("a=b", &jwks());
    assert!(Issuer::parse(&odd.flag()).is_ok());
}
