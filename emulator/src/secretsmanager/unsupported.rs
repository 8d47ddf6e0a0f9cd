//! Members of CreateSecret whose features are not emulated yet. Nothing that changes what a secret
//! means is accepted and then ignored.

use serde::Deserialize;

use super::Error;
use crate::authorization::Demand;
use crate::wire::{Member, Shape};

/// What the request asks for and cannot have.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Unsupported {
    add_replica_regions: Option<Vec<ReplicaRegion>>,
    force_overwrite_replica_secret: Option<bool>,
    r#type: Option<String>,
    #[serde(rename = "CrossAccountPrimaryARN")]
    cross_account_primary_arn: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ReplicaRegion {
    region: Option<String>,
}

/// The model does not limit their number; policies judge all of them and records keep them, so it is
/// limited here, far above the number of regions.
pub(super) const ADD_REPLICA_REGIONS: Member = Member::new(
    "AddReplicaRegions",
    Shape::List {
        of: &Shape::Structure(REPLICA_REGION),
        min: 1,
        max: 100,
    },
);
pub(super) const FORCE_OVERWRITE_REPLICA_SECRET: Member =
    Member::boolean("ForceOverwriteReplicaSecret");
pub(super) const TYPE: Member = Member::string("Type", 0, 256);
pub(super) const CROSS_ACCOUNT_PRIMARY_ARN: Member =
    Member::string("CrossAccountPrimaryARN", 20, 2048);

const REPLICA_REGION: &[Member] = &[
    Member::string("Region", 1, 128),
    Member::string("KmsKeyId", 0, 2048),
];

impl Unsupported {
    /// The condition keys of what is asked for: a denial comes before a refusal.
    pub(super) fn keys(&self, demand: Demand, kms_key: Option<&String>) -> Demand {
        let regions = self.add_replica_regions.iter().flatten();
        let regions = regions.filter_map(|replica| replica.region.clone());
        let overwrite = self.force_overwrite_replica_secret;
        // Whatever is no ARN would have to be looked up.
        let arn = kms_key.filter(|key| key.starts_with("arn:") && key.contains(":key/"));
        demand
            .with("secretsmanager:KmsKeyId", kms_key)
            .with("secretsmanager:KmsKeyArn", arn)
            .with_all("secretsmanager:AddReplicaRegions", regions)
            .with("secretsmanager:ForceOverwriteReplicaSecret", overwrite)
            .with("secretsmanager:Type", self.r#type.as_ref())
    }

    /// Whether replicas are asked for, and the permission that this takes.
    pub(super) fn replication(&self) -> (bool, &'static str) {
        let is_asked_for = self.add_replica_regions.is_some();
        (is_asked_for, "secretsmanager:ReplicateSecretToRegions")
    }

    /// Only the default key exists, and any other is refused as AWS refuses a key that does not.
    pub(super) fn refuse(&self, kms_key: Option<&str>) -> Result<(), Error> {
        if !matches!(kms_key, None | Some("" | "alias/aws/secretsmanager")) {
            return Err(Error::BadKmsKey("Sekisho has no KMS keys yet.".to_owned()));
        }
        if self.add_replica_regions.is_some() {
            return Err(Error::Unsupported("replication"));
        }
        if self.r#type.as_deref().is_some_and(|kind| !kind.is_empty()) {
            return Err(Error::Unsupported("managed external secrets"));
        }
        if self.cross_account_primary_arn.is_some() {
            return Err(Error::Unsupported("replicas across accounts"));
        }
        Ok(())
    }
}
