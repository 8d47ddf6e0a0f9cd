//! What a request claims: who signed it, when, and for whom. Never says that the claim is true, which takes the key.

use std::borrow::Cow;
use std::fmt;

use crate::authorization;
use crate::date::Timestamp;
use crate::encoding::find;
use crate::error::{Error, Quoted};
use crate::headers::Signed;
use crate::path;
use crate::presigned::{self, Presigned};
use crate::query::Query;
use crate::request::Request;

/// Key id, scope, signed headers and signature of a request: parsed, not verified.
pub struct Claim<'a> {
    /// `keyid/date/region/service/term`.
    credential: Cow<'a, str>,
    /// Where the slashes of it are; all beyond it if there are not five parts, which leaves each part empty.
    slashes: [usize; 4],
    signed_headers: Cow<'a, str>,
    /// Those of the header form, with their values.
    signed: Option<Signed<'a>>,
    pub(crate) signature: Cow<'a, str>,
    token: Option<Cow<'a, str>>,
    timestamp: Timestamp,
    /// The same in basic format, which check and signature both need.
    basic: [u8; 16],
    /// In seconds; of the presigned form only.
    pub(crate) expires: Option<u32>,
    presigned: bool,
}

impl<'a> Claim<'a> {
    /// Reads the claim of a request, header or presigned form. The checks come in AWS's order: path, query, one form
    /// of authentication, its parameters, signed headers, and the date. What the credential says is for `check`, after the time.
    pub fn read(request: &Request<'a>) -> Result<Self, Error> {
        path::check(request.path)?;
        let query = Query::parse(request.query)?;
        let sent = Sent::find(request);
        match (sent.authorization, query.has(presigned::MARK)) {
            (Some(_), true) => Err(Error::BothForms),
            (None, false) => Err(Error::MissingAuthentication),
            (Some(header), false) => Self::from_header(header, &sent, request),
            (None, true) => Self::from_query(presigned::parse(&query)?, request),
        }
    }

    fn from_header(
        header: &'a [u8],
        sent: &Sent<'a>,
        request: &Request<'a>,
    ) -> Result<Self, Error> {
        let date = sent.amz_date.or(sent.date);
        let Ok(header) = std::str::from_utf8(header) else {
            let text = String::from_utf8_lossy(header).into_owned();
            authorization::parse(text.trim(), date.is_some())?;
            let quoted = Quoted(text);
            return Err(Error::NotKeyValue {
                part: quoted.clone(),
                header: quoted,
            });
        };
        let parameters = authorization::parse(header.trim_ascii(), date.is_some())?;
        let signed = Signed::find(parameters.signed_headers, request)?;
        let (timestamp, basic) = timestamp(date.unwrap_or_default())?;
        Ok(Self {
            timestamp,
            basic,
            signed: Some(signed),
            slashes: slashes(parameters.credential),
            credential: parameters.credential.into(),
            signed_headers: parameters.signed_headers.into(),
            signature: parameters.signature.into(),
            token: sent.token.map(String::from_utf8_lossy),
            expires: None,
            presigned: false,
        })
    }

    fn from_query(parameters: Presigned, request: &Request<'a>) -> Result<Self, Error> {
        Signed::find(&parameters.signed_headers, request)?;
        let (timestamp, basic) = timestamp(parameters.date.as_bytes())?;
        Ok(Self {
            timestamp,
            basic,
            signed: None,
            slashes: slashes(&parameters.credential),
            credential: parameters.credential.into(),
            signed_headers: parameters.signed_headers.into(),
            signature: parameters.signature.into(),
            token: parameters.token.map(Cow::Owned),
            expires: parameters.expires,
            presigned: true,
        })
    }

    /// The access key id.
    pub fn access_key_id(&self) -> &str {
        self.part(0, self.slashes[0])
    }

    /// The date in the scope, `YYYYMMDD` if `check` agrees.
    pub fn date(&self) -> &str {
        self.part(self.slashes[0] + 1, self.slashes[1])
    }

