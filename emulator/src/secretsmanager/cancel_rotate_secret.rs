//! CancelRotateSecret: switches rotation off. A version that a rotation was making keeps its label.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::Rotation;
use super::{Error, find, saving};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct CancelRotateSecret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
}

/// The model has a `VersionId`, too; AWS was not seen to send it, not even amid a rotation.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
}

impl Operation for CancelRotateSecret {
    const NAME: &'static str = "CancelRotateSecret";
    const MEMBERS: &'static [Member] = &[find::SECRET_ID];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        vec![Demand::on("secretsmanager:CancelRotateSecret", target)]
    }

    /// A secret that never was rotated shows that it is not from then on.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.writable()?;
        let mut secret = found.changed(call.now);
        secret.change_rotation(Rotation::stop);
        saving::save(&mut call.tx, &found.scope, secret, call.now);
        Ok(Output {
            arn: found.arn(),
            name: found.name(),
        })
    }
}
