//! Whether an identity provider that the account knows vouches for the caller, and what it says.

use super::web_identity::{Claims, Refusal};
use crate::iam;
use crate::operation::Call;
use crate::tag::Tag;
use crate::wire::Fault;

/// What an identity provider that the account knows says of the caller.
pub(super) struct Vouched {
    pub(super) claims: Claims,
    /// The ARN of the provider.
    pub(super) provider: String,
    pub(super) audience: String,
    pub(super) tags: Vec<Tag>,
    pub(super) transitive: Vec<String>,
    pub(super) source_identity: Option<String>,
}

impl Vouched {
    /// What it says, or why nobody vouches.
    pub(super) fn of(call: &mut Call<'_>) -> Result<Self, Fault> {
        let Some(voucher) = call.voucher else {
            return Err(Refusal::NotJwt.into());
        };
        // What cannot be read names no issuer.
        if voucher.issuer.is_empty() {
            let unreadable = voucher.verified.as_ref().err();
            return Err(unreadable.cloned().unwrap_or(Refusal::NotJwt).into());
        }
        let provider = iam::oidc_provider(&mut call.tx, call.scope.account, &voucher.issuer);
        let provider = provider.ok_or_else(|| Refusal::NoProvider(voucher.issuer.clone()))?;
        let claims: Claims = match &voucher.verified {
            Ok(verified) => Claims::clone(verified),
            Err(refusal) => return Err(refusal.clone().into()),
        };
        let audience = claims.audience(&provider.client_ids)?.to_owned();
        let tags = claims.session_tags()?;
        let tag = |(key, value)| Tag { key, value };
        let (partition, account) = (call.scope.partition(), call.scope.account);
        Ok(Self {
            audience,
            provider: provider.arn(partition, account),
            tags: tags.tags.into_iter().map(tag).collect(),
            transitive: tags.transitive_keys,
            source_identity: claims.source_identity()?,
            claims,
        })
    }
}
