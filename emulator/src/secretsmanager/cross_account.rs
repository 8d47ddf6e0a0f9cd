//! A copy of a secret in another account of the same region: made there as a copy of a secret that
//! it names, and linked by the account that owns that. What is known is documentation; nobody has
//! published an answer of AWS's yet, so the texts are ours.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/cross-account-replicate-secrets.html>

use std::sync::Arc;

use serde::Serialize;

use super::find::Found;
use super::model::{
    AccountReplica, FullName, Link, Primary, Replica, Replication, Secret, SecretId,
};
use super::{Error, removal, saving};
use crate::account::Scope;
use crate::operation::Call;
use crate::wire::Member;

pub(super) const CROSS_ACCOUNT_REPLICA_ARN: Member =
    Member::string("CrossAccountReplicaARN", 20, 2048).required();

/// What a copy shows of its primary.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PrimaryView {
    #[serde(rename = "PrimarySecretARN")]
    arn: String,
    replication_status: &'static str,
}

/// What a primary shows of its copy.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReplicaView {
    #[serde(rename = "ReplicaSecretARN")]
    arn: String,
    #[serde(rename = "ReplicationRoleARN", skip_serializing_if = "Option::is_none")]
    role_arn: Option<Box<str>>,
    replication_status: &'static str,
}

/// The secret that an ARN names in full, in another account of the same region.
pub(super) fn elsewhere(arn: &str, scope: &Scope) -> Result<FullName, Error> {
    match SecretId::parse(arn) {
        SecretId::Arn {
            scope: there,
            name,
            suffix: Some(suffix),
        } if there.region == scope.region && there.account != scope.account => Ok(FullName {
            scope: there,
            name: name.into(),
            suffix: suffix.into(),
        }),
        _ => Err(Error::NotInAnotherAccount),
    }
}

/// What a new copy is to its primary, which does not know of it yet.
pub(super) fn pending(primary_arn: &str, scope: &Scope) -> Result<Replica, Error> {
    Ok(Replica {
        primary: elsewhere(primary_arn, scope)?,
        link: Link::Pending,
    })
}

/// Links a copy to its primary, or links it again.
pub(super) fn associate(
    call: &mut Call<'_>,
    found: &Found,
    copy: &Found,
    role_arn: Option<&str>,
) -> Result<(), Error> {
    let own = FullName::of(&found.secret, &found.scope);
    let theirs = FullName::of(&copy.secret, &copy.scope);
    if !copy
        .secret
        .replica()
        .is_some_and(|replica| replica.primary == own)
    {
        return Err(Error::NotACopyOfThis);
    }
    let known = found.secret.primary();
    if known
        .and_then(|primary| primary.account.as_ref())
        .is_some_and(|it| it.secret != theirs)
    {
        return Err(Error::HasCopyElsewhere);
    }
    // What it kept of an earlier link is the primary's again.
    removal::remove_own_values(&mut call.tx, &copy.secret, &copy.scope, saving::MOST_VALUES);
    let linked = Secret {
        replication: Some(Arc::new(Replication::Replica(Replica {
            primary: own,
            link: Link::Account,
        }))),
        ..Secret::clone(&copy.secret)
    };
    call.tx.put(copy.key(), linked);
    let primary = Primary {
        home: found.scope.region,
        regions: known.map_or(Vec::new(), |primary| primary.regions.clone()),
        account: Some(AccountReplica {
            secret: theirs,
            role_arn: role_arn.map(Into::into),
            is_detached: false,
        }),
    };
    let secret = Secret {
        replication: Some(Arc::new(Replication::Primary(primary))),
        ..found.changed(call.now)
    };
    saving::save(&mut call.tx, &found.scope, secret, call.now);
    Ok(())
}

/// The primary without its copy in another account.
pub(super) fn without_copy(secret: &Secret) -> Secret {
    let left = secret
        .primary()
        .filter(|primary| !primary.regions.is_empty());
    let left = left.map(|primary| Primary {
        account: None,
        ..primary.clone()
    });
    Secret {
        replication: left.map(|primary| Arc::new(Replication::Primary(primary))),
        ..secret.clone()
    }
}

/// The copy has made itself independent; the primary keeps its name until it is told to forget it.
pub(super) fn detach(primary: &mut Secret) {
    let Some(known) = primary.primary() else {
        return;
    };
    let mut known = known.clone();
    if let Some(account) = &mut known.account {
        account.is_detached = true;
    }
    primary.replication = Some(Arc::new(Replication::Primary(known)));
}

/// What a copy in another account shows.
pub(super) fn primary_view(secret: &Secret) -> Option<PrimaryView> {
    let replica = secret.replica()?;
    let replication_status = match replica.link {
        Link::Region => return None,
        Link::Pending => "Pending",
        Link::Account => "InSync",
        Link::Detached => "Detached",
    };
    Some(PrimaryView {
        arn: replica.primary.arn(),
        replication_status,
    })
}

/// What a secret with a copy in another account shows.
pub(super) fn replica_views(secret: &Secret) -> Option<Vec<ReplicaView>> {
    let account = secret.primary()?.account.as_ref()?;
    Some(vec![ReplicaView {
        arn: account.secret.arn(),
        role_arn: account.role_arn.clone(),
        replication_status: if account.is_detached {
            "Detached"
        } else {
            "InSync"
        },
    }])
}
