//! OpenID Connect providers, as operations find and check them and as IAM is asked about them.
//! Trusts nobody and verifies no token: that is STS's affair.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html>

use std::sync::Arc;

use super::entity::{Entity, TagActions, Tagged, tag_actions};
use super::error::{MAX_CLIENT_IDS, MAX_THUMBPRINTS, ProviderError};
use super::model::{KeyCase, OidcProvider, Tag};
use super::{Error, members};
use crate::account::AccountId;
use crate::authorization::{Attributes, Target};
use crate::operation::Call;
use crate::store::Transaction;
use crate::wire::Member;

/// The provider that an account has made of an issuer. Its URL has to be the very same.
pub(crate) fn oidc_provider(
    tx: &mut Transaction<'_>,
    account: AccountId,
    issuer: &str,
) -> Option<Arc<OidcProvider>> {
    tx.get(&OidcProvider::key(account, OidcProvider::url_of(issuer)?))
}

/// Audiences: not too many. One that comes twice counts once.
pub(super) fn client_ids(given: &[String]) -> Result<Vec<String>, ProviderError> {
    let mut ids: Vec<String> = Vec::new();
    for id in given {
        if ids.contains(id) {
            continue;
        }
        if ids.len() == MAX_CLIENT_IDS {
            return Err(ProviderError::TooManyClientIds);
        }
        ids.push(id.clone());
    }
    Ok(ids)
}

/// Thumbprints: not too many.
pub(super) fn thumbprints(given: &[String]) -> Result<(), ProviderError> {
    if given.len() > MAX_THUMBPRINTS {
        return Err(ProviderError::TooManyThumbprints);
    }
    Ok(())
}

/// A provider to be, and all of them, for which AWS writes a star: shown by their ARN.
pub(super) fn target(call: &Call<'_>, url: &str) -> Target {
    let account = call.scope.account;
    let arn = OidcProvider::arn_of(call.scope.partition(), account, url);
    Target::Resource {
        shown: arn.clone(),
        arn: arn.into(),
        account,
        attributes: None,
    }
}

/// The provider of an ARN, if it is this account's.
fn find(call: &mut Call<'_>, arn: &str) -> Option<Arc<OidcProvider>> {
    let (partition, own) = (call.scope.partition(), call.scope.account);
    let (account, url) = OidcProvider::split_arn(arn)?;
    let provider = call.tx.get::<OidcProvider>(&OidcProvider::key(own, url));
    provider.filter(|provider| account == own && provider.arn(partition, own) == arn)
}

impl Entity for OidcProvider {
    const MEMBER: Member = members::PROVIDER_ARN;

    /// What AWS says of a text that is no ARN is not known; of policies it is.
    fn check(arn: &str) -> Result<(), Error> {
        let is_arn = arn.starts_with("arn:") && arn.splitn(6, ':').count() == 6;
        is_arn.then_some(()).ok_or(Error::NotAnArn)
    }

    fn find(call: &mut Call<'_>, arn: &str) -> Result<Arc<Self>, Error> {
        find(call, arn).ok_or_else(|| ProviderError::NotFound(arn.to_owned()).into())
    }

    /// As policies are, by the ARN that was sent. Another account's are not this caller's to touch.
    fn target(call: &mut Call<'_>, arn: &str) -> Target {
        let account = Self::split_arn(arn).map(|(account, _)| account);
        Target::Resource {
            arn: arn.into(),
            shown: arn.to_owned(),
            account: account.unwrap_or(call.scope.account),
            attributes: find(call, arn).map(|provider| provider as Arc<dyn Attributes>),
        }
    }

    fn save(self, call: &mut Call<'_>) {
        let key = Self::key(call.scope.account, &self.url);
        call.tx.put(key, self);
    }
}

impl Tagged for OidcProvider {
    const ACTIONS: TagActions = tag_actions!("OpenIDConnectProvider");
    const KEY_CASE: KeyCase = KeyCase::Sensitive;

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn tags_mut(&mut self) -> &mut Vec<Tag> {
        &mut self.tags
    }
}
