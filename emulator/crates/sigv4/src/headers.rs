//! Which headers a signature covers, and the canonical form of those. Never trusts a header that is not covered.

use std::collections::HashSet;

use crate::encoding::pieces;
use crate::error::Error;
use crate::request::{Request, same};

/// Checks that host is signed, that what is signed exists, and that what decides over the request is signed. Returns
/// one `name:value` line for each name; a header sent several times is one value, joined by commas.
pub(crate) fn check(list: &str, request: &Request<'_>) -> Result<Vec<u8>, Error> {
    let mut fields = names(list);
    let signed = |name| fields.iter().any(|field| same(field.name, name));
    if !signed("host") && !signed(":authority") {
        return Err(Error::HostNotSigned);
    }
    fill(&mut fields, request)?;
    let mut out = Vec::with_capacity(256);
    for sent in fields.chunk_by(|a, b| a.name == b.name) {
        write(sent, &mut out);
    }
    Ok(out)
}

/// A signed name and a value sent under it.
struct Field<'a> {
    name: &'a str,
    value: Option<&'a [u8]>,
}

/// The names in a SignedHeaders list, sorted and each once, whatever the client wrote: a name written a thousand times
/// must not have its value hashed a thousand times.
fn names(list: &str) -> Vec<Field<'_>> {
    let mut names = Vec::with_capacity(16);
    for name in pieces(list, b';') {
        names.push(Field { name, value: None });
    }
    if !names.is_sorted_by(|a, b| a.name < b.name) {
        names.sort_unstable_by_key(|field| field.name);
        names.dedup_by_key(|field| field.name);
    }
    if list.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let mut seen = HashSet::new();
        names.retain(|field| seen.insert(field.name.to_ascii_lowercase()));
    }
    names
}

/// Finds the values in one walk over the headers.
fn fill<'a>(fields: &mut Vec<Field<'a>>, request: &Request<'a>) -> Result<(), Error> {
    // So many headers, and two more names that the authority stands for: of more names one is absent, and the first
    // absent one is told. So the work is bounded by the square of the number of headers.
    fields.truncate(request.headers.len() + 3);
    let names = fields.len();
    let mut unsigned = None;
    for &(name, value) in request.headers {
        match fields[..names].iter_mut().find(|f| same(f.name, name)) {
            Some(Field {
                value: first @ None,
                ..
            }) => *first = Some(value),
            Some(Field { name, .. }) => {
                let again = Field {
                    name,
                    value: Some(value),
                };
                fields.push(again);
            }
            None if unsigned.is_none() && must_be_signed(name) => unsigned = Some(name),
            None => {}
        }
    }
    for field in fields.iter_mut().filter(|field| field.value.is_none()) {
        let stand_in = request.stand_in(field.name);
        let absent = || Error::SignedHeaderAbsent(field.name.to_owned());
        field.value = Some(stand_in.ok_or_else(absent)?);
    }
    if let Some(name) = unsigned {
        return Err(Error::HeaderNotSigned(name.to_owned()));
    }
    // Stable, so values stay in order of arrival.
    if fields.len() > names {
        fields.sort_by_key(|field| field.name);
    }
    Ok(())
}

/// Appends the line of one name.
fn write(sent: &[Field<'_>], out: &mut Vec<u8>) {
    for (i, field) in sent.iter().enumerate() {
        if i == 0 {
            let start = out.len();
            out.extend_from_slice(field.name.as_bytes());
            out[start..].make_ascii_lowercase();
        }
        out.push(if i == 0 { b':' } else { b',' });
        write_value(field.value.unwrap_or_default(), out);
    }
    out.push(b'\n');
}

/// AWS asks for every `x-amz-*` header to be signed. The session token is left out of this rule because AWS documents
/// that it may be added after signing (the suite's `post-sts-header-after`), and because it needs no cover: a token is
/// good only together with the secret key that made the signature.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
fn must_be_signed(name: &str) -> bool {
    name.get(..6)
        .is_some_and(|start| start.eq_ignore_ascii_case("x-amz-"))
        && !name.eq_ignore_ascii_case("x-amz-security-token")
}

/// Trimmed, each inner run of white space one space; so are folded lines.
fn write_value(value: &[u8], out: &mut Vec<u8>) {
    // No control character, no space: one pass without branches, unlike a search for the first of either.
    if !value
        .iter()
        .fold(false, |found, byte| found | (*byte <= b' '))
    {
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
        let out = check(list, &request(headers, authority)).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn refuse(list: &str, headers: Headers<'_>, authority: Option<&str>) -> Option<String> {
        check(list, &request(headers, authority))
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
