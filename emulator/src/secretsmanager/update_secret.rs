//! UpdateSecret: changes description, key or type of a secret, and may give it a new value.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::find::{self, Found};
use super::model::{Secret, VersionId, from_base64};
use super::new_value::{self, CLIENT_REQUEST_TOKEN, SECRET_BINARY, SECRET_STRING};
use super::{Error, keys, managed_type, replicas, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::sensitive::Sensitive;
use crate::wire::Member;

pub(super) struct UpdateSecret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    client_request_token: Option<VersionId>,
    description: Option<String>,
    kms_key_id: Option<String>,
    #[serde(default, deserialize_with = "from_base64")]
    secret_binary: Option<Sensitive<Vec<u8>>>,
    secret_string: Option<Sensitive<String>>,
    r#type: Option<String>,
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

impl Operation for UpdateSecret {
    const NAME: &'static str = "UpdateSecret";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        CLIENT_REQUEST_TOKEN,
        Member::string("Description", 0, 2048),
        keys::KMS_KEY_ID,
        SECRET_BINARY,
        SECRET_STRING,
        managed_type::TYPE,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)?;
        let token = input.client_request_token.as_ref();
        new_value::check(&input.secret_string, &input.secret_binary, token)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        let update = Demand::on("secretsmanager:UpdateSecret", target)
            .with("secretsmanager:Description", input.description.as_ref())
            .with("secretsmanager:Type", input.r#type.as_ref());
        let key = input.kms_key_id.as_deref();
        vec![keys::with_key(update, key, call.scope)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?;
        let key = input.kms_key_id.as_deref();
        // The one change to a copy that is made where it is.
        if let (Some(key), true, true) =
            (key, input.has_key_only(), found.secret.replica().is_some())
        {
            replicas::change_key(call, &found, key)?;
            return Ok(output(&found, None));
        }
        let found = found.writable()?;
        let value = new_value::value(input.secret_string.as_ref(), input.secret_binary.as_ref())?;
        let mut secret = Secret::clone(&found.secret);
        if let Some(description) = &input.description {
            secret.description = description.as_str().into();
        }
        if let Some(key) = key {
            secret.kms_key_id = keys::chosen(call, &found.scope, Some(key))?;
            saving::encrypt_anew(call, &found.scope, &secret);
        }
        if let Some(kind) = &input.r#type {
            secret.managed_type = managed_type::chosen(Some(kind))?;
        }
        secret.changed = call.now;
        let token = input.client_request_token.as_ref();
        let version_id = match token.zip(value) {
            None => None,
            Some((token, value)) => {
                found.check_key(call)?;
                if new_value::repeated(call, &found, token, &value)?.is_none() {
                    saving::put_value(call, &found.scope, &mut secret, (token, value), &[])?;
                }
                Some(token.clone())
            }
        };
        saving::save(&mut call.tx, &found.scope, secret, call.now);
        Ok(output(&found, version_id))
    }
}

impl Input {
    fn has_key_only(&self) -> bool {
        let has_value = self.secret_string.is_some() || self.secret_binary.is_some();
        !has_value && self.description.is_none() && self.r#type.is_none()
    }
}

fn output(found: &Found, version_id: Option<VersionId>) -> Output {
    Output {
        arn: found.arn(),
        name: found.name(),
        version_id,
    }
}
