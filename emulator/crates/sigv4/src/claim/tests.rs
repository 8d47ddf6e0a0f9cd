//! Which check comes first, and what each says.

use std::time::Duration;

use super::*;
use crate::Expected;
use crate::error::Kind;

const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=AKID/20150830/eu-west-1/kms/aws4_request, SignedHeaders=host;x-amz-date, Signature=ab";

fn with<T>(query: &str, headers: &[(&str, &str)], f: impl FnOnce(&Request<'_>) -> T) -> T {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (*name, value.as_bytes()))
        .collect();
    f(&Request {
        method: "POST",
        path: "/",
        query,
        headers: &headers,
        authority: None,
        body: b"",
    })
}

/// What a request is refused with, at the time at which the dated ones here are made.
fn refusal(query: &str, headers: &[(&str, &str)]) -> Error {
    let expected = Expected {
        service: "kms",
        skew: Duration::from_secs(300),
        region_is_valid: true,
        honours_expires: true,
    };
    with(query, headers, |request| {
        Claim::read(request)
            .and_then(|claim| claim.check(1_440_938_160, &expected))
            .unwrap_err()
    })
}

fn presigned(expires: &str) -> String {
    format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20150830%2Feu-west-1%2Fkms%2Faws4_request\
         &X-Amz-Date=20150830T123600Z{expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=ab&X-Amz-Security-Token=t%2Fk"
    )
}

#[test]
fn a_claim_says_who_when_and_for_whom() {
    let headers = [
        ("host", "h"),
        ("x-amz-date", " 20150830T123600Z "),
        ("x-amz-security-token", "token"),
        ("authorization", AUTHORIZATION),
        ("authorization", "second"),
    ];
    with("", &headers, |request| {
        let claim = Claim::read(request).unwrap();
        assert_eq!(claim.access_key_id(), "AKID");
        assert_eq!(claim.date(), "20150830");
        assert_eq!(claim.region(), "eu-west-1");
        assert_eq!(claim.service(), "kms");
        assert_eq!(claim.scope(), "20150830/eu-west-1/kms/aws4_request");
        assert_eq!(claim.signed_at(), 1_440_938_160);
        assert_eq!(claim.session_token(), Some("token"));
        assert_eq!(claim.signed_headers(), "host;x-amz-date");
        assert!(!claim.is_presigned());
        let shown = format!("{claim:?}");
        assert!(!shown.contains("token") && !shown.contains("ab"), "{shown}");
    });
    with(
        &presigned("&X-Amz-Expires=60"),
        &[("host", "h")],
        |request| {
            let claim = Claim::read(request).unwrap();
            assert_eq!(claim.region(), "eu-west-1");
            assert_eq!(claim.session_token(), Some("t/k"));
            assert!(claim.is_presigned());
        },
    );
}

#[test]
fn neither_form_and_both() {
    let none = refusal("", &[("host", "h")]);
    assert_eq!(none.kind(), Kind::MissingAuthentication);
    assert_eq!(none.to_string(), "Missing Authentication Token");
    assert_eq!(none.query_text(), "Request is missing Authentication Token");

    let both = refusal(
        &presigned(""),
        &[("host", "h"), ("authorization", AUTHORIZATION)],
    );
    assert_eq!(both.kind(), Kind::SignatureDoesNotMatch);
    assert_eq!(
        both.to_string(),
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."
    );
    assert_eq!(both.query_text(), "");
}

/// Each request has all the faults that follow; the first one is told.
#[test]
fn checks_come_in_order() {
    let last = "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c";
    let headers = [("host", "h"), ("date", "noon"), ("authorization", last)];
    let climb = Request {
        method: "",
        path: "/..",
        query: "%",
        headers: &[],
        authority: None,
        body: b"",
    };
    assert_eq!(Claim::read(&climb).err(), Some(Error::PathAboveRoot));
    assert_eq!(refusal("%", &[]), Error::IncompleteEscape);
    assert_eq!(
        refusal("X-Amz-Algorithm=x", &[("authorization", "AWS4-X")]),
        Error::BothForms
    );
    let auth = |value| [("authorization", value)];
    assert_eq!(
        refusal("", &auth("AWS4-X y")).kind(),
        Kind::IncompleteSignature
    );
    assert!(matches!(
        refusal("", &auth("AWS4-X y")),
        Error::UnsupportedAlgorithm(_)
    ));
    assert!(matches!(
        refusal("", &auth("AWS4-HMAC-SHA256 y")),
        Error::NotKeyValue { .. }
    ));
    assert!(matches!(
        refusal("", &auth("AWS4-HMAC-SHA256 y=")),
        Error::MissingParameters { .. }
    ));
    let unsigned = last.replace("host", "a");
    let all = [
        ("date", "noon"),
        ("x-amz-target", "t"),
        ("authorization", unsigned.as_str()),
    ];
    assert_eq!(refusal("", &all), Error::HostNotSigned);
    let absent = [
        ("date", "noon"),
        ("x-amz-target", "t"),
        ("authorization", last),
    ];
    assert_eq!(
        refusal("", &absent),
        Error::SignedHeaderAbsent("host".into())
    );
    let target = [headers[0], headers[1], headers[2], ("x-amz-target", "t")];
    assert_eq!(
        refusal("", &target),
        Error::HeaderNotSigned("x-amz-target".into())
    );
    assert_eq!(refusal("", &headers), Error::InvalidDate("noon".into()));
    let dated = |date| [headers[0], ("date", date), headers[2]];
    assert!(matches!(
        refusal("", &dated("Sun, 30 Aug 2015 12:30:59 GMT")),
        Error::Expired(_)
    ));
    assert!(matches!(
        refusal("", &dated("Sun, 30 Aug 2015 12:41:01 GMT")),
        Error::NotYetCurrent(_)
    ));
    assert_eq!(
        refusal("", &dated("Sun, 30 Aug 2015 12:36:00 GMT")),
        Error::InvalidCredential("a/b".into())
    );
}

#[test]
fn texts_of_date_and_credential() {
    let signed = "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c";
    assert_eq!(
        refusal(
            "",
            &[("host", "h"), ("date", "201"), ("authorization", signed)]
        )
        .to_string(),
        "Date must be in ISO-8601 'basic format'. Got '201'. See http://en.wikipedia.org/wiki/ISO_8601"
    );
    for credential in ["", "a/b", "a/b/c/d", "a/b/c/d/e/f"] {
        let header = signed.replace("a/b", credential);
        let error = refusal(
            "",
            &[
                ("host", "h"),
                ("date", "20150830T123600Z"),
                ("authorization", &header),
            ],
        );
        assert_eq!(
            error.to_string(),
            format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, \
                 got '{credential}'"
            )
        );
        assert_eq!(error.kind(), Kind::IncompleteSignature);
    }
}

