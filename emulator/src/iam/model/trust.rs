//! The trust policy of a role: who may assume it. Users and roles are known by their unique id, so
//! that one that is made again under the same name is not trusted.

use std::sync::Arc;

use sekisho_iam::document::{Document, PrincipalType};
use sekisho_iam::{Kind, Malformed, Named, Policy};

use crate::iam::principals::{BoundPrincipals, UnknownPrincipal};
use crate::store::Transaction;

/// A trust policy.
pub(crate) struct TrustPolicy {
    /// The text, as it was given.
    text: Box<str>,
    document: Document,
    principals: BoundPrincipals,
    /// Ready to decide.
    pub(crate) policy: Arc<Named>,
}

/// Why a trust policy is refused.
pub(crate) enum BadTrust {
    Malformed(Malformed),
    Unknown(UnknownPrincipal),
}

impl TrustPolicy {
    /// Reads a trust policy on its way into the store.
    pub(crate) fn read(
        tx: &Transaction<'_>,
        partition: &str,
        text: &str,
    ) -> Result<Self, BadTrust> {
        let document = Document::read(text, Kind::Trust).map_err(BadTrust::Malformed)?;
        let principals =
            BoundPrincipals::of(tx, partition, &document).map_err(BadTrust::Unknown)?;
        let bound = principals.bind(&document).to_string();
        let policy = Policy::parse(&bound, Kind::Trust).map_err(BadTrust::Malformed)?;
        Ok(Self {
            text: text.into(),
            document,
            principals,
            policy: Arc::new(Named {
                name: "trust policy".to_owned(),
                policy,
            }),
        })
    }

    /// Everyone whom it names, as it names them.
    pub(crate) fn principals(&self) -> impl Iterator<Item = &(PrincipalType, String)> {
        let statements = self.document.statements.iter();
        statements.flat_map(|s| s.principal.iter().flat_map(|named| &named.values))
    }

    /// The text as it is shown: as it was given, but for those who are gone or renamed.
    pub(crate) fn text(&self, tx: &Transaction<'_>, partition: &str) -> String {
        match self.principals.shown(tx, partition, &self.document) {
            Some(changed) => changed.to_string(),
            None => self.text.to_string(),
        }
    }
}
