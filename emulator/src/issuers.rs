//! Where the keys of an issuer of web identity tokens come from: a file, a text, or a server on
//! loopback. The issuer itself, `https://` and mostly on the internet, is never asked: nothing here
//! leaves the machine.

use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::environment::{Environment, Moment};
use crate::sts::web_identity::{Jwks, Refusal};

#[cfg(feature = "server")]
mod fetch;
#[cfg(test)]
mod tests;

/// The most bytes that are read of a key set; a hundred keys with certificates have half of that.
const LIMIT: usize = 1 << 20;
/// How long keys from a server are kept, in microseconds, while tokens name no others.
#[cfg(feature = "server")]
const KEPT: u64 = 5 * 60 * 1_000_000;

/// An issuer of web identity tokens, with where its keys are.
#[derive(Clone)]
pub struct Issuer {
    url: String,
    source: Source,
}

/// What is no issuer, or has no keys.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct InvalidIssuer(String);

#[derive(Clone)]
enum Source {
    Text(Arc<Jwks>),
    File(PathBuf),
    #[cfg(feature = "server")]
    Loopback(fetch::Loopback),
}

impl Issuer {
    /// An issuer, such as `https://token.actions.githubusercontent.com`, with its keys as a JWKS.
    ///
    /// # Errors
    /// The URL is no issuer's, or the text is no JWKS with a key that AWS would take.
    pub fn with_jwks(url: &str, jwks: &str) -> Result<Self, InvalidIssuer> {
        Ok(Self {
            url: issuer(url)?,
            source: Source::Text(Arc::new(parse(jwks.as_bytes())?)),
        })
    }

    /// An issuer written as `ISSUER=FILE`, the file being a JWKS, or as `ISSUER=URL`, which has to
    /// be `http://` on loopback: of a JWKS, of an OpenID configuration, or of what has one beneath
    /// it. A file is read again whenever keys are needed, a server is asked now and then.
    ///
    /// # Errors
    /// The text has another form, the file is not there or no JWKS, or the URL leads elsewhere.
    pub fn parse(text: &str) -> Result<Self, InvalidIssuer> {
        let (url, source) = text.split_once('=').ok_or_else(|| {
            InvalidIssuer(
                "it is not like https://ISSUER=FILE or https://ISSUER=http://127.0.0.1:PORT/PATH"
                    .to_owned(),
            )
        })?;
        Ok(Self {
            url: issuer(url)?,
            source: Source::parse(source)?,
        })
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Source {
    fn parse(text: &str) -> Result<Self, InvalidIssuer> {
        if text.contains("://") {
            return Self::url(text);
        }
        let path = PathBuf::from(text);
        read(&path)
            .map_err(InvalidIssuer)
            .and_then(|json| parse(&json))
            .map_err(|InvalidIssuer(reason)| InvalidIssuer(format!("{text}: {reason}")))?;
        Ok(Self::File(path))
    }

    #[cfg(feature = "server")]
    fn url(text: &str) -> Result<Self, InvalidIssuer> {
        fetch::Loopback::parse(text)
            .map(Self::Loopback)
            .map_err(InvalidIssuer)
    }

    #[cfg(not(feature = "server"))]
    fn url(text: &str) -> Result<Self, InvalidIssuer> {
        Err(InvalidIssuer(format!(
            "{text} cannot be fetched without the feature `server`"
        )))
    }
}

/// The issuers whose keys are known.
#[derive(Default)]
pub(crate) struct Issuers(HashMap<String, Known>);

struct Known {
    source: Source,
    kept: Mutex<Option<Kept>>,
}

/// What a source had when it was last looked at.
struct Kept {
    json: Vec<u8>,
    keys: Arc<Jwks>,
    since: Moment,
}

impl Issuers {
    /// Of an issuer that comes twice, the last one counts.
    pub(crate) fn new(issuers: Vec<Issuer>) -> Self {
        let known = |Issuer { url, source }| {
            let kept = Mutex::default();
            (url, Known { source, kept })
        };
        Self(issuers.into_iter().map(known).collect())
    }

    /// The keys of the issuer that a token names. If they are kept and the key that the token names
    /// is not among them, they are looked for once more.
    ///
    /// # Errors
    /// There are none, which AWS says of an issuer that it cannot reach. The log says why.
    pub(crate) async fn keys(
        &self,
        environment: &Environment,
        issuer: &str,
        kid: Option<&str>,
    ) -> Result<Arc<Jwks>, Refusal> {
        let keys = match self.0.get(without_slash(issuer)) {
            Some(known) => known.keys(environment, kid).await,
            None => Err("nobody said where they are: see --oidc-jwks".to_owned()),
        };
        keys.map_err(|reason| {
            tracing::warn!(issuer, reason, "an issuer's keys could not be had");
            Refusal::NoKey
        })
    }
}

impl Known {
    #[cfg_attr(not(feature = "server"), allow(unused_variables))]
    async fn keys(
        &self,
        environment: &Environment,
        kid: Option<&str>,
    ) -> Result<Arc<Jwks>, String> {
        match &self.source {
            Source::Text(keys) => Ok(keys.clone()),
            // A file is small, and its times do not tell of every change: reading it always is
            // quick, and misses none.
            Source::File(path) => read(path)
                .and_then(|json| self.keep(environment, json))
                .map_err(|reason| format!("{}: {reason}", path.display())),
            #[cfg(feature = "server")]
            Source::Loopback(url) => {
                if let Some(keys) = self.fresh(environment, kid, KEPT) {
                    return Ok(keys);
                }
                let fetched = fetch::jwks(url).await;
                fetched
                    .and_then(|json| self.keep(environment, json))
                    .map_err(|reason| format!("{url}: {reason}"))
            }
        }
    }

    /// What is kept, if it is not older than so many microseconds and has the key.
    #[cfg(feature = "server")]
    fn fresh(&self, environment: &Environment, kid: Option<&str>, age: u64) -> Option<Arc<Jwks>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|kept| environment.micros_since(kept.since) < age)
            .filter(|kept| kid.is_none_or(|kid| kept.keys.has(kid)))
            .map(|kept| kept.keys.clone())
    }

