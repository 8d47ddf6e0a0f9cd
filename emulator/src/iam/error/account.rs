//! What is refused of accounts, their aliases and passwords, in AWS's words.

use super::Error;
use super::text::{exists, invalid, missing};
use crate::account::AccountId;
use crate::wire::Fault;

/// Why an operation on an account, an alias or a password was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum AccountError {
    /// Some account has that alias.
    AliasExists(String),
    /// The account has no such alias.
    NoSuchAlias(String),
    /// The account has no password policy.
    NoPasswordPolicy(AccountId),
    /// The same, of one that was to be deleted.
    NoPasswordPolicyToDelete,
    /// A password that the account's policy does not allow.
    WeakPassword,
    /// The user of that name has a login profile.
    LoginProfileExists(String),
    /// The user of that name has none.
    NoLoginProfile(String),
    /// A page marker that is none of ours, or is of a request with another filter.
    MarkerOfAnotherFilter,
}

impl From<AccountError> for Error {
    fn from(error: AccountError) -> Self {
        Self::Account(error)
    }
}

impl From<AccountError> for Fault {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::AliasExists(alias) => {
                exists(format!("The account alias {alias} already exists."))
            }
            // The code is known, AWS's text is not.
            AccountError::NoSuchAlias(alias) => {
                missing(format!("The account alias {alias} cannot be found."))
            }
            AccountError::NoPasswordPolicy(account) => missing(format!(
                "The Password Policy with domain name {account} cannot be found."
            )),
            AccountError::NoPasswordPolicyToDelete => {
                missing("The account policy with name PasswordPolicy cannot be found.")
            }
            AccountError::WeakPassword => Self::modelled(
                "PasswordPolicyViolation",
                400,
                "Password does not conform to the account password policy.",
            ),
            AccountError::LoginProfileExists(name) => {
                exists(format!("Login Profile for user {name} already exists."))
            }
            AccountError::NoLoginProfile(name) => {
                missing(format!("Login Profile for User {name} cannot be found."))
            }
            AccountError::MarkerOfAnotherFilter => invalid("Marker and Filter do not match"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::printed;
    use super::*;

    #[test]
    fn every_text() {
        let name = || "x".to_owned();
        for (error, expected) in [
            (
                AccountError::AliasExists(name()),
                "409 EntityAlreadyExists: The account alias x already exists.",
            ),
            (
                AccountError::NoSuchAlias(name()),
                "404 NoSuchEntity: The account alias x cannot be found.",
            ),
            (
                AccountError::NoPasswordPolicy(AccountId::DEFAULT),
                "404 NoSuchEntity: The Password Policy with domain name 000000000000 cannot be found.",
            ),
            (
                AccountError::NoPasswordPolicyToDelete,
                "404 NoSuchEntity: The account policy with name PasswordPolicy cannot be found.",
            ),
            (
                AccountError::WeakPassword,
                "400 PasswordPolicyViolation: Password does not conform to the account password policy.",
            ),
            (
                AccountError::LoginProfileExists(name()),
                "409 EntityAlreadyExists: Login Profile for user x already exists.",
            ),
            (
                AccountError::NoLoginProfile(name()),
                "404 NoSuchEntity: Login Profile for User x cannot be found.",
            ),
            (
                AccountError::MarkerOfAnotherFilter,
                "400 ValidationError: Marker and Filter do not match",
            ),
        ] {
            assert_eq!(printed(Error::from(error)), expected);
        }
    }
}
