//! Servers on loopback: such as an identity provider has, and such as nobody should rely on.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use super::super::{Issuer, Issuers, KEPT};
use super::*;
use crate::environment::Environment;
use crate::sts::web_identity::Token;
use crate::sts::web_identity::sample::{ISSUER, NOW, claims, jwk, jwks, token};

/// A server that answers a target as it is told, byte by byte, and counts the requests.
struct Server {
    port: u16,
    requests: Arc<AtomicUsize>,
}

impl Server {
    /// `answer` gets the target of a request and the port.
    fn start(answer: impl Fn(&str, u16) -> String + Send + Sync + 'static) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self::on(socket, answer)
    }

    fn on(socket: TcpSocket, answer: impl Fn(&str, u16) -> String + Send + Sync + 'static) -> Self {
        let listener = socket.listen(16).unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(AtomicUsize::new(0));
        let (count, answer) = (requests.clone(), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                let answer = answer.clone();
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(stream.read_u8().await.unwrap());
                    }
                    let head = String::from_utf8(head).unwrap();
                    let host = ["127.0.0.1", "localhost"]
                        .map(|name| head.contains(&format!("\r\nhost: {name}:{port}\r\n")));
                    assert!(head.starts_with("GET ") && host != [false; 2], "{head}");
                    let target = head.split(' ').nth(1).unwrap();
                    let _ = stream.write_all(answer(target, port).as_bytes()).await;
                });
            }
        });
        Self { port, requests }
    }

    fn url(&self, target: &str) -> Loopback {
        Loopback::parse(&format!("http://127.0.0.1:{}{target}", self.port)).unwrap()
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn missing() -> String {
    "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned()
}

/// An identity provider with a tenant, in a path as Keycloak's are.
fn provider() -> Server {
    Server::start(|target, port| match target {
        "/realms/dev/certs" => ok(&jwks()),
        "/realms/dev/.well-known/openid-configuration" => {
            let keys = format!("http://localhost:{port}/realms/dev/certs");
            ok(&json!({ "issuer": ISSUER, "jwks_uri": keys }).to_string())
        }
        "/realms/dev" => ok("{\"realm\":\"dev\"}"),
        "/html" | "/html/.well-known/openid-configuration" => ok("<!doctype html>"),
        _ => missing(),
    })
}

#[test]
fn only_this_machine_is_asked() {
    for url in [
        "http://127.0.0.1",
        "http://127.0.0.1:8080",
        "http://127.1.2.3:8080/keys?x=y",
        "http://localhost/",
        "http://LOCALHOST:1/",
        "http://[::1]:8080/keys",
        "HTTP://127.0.0.1/",
    ] {
        let parsed = Loopback::parse(url).unwrap();
        assert!(parsed.addresses.iter().all(IpAddr::is_loopback), "{url}");
        assert_eq!(Loopback::parse(&parsed.to_string()), Ok(parsed));
    }
    for url in [
        "",
        "://",
        "http://",
        "https://127.0.0.1/",
        "https://token.actions.githubusercontent.com/.well-known/jwks",
        "file:///etc/passwd",
        "unix://127.0.0.1/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::1",
        "http://127.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://localhost./",
        "http://127.0.0.1@example.com/",
        "http://example.com@127.0.0.1/",
        "http://user:password@localhost/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:/",
        "http://127.0.0.1:x/",
        "http://127.0.0.1/ x",
    ] {
        let error = Loopback::parse(url).unwrap_err();
        assert!(
            error.starts_with(&format!("{url} is not http:// on 127.0.0.0/8")),
            "{error}"
        );
    }
    let error = Issuer::parse(&format!("{ISSUER}=https://127.0.0.1/jwks")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "https://127.0.0.1/jwks is not http:// on 127.0.0.0/8, [::1] or localhost: nothing else is fetched"
    );
}

#[tokio::test]
async fn a_url_may_be_of_keys_of_a_configuration_or_of_an_issuer() {
    let server = provider();
    for target in [
        "/realms/dev/certs",
        "/realms/dev/.well-known/openid-configuration",
        "/realms/dev",
        "/realms/dev/",
        "/realms/dev/?x=y",
    ] {
        let found = super::jwks(&server.url(target)).await.unwrap();
        assert_eq!(found, jwks().into_bytes(), "{target}");
    }
    let error = super::jwks(&server.url("/other")).await.unwrap_err();
    assert_eq!(
        error,
        "it is no JWKS, and of /.well-known/openid-configuration beneath it: the answer has status 404 Not Found"
    );
    let error = super::jwks(&server.url("/html")).await.unwrap_err();
    assert_eq!(
        error,
        "neither it nor /.well-known/openid-configuration beneath it leads to a JWKS"
    );
}

#[tokio::test]
async fn localhost_may_be_of_either_family() {
    let socket = TcpSocket::new_v6().unwrap();
    // A machine without IPv6 has nothing to show here.
    if socket.bind("[::1]:0".parse().unwrap()).is_err() {
        return;
    }
    let server = Server::on(socket, |_, _| ok(&jwks()));
    let url = format!("http://localhost:{}/", server.port);
    let found = super::jwks(&Loopback::parse(&url).unwrap()).await.unwrap();
    assert_eq!(found, jwks().into_bytes());
}

#[tokio::test]
async fn a_configuration_leads_nowhere_else() {
    for jwks_uri in [
        "https://idp.example/keys",
        "http://10.0.0.1/keys",
        "/keys",
        "",
    ] {
        let server = Server::start(move |_, _| ok(&json!({ "jwks_uri": jwks_uri }).to_string()));
        let error = super::jwks(&server.url("/")).await.unwrap_err();
        assert!(
            error.starts_with(&format!("its jwks_uri: {jwks_uri} is not http://")),
            "{error}"
        );
        assert_eq!(server.requests(), 1);
    }
    // Nor does it lead in a circle.
    let server = Server::start(|_, port| {
        ok(&json!({ "jwks_uri": format!("http://127.0.0.1:{port}/") }).to_string())
    });
    let found = super::jwks(&server.url("/")).await.unwrap();
    assert!(crate::sts::web_identity::Jwks::parse(&found).is_err());
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let server = Server::start(|target, port| match target {
        "/keys" => ok(&jwks()),
        _ => format!(
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:{port}/keys\r\ncontent-length: 0\r\n\r\n"
        ),
    });
    let error = super::jwks(&server.url("/old")).await.unwrap_err();
    assert!(
        error.ends_with("the answer has status 302 Found"),
        "{error}"
    );
}

#[tokio::test]
async fn what_a_server_sends_is_bounded() {
    let long = "a".repeat(LIMIT + 1);
    let declared = Server::start(move |_, _| ok(&long));
    let error = super::jwks(&declared.url("/")).await.unwrap_err();
    assert_eq!(error, "the answer is longer than 1048576 bytes");
    let long = "a".repeat(LIMIT + 1);
    let undeclared = Server::start(move |_, _| format!("HTTP/1.0 200 OK\r\n\r\n{long}"));
    let error = super::jwks(&undeclared.url("/")).await.unwrap_err();
    assert_eq!(error, "the answer is longer than 1048576 bytes");
    let head = Server::start(|_, _| format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "a".repeat(HEAD)));
    let error = super::jwks(&head.url("/")).await.unwrap_err();
    assert!(
        error.starts_with("the answer is no HTTP, or broke off"),
        "{error}"
    );
}

