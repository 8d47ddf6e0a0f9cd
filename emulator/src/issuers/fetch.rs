//! A key set from a server on this machine, such as an identity provider in a test. Other machines,
//! TLS, redirections and proxies are not for here; what a server sends is bounded in time and size.

use std::fmt;
use std::future::poll_fn;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::pin::Pin;
use std::time::Duration;

use http::uri::Authority;
use http::{Request, StatusCode, Uri, header};
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use serde::de::IgnoredAny;
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::LIMIT;

/// How long all of it may take; AWS waits as long for an issuer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of a head.
const HEAD: usize = 16 << 10;
const DISCOVERY: &str = "/.well-known/openid-configuration";

/// A URL that leads to this machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Loopback {
    authority: Authority,
    /// In the order in which they are tried.
    addresses: Vec<IpAddr>,
    port: u16,
    /// Path and query.
    target: String,
}

impl Loopback {
    pub(super) fn parse(url: &str) -> Result<Self, String> {
        Self::of(url).ok_or_else(|| {
            format!(
                "{url} is not http:// on 127.0.0.0/8, [::1] or localhost: nothing else is fetched"
            )
        })
    }

    fn of(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let authority = uri.authority()?;
        let host = authority.host();
        // A name is not looked up: who answers might say that it is elsewhere.
        let addresses = match host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
        {
            Some(host) => vec![IpAddr::V6(host.parse().ok()?)],
            None if host.eq_ignore_ascii_case("localhost") => {
                vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
            }
            None => vec![IpAddr::V4(host.parse().ok()?)],
        };
        let port = match authority.as_str().strip_prefix(host)? {
            "" => 80,
            port => port.strip_prefix(':')?.parse().ok()?,
        };
        let here = uri.scheme_str() == Some("http") && addresses.iter().all(IpAddr::is_loopback);
        here.then(|| Self {
            authority: authority.clone(),
            addresses,
            port,
            target: uri
                .path_and_query()
                .map_or("/", |target| target.as_str())
                .to_owned(),
        })
    }

    /// What the OpenID configuration of an issuer with this URL has for its own.
    fn discovery(&self) -> Self {
        let path = self.target.split('?').next().unwrap_or_default();
        Self {
            target: format!("{}{DISCOVERY}", path.trim_end_matches('/')),
            ..self.clone()
        }
    }
}

impl fmt::Display for Loopback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}{}", self.authority, self.target)
    }
}

/// The key set that a URL leads to.
pub(super) async fn jwks(url: &Loopback) -> Result<Vec<u8>, String> {
    within(PATIENCE, url).await
}

async fn within(patience: Duration, url: &Loopback) -> Result<Vec<u8>, String> {
    if Handle::try_current().is_err() {
        return Err("keys are fetched within tokio's runtime alone".to_owned());
    }
    match timeout(patience, found(url)).await {
        Ok(found) => found,
        Err(_) => Err(format!("no answer within {patience:?}")),
    }
}

/// The URL may be that of a key set, of an OpenID configuration, or of an issuer that has one.
async fn found(url: &Loopback) -> Result<Vec<u8>, String> {
    match get(url).await {
        Ok(body) => match Document::of(&body) {
            Document::Keys => return Ok(body),
            Document::Configuration(keys) => return of_configuration(&keys).await,
            Document::Other => {}
        },
        Err(Failure::Status(_)) => {}
        Err(failure) => return Err(failure.to_string()),
    }
    let discovery = url.discovery();
    let body = get(&discovery)
        .await
        .map_err(|failure| format!("it is no JWKS, and of {DISCOVERY} beneath it: {failure}"))?;
    match Document::of(&body) {
        Document::Configuration(keys) => of_configuration(&keys).await,
        _ => Err(format!(
            "neither it nor {DISCOVERY} beneath it leads to a JWKS"
        )),
    }
}

async fn of_configuration(jwks_uri: &str) -> Result<Vec<u8>, String> {
    let url = Loopback::parse(jwks_uri).map_err(|reason| format!("its jwks_uri: {reason}"))?;
    get(&url)
        .await
        .map_err(|failure| format!("its jwks_uri {url}: {failure}"))
}

enum Document {
    Keys,
    Configuration(String),
    Other,
}

impl Document {
    fn of(json: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Members {
            keys: Option<IgnoredAny>,
            jwks_uri: Option<String>,
        }
        match serde_json::from_slice(json) {
            Ok(Members { keys: Some(_), .. }) => Self::Keys,
            Ok(Members {
                jwks_uri: Some(url),
                ..
            }) => Self::Configuration(url),
            _ => Self::Other,
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("nothing answers: {0}")]
    Connection(std::io::Error),
    #[error("the answer is no HTTP, or broke off: {0}")]
    Exchange(#[from] hyper::Error),
    #[error("the answer has status {0}")]
    Status(StatusCode),
    #[error("the answer is longer than {LIMIT} bytes")]
    TooLong,
}

async fn get(url: &Loopback) -> Result<Vec<u8>, Failure> {
    let stream = connect(url).await?;
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HEAD)
        .handshake(TokioIo::new(stream))
        .await?;
    // It ends with this function, whatever becomes of the exchange.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let mut request = Request::new(String::new());
    // A target that came out of a URL is one.
    *request.uri_mut() = url.target.parse().unwrap_or_default();
    let headers = request.headers_mut();
    for (name, value) in [
        (header::HOST, url.authority.as_str()),
        (header::ACCEPT, "application/json"),
        (
            header::USER_AGENT,
            concat!("sekisho/", env!("CARGO_PKG_VERSION")),
        ),
        (header::CONNECTION, "close"),
    ] {
        headers.extend(value.parse().ok().map(|value| (name, value)));
    }
    let response = sender.send_request(request).await?;
    match response.status() {
        StatusCode::OK => whole(response.into_body()).await,
        status => Err(Failure::Status(status)),
    }
}

async fn connect(url: &Loopback) -> Result<TcpStream, Failure> {
    let mut refusal = None;
    for address in &url.addresses {
        match TcpStream::connect((*address, url.port)).await {
            Ok(stream) => return Ok(stream),
            // That of the first address is what a reader expects.
            Err(error) => refusal = refusal.or(Some(error)),
        }
    }
    Err(Failure::Connection(refusal.unwrap_or_else(|| {
        std::io::ErrorKind::AddrNotAvailable.into()
    })))
}

async fn whole(mut body: Incoming) -> Result<Vec<u8>, Failure> {
    let mut json = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(data) = frame?.into_data() {
            json.extend_from_slice(&data);
        }
        if json.len() > LIMIT {
            return Err(Failure::TooLong);
        }
    }
    Ok(json)
}

#[cfg(test)]
mod tests;
