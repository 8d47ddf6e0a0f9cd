//! CreateSecret: makes a secret, with or without a first value.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Error;
use super::find;
use super::model::{Secret, TAGS, Tag, VersionId, VersionValue, from_base64, valid_name};
use super::new_value::{self, CLIENT_REQUEST_TOKEN, SECRET_BINARY, SECRET_STRING};
use super::tags;
use super::unsupported::{self, Unsupported};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::sensitive::Sensitive;
use crate::wire::Member;

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
    #[serde(flatten)]
    unsupported: Unsupported,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<VersionId>,
}

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
        unsupported::ADD_REPLICA_REGIONS,
        unsupported::FORCE_OVERWRITE_REPLICA_SECRET,
        unsupported::TYPE,
        unsupported::CROSS_ACCOUNT_PRIMARY_ARN,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        if !valid_name(&input.name) {
            return Err(Error::BadName);
        }
        tags::check(input.tags.as_deref())?;
        new_value::check_length(input.secret_string.as_ref())?;
        let has_value = input.secret_string.is_some() || input.secret_binary.is_some();
        if has_value && input.client_request_token.is_none() {
            return Err(Error::NoToken);
        }
        Ok(())
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::new_target(call, &input.name);
        let create = Demand::on("secretsmanager:CreateSecret", target)
            .with("secretsmanager:Name", Some(&input.name))
            .with("secretsmanager:Description", input.description.as_ref());
        let tags = input.tags.as_deref().unwrap_or_default();
        let more = input.unsupported.keys(create, input.kms_key_id.as_ref());
        more.creating(tags.iter().map(Tag::pair)).and([
            (!tags.is_empty(), "secretsmanager:TagResource"),
            input.unsupported.replication(),
        ])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        input.unsupported.refuse(input.kms_key_id.as_deref())?;
        let value = new_value::value(input.secret_string.as_ref(), input.secret_binary.as_ref())?;
        let token = input.client_request_token.as_ref();
        if let Ok(found) = find::secret(call, &input.name) {
            let version_id = new_value::repeated_creation(call, &found, token.zip(value.as_ref()))?;
            return Ok(Output {
                arn: found.arn(),
                name: found.name(),
                version_id: Some(version_id),
            });
        }
        let kms_key_id = input.kms_key_id.as_deref().filter(|key| !key.is_empty());
        let mut secret = Secret {
            description: input.description.as_deref().unwrap_or_default().into(),
            kms_key_id: kms_key_id.map(Into::into),
            tags: input.tags.clone(),
            ..Secret::new(
                call.scope,
                &input.name,
                call.environment.arn_suffix(),
                call.now,
            )
        };
        let version_id = token.zip(value).map(|(token, value)| {
            secret.versions.put(token.clone(), call.now, &[]);
            let key = VersionValue::key(call.scope, secret.name(), secret.suffix(), token);
            call.tx.put(key, VersionValue::new(value));
            token.clone()
        });
        let output = Output {
            arn: secret.arn().clone(),
            name: input.name.clone(),
            version_id,
        };
        call.tx.put(Secret::key(call.scope, &input.name), secret);
        Ok(output)
    }
}
