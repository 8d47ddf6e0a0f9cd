//! DeleteSecret: schedules a secret's deletion after a recovery window, or deletes it at once.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::find::{self, Found};
use super::model::{Deletion, Due, Rotation, Secret, SecretId};
use super::{Error, removal};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::timestamp::Timestamp;
use crate::wire::Member;

pub(super) struct DeleteSecret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    recovery_window_in_days: Option<i64>,
    force_delete_without_recovery: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
    deletion_date: Timestamp,
}

const DEFAULT_WINDOW: i64 = 30;

impl Operation for DeleteSecret {
    const NAME: &'static str = "DeleteSecret";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        // The model has no limits here: the service checks the window itself, with its own text.
        Member::integer("RecoveryWindowInDays", i64::MIN, i64::MAX),
        Member::boolean("ForceDeleteWithoutRecovery"),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        let window = input.recovery_window_in_days;
        let force = input.force_delete_without_recovery;
        vec![
            Demand::on("secretsmanager:DeleteSecret", target)
                .with("secretsmanager:RecoveryWindowInDays", window)
                .with("secretsmanager:ForceDeleteWithoutRecovery", force),
        ]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let force = input.force_delete_without_recovery == Some(true);
        if force && input.recovery_window_in_days.is_some() {
            return Err(Error::ForceWithWindow);
        }
        let window = input.recovery_window_in_days.unwrap_or(DEFAULT_WINDOW);
        if !(7..=30).contains(&window) {
            return Err(Error::BadRecoveryWindow);
        }
        match find::secret(call, &input.secret_id) {
            Ok(found) if force => {
                let found = found.deletable()?;
                removal::remove(&mut call.tx, &found.secret, &found.scope);
                Ok(Output {
                    arn: found.arn(),
                    name: found.name(),
                    deletion_date: call.now,
                })
            }
            Ok(found) => schedule(call, found.deletable()?.alive()?, window),
            // Forced, the deletion succeeds of what is not there, and could be.
            Err(_) if force && find::could_be_here(call, &input.secret_id) => {
                Ok(never_existed(call, &input.secret_id))
            }
            Err(error) => Err(error),
        }
    }
}

fn schedule(call: &mut Call<'_>, found: Found, window: i64) -> Result<Output, Error> {
    let requested = call.now;
    let due = requested.plus_days(window);
    let mut secret = Secret {
        deletion: Some(Deletion { requested, due }),
        changed: requested,
        ..Secret::clone(&found.secret)
    };
    if secret.rotation.is_some() {
        secret.change_rotation(Rotation::stop);
    }
    call.tx.mark(Due::key(&found.scope, due, secret.name()));
    call.tx.put(found.key(), secret);
    Ok(Output {
        arn: found.arn(),
        name: found.name(),
        deletion_date: due,
    })
}

/// AWS answers with an ARN although there is no secret; which one is not known. One is made up.
fn never_existed(call: &Call<'_>, id: &str) -> Output {
    let name = match SecretId::parse(id) {
        SecretId::Arn { name, .. } => name,
        SecretId::Name(_) | SecretId::OtherArn => id,
    };
    let suffix = call.environment.arn_suffix();
    let suffix = std::str::from_utf8(&suffix).unwrap_or_default();
    let arn = match id.starts_with("arn:") {
        true => id.into(),
        false => Secret::arn_of(call.scope, name, suffix).into(),
    };
    Output {
        arn,
        name: name.to_owned(),
        deletion_date: call.now,
    }
}
