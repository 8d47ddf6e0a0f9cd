//! CreateAccessKey: issues an access key to a user; without a name, to the caller. Its secret is
//! shown here and never again.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>

use std::sync::Arc;

use sekisho_sigv4::SecretKey;
use serde::{Deserialize, Serialize};

use super::model::{AccessKey, KeyStatus, User};
use super::view::AccessKeyView;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::sensitive::Disclosed;
use crate::wire::Member;

/// The most keys of a user.
const MAX_KEYS: usize = 2;

pub(super) struct CreateAccessKey;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    access_key: Issued,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Issued {
    #[serde(flatten)]
    key: AccessKeyView,
    secret_access_key: Disclosed<String>,
}

impl Operation for CreateAccessKey {
    const NAME: &'static str = "CreateAccessKey";
    const MEMBERS: &'static [Member] = &[members::USER_NAME];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.user_name.as_deref(), check::user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:CreateAccessKey",
            demand::user_or_caller(call, input.user_name.as_deref()),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let name = find::name_or_callers(call, input.user_name.as_deref())?
            .ok_or(Error::Unsupported("access keys of the root user"))?;
        let mut user = Arc::unwrap_or_clone(find::user(call, &name)?);
        if user.access_keys.len() >= MAX_KEYS {
            return Err(Error::Quota("AccessKeysPerUser", MAX_KEYS));
        }
        let secret = call.environment.secret_access_key();
        let key = AccessKey {
            id: unused_id(call),
            account: call.scope.account,
            user: user.name.clone(),
            secret: Arc::new(SecretKey::new(secret.expose().as_str())),
            status: KeyStatus::Active,
            created: call.now,
            last_used: Arc::default(),
            caller: Arc::default(),
        };
        let view = AccessKeyView::new(&key);
        user.access_keys.push(key.id.clone());
        call.tx.put(AccessKey::key(&key.id), key);
        call.tx.put(User::key(call.scope.account, &user.name), user);
        Ok(Output {
            access_key: Issued {
                key: view,
                secret_access_key: Disclosed(secret),
            },
        })
    }
}

/// Ids repeat from run to run where they are seeded, and an older run may have stored this one.
fn unused_id(call: &mut Call<'_>) -> String {
    loop {
        let id = call.environment.access_key_id("AKIA", call.scope.account);
        if call.tx.get::<AccessKey>(&AccessKey::key(&id)).is_none() {
            return id;
        }
    }
}
