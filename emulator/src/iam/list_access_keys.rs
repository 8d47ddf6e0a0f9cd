//! ListAccessKeys: the access keys of a user; without a name, the caller's.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::paging::{Paging, Rest};
use super::view::AccessKeyView;
use super::{Error, check, demand, find, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListAccessKeys;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_name: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    access_key_metadata: Members<AccessKeyView>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListAccessKeys {
    const NAME: &'static str = "ListAccessKeys";
    const MEMBERS: &'static [Member] = &[members::USER_NAME, members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.user_name.as_deref(), check::user_name)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListAccessKeys",
            demand::user_or_caller(call, input.user_name.as_deref()),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        // The root user has no key that IAM has issued.
        let ids = match find::name_or_callers(call, input.user_name.as_deref())? {
            Some(name) => find::user(call, &name)?.access_keys.clone(),
            None => Vec::new(),
        };
        let keys = ids.into_iter().filter_map(|id| find::access_key(call, &id));
        let shown: BTreeMap<_, _> = keys
            .map(|key| (key.id.clone(), AccessKeyView::new(&key)))
            .collect();
        let (access_key_metadata, rest) = input.paging.page(shown)?;
        Ok(Output {
            access_key_metadata,
            rest,
        })
    }
}
