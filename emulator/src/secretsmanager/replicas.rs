//! Copies in other regions: asked for, shown, and taken away. They are there at once; only the
//! answer to the request itself says that they are under way, as AWS's does.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::find::Found;
use super::model::{DEFAULT_KEY, Link, Primary, RegionReplica, Replication, Secret};
use super::{Error, keys, removal, saving};
use crate::account::{Region, Scope};
use crate::authorization::Demand;
use crate::operation::Call;
use crate::timestamp::Timestamp;
use crate::wire::{Fault, Member, Pattern, Shape};

/// A region that a secret is to be copied to.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReplicaRegion {
    #[serde(default)]
    pub(super) region: String,
    kms_key_id: Option<String>,
}

/// The model does not limit their number; policies judge all of them and records keep them, so it is
/// limited here, far above the number of regions.
pub(super) const ADD_REPLICA_REGIONS: Member = Member::new(
    "AddReplicaRegions",
    Shape::List {
        of: &Shape::Structure(&[
            Member::new("Region", REGION),
            Member::string("KmsKeyId", 0, 2048),
        ]),
        min: 1,
        max: 100,
    },
);
pub(super) const FORCE_OVERWRITE: Member = Member::boolean("ForceOverwriteReplicaSecret");

/// The name of a region, as the model has it.
pub(super) const REGION: Shape = Shape::pattern(
    1,
    128,
    Pattern {
        text: "^([a-z]+-)+\\d+$",
        matches: |text| {
            let is_word =
                |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_lowercase());
            text.rsplit_once('-').is_some_and(|(words, number)| {
                let is_number = !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit());
                is_number && words.split('-').all(is_word)
            })
        },
    },
);

/// The condition keys of a request for copies.
pub(super) fn with_regions(
    demand: Demand,
    asked: Option<&Vec<ReplicaRegion>>,
    force: Option<bool>,
) -> Demand {
    let regions = asked.into_iter().flatten();
    let regions = regions.map(|replica| replica.region.clone());
    demand
        .with_all("secretsmanager:AddReplicaRegions", regions)
        .with("secretsmanager:ForceOverwriteReplicaSecret", force)
}

/// How the copy in a region stands.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReplicationStatus {
    region: String,
    kms_key_id: Box<str>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_message: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_accessed_date: Option<Timestamp>,
}

/// How many copies in regions a secret can have: about as many as there are regions. All of them are
/// written in one commit.
const MAX_REPLICAS: usize = 24;

/// How many values of overwritten secrets go at once.
const MOST_OVERWRITTEN: usize = 24;

/// Copies a secret to regions, and tells how its copies stand. What stands in the way of one is told
/// by its status alone.
pub(super) fn add(
    call: &mut Call<'_>,
    scope: &Scope,
    secret: &mut Secret,
    asked: &[ReplicaRegion],
    force: Option<bool>,
) -> Result<Vec<ReplicationStatus>, Error> {
    let mut regions = secret
        .primary()
        .map_or(Vec::new(), |primary| primary.regions.clone());
    let mut copies: Vec<RegionReplica> = Vec::new();
    for replica in asked {
        let region = Region::parse(&replica.region)
            .filter(|region| *region != scope.region && region.partition() == scope.partition())
            .ok_or(Error::InvalidReplicaRegion)?;
        let key = replica.kms_key_id.as_deref().filter(|key| !key.is_empty());
        if !copies.iter().any(|copy| copy.region == region) {
            copies.push(RegionReplica {
                region,
                kms_key_id: key.unwrap_or(DEFAULT_KEY).into(),
                failure: None,
            });
        }
    }
    // One commit is to do for all.
    let values = MOST_OVERWRITTEN / copies.len().max(1);
    let force = force == Some(true);
    for mut copy in copies {
        copy.failure = place(call, scope, secret, &copy, (force, values));
        match regions.iter_mut().find(|known| known.region == copy.region) {
            // A copy that is there already stays as it is, under the key it has.
            Some(known) if copy.failure.is_some() => known.failure = copy.failure,
            Some(known) => *known = copy,
            None => regions.push(copy),
        }
    }
    if regions.len() > MAX_REPLICAS {
        return Err(Error::TooManyReplicas);
    }
    set_regions(secret, scope, regions);
    Ok(statuses(call, scope, secret, asked))
}

