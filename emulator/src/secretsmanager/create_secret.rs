//! CreateSecret: makes a secret, with or without a first value.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html>

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Error;
use super::find::{self, Found};
use super::model::{Secret, SecretValue, TAGS, Tag, VersionId, VersionValue, Versions, from_base64, valid_name};
use super::new_value::{self, CLIENT_REQUEST_TOKEN, SECRET_BINARY, SECRET_STRING};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::sensitive::Sensitive;
use crate::wire::{Member, Shape};

pub(super) struct CreateSecret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    name: String,
    client_request_token: Option<VersionId>,
    description: Option<String>,
    kms_key_id: Option<String>,
    #[serde(default, deserialize_with = "from_base64")]
    secret_binary: Option<Sensitive<Vec<u8>>>,
    secret_string: Option<Sensitive<String>>,
    tags: Option<Vec<Tag>>,
    add_replica_regions: Option<Value>,
    r#type: Option<String>,
    #[serde(rename = "CrossAccountPrimaryARN")]
    cross_account_primary_arn: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<VersionId>,
}

const REPLICA_REGION: &[Member] = &[Member::string("Region", 1, 128), Member::string("KmsKeyId", 0, 2048)];

impl Operation for CreateSecret {
    const NAME: &'static str = "CreateSecret";
    const MEMBERS: &'static [Member] = &[
        Member::string("Name", 1, 512).required(),
        CLIENT_REQUEST_TOKEN,
        Member::string("Description", 0, 2048),
        Member::string("KmsKeyId", 0, 2048),
        SECRET_BINARY,
        SECRET_STRING,
        Member::new("Tags", TAGS),
        Member::new("AddReplicaRegions", Shape::List { of: &Shape::Structure(REPLICA_REGION), min: 1, max: usize::MAX }),
        Member::boolean("ForceOverwriteReplicaSecret"),
        Member::string("Type", 0, 256),
        Member::string("CrossAccountPrimaryARN", 20, 2048),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        if !valid_name(&input.name) {
            return Err(Error::BadName);
        }
        new_value::check_length(input.secret_string.as_ref())?;
        let has_value = input.secret_string.is_some() || input.secret_binary.is_some();
        if has_value && input.client_request_token.is_none() {
            return Err(Error::NoToken);
        }
        Ok(())
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::new_target(call, &input.name);
        let tagged = input.tags.as_ref().is_some_and(|tags| !tags.is_empty());
        let tag = tagged.then(|| Demand::on("secretsmanager:TagResource", target.clone()));
        [Some(Demand::on("secretsmanager:CreateSecret", target)), tag].into_iter().flatten().collect()
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        refuse_unsupported(&input)?;
        let value = new_value::value(input.secret_string.as_ref(), input.secret_binary.as_ref())?;
        let token = input.client_request_token.as_ref();
        if let Ok(found) = find::secret(call, &input.name) {
            return existing(call, &found, token.zip(value.as_ref()));
        }
        let mut secret = Secret {
            name: input.name.as_str().into(),
            suffix: call.environment.arn_suffix(),
            description: input.description.as_deref().unwrap_or_default().into(),
            kms_key_id: input.kms_key_id.as_deref().filter(|key| !key.is_empty()).map(Into::into),
            tags: input.tags.clone(),
            created: call.now,
            changed: call.now,
            accessed: Default::default(),
            deletion: None,
            versions: Versions::default(),
        };
        let version_id = token.zip(value).map(|(token, value)| {
            secret.versions.put(token.clone(), call.now, &[]);
            let key = VersionValue::key(call.scope, &secret.name, secret.suffix(), token);
            call.tx.put(key, VersionValue::new(value));
            token.clone()
        });
        let output = Output { arn: secret.arn(call.scope), name: input.name.clone(), version_id };
        call.tx.put(Secret::key(call.scope, &input.name), secret);
        Ok(output)
    }
}

/// A secret of the name exists: only a repetition of the request that made it succeeds.
fn existing(call: &mut Call<'_>, found: &Found, brought: Option<(&VersionId, &SecretValue)>) -> Result<Output, Error> {
    if found.secret.deletion.is_some() {
        return Err(Error::NameScheduledForDeletion);
    }
    let repeated = match brought {
        Some((token, value)) => new_value::repeated(call, found, token.as_str(), value)?,
        None => None,
    };
    match repeated {
        Some(version_id) => Ok(Output { arn: found.arn(), name: found.name(), version_id: Some(version_id) }),
        None => Err(Error::SecretExists(found.name())),
    }
}

/// Nothing that changes what a secret means is accepted and then ignored.
fn refuse_unsupported(input: &Input) -> Result<(), Error> {
    match input.kms_key_id.as_deref() {
        None | Some("" | "alias/aws/secretsmanager") => {}
        // No customer key can exist before KMS is emulated, so this is what AWS would say as well.
        Some(_) => return Err(Error::BadKmsKey("Sekisho has no KMS keys yet.".to_owned())),
    }
    if input.add_replica_regions.is_some() {
        return Err(Error::Unsupported("replication"));
    }
    if input.r#type.as_deref().is_some_and(|kind| !kind.is_empty()) {
        return Err(Error::Unsupported("managed external secrets"));
    }
    if input.cross_account_primary_arn.is_some() {
        return Err(Error::Unsupported("replicas across accounts"));
    }
    Ok(())
}
