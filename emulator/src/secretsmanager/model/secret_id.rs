//! How a request names a secret: by name, by ARN, or by ARN without its six-character suffix.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen>

use crate::account::{AccountId, Region, Scope};

/// A parsed `SecretId`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SecretId<'a> {
    /// A name in the caller's account.
    Name(&'a str),
    /// An ARN.
    Arn {
        /// Where the secret lives.
        scope: Scope,
        /// Its name.
        name: &'a str,
        /// Its suffix; none in a partial ARN.
        suffix: Option<&'a str>,
    },
    /// Something that begins like an ARN but is none of a secret's.
    OtherArn,
}

impl<'a> SecretId<'a> {
    /// Reads a `SecretId`. What begins with `arn:` can be no name, since names have no colon.
    pub fn parse(text: &'a str) -> Self {
        if !text.starts_with("arn:") {
            return Self::Name(text);
        }
        Self::parse_arn(text).unwrap_or(Self::OtherArn)
    }

    fn parse_arn(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(7, ':');
        let (_, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (region, account) = (
            Region::parse(parts.next()?)?,
            AccountId::parse(parts.next()?)?,
        );
        let (kind, rest) = (parts.next()?, parts.next()?);
        if service != "secretsmanager"
            || kind != "secret"
            || partition != region.partition()
            || rest.is_empty()
        {
            return None;
        }
        // Six characters behind the last hyphen are always taken for the suffix, even if they are
        // part of the name: such a name cannot be reached by a partial ARN.
        let (name, suffix) = match rest.rsplit_once('-') {
            Some((name, suffix)) if suffix.len() == 6 => (name, Some(suffix)),
            _ => (rest, None),
        };
        Some(Self::Arn {
            scope: Scope { account, region },
            name,
            suffix,
        })
    }

    /// Whether the identifier, if it is a name, has only characters that names may have.
    pub fn is_well_formed(text: &str) -> bool {
        text.starts_with("arn:") || valid_name(text)
    }
}

/// ASCII letters, digits and `-/_+=.@!`.
pub fn valid_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-/_+=.@!".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arn(text: &str) -> Option<(&str, Option<&str>)> {
        match SecretId::parse(text) {
            SecretId::Arn { name, suffix, .. } => Some((name, suffix)),
            _ => None,
        }
    }

    #[test]
    fn six_characters_behind_a_hyphen_are_the_suffix() {
        let prefix = "arn:aws:secretsmanager:us-east-1:111122223333:secret:";
        for (rest, name, suffix) in [
            ("db-AbCdEf", "db", Some("AbCdEf")),
            ("db", "db", None),
            ("a/b_+=.@-x-AbCdEf", "a/b_+=.@-x", Some("AbCdEf")),
            ("x-a1b2", "x-a1b2", None),
            ("x-a1b2c3-", "x-a1b2c3-", None),
            ("x-a1b2c3", "x", Some("a1b2c3")),
            ("x-a1b2c3-AbCdEf", "x-a1b2c3", Some("AbCdEf")),
        ] {
            assert_eq!(
                arn(&format!("{prefix}{rest}")),
                Some((name, suffix)),
                "{rest}"
            );
        }
    }

    #[test]
    fn other_arns_are_no_secrets() {
        for text in [
            "arn:",
            "arn:aws:secretsmanager:us-east-1:111122223333:secret:",
            "arn:aws:secretsmanager:us-east-1:1111:secret:db",
            "arn:aws:secretsmanager:nowhere:111122223333:secret:db",
            "arn:aws-cn:secretsmanager:us-east-1:111122223333:secret:db",
            "arn:aws:kms:us-east-1:111122223333:secret:db",
        ] {
            assert_eq!(SecretId::parse(text), SecretId::OtherArn, "{text}");
        }
        assert_eq!(SecretId::parse("db-AbCdEf"), SecretId::Name("db-AbCdEf"));
    }

    #[test]
    fn names_have_a_small_alphabet() {
        assert!(valid_name("Valid/_+=.@-Name!") && SecretId::is_well_formed("arn:anything goes"));
        for bad in ["", "Inv Name", "Inv*Name?", "Name\\", "a:b", "ä", "a\0"] {
            assert!(!valid_name(bad), "{bad:?}");
        }
    }
}
