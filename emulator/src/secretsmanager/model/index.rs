//! Orders in which secrets are found other than by name. Each is a kind of keys with nothing under
//! them, written and removed with the secret that they speak of.

use super::secret::Secret;
use crate::account::{AccountId, Region, Scope};
use crate::store::{Key, Prefix};
use crate::timestamp::Timestamp;

/// The place of a secret in the order in which secrets were made, in which they are listed.
pub struct Listed;

impl Listed {
    /// The first part of its keys.
    pub const KIND: &str = "secret-listed";

    /// Where the place of a secret is kept.
    pub fn key(scope: &Scope, secret: &Secret) -> Key {
        Self::key_at(scope, secret.created, secret.name())
    }

    /// Where the place is kept of a secret that was made then.
    pub fn key_at(scope: &Scope, created: Timestamp, name: &str) -> Key {
        let (account, region) = (scope.account.as_str(), scope.region.as_str());
        Key::new(Self::KIND, &[account, region, &order_of(created), name])
    }

    /// The places of all secrets of an account and region.
    pub fn all(scope: &Scope) -> Prefix {
        Prefix::new(Self::KIND, &[scope.account.as_str(), scope.region.as_str()])
    }
}

/// The place of a secret in the order in which recovery windows end, in all accounts and regions.
pub struct Due;

impl Due {
    /// The first part of its keys.
    pub const KIND: &str = "secret-due";

    /// Where the place of a secret is kept that is to be deleted then.
    pub fn key(scope: &Scope, due: Timestamp, name: &str) -> Key {
        let (account, region) = (scope.account.as_str(), scope.region.as_str());
        Key::new(Self::KIND, &[&order_of(due), account, region, name])
    }

    /// The places of all secrets that are to be deleted.
    pub fn all() -> Prefix {
        Prefix::new(Self::KIND, &[])
    }

    /// Whether the secret of a place is due.
    pub fn is_past(key: &Key, now: Timestamp) -> bool {
        key.parts().nth(1).is_some_and(|due| due <= &*order_of(now))
    }

    /// Which secret a place is of.
    pub fn secret(key: &Key) -> Option<(Scope, &str)> {
        let mut parts = key.parts().skip(2);
        let scope = Scope {
            account: AccountId::parse(parts.next()?)?,
            region: Region::parse(parts.next()?)?,
        };
        Some((scope, parts.next()?))
    }
}

/// An instant as text that sorts as instants do; none is before the epoch.
fn order_of(at: Timestamp) -> String {
    format!("{:016x}", at.millis().max(0))
}
