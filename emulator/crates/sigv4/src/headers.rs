//! Which headers a signature covers, and the canonical form of those. Never trusts a header that is not covered.

use std::collections::HashSet;

use crate::encoding::{any, pieces};
use crate::error::Error;
use crate::request::{Request, same};

/// The signed headers of a request.
pub(crate) struct Signed<'a> {
    /// In canonical order.
    fields: Vec<Field<'a>>,
    /// What was sent under a name again, with the place of its field, in order of arrival.
    more: Vec<(usize, &'a [u8])>,
    mixed_case: bool,
    /// Where they were found.
    headers: &'a [(&'a str, &'a [u8])],
    authority: Option<&'a str>,
}

struct Field<'a> {
    name: &'a str,
    value: Option<&'a [u8]>,
}

impl<'a> Signed<'a> {
    /// Host is signed, what is signed exists, and what decides over the request is signed.
    pub(crate) fn find(list: &'a str, request: &Request<'a>) -> Result<Self, Error> {
        let mixed_case = any(list.as_bytes(), |byte| byte.is_ascii_uppercase());
        let mut fields = names(list, mixed_case);
        let signed = |name| fields.iter().any(|field| same(field.name, name));
        if !signed("host") && !signed(":authority") {
            return Err(Error::HostNotSigned);
        }
        // Each header has one name, and the authority stands for two more: of more names one is absent, and only the
        // first absent one is told.
        fields.truncate(request.headers.len() + 3);
        let mut more = Vec::new();
        let mut unsigned = None;
        for &(name, value) in request.headers {
            match fields.iter().position(|field| same(field.name, name)) {
                Some(at) if fields[at].value.is_none() => fields[at].value = Some(value),
                Some(at) => more.push((at, value)),
                None if unsigned.is_none() && must_be_signed(name) => unsigned = Some(name),
                None => {}
            }
        }
        for field in fields.iter_mut().filter(|field| field.value.is_none()) {
            let absent = || Error::SignedHeaderAbsent(field.name.to_owned());
            field.value = Some(request.stand_in(field.name).ok_or_else(absent)?);
        }
        match unsigned {
            Some(name) => Err(Error::HeaderNotSigned(name.to_owned())),
            None => Ok(Self {
                fields,
                more,
                mixed_case,
                headers: request.headers,
                authority: request.authority,
            }),
        }
    }

    /// Whether they were found in this very request.
    pub(crate) fn are_of(&self, request: &Request<'_>) -> bool {
        std::ptr::eq(self.headers, request.headers) && self.authority == request.authority
    }

    /// Appends one `name:value` line for each name. A header sent several times is one value, joined by commas.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        for (at, field) in self.fields.iter().enumerate() {
            let start = out.len();
            out.extend_from_slice(field.name.as_bytes());
            if self.mixed_case {
                out[start..].make_ascii_lowercase();
            }
            out.push(b':');
            write_value(field.value.unwrap_or_default(), out);
            for (_, value) in self.more.iter().filter(|(of, _)| *of == at) {
                out.push(b',');
                write_value(value, out);
            }
            out.push(b'\n');
        }
    }
}

/// The names in a SignedHeaders list, sorted and each once, whatever the client wrote: a name written a thousand times,
/// or in a thousand mixtures of upper and lower case, must not have its value hashed a thousand times.
fn names(list: &str, mixed_case: bool) -> Vec<Field<'_>> {
    let mut fields = Vec::with_capacity(16);
    for name in pieces(list, b';') {
        fields.push(Field { name, value: None });
    }
    if !fields.is_sorted_by(|a, b| a.name < b.name) {
        fields.sort_unstable_by_key(|field| field.name);
        fields.dedup_by_key(|field| field.name);
    }
    if mixed_case {
        let mut seen = HashSet::new();
        fields.retain(|field| seen.insert(field.name.to_ascii_lowercase()));
    }
    fields
}

/// AWS asks for every `x-amz-*` header to be signed. The session token is left out of this rule because AWS documents
/// that it may be added after signing (the suite's `post-sts-header-after`), and because it needs no cover: a token is
/// good only together with the secret key that made the signature.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
fn must_be_signed(name: &str) -> bool {
    name.as_bytes()
        .first_chunk::<6>()
        .is_some_and(|start| start.eq_ignore_ascii_case(b"x-amz-"))
        && !name.eq_ignore_ascii_case("x-amz-security-token")
}

