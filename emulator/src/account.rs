//! Where a request acts: partition, account and region. Never looks anything up.

use std::fmt;

use data_encoding::BASE32_NOPAD;

/// A 12-digit AWS account id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId([u8; 12]);

impl AccountId {
    /// The account a fresh server knows: twelve zeros, as other emulators have it.
    pub const DEFAULT: Self = Self(*b"000000000000");

    /// Reads exactly twelve ASCII digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 12] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_digit).then_some(Self(bytes))
    }

    /// The account that an access key id of AWS's form carries: base32 of a set bit and 40 bits.
    pub fn of_access_key(id: &str) -> Option<Self> {
        let bytes = BASE32_NOPAD.decode(id.get(4..20)?.as_bytes()).ok()?;
        let head = bytes.first_chunk::<6>()?;
        let number = head
            .iter()
            .fold(0, |n: u64, byte| n << 8 | u64::from(*byte));
        if number >> 47 == 0 {
            return None;
        }
        Self::parse(&format!("{:012}", number >> 7 & 0xff_ffff_ffff))
    }

    /// The digits as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The id as a number, which is how access key ids carry it.
    pub fn number(&self) -> u64 {
        self.0
            .iter()
            .fold(0, |n, digit| n * 10 + u64::from(digit - b'0'))
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An AWS region of a known partition, such as `eu-west-1`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    text: [u8; LONGEST],
    length: u8,
    partition: &'static str,
}

/// No region that `partition_of` takes is longer.
const LONGEST: usize = 31;

impl Region {
    /// Reads a well-formed region name; one of no known partition is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let partition = partition_of(text)?;
        let mut short = [0; LONGEST];
        short
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        Some(Self {
            text: short,
            length: u8::try_from(text.len()).ok()?,
            partition,
        })
    }

    /// The region used where a request does not say one: `us-east-1`.
    pub fn us_east_1() -> Self {
        Self {
            text: *b"us-east-1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            length: 9,
            partition: "aws",
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..usize::from(self.length)]).unwrap_or_default()
    }

    /// The partition the region belongs to, such as `aws` or `aws-cn`.
    pub fn partition(&self) -> &'static str {
        self.partition
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Account and region of the resources a request speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scope {
    /// The account that owns the resources.
    pub account: AccountId,
    /// The region of the endpoint.
    pub region: Region,
}

impl Scope {
    /// The partition part of ARNs here.
    pub fn partition(&self) -> &'static str {
        self.region.partition()
    }
}

/// First label(s) of region names → partition, as the AWS SDKs' partition table has them.
const PARTITIONS: &[(&str, &[&str])] = &[
    (
        "aws",
        &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
    ),
    ("aws-cn", &["cn"]),
    ("aws-us-gov", &["us-gov"]),
    ("aws-iso", &["us-iso"]),
    ("aws-iso-b", &["us-isob"]),
    ("aws-iso-e", &["eu-isoe"]),
    ("aws-iso-f", &["us-isof"]),
    ("aws-eusc", &["eusc-de"]),
];

/// The partition of `<prefix>-<word>-<number>`, or none.
fn partition_of(region: &str) -> Option<&'static str> {
    let (rest, number) = region.rsplit_once('-')?;
    let (prefix, word) = rest.rsplit_once('-')?;
    let digits =
        !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
    let letters =
        !word.is_empty() && word.len() <= 16 && word.bytes().all(|b| b.is_ascii_lowercase());
    if !digits || !letters {
        return None;
    }
    PARTITIONS
        .iter()
        .find(|(_, prefixes)| prefixes.contains(&prefix))
        .map(|(partition, _)| *partition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_twelve_digits() {
        assert_eq!(
            AccountId::parse("111122223333").unwrap().number(),
            111_122_223_333
        );
        for bad in [
            "",
            "1234",
            "11112222333a",
            "1111222233334",
            "１１１１２２２２３３３３",
        ] {
            assert!(AccountId::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn access_key_ids_carry_the_account() {
        let account = |id| AccountId::of_access_key(id).map(|account| account.to_string());
        assert_eq!(
            account("ASIAY34FZKBOKMUTVV7A").as_deref(),
            Some("609629065308")
        );
        for none in [
            "AKIA",
            "AKIAIOSFODNN7EXAMPLE",
            "AKIA0000000000000000",
            "AKIAéééééééééééééééé",
        ] {
            assert_eq!(account(none), None, "{none}");
        }
    }

    #[test]
    fn regions_belong_to_a_partition() {
        for (region, partition) in [
            ("us-east-1", "aws"),
            ("ap-southeast-4", "aws"),
            ("cn-north-1", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("eusc-de-east-1", "aws-eusc"),
        ] {
            let parsed = Region::parse(region).unwrap();
            assert_eq!((parsed.as_str(), parsed.partition()), (region, partition));
        }
        assert_eq!(Region::parse("us-east-1"), Some(Region::us_east_1()));
        for bad in [
            "",
            "us",
            "us-east",
            "us-east-",
            "us-east-x",
            "US-EAST-1",
            "xx-east-1",
            "us-east-1 ",
            "us--1",
        ] {
            assert!(Region::parse(bad).is_none(), "{bad}");
        }
    }
}
