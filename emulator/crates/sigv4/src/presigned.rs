//! The presigned form: everything the header form says in headers, said in the query. Never looks at what the
//! parameters mean, but for `X-Amz-Expires`.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>

use crate::authorization::ALGORITHM;
use crate::error::{Error, InvalidExpires};
use crate::query::Query;

/// The parameter that makes a request presigned.
pub(crate) const MARK: &str = "X-Amz-Algorithm";
/// The only parameter that the signature does not cover.
pub(crate) const SIGNATURE: &str = "X-Amz-Signature";

/// The parameters, decoded.
pub(crate) struct Presigned {
    pub(crate) credential: String,
    pub(crate) signed_headers: String,
    pub(crate) signature: String,
    pub(crate) date: String,
    pub(crate) token: Option<String>,
    pub(crate) expires: Option<u32>,
}

pub(crate) fn parse(query: &Query) -> Result<Presigned, Error> {
    let algorithm = query.first(MARK).unwrap_or_default();
    if algorithm != ALGORITHM {
        return Err(Error::UnsupportedAlgorithm(algorithm));
    }
    let names = [
        "X-Amz-Credential",
        SIGNATURE,
        "X-Amz-SignedHeaders",
        "X-Amz-Date",
    ];
    let [
        Some(credential),
        Some(signature),
        Some(signed_headers),
        Some(date),
    ] = names.map(|name| query.first(name))
    else {
        return Err(Error::MissingQueryParameters(
            names.into_iter().filter(|name| !query.has(name)).collect(),
        ));
    };
    let expires = query
        .first("X-Amz-Expires")
        .map(|text| expires(&text))
        .transpose()?;
    let token = query.first("X-Amz-Security-Token");
    Ok(Presigned {
        credential,
        signed_headers,
        signature,
        date,
        token,
        expires,
    })
}

/// One second to seven days.
fn expires(text: &str) -> Result<u32, Error> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let fault = if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        InvalidExpires::NotANumber
    } else if digits.len() < text.len() || digits.bytes().all(|b| b == b'0') {
        InvalidExpires::TooSmall
    } else {
        match digits.parse() {
            Ok(seconds @ 1..=604_800) => return Ok(seconds),
            _ => InvalidExpires::TooLarge,
        }
    };
    Err(Error::InvalidExpires(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_in_order() {
        let refuse = |query: &str| {
            parse(&Query::parse(query).unwrap())
                .err()
                .unwrap()
                .to_string()
        };
        assert_eq!(
            refuse("X-Amz-Algorithm=AWS4-HMAC-SHA256"),
            "AWS query-string parameters must include 'X-Amz-Credential'. \
             AWS query-string parameters must include 'X-Amz-Signature'. \
             AWS query-string parameters must include 'X-Amz-SignedHeaders'. \
             AWS query-string parameters must include 'X-Amz-Date'. \
             Re-examine the query-string parameters."
        );
        assert_eq!(
            refuse(
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-Date=c"
            ),
            "AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters."
        );
        assert_eq!(
            refuse("X-Amz-Algorithm=AWS4"),
            "Unsupported AWS 'algorithm': 'AWS4'."
        );
    }

    #[test]
    fn expires_from_one_second_to_seven_days() {
        assert_eq!(expires("1"), Ok(1));
        assert_eq!(expires("604800"), Ok(604_800));
        for (text, fault) in [
            ("", InvalidExpires::NotANumber),
            ("-", InvalidExpires::NotANumber),
            ("1h", InvalidExpires::NotANumber),
            ("+1", InvalidExpires::NotANumber),
            ("0", InvalidExpires::TooSmall),
            ("-1", InvalidExpires::TooSmall),
            ("604801", InvalidExpires::TooLarge),
            ("99999999999999999999", InvalidExpires::TooLarge),
        ] {
            assert_eq!(expires(text), Err(Error::InvalidExpires(fault)), "{text}");
        }
    }
}
