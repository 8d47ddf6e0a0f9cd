//! Addresses in conditions: ranges that are not written as such, and addresses that requests never
//! come from.
//!
//! Whether a value is an address at all is [`super::values`]'s business.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::codes::{self, Code};
use super::model::Condition;
use super::report::Report;
use crate::condition::operator::Test;

pub(super) fn check(condition: &Condition<'_>, report: &mut Report<'_>) {
    if condition.operator.test != Test::IpAddress {
        return;
    }
    let mut networks = Vec::new();
    for value in &condition.values {
        let Some(network) = Network::read(value.text.text) else {
            return;
        };
        if network.has_spare_bits() {
            let message = format!(
                "{} has bits set behind its prefix, which do not count. Write {}.",
                value.text.text,
                network.first()
            );
            report.add(&codes::IMPROVE_IP_RANGE, value.text.bytes.clone(), message);
        }
        networks.push(network);
    }
    let private = networks
        .iter()
        .filter(|network| network.is_private())
        .count();
    if private == 0 || !condition.is_over("aws:SourceIp") {
        return;
    }
    let (code, which): (&'static Code, _) =
        match (condition.operator.is_negated, private == networks.len()) {
            (false, true) => (&codes::PRIVATE_IP_ADDRESS, "All of these addresses are"),
            (false, false) => (
                &codes::PRIVATE_IP_ADDRESS_SUBSET,
                "Some of these addresses are",
            ),
            (true, true) => (&codes::PRIVATE_NOTIPADDRESS, "All of these addresses are"),
            (true, false) => (
                &codes::PRIVATE_NOTIPADDRESS_SUBSET,
                "Some of these addresses are",
            ),
        };
    let message = format!(
        "{which} private, and aws:SourceIp is a public address: it never matches them. Through a VPC \
         endpoint the key is aws:VpcSourceIp."
    );
    report.add(code, condition.key.bytes.clone(), message);
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    pub(super) fn read(text: &str) -> Option<Self> {
        let (address, prefix) = text
            .split_once('/')
            .map_or((text, None), |(a, p)| (a, Some(p)));
        let address: IpAddr = address.parse().ok()?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => width,
            Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok()?,
            Some(_) => return None,
        };
        (prefix <= width).then_some(Self { address, prefix })
    }

    /// The range as it should be written.
    fn first(&self) -> String {
        let address: IpAddr = match self.address {
            IpAddr::V4(address) => Ipv4Addr::from_bits(self.mask_v4() & address.to_bits()).into(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(self.mask_v6() & address.to_bits()).into(),
        };
        format!("{address}/{}", self.prefix)
    }

    fn has_spare_bits(&self) -> bool {
        match self.address {
            IpAddr::V4(address) => address.to_bits() & !self.mask_v4() != 0,
            IpAddr::V6(address) => address.to_bits() & !self.mask_v6() != 0,
        }
    }

    fn is_private(&self) -> bool {
        match self.address {
            IpAddr::V4(address) => {
                self.prefix >= 8 && (address.is_private() || address.is_loopback())
            }
            IpAddr::V6(address) => {
                self.prefix >= 7 && (address.is_unique_local() || address.is_loopback())
            }
        }
    }

    fn mask_v4(&self) -> u32 {
        u32::MAX.checked_shl(32 - self.prefix).unwrap_or(0)
    }

    fn mask_v6(&self) -> u128 {
        u128::MAX.checked_shl(128 - self.prefix).unwrap_or(0)
    }
}
