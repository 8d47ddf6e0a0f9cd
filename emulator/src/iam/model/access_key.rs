//! An access key: the secret that signs, whose it is, and when it was last used.

use std::sync::{Arc, Mutex, PoisonError};

use sekisho_sigv4::SecretKey;
use serde::{Deserialize, Serialize};

use crate::account::{AccountId, Region};
use crate::caller::LastCaller;
use crate::store::{Key, Record, Stored};
use crate::timestamp::Timestamp;

/// A long-term access key of a user. Its secret is never shown again once it has been issued.
#[derive(Clone)]
pub(crate) struct AccessKey {
    /// `AKIA…`.
    pub id: String,
    /// The account of its user.
    pub account: AccountId,
    /// The name of its user.
    pub user: String,
    /// What signatures are verified with.
    pub secret: Arc<SecretKey>,
    /// Whether it may be used.
    pub status: KeyStatus,
    /// When it was issued.
    pub created: Timestamp,
    /// Shared by all versions of the record: noting a use is no change of the key.
    pub last_used: Arc<LastUsed>,
    /// Who used it last; shared likewise.
    pub caller: Arc<LastCaller>,
}

/// Whether an access key may be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum KeyStatus {
    /// It may.
    Active,
    /// It may not; it is refused like an unknown one.
    Inactive,
}

impl KeyStatus {
    /// From how IAM writes it. `Expired`, which the model has besides, is no status to be given.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut both = [Self::Active, Self::Inactive].into_iter();
        both.find(|status| status.as_str() == text)
    }

    /// As IAM writes it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Inactive => "Inactive",
        }
    }
}

impl AccessKey {
    /// Where the key of an id is kept. Ids are unique across accounts.
    pub(crate) fn key(id: &str) -> Key {
        Key::new(Self::KIND, &[id])
    }
}

impl Record for AccessKey {}

impl Stored for AccessKey {
    const KIND: &'static str = "iam-access-key";
}

/// The last use of a key, if there was one.
#[derive(Default)]
pub(crate) struct LastUsed(Mutex<Option<LastUse>>);

/// When, for what and where a key was used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct LastUse {
    /// When.
    pub at: Timestamp,
    /// The service's name in the credential scope.
    pub service: &'static str,
    /// The region in the credential scope.
    pub region: Region,
}

impl LastUsed {
    /// Notes a use.
    pub(crate) fn record(&self, at: Timestamp, service: &'static str, region: &Region) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *last {
            Some(last) if last.service == service && last.region == *region => last.at = at,
            last => {
                *last = Some(LastUse {
                    at,
                    service,
                    region: *region,
                })
            }
        }
    }

    /// The last use.
    pub(crate) fn last(&self) -> Option<LastUse> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
