//! The ids of an organization and its parts, in AWS's forms.
//!
//! Only that of the organization is random. The others follow from it and from names, so that a
//! configuration that is put again, or elsewhere under the same id, keeps them all.

use std::collections::HashSet;

use super::Invalid;
use super::config::{Config, Named, Target};
use super::node::{Node, Place};
use crate::environment::Environment;

/// AWS's ids have this many characters in each part, at most.
const LONGEST: usize = 32;

/// A fresh id of an organization.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html>
pub(super) fn organization(environment: &Environment) -> String {
    let random = environment.uuid();
    format!("o-{}", characters(&[random.as_bytes()], 10))
}

/// The last part of a policy's ARN. Not as short as AWS's: whoever meets it in a denial can see
/// which policy is meant. Letters, digits and underscores are what AWS's ids consist of, too.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Policy.html>
pub(super) fn policy(organization: &str, kind: &str, name: &str) -> String {
    let readable = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let readable: String = name.chars().take(100).map(readable).collect();
    let unique = characters(&parts(&[organization, kind, name]), 8);
    format!("p-{readable}_{unique}")
}

/// Gives ids to the organization, the root and the units, where they have none.
pub(super) fn assign(config: &mut Config, id: &str) -> Result<(), Invalid> {
    config.id = Some(id.to_owned());
    let derived = || format!("r-{}", characters(&parts(&[id]), 4));
    let root = config.root.id.get_or_insert_with(derived);
    let known = &mut HashSet::new();
    assign_units(
        &mut config.units,
        &Place::root().key("units"),
        root,
        &[id, root],
        known,
    )
}

fn assign_units(
    units: &mut Named<Target>,
    at: &Place,
    root: &str,
    above: &[&str],
    known: &mut HashSet<String>,
) -> Result<(), Invalid> {
    for (name, unit) in &mut units.0 {
        let path = [above, &[name]].concat();
        let at = at.key(name);
        if let Some(id) = &unit.id
            && !known.insert(id.clone())
        {
            let message = format!("Another unit has the id {id}.");
            return Err(at.key("id").invalid(message));
        }
        if unit.id.is_none() {
            let root = root.strip_prefix("r-").unwrap_or(root);
            let mut salt = String::new();
            let id = loop {
                let unique = characters(&parts(&[&path[..], &[&salt]].concat()), 8);
                let id = format!("ou-{root}-{unique}");
                if known.insert(id.clone()) {
                    break id;
                }
                salt.push('+');
            };
            unit.id = Some(id);
        }
        assign_units(&mut unit.units, &at.key("units"), root, &path, known)?;
    }
    Ok(())
}

/// The id that the configuration gives to the organization or the root.
pub(super) fn given(node: &Node<'_>, prefix: &str, shortest: usize) -> Result<String, Invalid> {
    let text = node.text()?;
    let rest = text.strip_prefix(prefix);
    if rest.is_some_and(|rest| is_part(rest, shortest)) {
        return Ok(text);
    }
    let message = format!("This id has {prefix} and {shortest} to {LONGEST} of a-z and 0-9.");
    Err(node.at.invalid(message))
}

/// The id that the configuration gives to a unit. That its middle is the root's is not asked: AWS's
/// own examples do not keep to it.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html>
pub(super) fn given_unit(node: &Node<'_>) -> Result<String, Invalid> {
    let text = node.text()?;
    let rest = text
        .strip_prefix("ou-")
        .and_then(|rest| rest.split_once('-'));
    if rest.is_some_and(|(root, unit)| is_part(root, 4) && is_part(unit, 8)) {
        return Ok(text);
    }
    let message = "The id of a unit is like ou-ab12-12345678, in small letters and digits.";
    Err(node.at.invalid(message))
}

pub(super) fn is_part(text: &str, shortest: usize) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (shortest..=LONGEST).contains(&text.len()) && text.bytes().all(fits)
}

fn parts<'a>(texts: &[&'a str]) -> Vec<&'a [u8]> {
    texts.iter().map(|text| text.as_bytes()).collect()
}

/// So many of `[a-z0-9]` that follow from these parts: FNV-1a, mixed once more so that all of its
/// bits matter to each character.
fn characters(parts: &[&[u8]], count: usize) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        hash = part.iter().fold(hash, step);
        // No byte of UTF-8, so that no two lists of texts are the same.
        hash = step(hash, &0xff);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^= hash >> 31;
    let mut character = || {
        let digit = u8::try_from(hash % 36).unwrap_or_default();
        hash /= 36;
        char::from(if digit < 10 {
            b'0' + digit
        } else {
            b'a' + digit - 10
        })
    };
    (0..count).map(|_| character()).collect()
}
