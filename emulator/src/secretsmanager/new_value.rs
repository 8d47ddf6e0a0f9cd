//! What CreateSecret and PutSecretValue have in common: a value, and the token that names its
//! version.

use super::Error;
use super::find::Found;
use super::model::{SecretValue, VersionId, VersionValue};
use crate::operation::Call;
use crate::sensitive::Sensitive;
use crate::wire::{Member, Shape};

/// The most bytes a value may have.
const MAX_BYTES: usize = 65_536;

pub(super) const CLIENT_REQUEST_TOKEN: Member = Member::string("ClientRequestToken", 32, 64);
pub(super) const SECRET_BINARY: Member = Member::new(
    "SecretBinary",
    Shape::Blob {
        min: 1,
        max: MAX_BYTES,
    },
)
.sensitive();
pub(super) const SECRET_STRING: Member = Member::string("SecretString", 1, MAX_BYTES).sensitive();

/// The value that a request brings, if it brings one.
pub(super) fn value(
    text: Option<&Sensitive<String>>,
    binary: Option<&Sensitive<Vec<u8>>>,
) -> Result<Option<SecretValue>, Error> {
    match (text, binary) {
        (Some(_), Some(_)) => Err(Error::BothValues),
        (Some(text), None) => Ok(Some(SecretValue::text(text.expose()))),
        (None, Some(bytes)) => Ok(Some(SecretValue::bytes(bytes.expose()))),
        (None, None) => Ok(None),
    }
}

/// The quota counts bytes, where the model counts characters.
pub(super) fn check_length(text: Option<&Sensitive<String>>) -> Result<(), Error> {
    if text.is_some_and(|text| text.expose().len() > MAX_BYTES) {
        Err(Error::ValueTooLong)
    } else {
        Ok(())
    }
}

/// A value must not be too long, and needs a token. Whether a request without a value needs one, too,
/// is not known.
pub(super) fn check(
    text: &Option<Sensitive<String>>,
    binary: &Option<Sensitive<Vec<u8>>>,
    token: Option<&VersionId>,
) -> Result<(), Error> {
    check_length(text.as_ref())?;
    if (text.is_some() || binary.is_some()) && token.is_none() {
        return Err(Error::NoToken);
    }
    Ok(())
}

/// The version that the token has already made, if its value is the same: then the request is a
/// repetition, and changes nothing. With another value it is refused.
pub(super) fn repeated(
    call: &mut Call<'_>,
    found: &Found,
    token: &VersionId,
    value: &SecretValue,
) -> Result<Option<VersionId>, Error> {
    // A version that a rotation has announced waits for this value.
    let version = found.secret.versions.find(token);
    let Some(version) = version.filter(|version| version.has_value) else {
        return Ok(None);
    };
    let stored = call.tx.get::<VersionValue>(&found.version_key(&version.id));
    if stored.is_some_and(|stored| stored.value.is_same_as(value)) {
        Ok(Some(version.id.clone()))
    } else {
        Err(Error::TokenInUse {
            token: token.to_string(),
            arn: found.arn(),
        })
    }
}

/// A secret of the name exists: only a repetition of the request that made it succeeds.
pub(super) fn repeated_creation(
    call: &mut Call<'_>,
    found: &Found,
    brought: Option<&(&VersionId, SecretValue)>,
) -> Result<VersionId, Error> {
    if found.secret.deletion.is_some() {
        return Err(Error::NameScheduledForDeletion);
    }
    let repeated = match brought {
        Some((token, value)) => repeated(call, found, token, value)?,
        None => None,
    };
    repeated.ok_or_else(|| Error::SecretExists(found.name()))
}
