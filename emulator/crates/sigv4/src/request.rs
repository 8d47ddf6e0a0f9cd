//! What arrived, as it arrived. Never decoded, never normalised: the signature covers the wire, not an idea of it.

/// A request as the socket gave it, borrowed.
///
/// The crate bounds none of this; the caller limits the size of headers and body before it comes here.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The method, as sent.
    pub method: &'a str,
    /// The path, still percent-encoded.
    pub path: &'a str,
    /// What follows the `?`, still percent-encoded; empty when nothing does.
    pub query: &'a str,
    /// Names in lower case with their values, in the order of arrival.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// `:authority` of HTTP/2, or the authority of an absolute URI: serves as `host` when no Host header is there.
    pub authority: Option<&'a str>,
    /// The body, without any transfer encoding.
    pub body: &'a [u8],
}

impl<'a> Request<'a> {
    /// What stands for a name that no header has: `host` and `:authority` are two names of one thing.
    pub(crate) fn stand_in(&self, name: &str) -> Option<&'a [u8]> {
        let authority = self.authority.map(str::as_bytes);
        if same(name, "host") {
            authority
        } else if name == ":authority" {
            authority.or_else(|| {
                self.headers
                    .iter()
                    .find(|(sent, _)| same(sent, "host"))
                    .map(|(_, value)| *value)
            })
        } else {
            None
        }
    }
}

/// Whether two header names are the same. They are in lower case, but nothing shall slip through if they are not.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && (a == b || a.eq_ignore_ascii_case(b))
}