    /// Keys are made of a text once, and again when it has changed.
    fn keep(&self, environment: &Environment, json: Vec<u8>) -> Result<Arc<Jwks>, String> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let since = environment.moment();
        if let Some(kept) = kept.as_mut().filter(|kept| kept.json == json) {
            kept.since = since;
            return Ok(kept.keys.clone());
        }
        let keys = parse(&json).map_err(|InvalidIssuer(reason)| reason)?;
        let keys = Arc::new(keys);
        *kept = Some(Kept {
            json,
            keys: keys.clone(),
            since,
        });
        Ok(keys)
    }
}

/// A URL as IAM takes it for a provider.
fn issuer(url: &str) -> Result<String, InvalidIssuer> {
    let rest = url.strip_prefix("https://").map(without_slash);
    let good = |rest: &str| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && rest
                .chars()
                .all(|c| c.is_ascii_graphic() && !"?#@".contains(c))
    };
    if !rest.is_some_and(good) {
        return Err(InvalidIssuer(format!(
            "an issuer is a URL that begins with https:// and has no query: {url:?}"
        )));
    }
    Ok(without_slash(url).to_owned())
}

/// Some issuers end in a slash, which is easily left out of a flag.
fn without_slash(url: &str) -> &str {
    url.strip_suffix('/').unwrap_or(url)
}

fn parse(json: &[u8]) -> Result<Jwks, InvalidIssuer> {
    Jwks::parse(json).map_err(|error| InvalidIssuer(error.to_string()))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    // Whatever is no plain file may have no end, or wait for a writer.
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Err("it is no file".to_owned()),
        Err(error) => return Err(error.to_string()),
    }
    let mut json = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LIMIT as u64 + 1).read_to_end(&mut json))
        .map_err(|error| error.to_string())?;
    if json.len() > LIMIT {
        return Err(format!("it is longer than {LIMIT} bytes"));
    }
    Ok(json)
}
