//! Policies of secrets on their way in and out: what AWS checks before one is attached, and the
//! names under which they are known.

use sekisho_iam::{Kind, lint};

use super::Error;
use super::find::{self, Found};
use super::model::{CROSS_ACCOUNT_POLICY, Secret, SecretPolicy};
use crate::authorization::Demand;
use crate::iam::BoundPrincipals;
use crate::operation::Call;
use crate::wire::{Member, Pattern, Shape};

/// The one policy that callers can change.
const DEFAULT: &str = "default";

pub(super) const POLICY_NAME: Member = Member::new("PolicyName", Shape::pattern(1, 64, NAME));
pub(super) const RESOURCE_POLICY: Member = Member::string("ResourcePolicy", 1, 20_480).required();

const NAME: Pattern = Pattern {
    text: "[0-9A-Za-z\\-\\_]+",
    matches: |text| {
        let allowed = |c: u8| c.is_ascii_alphanumeric() || b"-_".contains(&c);
        !text.is_empty() && text.bytes().all(allowed)
    },
};

/// Reads a policy that is to be attached.
pub(super) fn read(call: &Call<'_>, text: &str) -> Result<SecretPolicy, Error> {
    let policy = SecretPolicy::read(text)?;
    let partition = call.scope.partition();
    let principals = BoundPrincipals::of(&call.tx, partition, policy.document());
    let principals = principals.map_err(|_| Error::UnsupportedPrincipal)?;
    Ok(policy.bound_to(principals))
}

/// Whether a policy lets in everyone, whatever the account.
pub(super) fn is_public(text: &str) -> bool {
    lint::is_public(text, Kind::Resource)
}

/// Refuses to change a policy that AWS manages, or that cannot be.
pub(super) fn check_changeable(name: Option<&str>) -> Result<(), Error> {
    match name {
        None | Some(DEFAULT) => Ok(()),
        Some(_) => Err(Error::PolicyNotChangeable),
    }
}

/// The text of the policy of a name, the default one if none is given. None if that is not attached;
/// another that is not there is an error.
pub(super) fn named(
    call: &Call<'_>,
    secret: &Secret,
    name: Option<&str>,
) -> Result<Option<String>, Error> {
    let shown = |policy: &SecretPolicy| policy.shown(&call.tx, call.scope.partition());
    match name.unwrap_or(DEFAULT) {
        DEFAULT => Ok(secret.policy().map(shown)),
        CROSS_ACCOUNT_POLICY => match secret.cross_account_policy() {
            Some(policy) => Ok(Some(shown(policy))),
            None => Err(Error::PolicyNotFound),
        },
        _ => Err(Error::PolicyNotFound),
    }
}

/// The names of the policies that a secret has.
pub(super) fn names(secret: &Secret) -> Vec<&'static str> {
    let default = secret.policy().map(|_| DEFAULT);
    let managed = secret.cross_account_policy().map(|_| CROSS_ACCOUNT_POLICY);
    default.into_iter().chain(managed).collect()
}

/// The permissions without which a caller could not mend what it did.
const TO_MEND: [&str; 1] = ["secretsmanager:PutResourcePolicy"];

/// Refuses a change after which the caller may no longer do what it may do now.
pub(super) fn check_access(
    call: &mut Call<'_>,
    found: &Found,
    changed: &Secret,
    also: Option<&'static str>,
) -> Result<(), Error> {
    for action in TO_MEND.into_iter().chain(also) {
        let before = Demand::on(action, find::target_of(found, &found.secret));
        let after = Demand::on(action, find::target_of(found, changed));
        let is_lost = call.access.would_allow(&mut call.tx, &before)
            && !call.access.would_allow(&mut call.tx, &after);
        if is_lost {
            // For the record, and where denials are only recorded, for no more than that.
            let denied = call.access.allows(&mut call.tx, after);
            denied.map_err(|_| Error::LockOut)?;
        }
    }
    Ok(())
}