/// Puts a copy into its region, or says what stands in the way. With force, another secret of the name
/// does not. Of what was there at most so many values go at once, and the others later.
fn place(
    call: &mut Call<'_>,
    scope: &Scope,
    secret: &Secret,
    to: &RegionReplica,
    (force, values): (bool, usize),
) -> Option<Box<str>> {
    let there = Scope {
        region: to.region,
        ..*scope
    };
    if let Err(error) = keys::check(call, &there, &to.kms_key_id) {
        let message = Fault::from(error).message.unwrap_or_default();
        return Some(format!("Replication failed: {message}").into());
    }
    let key = Secret::key(&there, secret.name());
    let known = call.tx.get::<Secret>(&key);
    let mut copy = secret.copy_to(scope, to, call.now);
    match known.filter(|known| !known.is_gone(call.now)) {
        Some(known) if known.replication == copy.replication => {
            let again = Secret {
                kms_key_id: Some(to.kms_key_id.clone()),
                ..known.refreshed(secret, call.now)
            };
            call.tx.put(key, again);
            return None;
        }
        // AWS's words were quoted with an omission; and force did not help.
        Some(known) if known.replica().is_some() => {
            let (name, region) = (secret.name(), to.region);
            return Some(
                format!(
                    "Replication failed: Secret name {name} is currently replicated to {region} \
                     with a different arn."
                )
                .into(),
            );
        }
        Some(known) if !force || known.primary().is_some() => {
            let (name, region) = (secret.name(), to.region);
            return Some(
                format!(
                    "Replication failed: Secret name {name} already exists in region {region}."
                )
                .into(),
            );
        }
        // What is overwritten leaves its date.
        Some(known) => {
            removal::remove_with(&mut call.tx, &known, &there, values);
            copy.created = known.created;
        }
        None => {}
    }
    saving::create(&mut call.tx, &there, copy, values);
    None
}

/// Removes the copies in these regions. One that is not there does not matter.
pub(super) fn remove(call: &mut Call<'_>, found: &Found, secret: &mut Secret, regions: &[String]) {
    let known = secret
        .primary()
        .map_or(Vec::new(), |primary| primary.regions.clone());
    let (gone, left): (Vec<_>, Vec<_>) = known.into_iter().partition(|replica| {
        regions
            .iter()
            .any(|region| region == replica.region.as_str())
    });
    for replica in gone {
        let there = Scope {
            region: replica.region,
            ..found.scope
        };
        let copy = call.tx.get::<Secret>(&Secret::key(&there, secret.name()));
        // Where the copying failed, another secret of the name may be.
        if let Some(copy) = copy.filter(|copy| copy.is_copy_of(secret, &found.scope)) {
            removal::remove(&mut call.tx, &copy, &there);
        }
    }
    set_regions(secret, &found.scope, left);
}

/// Forgets the copy in a region, which stands on its own from now on.
pub(super) fn forget(secret: &mut Secret, scope: &Scope, region: &Region) {
    let mut regions = secret
        .primary()
        .map_or(Vec::new(), |primary| primary.regions.clone());
    regions.retain(|replica| replica.region != *region);
    set_regions(secret, scope, regions);
}

fn set_regions(secret: &mut Secret, scope: &Scope, regions: Vec<RegionReplica>) {
    let account = secret.primary().and_then(|primary| primary.account.clone());
    let is_alone = regions.is_empty() && account.is_none();
    let primary = Primary {
        home: scope.region,
        regions,
        account,
    };
    secret.replication = (!is_alone).then(|| Arc::new(Replication::Primary(primary)));
}

/// Changes the key of a copy: the one change that is made where the copy is.
pub(super) fn change_key(call: &mut Call<'_>, found: &Found, key: &str) -> Result<(), Error> {
    let key = keys::chosen(call, &found.scope, Some(key))?.unwrap_or_else(|| DEFAULT_KEY.into());
    let changed = Secret {
        kms_key_id: Some(key.clone()),
        ..Secret::clone(&found.secret)
    };
    call.tx.put(found.key(), changed);
    let Some(replica) = found.secret.replica().filter(|it| it.link == Link::Region) else {
        return Ok(());
    };
    let home = Secret::key(&replica.primary.scope, &replica.primary.name);
    let Some(primary) = call.tx.get::<Secret>(&home) else {
        return Ok(());
    };
    let mut primary = Secret::clone(&primary);
    let mut regions = primary
        .primary()
        .map_or(Vec::new(), |primary| primary.regions.clone());
    for replica in regions
        .iter_mut()
        .filter(|it| it.region == found.scope.region)
    {
        replica.kms_key_id = key.clone();
        replica.failure = None;
    }
    set_regions(&mut primary, &replica.primary.scope, regions);
    call.tx.put(home, primary);
    Ok(())
}

/// How the copies of a secret stand; those in regions that were just asked for are under way.
pub(super) fn statuses(
    call: &mut Call<'_>,
    scope: &Scope,
    secret: &Secret,
    asked: &[ReplicaRegion],
) -> Vec<ReplicationStatus> {
    let regions = secret.primary().map_or(&[][..], |primary| &primary.regions);
    let status = |replica: &RegionReplica| {
        let region = replica.region.to_string();
        let is_under_way = asked.iter().any(|asked| asked.region == region);
        let there = Scope {
            region: replica.region,
            ..*scope
        };
        let copy = call.tx.get::<Secret>(&Secret::key(&there, secret.name()));
        let is_failed = replica.failure.is_some();
        let (status, status_message) = match &replica.failure {
            _ if is_under_way => ("InProgress", None),
            Some(failure) => ("Failed", Some(failure.clone())),
            None => ("InSync", Some("Replication succeeded".into())),
        };
        ReplicationStatus {
            region,
            kms_key_id: replica.kms_key_id.clone(),
            status,
            status_message,
            last_accessed_date: copy
                .filter(|_| !is_failed)
                .and_then(|copy| copy.accessed.day()),
        }
    };
    regions.iter().map(status).collect()
}
