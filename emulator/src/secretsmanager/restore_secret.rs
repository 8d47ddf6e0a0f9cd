//! RestoreSecret: calls off a scheduled deletion.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Error;
use super::find;
use super::model::{Due, Secret};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct RestoreSecret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
}

impl Operation for RestoreSecret {
    const NAME: &'static str = "RestoreSecret";
    const MEMBERS: &'static [Member] = &[find::SECRET_ID];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "secretsmanager:RestoreSecret",
            find::target(call, &input.secret_id),
        )]
    }

    /// A secret that is not scheduled for deletion is left as it is: what AWS does then is not known.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?;
        if let Some(deletion) = found.secret.deletion {
            let restored = Secret {
                deletion: None,
                ..found.changed(call.now)
            };
            let place = Due::key(&found.scope, deletion.due, restored.name());
            call.tx.delete(place);
            call.tx.put(found.key(), restored);
        }
        Ok(Output {
            arn: found.arn(),
            name: found.name(),
        })
    }
}