    /// The region in the scope.
    pub fn region(&self) -> &str {
        self.part(self.slashes[1] + 1, self.slashes[2])
    }

    /// The service in the scope.
    pub fn service(&self) -> &str {
        self.part(self.slashes[2] + 1, self.slashes[3])
    }

    /// When the request says it was signed, in seconds since the epoch.
    pub fn signed_at(&self) -> i64 {
        self.timestamp.seconds()
    }

    /// The session token that came along, from the header or, when presigned, from the query. It may be unsigned:
    /// take it only for what it is worth together with the key.
    pub fn session_token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The SignedHeaders list, as the client wrote it.
    pub fn signed_headers(&self) -> &str {
        &self.signed_headers
    }

    /// Whether the claim stands in the query.
    pub fn is_presigned(&self) -> bool {
        self.presigned
    }

    /// The signed headers, if already found in this request.
    pub(crate) fn signed(&self, request: &Request<'_>) -> Option<&Signed<'a>> {
        self.signed.as_ref().filter(|signed| signed.are_of(request))
    }

    /// The time of the request in basic format.
    pub(crate) fn time(&self) -> &str {
        std::str::from_utf8(&self.basic).unwrap_or_default()
    }

    /// `date/region/service/term`.
    pub(crate) fn scope(&self) -> &str {
        self.part(self.slashes[0] + 1, self.credential.len())
    }

    pub(crate) fn terminator(&self) -> &str {
        self.part(self.slashes[3] + 1, self.credential.len())
    }

    /// Whether the credential has five parts.
    pub(crate) fn is_whole(&self) -> bool {
        self.slashes[3] < self.credential.len()
    }

    pub(crate) fn credential(&self) -> &str {
        &self.credential
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.credential.get(start..end).unwrap_or_default()
    }
}

/// Not the signature, not the token.
impl fmt::Debug for Claim<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim")
            .field("credential", &self.credential)
            .field("signed_headers", &self.signed_headers)
            .field("signed_at", &self.timestamp)
            .field("presigned", &self.presigned)
            .finish_non_exhaustive()
    }
}

/// The headers that matter, found in one walk; of each the first.
#[derive(Default)]
struct Sent<'a> {
    authorization: Option<&'a [u8]>,
    amz_date: Option<&'a [u8]>,
    date: Option<&'a [u8]>,
    token: Option<&'a [u8]>,
}

impl<'a> Sent<'a> {
    fn find(request: &Request<'a>) -> Self {
        let mut sent = Self::default();
        for &(name, value) in request.headers {
            let place = match name {
                "authorization" => &mut sent.authorization,
                "x-amz-date" => &mut sent.amz_date,
                "date" => &mut sent.date,
                "x-amz-security-token" => &mut sent.token,
                _ => continue,
            };
            place.get_or_insert(value);
        }
        sent
    }
}

fn timestamp(text: &[u8]) -> Result<(Timestamp, [u8; 16]), Error> {
    let text = text.trim_ascii();
    let Some(timestamp) = Timestamp::parse(text) else {
        return Err(Error::InvalidDate(
            String::from_utf8_lossy(text).into_owned(),
        ));
    };
    // What is 16 bytes long is in basic format already.
    let basic = text.try_into().unwrap_or_else(|_| timestamp.basic());
    Ok((timestamp, basic))
}

fn slashes(credential: &str) -> [usize; 4] {
    let wrong = [credential.len() + 1; 4];
    let mut slashes = [0; 4];
    let mut from = 0;
    let mut next = || {
        let at = from + find(credential.as_bytes().get(from..)?, b'/')?;
        from = at + 1;
        Some(at)
    };
    for slash in &mut slashes {
        let Some(at) = next() else { return wrong };
        *slash = at;
    }
    if next().is_some() { wrong } else { slashes }
}

#[cfg(test)]
mod tests;