/// Trimmed, each inner run of white space one space; so are folded lines.
#[inline]
fn write_value(value: &[u8], out: &mut Vec<u8>) {
    if !any(value, |byte| byte <= b' ') {
        return out.extend_from_slice(value);
    }
    let words = value
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    for (i, word) in words.enumerate() {
        if i > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Headers<'a> = &'a [(&'a str, &'a [u8])];

    fn request<'a>(headers: Headers<'a>, authority: Option<&'a str>) -> Request<'a> {
        Request {
            method: "GET",
            path: "/",
            query: "",
            headers,
            authority,
            body: b"",
        }
    }

    fn canonical(list: &str, headers: Headers<'_>, authority: Option<&str>) -> String {
        let mut out = Vec::new();
        let request = request(headers, authority);
        Signed::find(list, &request).unwrap().write(&mut out);
        String::from_utf8(out).unwrap()
    }

    fn refuse(list: &str, headers: Headers<'_>, authority: Option<&str>) -> Option<String> {
        Signed::find(list, &request(headers, authority))
            .err()
            .map(|error| error.to_string())
    }

    #[test]
    fn values_are_trimmed_collapsed_unfolded_and_joined_in_order() {
        let headers: Headers<'_> = &[
            ("host", b" example.com "),
            ("a", b"  z \t  y\r\n   x  "),
            ("b", b"2"),
            ("c", b""),
            ("b", b"1, 3"),
            ("b", b"2"),
        ];
        assert_eq!(
            canonical("a;b;c;host", headers, None),
            "a:z y x\nb:2,1, 3,2\nc:\nhost:example.com\n"
        );
    }

    #[test]
    fn the_authority_is_the_host() {
        assert_eq!(canonical("host", &[], Some("h:1")), "host:h:1\n");
        assert_eq!(
            canonical("host", &[("host", b"h")], Some("other")),
            "host:h\n"
        );
        assert_eq!(
            canonical(":authority", &[("host", b"h")], None),
            ":authority:h\n"
        );
        assert_eq!(
            canonical(":authority", &[("host", b"h")], Some("a")),
            ":authority:a\n"
        );
    }

    #[test]
    fn an_unsorted_or_repeated_name_is_written_once_in_order() {
        assert_eq!(
            canonical("host;a;host;a", &[("host", b"h"), ("a", b"1")], None),
            "a:1\nhost:h\n"
        );
        assert_eq!(canonical("Host", &[("host", b"h")], None), "host:h\n");
    }

    #[test]
    fn a_name_in_two_cases_is_one() {
        assert_eq!(
            canonical(
                "Host;A;b;host;a",
                &[("b", b"2"), ("a", b"1"), ("host", b"h")],
                None
            ),
            "a:1\nhost:h\nb:2\n"
        );
    }

    #[test]
    fn the_first_absent_of_many_is_told() {
        let list: Vec<String> = (0..999).map(|i| format!("k{i:03}")).collect();
        assert_eq!(
            refuse(
                &format!("host;{}", list.join(";")),
                &[("k001", b""), ("k000", b""), ("k000", b"")],
                Some("h")
            )
            .as_deref(),
            Some("'k002' is named as a SignedHeader, but it does not exist in the HTTP request.")
        );
    }

    #[test]
    fn each_refusal_in_its_words() {
        let host = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
        assert_eq!(
            refuse("a", &[("a", b""), ("host", b"h")], None).as_deref(),
            Some(host)
        );
        assert_eq!(refuse("", &[("host", b"h")], None).as_deref(), Some(host));
        assert_eq!(
            refuse("accept;host", &[("host", b"h")], None).as_deref(),
            Some("'accept' is named as a SignedHeader, but it does not exist in the HTTP request.")
        );
        assert_eq!(
            refuse("host", &[], None).as_deref(),
            Some("'host' is named as a SignedHeader, but it does not exist in the HTTP request.")
        );
        assert_eq!(refuse("host", &[], Some("h")), None);
        assert_eq!(refuse(":authority", &[("host", b"h")], None), None);
        assert_eq!(
            refuse("host", &[("host", b"h"), ("x-amz-target", b"t")], None).as_deref(),
            Some("'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.")
        );
        for name in [
            "x-amz-date",
            "x-amz-content-sha256",
            "x-amz-anything",
            "X-Amz-Target",
        ] {
            assert!(
                refuse("host", &[("host", b"h"), (name, b"t")], None).is_some(),
                "{name}"
            );
        }
        for name in [
            "x-amz-security-token",
            "x-amzn-trace-id",
            "amz-sdk-request",
            "content-type",
        ] {
            assert_eq!(
                refuse("host", &[("host", b"h"), (name, b"t")], None),
                None,
                "{name}"
            );
        }
    }
}
