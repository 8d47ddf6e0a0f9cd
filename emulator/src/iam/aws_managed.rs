//! AWS's own managed policies: attachable in every account, read-only. Those that ship with the
//! emulator; one that does not is as unknown as a mistyped one. Each is compiled when first asked for.

use std::sync::{Arc, LazyLock, OnceLock};

use chrono::DateTime;
use sekisho_iam::{Kind, Named, Policy};

use super::model::{ManagedPolicy, PolicyVersion};
use crate::timestamp::Timestamp;

const PREFIX: &str = "arn:aws:iam::aws:policy";
const INDEX: &str = include_str!("../../data/managed-policies/INDEX.tsv");

/// The policy of an ARN.
pub(crate) fn policy(arn: &str) -> Option<Arc<ManagedPolicy>> {
    let path_and_name = arn.strip_prefix(PREFIX)?;
    let known = POLICIES.iter().find(|known| {
        let name = path_and_name.strip_prefix(known.path);
        name == Some(known.name)
    })?;
    known.compiled()
}

/// All of them, sorted by name.
pub(crate) fn all() -> impl Iterator<Item = Arc<ManagedPolicy>> {
    POLICIES.iter().filter_map(Known::compiled)
}

static POLICIES: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut known: Vec<Known> = INDEX.lines().skip(1).filter_map(Known::read).collect();
    known.sort_unstable_by_key(|known| known.name);
    known
});

struct Known {
    name: &'static str,
    path: &'static str,
    id: &'static str,
    version: u32,
    created: Timestamp,
    updated: Timestamp,
    document: &'static str,
    policy: OnceLock<Option<Arc<ManagedPolicy>>>,
}

impl Known {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let mut next = || columns.next();
        let (name, path, id) = (next()?, next()?, next()?);
        let version = next()?.strip_prefix('v')?.parse().ok()?;
        let [created, updated] = [next()?, next()?].map(date);
        let (_, document) = DOCUMENTS.iter().find(|(known, _)| *known == name)?;
        Some(Self {
            name,
            path,
            id,
            version,
            created: created?,
            updated: updated?,
            document,
            policy: OnceLock::new(),
        })
    }

    fn compiled(&self) -> Option<Arc<ManagedPolicy>> {
        self.policy.get_or_init(|| self.compile()).clone()
    }

    fn compile(&self) -> Option<Arc<ManagedPolicy>> {
        let arn = [PREFIX, self.path, self.name].concat();
        let document = self.document.trim_end();
        let policy = Policy::parse(document, Kind::Identity).ok()?;
        let version = PolicyVersion {
            number: self.version,
            document: document.into(),
            policy: Arc::new(Named {
                name: arn.clone(),
                policy,
            }),
            created: self.updated,
        };
        Some(Arc::new(ManagedPolicy {
            name: self.name.to_owned(),
            path: self.path.to_owned(),
            id: self.id.to_owned(),
            arn,
            description: String::new(),
            created: self.created,
            updated: self.updated,
            tags: Vec::new(),
            versions: vec![version],
            default: self.version,
            next: self.version + 1,
        }))
    }
}

fn date(text: &str) -> Option<Timestamp> {
    let date = DateTime::parse_from_rfc3339(text).ok()?;
    Some(Timestamp::from_millis(date.timestamp_millis()))
}

macro_rules! documents {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../data/managed-policies/", $name, ".json"))),)*]
    };
}

const DOCUMENTS: &[(&str, &str)] = documents![
    "AWSCloudTrail_ReadOnlyAccess",
    "AWSCompromisedKeyQuarantineV2",
    "AWSCompromisedKeyQuarantineV3",
    "AWSDenyAll",
    "AWSKeyManagementServiceCustomKeyStoresServiceRolePolicy",
    "AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy",
    "AWSKeyManagementServicePowerUser",
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaExecute",
    "AWSLambdaRole",
    "AWSLambdaVPCAccessExecutionRole",
    "AWSLambda_FullAccess",
    "AWSLambda_ReadOnlyAccess",
    "AWSManagementConsoleBasicUserAccess",
    "AWSQuickSightSecretsManagerWriteAccess",
    "AWSQuickSightSecretsManagerWritePolicy",
    "AWSSecretsManagerClientReadOnlyAccess",
    "AWSTransformSecretsManagerConnectorPolicy",
    "AWSXRayDaemonWriteAccess",
    "AdministratorAccess",
    "AmazonDynamoDBFullAccess",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonEC2FullAccess",
    "AmazonEC2ReadOnlyAccess",
    "AmazonECSTaskExecutionRolePolicy",
    "AmazonEKSClusterPolicy",
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonRDSFullAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonSSMFullAccess",
    "AmazonSSMManagedInstanceCore",
    "AmazonSSMReadOnlyAccess",
    "AmazonVPCFullAccess",
    "Billing",
    "CloudWatchAgentServerPolicy",
    "CloudWatchLogsFullAccess",
    "DataScientist",
    "DatabaseAdministrator",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "IAMSelfManageServiceSpecificCredentials",
    "IAMUserChangePassword",
    "IAMUserSSHKeys",
    "NetworkAdministrator",
    "PowerUserAccess",
    "ROSAKMSProviderPolicy",
    "ReadOnlyAccess",
    "SecretsManagerReadWrite",
    "SecurityAudit",
    "SignInLocalDevelopmentAccess",
    "SupportUser",
    "SystemAdministrator",
    "ViewOnlyAccess",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_the_index_are_there() {
        assert_eq!(all().count(), INDEX.lines().count() - 1);
        assert_eq!(DOCUMENTS.len(), INDEX.lines().count() - 1);
        for known in all() {
            assert_eq!(policy(&known.arn).unwrap().id, known.id);
            assert!(known.created <= known.updated, "{}", known.name);
        }
    }

    #[test]
    fn a_path_belongs_to_the_name() {
        const ROLE: &str = "AWSLambdaBasicExecutionRole";
        assert!(policy(&format!("{PREFIX}/service-role/{ROLE}")).is_some());
        for unknown in [
            format!("{PREFIX}/{ROLE}"),
            format!("{PREFIX}/SecretsManagerReadWriteX"),
            format!("{PREFIX}/secretsmanagerreadwrite"),
            "arn:aws:iam::111122223333:policy/AdministratorAccess".to_owned(),
        ] {
            assert!(policy(&unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn versions_are_awss() {
        let policy = policy(&format!("{PREFIX}/SecretsManagerReadWrite")).unwrap();
        assert_eq!(policy.default_version().id(), "v6");
        assert_eq!(policy.updated.iso8601(), "2026-08-25T23:37:10Z");
    }
}
