//! RotateSecret: sets up how a secret is rotated, and begins a rotation.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::find;
use super::model::{ROTATION_RULES, RotationRules, Schedule, Secret, Stage, VersionId};
use super::new_value::CLIENT_REQUEST_TOKEN;
use super::{Error, rotation, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct RotateSecret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    client_request_token: Option<VersionId>,
    #[serde(rename = "RotationLambdaARN")]
    rotation_lambda_arn: Option<String>,
    rotation_rules: Option<RotationRules>,
    external_secret_rotation_role_arn: Option<String>,
    rotate_immediately: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
    version_id: VersionId,
}

impl Operation for RotateSecret {
    const NAME: &'static str = "RotateSecret";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        CLIENT_REQUEST_TOKEN,
        rotation::LAMBDA_ARN,
        ROTATION_RULES,
        rotation::EXTERNAL_METADATA,
        rotation::EXTERNAL_ROLE_ARN,
        Member::boolean("RotateImmediately"),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)?;
        match input.client_request_token {
            Some(_) => Ok(()),
            None => Err(Error::NoTokenToRotate),
        }
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let role = input.external_secret_rotation_role_arn.as_ref();
        let function = input.rotation_lambda_arn.as_deref();
        let modifies = input.rotation_rules.as_ref().map(|_| true);
        let target = find::target(call, &input.secret_id);
        let rotate = Demand::on("secretsmanager:RotateSecret", target)
            .with("secretsmanager:RotationLambdaARN", function)
            .with("secretsmanager:ExternalSecretRotationRoleArn", role)
            .with("secretsmanager:ModifyRotationRules", modifies)
            .with("secretsmanager:RotateImmediately", input.rotate_immediately);
        let invoke = rotation::invocation(call, &input.secret_id, function);
        [vec![rotate], invoke.into_iter().collect()].concat()
    }

    /// Nothing is kept of a rotation that cannot begin.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.writable()?;
        let token = input
            .client_request_token
            .as_ref()
            .ok_or(Error::NoTokenToRotate)?;
        if let Some(role) = &input.external_secret_rotation_role_arn {
            return Err(rotation::refuse_external(&found, role));
        }
        let known = found.secret.rotation.as_deref();
        let sent = input
            .rotation_lambda_arn
            .as_deref()
            .filter(|arn| !arn.is_empty());
        let function = sent
            .or_else(|| known?.function())
            .ok_or(Error::NoRotationFunction)?;
        rotation::check_function(call, function, &found.scope)?;
        if let Some(rules) = &input.rotation_rules {
            Schedule::new(rules).map_err(Error::Schedule)?;
        }
        let mut secret = Secret::clone(&found.secret);
        if !rotation::is_running(&secret, token) {
            if rotation::is_incomplete(&secret.versions) {
                return Err(Error::RotationIncomplete);
            }
            let begins = input.rotate_immediately != Some(false);
            secret.change_rotation(|rotation| {
                rotation.start(function, input.rotation_rules.as_ref(), call.now);
                rotation.running = begins.then(|| token.clone());
            });
            if begins {
                for version in secret.versions.announce(token, call.now)? {
                    call.tx.delete(found.version_key(&version));
                }
                debug_assert!(secret.versions.labelled(&Stage::Pending).is_some());
            }
            secret.changed = call.now;
            saving::save(&mut call.tx, &found.scope, secret, call.now);
        }
        Ok(Output {
            arn: found.arn(),
            name: found.name(),
            version_id: token.clone(),
        })
    }
}
