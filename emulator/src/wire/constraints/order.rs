//! In which order the members of a structure are judged, which is the order in which an error lists
//! what they violate.
//!
//! IAM and STS list a tag's value before its key and a role's ARN before a principal's: neither the
//! order of names nor that of the model. All orders that were seen, of IAM, STS and other services
//! with the same front end, are those of a Java `HashMap` by member name.

use crate::wire::{Member, Protocol};

/// The members in the order of their violations.
pub(super) fn of_violations(members: &[Member], protocol: Protocol) -> Vec<&Member> {
    let mut ordered: Vec<&Member> = members.iter().collect();
    if protocol == Protocol::Query {
        let mask = buckets(members.len()) - 1;
        ordered.sort_by_key(|member| spread(hash(member.name)) & mask);
    }
    ordered
}

/// As many as Java makes: a power of two of which at most three quarters are needed.
fn buckets(members: usize) -> u32 {
    let mut buckets = 16;
    while members > buckets / 4 * 3 {
        buckets *= 2;
    }
    u32::try_from(buckets).unwrap_or(1 << 31)
}

/// `String.hashCode` of a name as errors write it: `RoleArn` is `roleArn`.
fn hash(name: &str) -> u32 {
    let (first, rest) = name.split_at_checked(1).unwrap_or((name, ""));
    let lower = first.bytes().map(|byte| byte.to_ascii_lowercase());
    lower.chain(rest.bytes()).fold(0, |hash: u32, byte| {
        hash.wrapping_mul(31).wrapping_add(u32::from(byte))
    })
}

fn spread(hash: u32) -> u32 {
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(names: &[&'static str], protocol: Protocol) -> Vec<&'static str> {
        let members: Vec<Member> = names
            .iter()
            .map(|name| Member::string(name, 0, 1))
            .collect();
        let ordered = of_violations(&members, protocol);
        ordered.iter().map(|member| member.name).collect()
    }

    #[test]
    fn hashes_are_java_s() {
        for (name, java) in [("", 0), ("Key", 106_079), ("Value", 111_972_721)] {
            assert_eq!(hash(name), java, "{name}");
        }
    }

    #[test]
    fn members_are_judged_in_the_order_seen() {
        for (source, seen) in [
            ("IAM, TagUser", &["Value", "Key"][..]),
            (
                "IAM, CreateOpenIDConnectProvider",
                &["ClientIDList", "ThumbprintList", "Url"],
            ),
            ("STS, AssumeRoleWithSAML", &["RoleArn", "PrincipalArn"]),
            (
                "DynamoDB, UpdateTable",
                &["WriteCapacityUnits", "ReadCapacityUnits"],
            ),
            ("Cognito, SignUp", &["Password", "Username"]),
        ] {
            let mut given = seen.to_vec();
            for _ in 0..2 {
                given.reverse();
                assert_eq!(order(&given, Protocol::Query), seen, "{source}");
                assert_eq!(order(&given, Protocol::Json), given, "{source}");
            }
        }
    }

    #[test]
    fn larger_structures_have_more_buckets() {
        for (members, expected) in [(0, 16), (12, 16), (13, 32), (24, 32), (25, 64)] {
            assert_eq!(buckets(members), expected, "{members}");
        }
    }
}
