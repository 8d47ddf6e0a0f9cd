//! Instants as AWS shows them. Never reads a clock: see `environment`.

use chrono::{DateTime, Datelike, SecondsFormat, Timelike, Utc};
use serde::{Serialize, Serializer};

/// An instant in milliseconds since the Unix epoch, the precision of AWS's answers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This instant plus a number of days of 24 hours.
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(86_400_000)))
    }

    /// Midnight UTC of the same day: the grain of "last accessed" dates.
    pub const fn midnight(self) -> Self {
        Self(self.0.div_euclid(86_400_000) * 86_400_000)
    }

    /// ISO 8601 with whole seconds, as IAM and STS print dates: `2015-08-30T12:36:00Z`.
    pub fn iso8601(self) -> String {
        self.date_time().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// ISO 8601 with milliseconds, for our own answers and logs.
    pub fn iso8601_millis(self) -> String {
        self.date_time()
            .to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// SigV4's basic form: `20150830T123600Z`.
    pub fn basic(self) -> String {
        let t = self.date_time();
        format!(
            "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
            t.year(),
            t.month(),
            t.day(),
            t.hour(),
            t.minute(),
            t.second()
        )
    }

    fn date_time(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

/// awsJson: a number of seconds with at most three decimals; whole seconds without a fraction.
impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            serializer.serialize_i64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.0 as f64 / 1000.0)
        }
    }
}

/// Serializes a timestamp as awsQuery wants it; for `#[serde(serialize_with)]`.
pub fn as_iso8601<S: Serializer>(timestamp: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&timestamp.iso8601())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_at_most_three_decimals() {
        let json = |millis| serde_json::to_string(&Timestamp::from_millis(millis)).unwrap();
        assert_eq!(json(1_523_477_145_713), "1523477145.713");
        assert_eq!(json(1_523_477_145_700), "1523477145.7");
        assert_eq!(json(1_523_477_145_000), "1523477145");
        for millis in (1_700_000_000_000..1_700_000_002_000).step_by(7) {
            let text = json(millis);
            let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
            assert!(decimals <= 3, "{text}");
        }
    }

    #[test]
    fn iso_forms() {
        let t = Timestamp::from_millis(1_440_938_160_123);
        assert_eq!(t.iso8601(), "2015-08-30T12:36:00Z");
        assert_eq!(t.basic(), "20150830T123600Z");
        assert_eq!(t.midnight().iso8601_millis(), "2015-08-30T00:00:00.000Z");
    }
}
