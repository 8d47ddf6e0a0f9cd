//! Names, ARNs, and the keys that are made of them. An input is two lines: identifiers.

use crate::account::{AccountId, Region, Scope};
use crate::secretsmanager::model::{Secret, SecretId, Stage, valid_name};

/// Parsing is total and loses nothing: a full ARN prints as it was, a name comes back out of the
/// ARN made of it, and no two names share a place in the store.
pub fn secret_id(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (one, other) = text.split_once('\n').unwrap_or((&text, "db"));
    let scope = Scope {
        account: AccountId::DEFAULT,
        region: Region::us_east_1(),
    };
    for text in [one, other] {
        prints_back(text);
        returns_from_arn(text, &scope);
        assert_eq!(Stage::from(text.to_owned()).as_str(), text);
    }
    if valid_name(one) && valid_name(other) {
        let keys = [one, other].map(|name| Secret::key(&scope, name));
        assert_eq!(keys[0] == keys[1], one == other);
    }
}

fn prints_back(text: &str) {
    let parsed = SecretId::parse(text);
    match &parsed {
        SecretId::Name(name) => assert!(*name == text && !text.starts_with("arn:")),
        SecretId::Arn {
            scope,
            name,
            suffix,
        } => {
            // Without a suffix, `arn_of` leaves the hyphen before it.
            let hyphen = if suffix.is_some() { "" } else { "-" };
            let printed = Secret::arn_of(scope, name, suffix.unwrap_or_default());
            assert_eq!(printed, format!("{text}{hyphen}"));
            assert_eq!(SecretId::parse(text), parsed);
        }
        SecretId::OtherArn => assert!(text.starts_with("arn:")),
    }
}

fn returns_from_arn(name: &str, scope: &Scope) {
    assert_eq!(
        SecretId::is_well_formed(name),
        valid_name(name) || name.starts_with("arn:")
    );
    if !valid_name(name) {
        return;
    }
    let arn = Secret::arn_of(scope, name, "AbC123");
    let expected = SecretId::Arn {
        scope: *scope,
        name,
        suffix: Some("AbC123"),
    };
    assert_eq!(SecretId::parse(&arn), expected);
    assert_eq!(SecretId::parse(name), SecretId::Name(name));
}
