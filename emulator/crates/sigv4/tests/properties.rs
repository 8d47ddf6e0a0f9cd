//! For all requests: nothing panics, what is rightly signed verifies, and nothing else does.

#![allow(clippy::unwrap_used)] // Helpers of tests are tests, though clippy does not know.

mod signer;

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use sekisho_sigv4::{Claim, Error, Expected, Request, SecretKey};
use signer::Plain;

/// 20150830T123600Z, when the signer signs.
const NOW: u64 = 1_440_938_160;

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_do_no_harm(
        method in ".*",
        path in "[a%./ é]*",
        query in ".*",
        headers in vec((header_name(), vec(any::<u8>(), 0..60)), 0..8),
        authority in proptest::option::of(".*"),
        body in vec(any::<u8>(), 0..60),
    ) {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let request = Request { method: &method, path: &path, query: &query, headers: &headers,
            authority: authority.as_deref(), body: &body };
        prop_assert!(verify(&request, "secret", NOW).is_err());
    }

    #[test]
    fn almost_right_headers_do_no_harm(
        algorithm in "AWS4-HMAC-SHA256|AWS4-HMAC|Bearer|",
        parts in vec("Credential=[a-z/]{0,9}|Credential=a/20150830/b/s/aws4_request|SignedHeaders=[a-z;:]{0,9}|SignedHeaders=host|Signature=[0-9a-f]{0,70}|[a-z=]{0,3}", 0..5),
        date in "20[0-9]{6}T[0-9]{6}Z|[0-9-]{10}T[0-9:]{8}Z|[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT|é{8}",
        now in any::<u64>(),
    ) {
        let authorization = format!("{algorithm} {}", parts.join(","));
        let headers: [(&str, &[u8]); 3] =
            [("host", b"h"), ("date", date.as_bytes()), ("authorization", authorization.as_bytes())];
        let request = Request { method: "GET", path: "/", query: "", headers: &headers, authority: None, body: b"" };
        prop_assert!(verify(&request, "secret", now).is_err());
    }

    #[test]
    fn almost_right_queries_do_no_harm(
        parts in vec("X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature)=(AWS4-HMAC-SHA256|a%2F20150830%2Fb%2Fs%2Faws4_request|20150830T123600Z|[0-9-]{1,7}|host|%[0-9a-g]{0,2})", 0..9),
    ) {
        let query = format!("X-Amz-Algorithm=AWS4-HMAC-SHA256&{}", parts.join("&"));
        let headers: [(&str, &[u8]); 1] = [("host", b"h")];
        let request = Request { method: "GET", path: "/", query: &query, headers: &headers, authority: None, body: b"" };
        prop_assert!(verify(&request, "secret", NOW).is_err());
    }

    #[test]
    fn what_is_signed_verifies(plain in plain(), secret in ".{0,80}", presigned in any::<bool>()) {
        let signed = plain.sign(&secret, presigned);
        prop_assert_eq!(signed.with(|request| verify(request, &secret, NOW)), Ok(()));
        let wrong = format!("{secret}x");
        let refused = signed.with(|request| verify(request, &wrong, NOW));
        prop_assert!(matches!(refused, Err(Error::Mismatch(_))));
    }

    #[test]
    fn one_changed_byte_does_not(plain in plain(), presigned in any::<bool>(), place in any::<prop::sample::Index>(),
        byte in "[a-z0-9]") {
        let mut signed = plain.sign("secret", presigned);
        let changed = signed.change(place, byte.as_bytes()[0]);
        prop_assume!(changed);
        prop_assert!(signed.with(|request| verify(request, "secret", NOW)).is_err());
    }
}

fn verify(request: &Request<'_>, secret: &str, now: u64) -> Result<(), Error> {
    let claim = Claim::read(request).inspect_err(show)?;
    let skew = Duration::from_secs(300);
    let expected = Expected {
        service: signer::SERVICE,
        skew,
        region_is_valid: true,
        honours_expires: true,
    };
    let checked = claim.check(now, &expected).inspect_err(show);
    // Verified even when it failed the check: that must do no harm either.
    let key = SecretKey::new(secret);
    let verified = key.verify(&claim, request).inspect_err(show);
    assert_eq!(key.verify(&claim, request), verified);
    checked.and(verified)
}

/// Writing a message must not panic.
fn show(error: &Error) {
    let _ = (
        error.to_string(),
        error.query_text(),
        error.kind(),
        format!("{error:?}"),
    );
}

fn header_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "authorization|host|x-amz-date|date|x-amz-security-token|x-amz-target".prop_map(|s| s),
        "[a-z-]{1,8}"
    ]
}

fn plain() -> impl Strategy<Value = Plain> {
    let word = || "[a-z0-9]{1,8}";
    (
        "GET|POST|PUT",
        vec("[a-z0-9]{1,5}", 0..4),
        vec((word(), word()), 0..5),
        vec(
            ("z-[a-c]|x-amz-target", "[a-z0-9]{1,5}( [a-z0-9]{1,5})?"),
            0..4,
        ),
        vec(any::<u8>(), 0..40),
    )
        .prop_map(|(method, path, query, headers, body)| Plain {
            method,
            path,
            query,
            headers,
            body,
        })
}
