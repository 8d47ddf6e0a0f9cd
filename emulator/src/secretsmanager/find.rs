//! From the identifier in a request to a secret, and to what IAM is asked about it.

use std::sync::Arc;

use super::Error;
use super::model::{Secret, SecretId, VersionId, VersionValue};
use crate::account::Scope;
use crate::authorization::{Tagged, Target};
use crate::operation::Call;
use crate::store::Key;
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
        self.secret.arn().clone()
    }

    pub(super) fn name(&self) -> String {
        self.secret.name().to_owned()
    }

    pub(super) fn key(&self) -> Key {
        Secret::key(&self.scope, self.secret.name())
    }

    pub(super) fn version_key(&self, version: &VersionId) -> Key {
        VersionValue::key(
            &self.scope,
            self.secret.name(),
            self.secret.suffix(),
            version,
        )
    }

    /// The secret, unless it is scheduled for deletion.
    pub(super) fn alive(self) -> Result<Self, Error> {
        if self.secret.deletion.is_some() {
            Err(Error::MarkedForDeletion)
        } else {
            Ok(self)
        }
    }
}

/// The secret that an identifier names, in whatever state.
pub(super) fn secret(call: &mut Call<'_>, id: &str) -> Result<Found, Error> {
    look_up(call, id).ok_or(Error::SecretNotFound)
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
    let (arn, account, tagged) = match look_up(call, id) {
        Some(found) => {
            let tagged: Arc<dyn Tagged> = found.secret.clone();
            (found.arn(), found.scope.account, Some(tagged))
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
        tagged,
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
        tagged: None,
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
