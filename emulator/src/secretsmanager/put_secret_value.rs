//! PutSecretValue: a new version with a new value.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::{Secret, Stage, VersionId, from_base64};
use super::new_value::{self, CLIENT_REQUEST_TOKEN, SECRET_BINARY, SECRET_STRING};
use super::{Error, find, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::sensitive::Sensitive;
use crate::wire::{Member, Pattern, Shape};

pub(super) struct PutSecretValue;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    client_request_token: Option<VersionId>,
    #[serde(default, deserialize_with = "from_base64")]
    secret_binary: Option<Sensitive<Vec<u8>>>,
    secret_string: Option<Sensitive<String>>,
    #[serde(default)]
    version_stages: Vec<Stage>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
    version_id: VersionId,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    version_stages: Vec<Stage>,
}

const ROTATION_TOKEN: Pattern = Pattern {
    text: "^[a-zA-Z0-9\\-]+$",
    matches: |text| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    },
};

impl Operation for PutSecretValue {
    const NAME: &'static str = "PutSecretValue";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        CLIENT_REQUEST_TOKEN,
        SECRET_BINARY,
        SECRET_STRING,
        Member::new(
            "VersionStages",
            Shape::List {
                of: &Shape::string(1, 256),
                min: 1,
                max: 20,
            },
        ),
        Member::new("RotationToken", Shape::pattern(36, 256, ROTATION_TOKEN)).sensitive(),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)?;
        new_value::check_length(input.secret_string.as_ref())?;
        if input.client_request_token.is_none() {
            Err(Error::NoToken)
        } else {
            Ok(())
        }
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "secretsmanager:PutSecretValue",
            find::target(call, &input.secret_id),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.writable()?;
        let value = new_value::value(input.secret_string.as_ref(), input.secret_binary.as_ref())?
            .ok_or(Error::NoValue)?;
        found.check_key(call)?;
        let token = input.client_request_token.as_ref().ok_or(Error::NoToken)?;
        let mut secret = Secret::clone(&found.secret);
        let stages = &input.version_stages;
        if new_value::repeated(call, &found, token, &value)?.is_none() {
            saving::put_value(call, &found.scope, &mut secret, (token, value), stages)?;
        } else if !stages.is_empty() {
            // A repetition may bring further labels, as it was seen to.
            secret.versions.put(token, call.now, stages)?;
            secret.note_new_current(&found.secret.versions, call.now);
            secret.changed = call.now;
        }
        let version_stages = secret.versions.stages_in_order(token);
        if secret.versions != found.secret.versions {
            saving::save(&mut call.tx, &found.scope, secret, call.now);
        }
        Ok(Output {
            arn: found.arn(),
            name: found.name(),
            version_id: token.clone(),
            version_stages,
        })
    }
}