#[test]
fn a_credential_of_other_than_five_parts_names_nobody() {
    for credential in ["", "a", "a/b/c/d", "a/b/c/d/e/f"] {
        let header = AUTHORIZATION.replace("AKID/20150830/eu-west-1/kms/aws4_request", credential);
        let headers = [
            ("host", "h"),
            ("x-amz-date", "20150830T123600Z"),
            ("authorization", header.as_str()),
        ];
        with("", &headers, |request| {
            let claim = Claim::read(request).unwrap();
            let parts = [
                claim.access_key_id(),
                claim.date(),
                claim.region(),
                claim.service(),
                claim.scope(),
                claim.terminator(),
            ];
            assert_eq!(parts, [""; 6], "{credential:?}");
        });
    }
}

#[test]
fn x_amz_date_goes_before_date() {
    let signed =
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host;x-amz-date, Signature=c";
    let headers = [
        ("date", "noon"),
        ("x-amz-date", "2015-08-30T12:36:00Z"),
        ("host", "h"),
        ("authorization", signed),
    ];
    with("", &headers, |request| {
        assert_eq!(Claim::read(request).unwrap().signed_at(), 1_440_938_160)
    });
}

#[test]
fn an_authorization_that_is_no_text_is_refused() {
    let header = [AUTHORIZATION.as_bytes(), b"\xff"].concat();
    let headers: [(&str, &[u8]); 3] = [
        ("host", b"h"),
        ("x-amz-date", b"\xff"),
        ("authorization", &header),
    ];
    let request = Request {
        method: "",
        path: "",
        query: "",
        headers: &headers,
        authority: None,
        body: b"",
    };
    assert_eq!(
        Claim::read(&request).err().unwrap().kind(),
        Kind::IncompleteSignature
    );
}

#[test]
fn a_lifetime_must_be_one() {
    let error = refusal(&presigned("&X-Amz-Expires=604801"), &[("host", "h")]);
    assert_eq!(error.kind(), Kind::IncompleteSignature);
    assert_eq!(
        error.to_string(),
        "X-Amz-Expires must be less than a week (in seconds); \
         that is, the given X-Amz-Expires must be less than 604800 seconds"
    );
}
