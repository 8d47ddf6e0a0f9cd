//! The Authorization header: `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`. Never looks at what the
//! parameters mean.

use crate::encoding::{pieces, split};
use crate::error::{Error, Missing, Quoted};

pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The three parameters, as written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parameters<'a> {
    pub(crate) credential: &'a str,
    pub(crate) signed_headers: &'a str,
    pub(crate) signature: &'a str,
}

/// Reads the header; `dated` says whether either date header is there, for its absence is told in the same breath.
pub(crate) fn parse(header: &str, dated: bool) -> Result<Parameters<'_>, Error> {
    let (algorithm, rest) = split(header, b' ');
    // Only a relative of ours is called unsupported: of `Bearer …` AWS says what it misses.
    if algorithm.starts_with("AWS4-") && algorithm != ALGORITHM {
        return Err(Error::UnsupportedAlgorithm(algorithm.to_owned()));
    }
    let (mut credential, mut signature, mut signed_headers) = (None, None, None);
    for part in pieces(rest.unwrap_or_default(), b',')
        .map(str::trim_ascii)
        .filter(|part| !part.is_empty())
    {
        if let Some(value) = part.strip_prefix("Credential=") {
            credential = Some(value);
        } else if let Some(value) = part.strip_prefix("SignedHeaders=") {
            signed_headers = Some(value);
        } else if let Some(value) = part.strip_prefix("Signature=") {
            signature = Some(value);
        } else if !part.contains('=') {
            return Err(Error::NotKeyValue {
                part: quote(part),
                header: quote(header),
            });
        }
    }
    match (credential, signature, signed_headers) {
        (Some(credential), Some(signature), Some(signed_headers)) if dated => match algorithm {
            ALGORITHM => Ok(Parameters {
                credential,
                signed_headers,
                signature,
            }),
            _ => Err(Error::UnsupportedAlgorithm(algorithm.to_owned())),
        },
        _ => {
            let missing = [
                (credential.is_none(), Missing::Parameter("Credential")),
                (signature.is_none(), Missing::Parameter("Signature")),
                (
                    signed_headers.is_none(),
                    Missing::Parameter("SignedHeaders"),
                ),
                (!dated, Missing::Date),
            ];
            let missing = missing
                .into_iter()
                .filter(|(is, _)| *is)
                .map(|(_, what)| what)
                .collect();
            Err(Error::MissingParameters {
                missing,
                header: quote(header),
            })
        }
    }
}

fn quote(text: &str) -> Quoted {
    Quoted(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_with_and_without_spaces() {
        for header in [
            "AWS4-HMAC-SHA256 Credential=k/d/r/s/t,SignedHeaders=host,Signature=ab",
            "AWS4-HMAC-SHA256 Credential=k/d/r/s/t, SignedHeaders=host, Signature=ab",
            "AWS4-HMAC-SHA256 Signature=ab ,\t SignedHeaders=host,, Credential=k/d/r/s/t,",
            "AWS4-HMAC-SHA256  Signature=x, Signature=ab, SignedHeaders=host, Credential=k/d/r/s/t, Other=1",
        ] {
            let expected = Parameters {
                credential: "k/d/r/s/t",
                signed_headers: "host",
                signature: "ab",
            };
            assert_eq!(parse(header, true), Ok(expected), "{header}");
        }
    }

    #[test]
    fn each_refusal_in_its_words() {
        for (header, dated, text) in [
            (
                "AWS4-HMAC-SHA256",
                false,
                "Authorization header requires 'Credential' parameter. \
                 Authorization header requires 'Signature' parameter. \
                 Authorization header requires 'SignedHeaders' parameter. \
                 Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. \
                 Authorization=AWS4-HMAC-SHA256",
            ),
            (
                "AWS4-HMAC-SHA256 Credential=ABCDEF",
                true,
                "Authorization header requires 'Signature' parameter. \
                 Authorization header requires 'SignedHeaders' parameter. \
                 Authorization=AWS4-HMAC-SHA256 Credential=ABCDEF",
            ),
            (
                "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c",
                false,
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. \
                 Authorization=AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c",
            ),
            (
                "AWS4-HMAC-SHA256 Credential=a, Signature",
                true,
                "'Signature' not a valid key=value pair (missing equal-sign) in Authorization header: \
                 'AWS4-HMAC-SHA256 Credential=a, Signature'.",
            ),
            (
                "Bearer abc",
                true,
                "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
            ),
            (
                "AWS4-ECDSA-P256-SHA256 Credential=a, SignedHeaders=b, Signature=c",
                true,
                "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
            ),
            (
                "AWS Credential=a, SignedHeaders=b, Signature=c",
                true,
                "Unsupported AWS 'algorithm': 'AWS'.",
            ),
        ] {
            let error = parse(header, dated).err().unwrap();
            assert_eq!(error.to_string(), text);
            assert!(!format!("{error:?}").contains("abc"), "{error:?}");
        }
    }
}
