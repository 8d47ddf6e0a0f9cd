//! What RotateSecret asks of functions and roles. Functions are not run here: the ones that the
//! emulator was told of count as run, and whoever told takes their part.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html>

use super::Error;
use super::find::Found;
use super::model::{Secret, Stage, VersionId, Versions};
use crate::account::{AccountId, Scope};
use crate::operation::Call;
use crate::wire::{Member, Shape};

pub(super) const LAMBDA_ARN: Member = Member::string("RotationLambdaARN", 0, 2048);
pub(super) const EXTERNAL_ROLE_ARN: Member =
    Member::string("ExternalSecretRotationRoleArn", 20, 2048);
pub(super) const EXTERNAL_METADATA: Member = Member::new(
    "ExternalSecretRotationMetadata",
    Shape::List {
        of: &Shape::Structure(&[
            Member::string("Key", 1, 256),
            Member::string("Value", 1, 2048),
        ]),
        min: 0,
        max: usize::MAX,
    },
);

/// Refuses what is no function of the region, and a function that cannot be invoked.
pub(super) fn check_function(call: &Call<'_>, arn: &str, scope: &Scope) -> Result<(), Error> {
    let parts: Vec<&str> = arn.split(':').collect();
    let is_well_formed = match parts[..] {
        [
            "arn",
            partition,
            "lambda",
            region,
            account,
            "function",
            name,
        ]
        | [
            "arn",
            partition,
            "lambda",
            region,
            account,
            "function",
            name,
            _,
        ] => {
            partition == scope.partition()
                && region == scope.region.as_str()
                && AccountId::parse(account).is_some()
                && !name.is_empty()
        }
        _ => false,
    };
    if !is_well_formed {
        return Err(Error::BadFunction(scope.region.to_string()));
    }
    if !call.functions.iter().any(|known| known == arn) {
        return Err(Error::CannotInvoke);
    }
    Ok(())
}

/// Whether a rotation is making this very version. One that was given up since is to be made again.
pub(super) fn is_running(secret: &Secret, token: &VersionId) -> bool {
    let running = secret.rotation.as_ref().and_then(|it| it.running.as_ref());
    let pending = secret.versions.labelled(&Stage::Pending);
    running == Some(token) && pending.is_some_and(|version| version.id == *token)
}

/// Whether a version waits to become current.
pub(super) fn is_incomplete(versions: &Versions) -> bool {
    let of = |stage| versions.labelled(&stage).map(|version| &version.id);
    let pending = of(Stage::Pending);
    pending.is_some() && pending != of(Stage::Current)
}

/// Secrets of partners are rotated by AWS itself, which needs a role that it can assume.
pub(super) fn refuse_external(found: &Found, role: &str) -> Error {
    match found.secret.managed_type {
        Some(_) => Error::CannotAssumeRole(role.to_owned()),
        None => Error::RoleWithoutType,
    }
}
