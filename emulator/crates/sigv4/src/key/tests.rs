//! What is remembered, and what a mismatch says.

use super::*;
use crate::error::Kind;

fn header(scope: &str, signature: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential=AKID/{scope}, SignedHeaders=host;x-amz-date, Signature={signature}"
    )
}

/// Verifies a request of that scope. Without a signature, the right one is made with the key's own secret.
fn verify(key: &SecretKey, scope: &str, signature: Option<&str>) -> Result<(), Error> {
    let run = |signature: &str, then: &dyn Fn(&Claim<'_>, &Request<'_>) -> Result<(), Error>| {
        let header = header(scope, signature);
        let headers: [(&str, &[u8]); 3] = [
            ("host", b"h"),
            ("x-amz-date", b"20150830T123600Z"),
            ("authorization", header.as_bytes()),
        ];
        let request = Request {
            method: "POST",
            path: "/",
            query: "",
            headers: &headers,
            authority: None,
            body: b"{}",
        };
        then(&Claim::read(&request).unwrap(), &request)
    };
    let mut right = String::new();
    if signature.is_none() {
        let made = std::cell::RefCell::new(String::new());
        run("", &|claim, request| {
            let canonical = canonical::request(claim, request)?;
            let hash = sign(
                key.derive(claim),
                canonical::string_to_sign(claim, &canonical).as_bytes(),
            );
            *made.borrow_mut() = String::from_utf8(hex(&hash).to_vec()).unwrap();
            Ok(())
        })?;
        right = made.into_inner();
    }
    run(signature.unwrap_or(&right), &|claim, request| {
        key.verify(claim, request)
    })
}

fn remembered(key: &SecretKey) -> Vec<String> {
    key.derived
        .read()
        .unwrap()
        .entries
        .iter()
        .flatten()
        .map(|entry| entry.scope.clone())
        .collect()
}

/// The worked example of the AWS General Reference.
#[test]
fn derivation_of_the_documented_key() {
    let key = SecretKey::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    let headers: [(&str, &[u8]); 3] = [
        ("host", b"h"),
        ("x-amz-date", b"20150830T123600Z"),
        ("authorization", b"AWS4-HMAC-SHA256 Credential=k/20150830/us-east-1/iam/aws4_request,SignedHeaders=host;x-amz-date,Signature=x"),
    ];
    let request = Request {
        method: "GET",
        path: "/",
        query: "",
        headers: &headers,
        authority: None,
        body: b"",
    };
    let derived = key.derive(&Claim::read(&request).unwrap());
    let text = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n\
                f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";
    assert_eq!(
        String::from_utf8(hex(&sign(derived, text.as_bytes())).to_vec()).unwrap(),
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    );
}

#[test]
fn only_what_verified_is_remembered_and_the_oldest_goes() {
    let key = SecretKey::new("secret");
    assert!(verify(&key, "20150830/a/kms/aws4_request", Some("00")).is_err());
    assert!(remembered(&key).is_empty());
    for region in ["a", "b", "a", "c", "d", "a"] {
        verify(&key, &format!("20150830/{region}/kms/aws4_request"), None).unwrap();
    }
    assert_eq!(
        remembered(&key),
        ["a", "b", "c", "d"].map(|r| format!("20150830/{r}/kms/aws4_request"))
    );
    verify(&key, "20150830/e/kms/aws4_request", None).unwrap();
    assert_eq!(
        remembered(&key),
        ["e", "b", "c", "d"].map(|r| format!("20150830/{r}/kms/aws4_request"))
    );
    // Remembered or not, a wrong signature is wrong.
    assert!(verify(&key, "20150830/e/kms/aws4_request", Some(&"0".repeat(64))).is_err());
}

#[test]
fn absurd_scopes_are_verified_but_not_remembered() {
    let key = SecretKey::new("secret");
    let region = "r".repeat(200);
    verify(&key, &format!("20150830/{region}/kms/aws4_request"), None).unwrap();
    assert!(remembered(&key).is_empty());
}