#[tokio::test]
async fn servers_that_do_not_answer_are_left() {
    // It hangs up within the body.
    let short = Server::start(|_, _| "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_owned());
    let error = super::jwks(&short.url("/")).await.unwrap_err();
    assert!(
        error.starts_with("the answer is no HTTP, or broke off"),
        "{error}"
    );

    let silent = TcpSocket::new_v4().unwrap();
    silent.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let silent = silent.listen(1).unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let url = Loopback::parse(&url).unwrap();
    let error = within(Duration::from_millis(50), &url).await.unwrap_err();
    assert_eq!(error, "no answer within 50ms");
    drop(silent);
    let error = super::jwks(&url).await.unwrap_err();
    assert!(error.starts_with("nothing answers: "), "{error}");

    for answer in ["", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 200"] {
        let server = Server::start(move |_, _| answer.to_owned());
        let error = super::jwks(&server.url("/")).await.unwrap_err();
        assert!(
            error.starts_with("the answer is no HTTP, or broke off"),
            "{error}"
        );
    }
}

#[test]
fn without_a_runtime_nothing_panics() {
    let url = Loopback::parse("http://127.0.0.1:1/").unwrap();
    let fetching = pin!(super::jwks(&url));
    let outcome = fetching.poll(&mut Context::from_waker(Waker::noop()));
    let expected = "keys are fetched within tokio's runtime alone";
    assert_eq!(outcome, Poll::Ready(Err(expected.to_owned())));
}

#[tokio::test]
async fn keys_are_kept_until_a_token_names_another() {
    let rotated = Arc::new(AtomicUsize::new(0));
    let current = rotated.clone();
    let server = Server::start(move |_, _| match current.load(Ordering::Relaxed) {
        0 => ok(&json!({ "keys": [jwk("RS256")] }).to_string()),
        1 => ok(&jwks()),
        _ => missing(),
    });
    let environment = Environment::real();
    let issuer = Issuer::parse(&format!("{ISSUER}=http://127.0.0.1:{}/keys", server.port)).unwrap();
    let issuers = Issuers::new(vec![issuer]);
    let outcome = async |algorithm| {
        let token = Token::read(&token(algorithm, &claims()))?;
        let keys = issuers.keys(&environment, ISSUER, token.kid()).await?;
        token.verify(&keys, NOW).map(drop)
    };
    assert_eq!(outcome("RS256").await, Ok(()));
    assert_eq!(outcome("RS512").await, Ok(()));
    assert_eq!(server.requests(), 1);
    // An unknown key has the server asked again, and is refused if it is still unknown.
    assert!(outcome("ES256").await.is_err());
    assert_eq!(server.requests(), 2);
    rotated.store(1, Ordering::Relaxed);
    assert_eq!(outcome("ES256").await, Ok(()));
    assert_eq!(outcome("ES512").await, Ok(()));
    assert_eq!(server.requests(), 3);
    // What is kept serves while the server is away, but not for ever.
    rotated.store(2, Ordering::Relaxed);
    assert_eq!(outcome("RS256").await, Ok(()));
    assert_eq!(server.requests(), 3);
    let known = &issuers.0[ISSUER];
    assert!(known.fresh(&environment, None, KEPT).is_some());
    assert!(known.fresh(&environment, Some("other"), KEPT).is_none());
    assert!(known.fresh(&environment, None, 0).is_none());
}
