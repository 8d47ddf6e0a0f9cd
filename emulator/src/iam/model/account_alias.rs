//! The name that an account has beside its number. It is unique among all accounts.

use crate::account::AccountId;
use crate::store::{Key, Record, Stored};

/// The alias of an account.
#[derive(Clone)]
pub(crate) struct AccountAlias(pub String);

/// That some account has an alias.
pub(crate) struct TakenAlias;

impl AccountAlias {
    /// Where the alias of an account is kept.
    pub(crate) fn key(account: AccountId) -> Key {
        Key::new(Self::KIND, &[account.as_str()])
    }

    /// Small letters and digits, with single hyphens between them.
    pub(crate) fn is_valid(alias: &str) -> bool {
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        (3..=63).contains(&alias.len()) && alias.split('-').all(is_word)
    }
}

impl TakenAlias {
    /// Where it is kept that an alias is taken.
    pub(crate) fn key(alias: &str) -> Key {
        Key::new(Self::KIND, &[alias])
    }
}

impl Record for AccountAlias {}

impl Stored for AccountAlias {
    const KIND: &'static str = "iam-account-alias";
}

impl Record for TakenAlias {}

impl Stored for TakenAlias {
    const KIND: &'static str = "iam-taken-alias";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_stand_between_words() {
        for alias in ["abc", "a-1", "my-company-2", &"a".repeat(63)] {
            assert!(AccountAlias::is_valid(alias), "{alias}");
        }
        for alias in [
            "",
            "ab",
            "-ab",
            "ab-",
            "a--b",
            "Abc",
            "a_b",
            "äbc",
            &"a".repeat(64),
        ] {
            assert!(!AccountAlias::is_valid(alias), "{alias}");
        }
    }
}