#[test]
fn a_poisoned_lock_is_no_obstacle() {
    let key = std::sync::Arc::new(SecretKey::new("secret"));
    let other = key.clone();
    let died = std::thread::spawn(move || {
        let _guard = other.derived.write();
        panic!("on purpose");
    });
    assert!(died.join().is_err());
    verify(&key, "20150830/a/kms/aws4_request", None).unwrap();
    verify(&key, "20150830/a/kms/aws4_request", None).unwrap();
}

#[test]
fn a_signature_of_any_other_spelling_is_a_mismatch() {
    let key = SecretKey::new("secret");
    let scope = "20150830/a/kms/aws4_request";
    let Err(Error::Mismatch(_)) = verify(&key, scope, Some("")) else {
        panic!()
    };
    let right = {
        let headers: [(&str, &[u8]); 3] = [
            ("host", b"h"),
            ("x-amz-date", b"20150830T123600Z"),
            ("authorization", &header(scope, "x").into_bytes()),
        ];
        let request = Request {
            method: "POST",
            path: "/",
            query: "",
            headers: &headers,
            authority: None,
            body: b"{}",
        };
        let claim = Claim::read(&request).unwrap();
        let canonical = canonical::request(&claim, &request).unwrap();
        hex(&sign(
            key.derive(&claim),
            canonical::string_to_sign(&claim, &canonical).as_bytes(),
        ))
    };
    let right = String::from_utf8(right.to_vec()).unwrap();
    verify(&key, scope, Some(&right)).unwrap();
    let short = &right[..63];
    let long = format!("{right}0");
    for wrong in [
        right.to_uppercase().as_str(),
        short,
        &long,
        "\u{e9}",
        &"0".repeat(64),
    ] {
        assert!(
            matches!(verify(&key, scope, Some(wrong)), Err(Error::Mismatch(_))),
            "{wrong}"
        );
    }
}

#[test]
fn a_mismatch_tells_what_should_have_been_signed() {
    let error = verify(
        &SecretKey::new("secret"),
        "20150830/a/kms/aws4_request",
        Some("00"),
    )
    .unwrap_err();
    let first = "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                 Access Key and signing method. Consult the service documentation for details.";
    let Error::Mismatch(mismatch) = &error else {
        panic!("{error}")
    };
    assert_eq!(
        mismatch.canonical_request,
        "POST\n/\n\nhost:h\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n\
         44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    );
    assert_eq!(
        error.to_string(),
        format!(
            "{first}\n\nThe Canonical String for this request should have been\n'{}'\n\n\
             The String-to-Sign should have been\n'{}'\n",
            mismatch.canonical_request, mismatch.string_to_sign
        )
    );
    assert_eq!(error.query_text(), first);
    assert_eq!(error.kind(), Kind::SignatureDoesNotMatch);
    assert_eq!(format!("{error:?}"), "Mismatch(Mismatch { .. })");
}

/// What was found in one request must not stand for what is in another.
#[test]
fn a_claim_of_another_request_is_no_claim_on_this_one() {
    let key = SecretKey::new("secret");
    let refusal = verify(&key, "20150830/a/kms/aws4_request", Some("00")).unwrap_err();
    let Error::Mismatch(mismatch) = refusal else {
        panic!()
    };
    let header = header("20150830/a/kms/aws4_request", "00");
    let with = |host: &'static [u8]| -> [(&str, &[u8]); 3] {
        [
            ("host", host),
            ("x-amz-date", b"20150830T123600Z"),
            ("authorization", header.as_bytes()),
        ]
    };
    let (one, other) = (with(b"h"), with(b"x"));
    let request = Request {
        method: "POST",
        path: "/",
        query: "",
        headers: &one,
        authority: None,
        body: b"{}",
    };
    let claim = Claim::read(&request).unwrap();
    let canonical = |request: &Request<'_>| canonical::request(&claim, request).unwrap();
    assert_eq!(canonical(&request), mismatch.canonical_request.as_bytes());
    let another = Request {
        headers: &other,
        ..request
    };
    let changed = mismatch.canonical_request.replace("host:h", "host:x");
    assert_eq!(canonical(&another), changed.as_bytes());
}

#[test]
fn debug_shows_no_secret() {
    assert_eq!(
        format!("{:?}", SecretKey::new("hunter2")),
        "SecretKey { .. }"
    );
}
