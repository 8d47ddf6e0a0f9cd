//! IP addresses and CIDR ranges. Never resolves names and never compares the two families.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::fmt;

/// A range of addresses; a single address is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// `10.0.0.0/8`, `10.0.0.7`, `2001:db8::/32`. Bits behind the prefix are ignored in IPv4, and
    /// not taken in IPv6.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let network = Self::with_any_bits(text)?;
        let is_exact = || network == network.trimmed();
        (network.address.is_ipv4() || is_exact()).then_some(network)
    }

    /// The same, bits behind the prefix of IPv6 included.
    pub(crate) fn with_any_bits(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let (address, width): (IpAddr, u8) = match ipv4(address) {
            Some(address) => (address.into(), 32),
            None => (ipv6(address)?.into(), 128),
        };
        let prefix = match prefix {
            None => width,
            Some(digits) => {
                let digits = digits.strip_prefix('+').unwrap_or(digits);
                let number = are_digits(digits).then(|| digits.parse().ok());
                number.flatten().filter(|prefix| *prefix <= width)?
            }
        };
        Some(Self { address, prefix })
    }

    pub(super) fn contains(&self, address: IpAddr) -> bool {
        let other = Self { address, ..*self };
        self.address.is_ipv4() == address.is_ipv4() && self.trimmed() == other.trimmed()
    }

    /// The same range with no bits set behind its prefix.
    pub(crate) fn trimmed(&self) -> Self {
        let prefix = u32::from(self.prefix);
        let address = match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
                Ipv4Addr::from_bits(address.to_bits() & mask).into()
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - prefix).unwrap_or(0);
                Ipv6Addr::from_bits(address.to_bits() & mask).into()
            }
        };
        Self { address, ..*self }
    }

    /// Whether all of it is private or this machine's own.
    pub(crate) fn is_private(&self) -> bool {
        match self.address {
            IpAddr::V4(address) => {
                self.prefix >= 8 && (address.is_private() || address.is_loopback())
            }
            IpAddr::V6(address) => {
                self.prefix >= 7 && (address.is_unique_local() || address.is_loopback())
            }
        }
    }
}

/// The address that a request's text stands for. An IPv4 address mapped into IPv6 is the former.
pub(super) fn address(text: &str) -> Option<IpAddr> {
    if let Some(address) = ipv4(text) {
        return Some(address.into());
    }
    let address: Ipv6Addr = text.parse().ok()?;
    match address.to_ipv4_mapped() {
        Some(address) => Some(address.into()),
        None => (!text.contains('.')).then_some(address.into()),
    }
}

/// Four decimal numbers, zeros in front of them or not.
fn ipv4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let digits = parts.next().filter(|part| part.len() <= 3)?;
        *octet = are_digits(digits).then(|| digits.parse().ok()).flatten()?;
    }
    parts.next().is_none().then_some(octets.into())
}

/// As IAM reads a policy's: nothing with a dot in it, but a colon too many does no harm.
fn ipv6(text: &str) -> Option<Ipv6Addr> {
    if text.contains('.') {
        return None;
    }
    let text = text.replacen(":::", "::", 1);
    let text = match text.strip_suffix(':') {
        Some(text) if !text.ends_with(':') => text,
        _ => &text,
    };
    text.parse().ok()
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (network, text, expected) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.1.2.3/8", "10.255.0.1", true),
            ("10.0.0.7", "10.0.0.7", true),
            ("10.0.0.7", "10.0.0.8", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("::/0", "203.0.113.9", false),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("2001:0DB8:0::1", "2001:db8::1", true),
            ("::/0", "2001:db8::1", true),
            ("010.000.0.0/+08", "10.0.00.007", true),
            ("2001:db8:::1/128", "2001:db8::1", true),
            ("2001:db8::1:/0128", "2001:db8::1", true),
            // A mapped address has become one of IPv4.
            ("192.0.2.0/24", "::ffff:192.0.2.1", true),
            ("192.0.2.0/24", "::FFFF:c000:201", true),
            ("::ffff:c000:200/120", "::ffff:192.0.2.1", false),
            ("::/0", "::ffff:192.0.2.1", false),
        ] {
            let address = address(text).unwrap();
            let network = Network::read(network).unwrap();
            assert_eq!(network.contains(address), expected, "{network:?} {text}");
        }
        for text in [
            "",
            "10.0.0",
            "10.0.0.0.0",
            "10.0.0.256",
            "10.0.0.0000",
            "10.0.0.+1",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/++8",
            "10.0.0.0/-8",
            "a.b",
            "::/129",
            "2001:db8::5/64",
            "2001:db8::1/0",
            "::ffff:192.0.2.0/120",
            "::ffff:192.0.2.1",
            "::::1",
        ] {
            assert_eq!(Network::read(text), None, "{text}");
        }
        for text in [
            "",
            "192.0.513",
            "3221225985",
            "192.0.2.1/32",
            "::192.0.2.1",
            "2001:db8:::1",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}
