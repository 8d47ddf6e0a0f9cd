//! The canonical request and the string to sign. Never takes the sender's word for the hash of the body.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use sha2::{Digest, Sha256};

use crate::authorization::ALGORITHM;
use crate::claim::Claim;
use crate::encoding::hex;
use crate::error::Error;
use crate::query::Query;
use crate::request::Request;
use crate::{headers, path, presigned};

/// The canonical request, in one buffer.
pub(crate) fn request(claim: &Claim<'_>, request: &Request<'_>) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(512 + request.path.len() + 2 * request.query.len());
    out.extend_from_slice(request.method.as_bytes());
    out.push(b'\n');
    path::write(request.path, &mut out);
    out.push(b'\n');
    if !request.query.is_empty() {
        let unsigned = claim.is_presigned().then_some(presigned::SIGNATURE);
        Query::parse(request.query)?.write(unsigned, &mut out);
    }
    out.push(b'\n');
    match claim.lines(request) {
        Some(lines) => out.extend_from_slice(lines),
        None => out.extend(headers::check(claim.signed_headers(), request)?),
    }
    out.push(b'\n');
    out.extend_from_slice(claim.signed_headers().as_bytes());
    out.push(b'\n');
    out.extend_from_slice(&hex(&Sha256::digest(request.body).into()));
    Ok(out)
}

/// The string to sign over a canonical request.
pub(crate) fn string_to_sign(claim: &Claim<'_>, canonical: &[u8]) -> String {
    let hash = hex(&Sha256::digest(canonical).into());
    let hash = std::str::from_utf8(&hash).unwrap_or_default();
    let mut text = String::with_capacity(256);
    for part in [
        ALGORITHM,
        "\n",
        claim.time(),
        "\n",
        claim.scope(),
        "\n",
        hash,
    ] {
        text.push_str(part);
    }
    text
}
