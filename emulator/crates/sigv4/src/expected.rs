//! Is the claim in time, and for us? Never asks who makes it.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>

use std::time::Duration;

use crate::claim::Claim;
use crate::error::{Error, ScopeFault, Window};

/// What the scope and time of a request are measured against.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The service that must be named in the scope.
    pub service: &'a str,
    /// How far the time of a request may be off, either way: 5 minutes for Secrets Manager and KMS, 15 for IAM and STS.
    pub skew: Duration,
    /// Whether the region of the claim is one that this service takes.
    pub region_is_valid: bool,
    /// Whether `X-Amz-Expires` of a presigned request sets its lifetime. STS ignores it: a presigned
    /// GetCallerIdentity lives as long as `skew`, which EKS tokens rely on.
    pub honours_expires: bool,
}

impl Claim<'_> {
    /// Checks the time window at `now`, in seconds since the epoch, then that the credential has five parts, then the
    /// scope. Both ends of the window are in it.
    pub fn check(&self, now: u64, expected: &Expected<'_>) -> Result<(), Error> {
        self.check_time(i64::try_from(now).unwrap_or(i64::MAX), expected)?;
        if !self.is_whole() {
            return Err(Error::InvalidCredential(self.credential().to_owned()));
        }
        self.check_scope(expected)
    }

    fn check_time(&self, now: i64, expected: &Expected<'_>) -> Result<(), Error> {
        let skew = expected.skew.as_secs();
        let lifetime = self
            .expires
            .filter(|_| expected.honours_expires)
            .map_or(skew, u64::from);
        let signed_at = self.signed_at();
        let reach = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
        if signed_at < now.saturating_sub(reach(lifetime)) {
            return Err(Error::Expired(Window {
                signed_at,
                now,
                allowed: lifetime,
            }));
        }
        if signed_at > now.saturating_add(reach(skew)) {
            return Err(Error::NotYetCurrent(Window {
                signed_at,
                now,
                allowed: skew,
            }));
        }
        Ok(())
    }

    fn check_scope(&self, expected: &Expected<'_>) -> Result<(), Error> {
        let (terminator, date, time) = (self.terminator(), self.date(), self.time());
        let mut faults = Vec::new();
        if !expected.region_is_valid {
            faults.push(ScopeFault::Region(self.region().to_owned()));
        }
        if self.service() != expected.service {
            faults.push(ScopeFault::Service(expected.service.to_owned()));
        }
        if terminator != "aws4_request" {
            faults.push(ScopeFault::Terminator(terminator.to_owned()));
        }
        if time.get(..8) != Some(date) {
            faults.push(ScopeFault::Date(date.to_owned(), time.to_owned()));
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Error::Scope(faults))
        }
    }
}

#[cfg(test)]
mod tests;
