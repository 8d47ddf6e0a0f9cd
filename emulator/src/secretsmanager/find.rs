//! From the identifier in a request to a secret, and to what IAM is asked about it.

use std::sync::Arc;

use super::model::{Link, Replica, Secret, SecretId, VersionId, VersionValue, valid_name};
use super::{Error, keys};
use crate::account::Scope;
use crate::authorization::{Attributes, Target};
use crate::operation::Call;
use crate::store::Key;
use crate::timestamp::Timestamp;
use crate::wire::Member;

/// The member that names a secret.
pub(super) const SECRET_ID: Member = Member::string("SecretId", 1, 2048).required();

/// A secret that was found, with where it lives.
pub(super) struct Found {
    pub(super) secret: Arc<Secret>,
    pub(super) scope: Scope,
}

impl Found {
    pub(super) fn arn(&self) -> Arc<str> {
        self.secret.arn(&self.scope)
    }

    pub(super) fn name(&self) -> String {
        self.secret.name().to_owned()
    }

    pub(super) fn key(&self) -> Key {
        self.secret.own_key().clone()
    }

    /// The secret as it is about to be written, changed now.
    pub(super) fn changed(&self, now: Timestamp) -> Secret {
        Secret {
            changed: now,
            ..Secret::clone(&self.secret)
        }
    }

    /// Where the value of a version is: of a copy, with the primary.
    pub(super) fn version_key(&self, version: &VersionId) -> Key {
        let (secret, scope) = (&self.secret, &self.scope);
        match secret.replica().filter(|replica| replica.shares_values()) {
            Some(replica) => replica.primary.version_key(version),
            None => VersionValue::key(scope, secret.name(), secret.suffix(), version),
        }
    }

    /// Whether it is a copy in another region.
    pub(super) fn is_region_replica(&self) -> bool {
        let replica = self.secret.replica();
        replica.is_some_and(|replica| replica.link == Link::Region)
    }

    pub(super) fn shares_values(&self) -> bool {
        self.secret.replica().is_some_and(Replica::shares_values)
    }

    /// The secret, unless it is scheduled for deletion.
    pub(super) fn alive(self) -> Result<Self, Error> {
        if self.secret.deletion.is_some() {
            Err(Error::MarkedForDeletion)
        } else {
            Ok(self)
        }
    }

    /// The secret, unless it is scheduled for deletion or a copy in another region, about which
    /// everything is said where the primary is.
    pub(super) fn governed_here(self) -> Result<Self, Error> {
        if self.is_region_replica() {
            return Err(Error::IsReplica);
        }
        self.alive()
    }

    /// The secret, unless it is scheduled for deletion or a copy of any kind.
    pub(super) fn writable(self) -> Result<Self, Error> {
        match self.secret.replica() {
            Some(_) => Err(Error::IsReplica),
            None => self.alive(),
        }
    }

    /// The secret, unless it is a copy that another still keeps up to date, or has copies itself.
    pub(super) fn deletable(self) -> Result<Self, Error> {
        if self.is_region_replica() {
            return Err(Error::IsReplica);
        }
        if self.secret.replica().is_some() {
            return Err(Error::IsCrossAccountReplica(self.arn()));
        }
        let Some(primary) = self.secret.primary() else {
            return Ok(self);
        };
        let regions = primary.regions.iter();
        let regions: Vec<String> = regions.map(|copy| copy.region.to_string()).collect();
        let arn = self.arn();
        Err(if regions.is_empty() {
            Error::HasCopyInAccount(arn)
        } else {
            Error::HasReplicas { arn, regions }
        })
    }

    /// Nobody outside the account can use the key that Secrets Manager has in it.
    pub(super) fn check_key(&self, call: &Call<'_>) -> Result<(), Error> {
        let is_foreign = call.access.caller().account != self.scope.account;
        if is_foreign && keys::is_default(self.secret.kms_key_id.as_deref()) {
            return Err(Error::DefaultKeyAcrossAccounts);
        }
        Ok(())
    }
}

