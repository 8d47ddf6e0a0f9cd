//! CreateSecret: makes a secret, with or without a first value.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::{CROSS_ACCOUNT_POLICY, Secret, TAGS, Tag, VersionId, from_base64};
use super::new_value::{self, CLIENT_REQUEST_TOKEN, SECRET_BINARY, SECRET_STRING};
use super::replicas::{self, ReplicaRegion, ReplicationStatus};
use super::{Error, find, keys, managed_type, new_secret, saving, tags};
use crate::account::Scope;
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::sensitive::Sensitive;
use crate::wire::Member;

pub(super) struct CreateSecret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    pub(super) name: String,
    client_request_token: Option<VersionId>,
    pub(super) description: Option<String>,
    pub(super) kms_key_id: Option<String>,
    #[serde(default, deserialize_with = "from_base64")]
    pub(super) secret_binary: Option<Sensitive<Vec<u8>>>,
    pub(super) secret_string: Option<Sensitive<String>>,
    pub(super) tags: Option<Vec<Tag>>,
    pub(super) add_replica_regions: Option<Vec<ReplicaRegion>>,
    pub(super) force_overwrite_replica_secret: Option<bool>,
    pub(super) r#type: Option<String>,
    #[serde(rename = "CrossAccountPrimaryARN")]
    pub(super) cross_account_primary_arn: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<VersionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replication_status: Option<Vec<ReplicationStatus>>,
}

impl Operation for CreateSecret {
    const NAME: &'static str = "CreateSecret";
    const MEMBERS: &'static [Member] = &[
        Member::string("Name", 1, 512).required(),
        CLIENT_REQUEST_TOKEN,
        Member::string("Description", 0, 2048),
        keys::KMS_KEY_ID,
        SECRET_BINARY,
        SECRET_STRING,
        Member::new("Tags", TAGS),
        replicas::ADD_REPLICA_REGIONS,
        replicas::FORCE_OVERWRITE,
        managed_type::TYPE,
        Member::string("CrossAccountPrimaryARN", 20, 2048),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_name(&input.name)?;
        tags::check(input.tags.as_deref())?;
        let token = input.client_request_token.as_ref();
        new_value::check(&input.secret_string, &input.secret_binary, token)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let tags = input.tags.as_deref().unwrap_or_default();
        let regions = input.add_replica_regions.as_ref();
        let copy = input.cross_account_primary_arn.as_ref();
        let target = find::new_target(call, &input.name);
        let create = Demand::on("secretsmanager:CreateSecret", target)
            .with("secretsmanager:Name", Some(&input.name))
            .with("secretsmanager:Description", input.description.as_ref())
            .with("secretsmanager:Type", input.r#type.as_ref())
            .with(
                "secretsmanager:PolicyName",
                copy.map(|_| CROSS_ACCOUNT_POLICY),
            )
            .creating(tags.iter().map(Tag::pair));
        let create = keys::with_key(create, input.kms_key_id.as_deref(), call.scope);
        let force = input.force_overwrite_replica_secret;
        replicas::with_regions(create, regions, force).and([
            (!tags.is_empty(), "secretsmanager:TagResource"),
            (regions.is_some(), "secretsmanager:ReplicateSecretToRegions"),
            (copy.is_some(), "secretsmanager:PutResourcePolicy"),
        ])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let value = new_value::value(input.secret_string.as_ref(), input.secret_binary.as_ref())?;
        let value = input.client_request_token.as_ref().zip(value);
        if let Ok(found) = find::secret(call, &input.name) {
            let version_id = new_value::repeated_creation(call, &found, value.as_ref())?;
            return Ok(output(call.scope, &found.secret, Some(version_id), None));
        }
        let mut secret = new_secret::secret(call, &input)?;
        let version_id = value.as_ref().map(|(token, _)| (*token).clone());
        if let Some(value) = value {
            saving::put_value(call, call.scope, &mut secret, value, &[])?;
        }
        let statuses = new_secret::copy(call, &input, &mut secret)?;
        let output = output(call.scope, &secret, version_id, statuses);
        saving::create(&mut call.tx, call.scope, secret, saving::MOST_VALUES);
        Ok(output)
    }
}

fn output(
    scope: &Scope,
    secret: &Secret,
    version_id: Option<VersionId>,
    replication_status: Option<Vec<ReplicationStatus>>,
) -> Output {
    Output {
        arn: secret.arn(scope),
        name: secret.name().to_owned(),
        version_id,
        replication_status,
    }
}
