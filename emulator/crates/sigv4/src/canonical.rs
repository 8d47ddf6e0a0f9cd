//! The canonical request and the string to sign. Never takes the sender's word for the hash of the body.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use sha2::{Digest, Sha256};

use crate::authorization::ALGORITHM;
use crate::claim::Claim;
use crate::encoding::hex;
use crate::error::Error;
use crate::headers::Signed;
use crate::query::Query;
use crate::request::Request;
use crate::{path, presigned};

/// The canonical request, in one buffer.
pub(crate) fn request(claim: &Claim<'_>, request: &Request<'_>) -> Result<Vec<u8>, Error> {
    // First, for a processor writes the rest while it still hashes.
    let body = Sha256::digest(request.body);
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
    match claim.signed(request) {
        Some(signed) => signed.write(&mut out),
        None => Signed::find(claim.signed_headers(), request)?.write(&mut out),
    }
    out.push(b'\n');
    out.extend_from_slice(claim.signed_headers().as_bytes());
    out.push(b'\n');
    out.extend_from_slice(&hex(&body.into()));
    Ok(out)
}

/// The string to sign over a canonical request.
pub(crate) fn string_to_sign(claim: &Claim<'_>, canonical: &[u8]) -> String {
    let hash = Sha256::digest(canonical);
    let mut text = String::with_capacity(256);
    for part in [ALGORITHM, claim.time(), claim.scope()] {
        text.push_str(part);
        text.push('\n');
    }
    text.push_str(std::str::from_utf8(&hex(&hash.into())).unwrap_or_default());
    text
}
