//! ListSecretVersionIds: the versions that have a value, those without labels only on request.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html>

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::{Stage, Version, VersionId, VersionValue};
use super::{Error, find, keys, page};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::timestamp::Timestamp;
use crate::wire::Member;

pub(super) struct ListSecretVersionIds;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    max_results: Option<usize>,
    next_token: Option<String>,
    include_deprecated: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    versions: Vec<Item>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
    #[serde(rename = "ARN")]
    arn: Arc<str>,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    version_id: VersionId,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    version_stages: Vec<Stage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_accessed_date: Option<Timestamp>,
    created_date: Timestamp,
    kms_key_ids: Vec<String>,
}

impl Operation for ListSecretVersionIds {
    const NAME: &'static str = "ListSecretVersionIds";
    const MEMBERS: &'static [Member] = &[
        find::SECRET_ID,
        page::MAX_RESULTS,
        page::NEXT_TOKEN,
        Member::boolean("IncludeDeprecated"),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "secretsmanager:ListSecretVersionIds",
            find::target(call, &input.secret_id),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?;
        // AWS lists no versions of a copy in another region, although they can be read there.
        let listed = found
            .secret
            .versions
            .iter()
            .filter(|_| !found.is_region_replica());
        let versions = &found.secret.versions;
        let shown = |(_, version): &(usize, &Version)| {
            let all = input.include_deprecated == Some(true);
            version.has_value && (all || versions.stages(&version.id).next().is_some())
        };
        // AWS was seen to list the newest first, and the oldest if those without labels are listed.
        let order = match input.include_deprecated {
            Some(true) => page::Order::Ascending,
            _ => page::Order::Descending,
        };
        let (chosen, next_token) = page::cut(
            listed.enumerate().filter(shown),
            // Of versions made in the same millisecond the older comes first, too.
            |(index, version)| page::Position {
                at: version.created,
                id: format!("{index:0>6}").into(),
            },
            order,
            input.max_results,
            input.next_token.as_deref(),
        )?;
        let mut items = Vec::with_capacity(chosen.len());
        for (_, version) in chosen {
            let Some(value) = call.tx.get::<VersionValue>(&found.version_key(&version.id)) else {
                continue;
            };
            // A copy has its values under its own key, and who reads them reads the copy.
            let own = found.secret.kms_key_id.as_deref();
            let (kms_key_ids, accessed) = match found.shares_values() {
                true => (keys::shown([own].into_iter(), &found.scope), None),
                false => (
                    keys::shown(value.kms_key_ids(), &found.scope),
                    value.accessed.day(),
                ),
            };
            items.push(Item {
                version_id: version.id.clone(),
                version_stages: versions.stages_in_order(&version.id),
                last_accessed_date: accessed,
                created_date: version.created,
                kms_key_ids,
            });
        }
        Ok(Output {
            versions: items,
            next_token,
            arn: found.arn(),
            name: found.name(),
        })
    }
}
