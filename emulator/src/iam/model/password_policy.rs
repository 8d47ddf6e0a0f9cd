//! What an account asks of its users' passwords. That none comes again is kept and not checked:
//! passwords are not.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>

use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::store::{Key, Record, Stored};

/// The password policy of an account, named as IAM names its members.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct PasswordPolicy {
    #[serde(default = "shortest")]
    pub minimum_password_length: usize,
    #[serde(default)]
    pub require_symbols: bool,
    #[serde(default)]
    pub require_numbers: bool,
    #[serde(default)]
    pub require_uppercase_characters: bool,
    #[serde(default)]
    pub require_lowercase_characters: bool,
    #[serde(default)]
    pub allow_users_to_change_password: bool,
    /// Days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_password_age: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_reuse_prevention: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hard_expiry: Option<bool>,
}

/// The shortest password under a policy that does not say.
const fn shortest() -> usize {
    6
}

impl PasswordPolicy {
    /// Where the policy of an account is kept.
    pub(crate) fn key(account: AccountId) -> Key {
        Key::new(Self::KIND, &[account.as_str()])
    }

    /// Whether a password conforms.
    pub(crate) fn allows(&self, password: &str) -> bool {
        let Contents {
            length,
            symbols,
            numbers,
            uppercase,
            lowercase,
        } = Contents::of(password);
        let has = |required: bool, found: bool| !required || found;
        length >= self.minimum_password_length
            && has(self.require_symbols, symbols)
            && has(self.require_numbers, numbers)
            && has(self.require_uppercase_characters, uppercase)
            && has(self.require_lowercase_characters, lowercase)
    }

    /// Whether a password conforms where an account has no policy: eight characters of three kinds.
    pub(crate) fn allows_by_default(password: &str) -> bool {
        let Contents {
            length,
            symbols,
            numbers,
            uppercase,
            lowercase,
        } = Contents::of(password);
        let kinds = [symbols, numbers, uppercase, lowercase];
        length >= 8 && kinds.into_iter().filter(|found| *found).count() >= 3
    }
}

/// What a password is made of.
struct Contents {
    length: usize,
    symbols: bool,
    numbers: bool,
    uppercase: bool,
    lowercase: bool,
}

impl Contents {
    fn of(password: &str) -> Self {
        let any = |is: fn(char) -> bool| password.chars().any(is);
        Self {
            length: password.chars().count(),
            symbols: any(|c| "!@#$%^&*()_+-=[]{}|'".contains(c)),
            numbers: any(|c| c.is_ascii_digit()),
            uppercase: any(|c| c.is_ascii_uppercase()),
            lowercase: any(|c| c.is_ascii_lowercase()),
        }
    }
}

impl Record for PasswordPolicy {}

impl Stored for PasswordPolicy {
    const KIND: &'static str = "iam-password-policy";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_policy_three_kinds_are_asked_for() {
        for (password, is_allowed) in [
            ("Abcdef12", true),
            ("abcdef1!", true),
            ("ABCDEF1_", true),
            ("Abcdef1", false),
            ("abcdefg1", false),
            ("", false),
        ] {
            assert_eq!(
                PasswordPolicy::allows_by_default(password),
                is_allowed,
                "{password}"
            );
        }
    }

    #[test]
    fn a_policy_asks_for_what_it_says() {
        let policy = |text: &str| serde_json::from_str::<PasswordPolicy>(text).unwrap();
        let lax = policy("{}");
        assert!(lax.allows("aaaaaa") && !lax.allows("aaaaa"));
        for (strict, good, bad) in [
            (r#"{"MinimumPasswordLength":10}"#, "aaaaaaaaaa", "aaaaaaaaa"),
            (r#"{"RequireSymbols":true}"#, "aaaaa'", "aaaaa?"),
            (r#"{"RequireNumbers":true}"#, "aaaaa1", "aaaaaa"),
            (r#"{"RequireUppercaseCharacters":true}"#, "aaaaaA", "aaaaaÄ"),
            (r#"{"RequireLowercaseCharacters":true}"#, "AAAAAa", "AAAAAA"),
        ] {
            let strict_policy = policy(strict);
            assert!(
                strict_policy.allows(good) && !strict_policy.allows(bad),
                "{strict}"
            );
        }
    }
}
