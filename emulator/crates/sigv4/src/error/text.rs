//! The words of each refusal, to the letter. Never decides anything.

use std::fmt;

use super::{Error, InvalidExpires, Mismatch, Missing, Quoted, ScopeFault, Window};
use crate::date::Timestamp;

/// The first paragraph of a mismatch; IAM and STS stop here.
pub(super) const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. \
    Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PathAboveRoot => Ok(()),
            Self::IncompleteEscape => f.write_str("Incomplete trailing escape % sequence"),
            Self::IllegalEscape(digits) => {
                write!(f, "Illegal hex character in escape % pattern: %{digits}")
            }
            Self::MissingAuthentication => f.write_str("Missing Authentication Token"),
            Self::BothForms => f.write_str(
                "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
            ),
            Self::UnsupportedAlgorithm(name) => write!(f, "Unsupported AWS 'algorithm': '{name}'."),
            Self::NotKeyValue { part, header } => write!(
                f,
                "'{part}' not a valid key=value pair (missing equal-sign) in Authorization header: '{header}'."
            ),
            Self::MissingParameters { missing, header } => {
                missing.iter().try_for_each(|what| what.fmt(f))?;
                write!(f, "Authorization={header}")
            }
            Self::MissingQueryParameters(names) => {
                for name in names {
                    write!(f, "AWS query-string parameters must include '{name}'. ")?;
                }
                f.write_str("Re-examine the query-string parameters.")
            }
            Self::InvalidExpires(why) => why.fmt(f),
            Self::HostNotSigned => {
                f.write_str("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
            }
            Self::SignedHeaderAbsent(name) => {
                write!(f, "'{name}' is named as a SignedHeader, but it does not exist in the HTTP request.")
            }
            Self::HeaderNotSigned(name) => {
                write!(f, "'{name}' must be a 'SignedHeader' in the AWS Authorization.")
            }
            Self::InvalidDate(got) => write!(
                f,
                "Date must be in ISO-8601 'basic format'. Got '{got}'. See http://en.wikipedia.org/wiki/ISO_8601"
            ),
            Self::InvalidCredential(got) => write!(
                f,
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{got}'"
            ),
            Self::Expired(w) => w.write(f, "Signature expired", "now earlier", '-'),
            Self::NotYetCurrent(w) => w.write(f, "Signature not yet current", "still later", '+'),
            Self::Scope(faults) => write_faults(f, faults),
            Self::Mismatch(m) => write!(
                f,
                "{MISMATCH}\n\nThe Canonical String for this request should have been\n'{}'\n\n\
                 The String-to-Sign should have been\n'{}'\n",
                m.canonical_request, m.string_to_sign
            ),
        }
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter(name) => write!(f, "Authorization header requires '{name}' parameter. "),
            Self::Date => f.write_str(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
            ),
        }
    }
}

impl fmt::Display for InvalidExpires {
    // S3's words: no other service is known to object.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "X-Amz-Expires should be a number",
            Self::TooSmall => "X-Amz-Expires must be non-negative",
            Self::TooLarge => {
                "X-Amz-Expires must be less than a week (in seconds); \
                 that is, the given X-Amz-Expires must be less than 604800 seconds"
            }
        })
    }
}

impl Window {
    fn write(&self, f: &mut fmt::Formatter<'_>, what: &str, how: &str, sign: char) -> fmt::Result {
        let allowed = i64::try_from(self.allowed).unwrap_or(i64::MAX);
        let edge = match sign {
            '-' => self.now.saturating_sub(allowed),
            _ => self.now.saturating_add(allowed),
        };
        let [signed, edge, now] = [self.signed_at, edge, self.now].map(Timestamp::new);
        let (span, unit) = match self.allowed % 60 {
            0 => (self.allowed / 60, "min"),
            _ => (self.allowed, "sec"),
        };
        write!(
            f,
            "{what}: {signed} is {how} than {edge} ({now} {sign} {span} {unit}.)"
        )
    }
}

/// A wrong region or service ends in a space even when nothing follows: so it was recorded.
fn write_faults(f: &mut fmt::Formatter<'_>, faults: &[ScopeFault]) -> fmt::Result {
    for (i, fault) in faults.iter().enumerate() {
        match fault {
            ScopeFault::Region(got) => write!(
                f,
                "Credential should be scoped to a valid region, not '{got}'. "
            )?,
            ScopeFault::Service(expected) => {
                write!(
                    f,
                    "Credential should be scoped to correct service: '{expected}'. "
                )?;
            }
            ScopeFault::Terminator(got) => {
                write!(
                    f,
                    "Credential should be scoped with a valid terminator: 'aws4_request', not '{got}'."
                )?;
                if i + 1 < faults.len() {
                    f.write_str(" ")?;
                }
            }
            ScopeFault::Date(got, time) => write!(
                f,
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
                 '{got}' != '{}', from '{time}'.",
                time.get(..8).unwrap_or(time)
            )?,
        }
    }
    Ok(())
}

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mismatch").finish_non_exhaustive()
    }
}
