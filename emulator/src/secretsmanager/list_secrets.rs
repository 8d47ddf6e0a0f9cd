//! ListSecrets: metadata of all secrets of the account in the region, in pages.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html>

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Error;
use super::entry::{Metadata, Origin, labelled_versions};
use super::filter::{self, Filter};
use super::listing::{self, Listing};
use super::model::{Secret, Stage, VersionId};
use super::page::{self, Order};
use super::sort::{SORT_BY, SORT_ORDER, SortBy};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct ListSecrets;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    include_planned_deletion: Option<bool>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    filters: Vec<Filter>,
    #[serde(default)]
    sort_order: Order,
    #[serde(default)]
    sort_by: SortBy,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    secret_list: Vec<Item>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    #[serde(flatten)]
    metadata: Metadata,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_versions_to_stages: Option<BTreeMap<VersionId, Vec<Stage>>>,
    #[serde(flatten)]
    origin: Origin,
}

/// How many secrets a page has if the caller does not say: fewer than other lists have, as AWS was
/// seen to do.
const DEFAULT_PAGE: usize = 10;

impl Operation for ListSecrets {
    const NAME: &'static str = "ListSecrets";
    const MEMBERS: &'static [Member] = &[
        Member::boolean("IncludePlannedDeletion"),
        page::MAX_RESULTS,
        page::NEXT_TOKEN,
        filter::FILTERS,
        SORT_ORDER,
        SORT_BY,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        filter::check(&input.filters)
    }

    fn demands(_: &Input, _: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("secretsmanager:ListSecrets")]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let listing = Listing {
            filters: &input.filters,
            max_results: input.max_results.unwrap_or(DEFAULT_PAGE),
            next_token: input.next_token.as_deref(),
            planned: input.include_planned_deletion == Some(true),
            sort_by: input.sort_by,
            order: input.sort_order,
        };
        let (secrets, next_token) = listing::page(call, &listing)?;
        let item = |secret: &Arc<Secret>| Item {
            metadata: Metadata::of(secret, call.scope),
            secret_versions_to_stages: labelled_versions(secret),
            origin: Origin::of(secret),
        };
        Ok(Output {
            secret_list: secrets.iter().map(item).collect(),
            next_token,
        })
    }
}
