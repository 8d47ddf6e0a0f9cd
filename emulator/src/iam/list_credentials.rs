//! ListMFADevices, ListSSHPublicKeys, ListSigningCertificates, ListServiceSpecificCredentials: what a
//! user can have beside access keys and a password. Nothing here takes any, so no user has one;
//! without a name, the caller has none.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html>

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::entity::operation;
use super::paging::{Paging, Rest};
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::{Members, Nothing};

pub(super) struct ListCredentials<C>(PhantomData<C>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: Option<String>,
    #[serde(default)]
    all_users: bool,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
pub(super) struct Output {
    #[serde(flatten)]
    list: List,
    #[serde(flatten)]
    rest: Rest,
}

/// Each under a name of its own.
#[derive(Serialize)]
pub(super) enum List {
    MFADevices(Members<Nothing>),
    SSHPublicKeys(Members<Nothing>),
    Certificates(Members<Nothing>),
    ServiceSpecificCredentials(Members<Nothing>),
}

/// A kind of credentials.
pub(super) trait Credentials: Send + Sync + 'static {
    const ACTION: &'static str;
    const MEMBERS: &'static [Member];
    const LIST: fn(Members<Nothing>) -> List;
    /// Whether IAM is asked about the caller where no user is named, or about nobody.
    const ASKS_ABOUT_CALLER: bool = true;
}

pub(super) struct MfaDevices;
pub(super) struct SshPublicKeys;
pub(super) struct SigningCertificates;
pub(super) struct ServiceSpecificCredentials;

impl Credentials for MfaDevices {
    const ACTION: &'static str = "iam:ListMFADevices";
    const MEMBERS: &'static [Member] = &[members::USER_NAME, members::MARKER, members::MAX_ITEMS];
    const LIST: fn(Members<Nothing>) -> List = List::MFADevices;
    const ASKS_ABOUT_CALLER: bool = false;
}

impl Credentials for SshPublicKeys {
    const ACTION: &'static str = "iam:ListSSHPublicKeys";
    const MEMBERS: &'static [Member] = &[
        members::SHORT_USER_NAME,
        members::MARKER,
        members::MAX_ITEMS,
    ];
    const LIST: fn(Members<Nothing>) -> List = List::SSHPublicKeys;
}

impl Credentials for SigningCertificates {
    const ACTION: &'static str = "iam:ListSigningCertificates";
    const MEMBERS: &'static [Member] = &[members::USER_NAME, members::MARKER, members::MAX_ITEMS];
    const LIST: fn(Members<Nothing>) -> List = List::Certificates;
}

impl Credentials for ServiceSpecificCredentials {
    const ACTION: &'static str = "iam:ListServiceSpecificCredentials";
    const MEMBERS: &'static [Member] = &[
        members::SHORT_USER_NAME,
        Member::boolean("AllUsers"),
        members::MARKER,
        members::MAX_ITEMS,
    ];
    const LIST: fn(Members<Nothing>) -> List = List::ServiceSpecificCredentials;
}

impl<C: Credentials> Operation for ListCredentials<C> {
    const NAME: &'static str = operation(C::ACTION);
    const MEMBERS: &'static [Member] = C::MEMBERS;
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.user_name.as_deref(), check::user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let name = input.user_name.as_deref();
        if input.all_users || (name.is_none() && !C::ASKS_ABOUT_CALLER) {
            return vec![Demand::without_resource(C::ACTION)];
        }
        vec![Demand::on(C::ACTION, demand::user_or_caller(call, name))]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        if !input.all_users
            && let Some(name) = find::name_or_callers(call, input.user_name.as_deref())?
        {
            find::user(call, &name)?;
        }
        let (none, rest) = input.paging.page::<&str, _>([])?;
        Ok(Output {
            list: C::LIST(none),
            rest,
        })
    }
}
