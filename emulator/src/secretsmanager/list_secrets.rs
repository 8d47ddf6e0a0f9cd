//! ListSecrets: metadata of all secrets of the account in the region, in pages.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html>

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Error;
use super::entry::{Metadata, labelled_versions};
use super::filter::{self, Filter};
use super::model::{Secret, Stage};
use super::page::{self, Order};
use super::sort::{SORT_BY, SORT_ORDER, SortBy};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::timestamp::Timestamp;
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
    secret_versions_to_stages: Option<BTreeMap<String, Vec<Stage>>>,
    created_date: Timestamp,
}

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

    fn demands(_: &Input, _: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("secretsmanager:ListSecrets")]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let all = call
            .tx
            .scan(&Secret::all(call.scope), None, usize::MAX)
            .entries;
        let (planned, now) = (input.include_planned_deletion == Some(true), call.now);
        let shown = all
            .into_iter()
            .filter_map(|(_, entry)| entry.downcast::<Secret>())
            .filter(|secret| {
                (planned || secret.deletion.is_none())
                    && !secret.is_gone(now)
                    && input.filters.iter().all(|filter| filter.matches(secret))
            });
        let place = |secret: &Arc<Secret>| input.sort_by.position(secret);
        let (page, next_token) = page::cut(
            shown,
            place,
            input.sort_order,
            input.max_results,
            input.next_token.as_deref(),
        )?;
        let item = |secret: &Arc<Secret>| Item {
            metadata: Metadata::of(secret),
            secret_versions_to_stages: labelled_versions(secret),
            created_date: secret.created,
        };
        Ok(Output {
            secret_list: page.iter().map(item).collect(),
            next_token,
        })
    }
}
