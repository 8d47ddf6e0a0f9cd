//! An OpenID Connect provider: an issuer of web identity tokens that an account trusts.

use crate::account::AccountId;
use crate::authorization::Attributes;
use crate::store::{Key, Prefix, Record, Stored};
use crate::tag::Tag;
use crate::timestamp::Timestamp;

/// An OpenID Connect provider of an account.
#[derive(Clone)]
pub(crate) struct OidcProvider {
    /// Its issuer without `https://`: host and path, as they were given. Conditions on the claims of
    /// its tokens begin so.
    pub url: String,
    /// The audiences that tokens may be for, oldest first.
    pub client_ids: Vec<String>,
    /// Of the certificates of its server, in the order given.
    pub thumbprints: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
    /// Its tags, in the order given.
    pub tags: Vec<Tag>,
}

const SCHEME: &str = "https://";

impl OidcProvider {
    /// What is kept of an issuer's URL; none of what is no such URL. "The URL should not contain a
    /// port number", says AWS; what it does with one that has is not known, and here it is refused.
    pub(crate) fn url_of(issuer: &str) -> Option<&str> {
        let url = issuer.strip_prefix(SCHEME)?;
        let (host, _) = url.split_once('/').unwrap_or((url, ""));
        let is_host = |c: u8| c.is_ascii_alphanumeric() || b".-_".contains(&c);
        let good = !host.is_empty()
            && host.bytes().all(is_host)
            && url
                .bytes()
                .all(|c| c.is_ascii_graphic() && !b"?#".contains(&c));
        good.then_some(url)
    }

    /// Where the provider of a URL is kept, which is without its scheme.
    pub(crate) fn key(account: AccountId, url: &str) -> Key {
        Key::new(Self::KIND, &[account.as_str(), url])
    }

    /// All providers of an account.
    pub(crate) fn all(account: AccountId) -> Prefix {
        Prefix::new(Self::KIND, &[account.as_str()])
    }

    /// Its ARN.
    pub(crate) fn arn(&self, partition: &str, account: AccountId) -> String {
        Self::arn_of(partition, account, &self.url)
    }

    /// The ARN of a provider of that URL.
    pub(crate) fn arn_of(partition: &str, account: AccountId, url: &str) -> String {
        format!("arn:{partition}:iam::{account}:oidc-provider/{url}")
    }

    /// Account and URL in the ARN of a provider; none of what is no such ARN.
    pub(crate) fn split_arn(arn: &str) -> Option<(AccountId, &str)> {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let ["arn", _, "iam", "", account, resource] = parts[..] else {
            return None;
        };
        let url = resource.strip_prefix("oidc-provider/")?;
        Some((AccountId::parse(account)?, url))
    }
}

impl Record for OidcProvider {}

impl Attributes for OidcProvider {
    fn tags(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        Box::new(self.tags.iter().map(Tag::pair))
    }
}

impl Stored for OidcProvider {
    const KIND: &'static str = "iam-oidc-provider";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_are_https_urls() {
        for good in [
            "https://token.actions.githubusercontent.com",
            "https://oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD",
            "https://tenant.eu.auth0.com/",
        ] {
            assert_eq!(OidcProvider::url_of(good), good.strip_prefix(SCHEME));
        }
        for bad in [
            "",
            "example.org",
            "http://example.org",
            "HTTPS://example.org",
            "https://",
            "https:///path",
            "https://example.org:8443",
            "https://user@example.org",
            "https://example.org/?a=b",
            "https://example.org/#a",
            "https://example.org/a b",
            "https://exämple.org",
        ] {
            assert_eq!(OidcProvider::url_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn arns_name_account_and_url() {
        let account = AccountId::parse("111122223333").unwrap();
        let arn = OidcProvider::arn_of("aws", account, "example.org/a:b/");
        assert_eq!(
            OidcProvider::split_arn(&arn),
            Some((account, "example.org/a:b/"))
        );
        for other in [
            "",
            "arn:aws:iam::111122223333:role/r",
            "arn:aws:iam::aws:oidc-provider/x",
            "arn:aws:iam:us-east-1:111122223333:oidc-provider/x",
        ] {
            assert_eq!(OidcProvider::split_arn(other), None, "{other}");
        }
    }
}
