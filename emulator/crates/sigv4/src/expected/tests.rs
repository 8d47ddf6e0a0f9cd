//! Windows and scopes, to the second and to the letter.

use super::*;
use crate::error::Kind;
use crate::request::Request;

const NOW: u64 = 1_440_938_160; // 20150830T123600Z

/// Reads a claim of that credential, made at `date`, and checks it at `NOW` with five minutes of skew.
fn check(credential: &str, date: &str, region_is_valid: bool) -> Result<(), Error> {
    let header = format!(
        "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature=ab"
    );
    let headers: [(&str, &[u8]); 3] = [
        ("host", b"h"),
        ("x-amz-date", date.as_bytes()),
        ("authorization", header.as_bytes()),
    ];
    let expected = Expected {
        region_is_valid,
        ..expected(300)
    };
    Claim::read(&request("", &headers))
        .unwrap()
        .check(NOW, &expected)
}

/// Reads a presigned claim made at `NOW` and checks it.
fn check_presigned(expires: &str, now: u64, expected: Expected<'_>) -> Result<(), Error> {
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20150830%2Feu-west-1%2Fkms%2Faws4_request\
         &X-Amz-Date=20150830T123600Z{expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=ab"
    );
    Claim::read(&request(&query, &[("host", b"h")]))
        .unwrap()
        .check(now, &expected)
}

fn request<'a>(query: &'a str, headers: &'a [(&'a str, &'a [u8])]) -> Request<'a> {
    Request {
        method: "POST",
        path: "/",
        query,
        headers,
        authority: None,
        body: b"",
    }
}

fn expected(skew: u64) -> Expected<'static> {
    Expected {
        service: "kms",
        skew: Duration::from_secs(skew),
        region_is_valid: true,
        honours_expires: true,
    }
}

#[test]
fn time_comes_before_scope() {
    assert!(matches!(
        check("a/b/c/d/e", "20150830T000000Z", false),
        Err(Error::Expired(_))
    ));
}

#[test]
fn both_ends_of_the_window_are_in_it() {
    let credential = "AKID/20150830/eu-west-1/kms/aws4_request";
    assert_eq!(check(credential, "20150830T123100Z", true), Ok(()));
    assert_eq!(check(credential, "20150830T124100Z", true), Ok(()));
    let late = check(credential, "20150830T123059Z", true).unwrap_err();
    assert_eq!(late.kind(), Kind::SignatureDoesNotMatch);
    assert_eq!(
        late.to_string(),
        "Signature expired: 20150830T123059Z is now earlier than 20150830T123100Z (20150830T123600Z - 5 min.)"
    );
    assert_eq!(
        check(credential, "20150830T124101Z", true)
            .unwrap_err()
            .to_string(),
        "Signature not yet current: 20150830T124101Z is still later than 20150830T124100Z (20150830T123600Z + 5 min.)"
    );
}

#[test]
fn times_out_of_this_world() {
    let claim = |now| check_presigned("", now, expected(u64::MAX));
    assert_eq!(claim(0), Ok(()));
    assert_eq!(claim(u64::MAX), Ok(()));
}

#[test]
fn a_presigned_request_lives_as_long_as_it_says() {
    let check = |expires: &str, now: u64, honours_expires| {
        check_presigned(
            expires,
            now,
            Expected {
                honours_expires,
                ..expected(900)
            },
        )
    };
    assert_eq!(check("&X-Amz-Expires=60", NOW + 60, true), Ok(()));
    assert_eq!(
        check("&X-Amz-Expires=60", NOW + 61, true)
            .unwrap_err()
            .to_string(),
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123701Z - 1 min.)"
    );
    assert_eq!(
        check("&X-Amz-Expires=61", NOW + 62, true)
            .unwrap_err()
            .to_string(),
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123702Z - 61 sec.)"
    );
    assert_eq!(check("&X-Amz-Expires=604800", NOW + 604_800, true), Ok(()));
    // Where the parameter is ignored, or absent, the skew is all there is.
    for (expires, honours) in [
        ("&X-Amz-Expires=60", false),
        ("&X-Amz-Expires=604800", false),
        ("", true),
    ] {
        assert_eq!(check(expires, NOW + 900, honours), Ok(()));
        assert!(matches!(
            check(expires, NOW + 901, honours),
            Err(Error::Expired(_))
        ));
    }
    // A long life does not make it start early.
    assert_eq!(check("&X-Amz-Expires=604800", NOW - 900, true), Ok(()));
    assert!(matches!(
        check("&X-Amz-Expires=604800", NOW - 901, true),
        Err(Error::NotYetCurrent(_))
    ));
}

#[test]
fn all_that_is_wrong_with_the_scope_is_told() {
    let told = |credential: &str, region| {
        check(credential, "20150830T123600Z", region).map_err(|e| e.to_string())
    };
    assert_eq!(told("k/20150830/r/kms/aws4_request", true), Ok(()));
    for (credential, region, text) in [
        (
            "k/20150830/moon/kms/aws4_request",
            false,
            "Credential should be scoped to a valid region, not 'moon'. ",
        ),
        (
            "k/20150830/r/iam/aws4_request",
            true,
            "Credential should be scoped to correct service: 'kms'. ",
        ),
        (
            "k/20150830/r/kms/x",
            true,
            "Credential should be scoped with a valid terminator: 'aws4_request', not 'x'.",
        ),
        (
            "k/20150829/r/kms/aws4_request",
            true,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
             '20150829' != '20150830', from '20150830T123600Z'.",
        ),
        (
            "k/b/c/d/e",
            false,
            "Credential should be scoped to a valid region, not 'c'. \
             Credential should be scoped to correct service: 'kms'. \
             Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. \
             Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
             'b' != '20150830', from '20150830T123600Z'.",
        ),
    ] {
        assert_eq!(told(credential, region), Err(text.to_owned()));
    }
}
