//! What a request says of KMS keys. A key is kept and shown as the caller named it; whether it
//! exists is not known here.
//! <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id>

use super::Error;
use super::model::DEFAULT_KEY;
use crate::account::{AccountId, Region, Scope};
use crate::authorization::Demand;
use crate::operation::Call;
use crate::wire::Member;

pub(super) const KMS_KEY_ID: Member = Member::string("KmsKeyId", 0, 2048);

/// The key that a secret is to have: none if it is the default one, unsaid.
pub(super) fn chosen(
    call: &Call<'_>,
    scope: &Scope,
    sent: Option<&str>,
) -> Result<Option<Box<str>>, Error> {
    let Some(sent) = sent.filter(|sent| !sent.is_empty()) else {
        return Ok(None);
    };
    check(call, scope, sent)?;
    Ok(Some(sent.into()))
}

/// Refuses what is no name of a key, in KMS's words.
pub(super) fn check(call: &Call<'_>, scope: &Scope, key: &str) -> Result<(), Error> {
    wrong_with(key, scope).map_or(Ok(()), |message| {
        // KMS answers a request of its own.
        let request_id = call.environment.uuid();
        Err(Error::BadKmsKey(
            message.replace("$id", &request_id.to_string()),
        ))
    })
}

/// What KMS says of what is no name of a key; `$id` stands for the id of the request to it.
fn wrong_with(key: &str, scope: &Scope) -> Option<String> {
    let invalid = || {
        Some(format!(
            "Invalid keyId '{key}' (Service: AWSKMS; Status Code: 400; Error Code: \
             NotFoundException; Request ID: $id; Proxy: null)"
        ))
    };
    match key.strip_prefix("arn:") {
        None if is_alias(key) || is_key_id(key) => None,
        None => invalid(),
        Some(arn) => match arn.splitn(5, ':').collect::<Vec<_>>()[..] {
            [partition, "kms", region, account, resource]
                if partition == scope.partition() && AccountId::parse(account).is_some() =>
            {
                let is_key = resource.strip_prefix("key/").is_some_and(is_key_id);
                match Region::parse(region) {
                    Some(region) if region == scope.region && (is_key || is_alias(resource)) => {
                        None
                    }
                    // The text that was seen for a key of another region names that region.
                    _ => Some(format!("Invalid arn {region}")),
                }
            }
            _ => invalid(),
        },
    }
}

/// The ARN that a key is known by. An alias stands for a key
/// that only KMS knows, and stays an alias.
fn arn(key: &str, scope: &Scope) -> String {
    if key.starts_with("arn:") {
        return key.to_owned();
    }
    let (partition, region, account) = (scope.partition(), scope.region, scope.account);
    let resource = if is_alias(key) {
        key.to_owned()
    } else {
        format!("key/{key}")
    };
    format!("arn:{partition}:kms:{region}:{account}:{resource}")
}

/// The condition keys of a request that names a key; its ARN is told where it can be known.
pub(super) fn with_key(demand: Demand, key: Option<&str>, scope: &Scope) -> Demand {
    let arn = key.map(|key| arn(key, scope));
    let arn = arn.filter(|arn| arn.contains(":key/"));
    demand
        .with("secretsmanager:KmsKeyId", key)
        .with("secretsmanager:KmsKeyArn", arn)
}

/// How ListSecretVersionIds shows keys: each once, also the default one under two of its names.
pub(super) fn shown<'k>(keys: impl Iterator<Item = Option<&'k str>>, scope: &Scope) -> Vec<String> {
    let mut shown = Vec::new();
    for key in keys.map(|key| shown_one(key, scope)) {
        if !shown.contains(&key) {
            shown.push(key);
        }
    }
    shown
}

fn shown_one(key: Option<&str>, scope: &Scope) -> String {
    match key.filter(|key| !is_default(Some(key))) {
        Some(key) => arn(key, scope),
        None => "DefaultEncryptionKey".to_owned(),
    }
}

/// Whether the key is the one that Secrets Manager has in each account.
pub(super) fn is_default(key: Option<&str>) -> bool {
    key.is_none_or(|key| key == DEFAULT_KEY || key.ends_with(&format!(":{DEFAULT_KEY}")))
}

fn is_alias(text: &str) -> bool {
    let allowed = |c: u8| c.is_ascii_alphanumeric() || b"/_-".contains(&c);
    let name = text.strip_prefix("alias/");
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(allowed))
}

/// A UUID, or `mrk-` and 32 hexadecimal digits.
fn is_key_id(text: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|c| c.is_ascii_hexdigit());
    match text.strip_prefix("mrk-") {
        Some(rest) => rest.len() == 32 && is_hex(rest),
        None => {
            let groups: Vec<&str> = text.split('-').collect();
            let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
            lengths == [8, 4, 4, 4, 12] && groups.iter().all(|group| is_hex(group))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

    fn scope() -> Scope {
        Scope {
            account: AccountId::DEFAULT,
            region: Region::us_east_1(),
        }
    }

    #[test]
    fn keys_have_many_names() {
        let arn_of =
            |region: &str, resource: &str| format!("arn:aws:kms:{region}:111122223333:{resource}");
        for good in [
            ID,
            "mrk-1234abcd12ab34cd56ef1234567890ab",
            "alias/aws/secretsmanager",
            "alias/my_key-1",
            &arn_of("us-east-1", &format!("key/{ID}")),
            &arn_of("us-east-1", "alias/my"),
        ] {
            assert_eq!(wrong_with(good, &scope()), None, "{good}");
        }
        let other = arn_of("eu-west-1", &format!("key/{ID}"));
        for (bad, message) in [
            ("my-key", "Invalid keyId 'my-key' (Service: AWSKMS;"),
            ("alias/", "Invalid keyId 'alias/' ("),
            ("arn:aws:kms", "Invalid keyId 'arn:aws:kms' ("),
            ("arn:aws:iam::111122223333:key/x", "Invalid keyId 'arn:"),
            (&other, "Invalid arn eu-west-1"),
        ] {
            let wrong = wrong_with(bad, &scope()).unwrap();
            assert!(wrong.starts_with(message), "{wrong}");
        }
    }

    #[test]
    fn an_id_becomes_an_arn_and_an_alias_stays_one() {
        let key = format!("arn:aws:kms:us-east-1:000000000000:key/{ID}");
        assert_eq!(arn(ID, &scope()), key);
        let alias = "arn:aws:kms:us-east-1:000000000000:alias/my";
        assert_eq!(arn("alias/my", &scope()), alias);
        let keys = [None, Some(ID), Some(DEFAULT_KEY), Some(&*key)];
        let each_once = ["DefaultEncryptionKey", &key];
        assert_eq!(shown(keys.into_iter(), &scope()), each_once);
        assert!(is_default(None) && is_default(Some(DEFAULT_KEY)) && !is_default(Some(ID)));
    }
}