/// The secret that an identifier names, in whatever state.
pub(super) fn secret(call: &mut Call<'_>, id: &str) -> Result<Found, Error> {
    look_up(call, id).ok_or(Error::SecretNotFound)
}

/// Refuses what cannot be a name.
pub(super) fn check_name(name: &str) -> Result<(), Error> {
    if valid_name(name) {
        Ok(())
    } else {
        Err(Error::BadName)
    }
}

/// Refuses an identifier that is neither ARN nor possible name, before anything is looked up.
pub(super) fn check_id(id: &str) -> Result<(), Error> {
    if SecretId::is_well_formed(id) {
        Ok(())
    } else {
        Err(Error::BadName)
    }
}

/// What IAM is asked about: the full ARN of the secret, whatever the caller typed, and shown as
/// the caller typed it. A name without a secret becomes an ARN with a made-up suffix, so that
/// `name-??????` in a policy covers what does not exist yet.
pub(super) fn target(call: &mut Call<'_>, id: &str) -> Target {
    let (arn, account, attributes) = match look_up(call, id) {
        Some(found) => {
            let attributes: Arc<dyn Attributes> = found.secret.clone();
            (found.arn(), found.scope.account, Some(attributes))
        }
        None => match SecretId::parse(id) {
            SecretId::Name(name) => return new_target(call, name),
            SecretId::Arn { scope, .. } => (id.into(), scope.account, None),
            SecretId::OtherArn => (id.into(), call.scope.account, None),
        },
    };
    Target::Resource {
        arn,
        shown: id.to_owned(),
        account,
        attributes,
    }
}

/// Whether an identifier names a secret of this region, be it there or not.
pub(super) fn could_be_here(call: &Call<'_>, id: &str) -> bool {
    match SecretId::parse(id) {
        SecretId::Name(_) => true,
        SecretId::Arn { scope, .. } => scope.region == call.scope.region,
        SecretId::OtherArn => false,
    }
}

/// What IAM is asked about a secret if it were like this.
pub(super) fn target_of(found: &Found, like: &Secret) -> Target {
    Target::Resource {
        arn: found.arn(),
        shown: found.arn().to_string(),
        account: found.scope.account,
        attributes: Some(Arc::new(like.clone())),
    }
}

/// A secret that is nobody's, for questions about none in particular.
pub(super) fn any_secret(call: &Call<'_>) -> Found {
    let suffix = call.environment.arn_suffix();
    Found {
        secret: Arc::new(Secret::new(call.scope, "any", suffix, call.now)),
        scope: *call.scope,
    }
}

/// What IAM is asked about a secret that is to be made.
pub(super) fn new_target(call: &Call<'_>, name: &str) -> Target {
    let suffix = call.environment.arn_suffix();
    let arn = Secret::arn_of(
        call.scope,
        name,
        std::str::from_utf8(&suffix).unwrap_or_default(),
    );
    Target::Resource {
        arn: arn.into(),
        shown: name.to_owned(),
        account: call.scope.account,
        attributes: None,
    }
}

fn look_up(call: &mut Call<'_>, id: &str) -> Option<Found> {
    let (scope, name, suffix) = match SecretId::parse(id) {
        SecretId::Name(name) => (*call.scope, name, None),
        SecretId::Arn {
            scope,
            name,
            suffix,
        } if scope.region == call.scope.region => (scope, name, suffix),
        // The endpoint's region decides: a secret of another region is not here.
        SecretId::Arn { .. } | SecretId::OtherArn => return None,
    };
    let secret = call.tx.get::<Secret>(&Secret::key(&scope, name))?;
    let fits = suffix.is_none_or(|suffix| suffix == secret.suffix());
    (fits && !secret.is_gone(call.now)).then_some(Found { secret, scope })
}
