//! Addresses in conditions: ranges that are not written as such, and addresses that requests never
//! come from.
//!
//! Whether a value is an address at all is [`super::values`]'s business.

use super::codes::{self, Code};
use super::model::Condition;
use super::report::Report;
use crate::condition::network::Network;
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
        if network != network.trimmed() {
            let message = format!(
                "{} has bits set behind its prefix, which do not count. Write {}.",
                value.text.text,
                network.trimmed()
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
