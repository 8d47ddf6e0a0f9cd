//! What RotateSecret asks of functions and roles. Functions are not run here: the ones that the
//! emulator was told of count as run, and whoever told takes their part.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html>

use super::Error;
use super::find::{self, Found};
use super::model::{Rotation, Secret, Stage, VersionId, Versions};
use crate::account::{AccountId, Scope};
use crate::authorization::{Demand, Target};
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

/// What a caller must be allowed beside the rotation itself: to invoke the function that the request
/// names, or else the secret's. AWS documents it; that a denial reads as any other is inferred.
pub(super) fn invocation(call: &mut Call<'_>, id: &str, sent: Option<&str>) -> Option<Demand> {
    let found = find::secret(call, id).ok()?;
    let known = found
        .secret
        .rotation
        .as_deref()
        .and_then(Rotation::function);
    let arn = sent.filter(|arn| !arn.is_empty()).or(known)?;
    let account = account_of(arn, &found.scope)?;
    let target = Target::Resource {
        arn: arn.into(),
        shown: arn.to_owned(),
        account,
        attributes: None,
    };
    Some(Demand::on("lambda:InvokeFunction", target))
}

/// Refuses what is no function of the region, and a function that cannot be invoked.
pub(super) fn check_function(call: &Call<'_>, arn: &str, scope: &Scope) -> Result<(), Error> {
    if account_of(arn, scope).is_none() {
        return Err(Error::BadFunction(scope.region.to_string()));
    }
    if !call.functions.iter().any(|known| known == arn) {
        return Err(Error::CannotInvoke);
    }
    Ok(())
}

/// The account of a function of the region, whose ARN may end in a version or alias.
fn account_of(arn: &str, scope: &Scope) -> Option<AccountId> {
    let parts: Vec<&str> = arn.split(':').collect();
    let [
        "arn",
        partition,
        "lambda",
        region,
        account,
        "function",
        name,
        ..,
    ] = parts[..]
    else {
        return None;
    };
    let is_here = partition == scope.partition() && region == scope.region.as_str();
    let is_whole = parts.len() <= 8 && !name.is_empty();
    AccountId::parse(account).filter(|_| is_here && is_whole)
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
