//! Keeps web pages away from default credentials. A page can sign with `test`/`test`, and form
//! posts and presigned queries need no preflight; so while these credentials work, what a browser
//! sends on a page's behalf is refused. Looks at headers only, and at nothing else.

use std::net::IpAddr;

use http::{HeaderMap, HeaderValue, header};

/// Which `Host` and `Origin` headers are let through.
#[derive(Clone, Debug)]
pub struct Gate {
    guarded: bool,
    hosts: Vec<String>,
    origins: Vec<String>,
}

impl Gate {
    /// Lets everything through: right when there are no default credentials to be abused.
    pub fn open() -> Self {
        Self {
            guarded: false,
            hosts: Vec::new(),
            origins: Vec::new(),
        }
    }

    /// Lets through loopback hosts and requests without an origin, and besides these hosts
    /// (without port) and origins (`https://example.com`).
    pub fn guarded(hosts: Vec<String>, origins: Vec<String>) -> Self {
        Self {
            guarded: true,
            hosts,
            origins,
        }
    }

    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<(), &'static str> {
        if !self.guarded {
            return Ok(());
        }
        if headers
            .get_all(header::ORIGIN)
            .iter()
            .any(|origin| !self.knows_origin(origin))
        {
            return Err(
                "Requests of web pages are refused while default credentials work; see --allow-origin.",
            );
        }
        if headers
            .get_all(header::HOST)
            .iter()
            .any(|host| !self.knows_host(host))
        {
            return Err(
                "Only loopback hosts are let in while default credentials work; see --allow-host.",
            );
        }
        Ok(())
    }

    fn knows_origin(&self, origin: &HeaderValue) -> bool {
        self.origins
            .iter()
            .any(|known| origin.as_bytes().eq_ignore_ascii_case(known.as_bytes()))
    }

    fn knows_host(&self, host: &HeaderValue) -> bool {
        let Ok(host) = host.to_str() else {
            return false;
        };
        let name = without_port(host);
        is_loopback(name)
            || self
                .hosts
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name))
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') =>
        {
            name
        }
        _ => host,
    }
}

/// `localhost`, anything below it, and the addresses that never leave the machine. Names that
/// merely resolve to loopback are not among them: whoever owns the name can make it do so.
fn is_loopback(name: &str) -> bool {
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let name = name.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(gate: &Gate, name: header::HeaderName, value: &str) -> bool {
        gate.check(&[(name, value.parse().unwrap())].into_iter().collect())
            .is_ok()
    }

    #[test]
    fn loopback_passes_and_names_do_not() {
        let gate = Gate::guarded(vec!["sekisho".to_owned()], vec![]);
        for host in [
            "127.0.0.1:4566",
            "localhost",
            "LocalHost:1",
            "[::1]:4566",
            "secretsmanager.localhost:4566",
            "127.8.9.1",
            "Sekisho:4566",
        ] {
            assert!(passes(&gate, header::HOST, host), "{host}");
        }
        for host in [
            "example.com",
            "127.0.0.1.example.com",
            "localhost.example.com",
            "10.0.0.1",
            "[::2]:1",
            "",
            "::1:x",
            "evil:localhost",
        ] {
            assert!(!passes(&gate, header::HOST, host), "{host}");
        }
        assert!(gate.check(&HeaderMap::new()).is_ok());
    }

    #[test]
    fn origins_are_refused_unless_named() {
        let gate = Gate::guarded(vec![], vec!["http://localhost:3000".to_owned()]);
        assert!(passes(&gate, header::ORIGIN, "http://localhost:3000"));
        for origin in ["null", "https://example.com", "http://localhost:4566"] {
            assert!(!passes(&gate, header::ORIGIN, origin), "{origin}");
            assert!(passes(&Gate::open(), header::ORIGIN, origin));
        }
    }
}
