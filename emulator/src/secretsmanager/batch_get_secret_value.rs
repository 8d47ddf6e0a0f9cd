//! BatchGetSecretValue: the current values of up to 20 secrets, named or found by filters. What
//! cannot be read of them is told beside those that can.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html>

use serde::{Deserialize, Serialize};

use super::filter::{self, Filter};
use super::listing::{self, Listing};
use super::page::NEXT_TOKEN;
use super::reading::{self, ValueView};
use super::{Error, find};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::{Fault, Member, Shape};

pub(super) struct BatchGetSecretValue;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id_list: Option<Vec<String>>,
    filters: Option<Vec<Filter>>,
    max_results: Option<usize>,
    next_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    secret_values: Vec<ValueView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
    errors: Vec<Failure>,
}

/// A secret that could not be read, and why.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Failure {
    secret_id: String,
    error_code: &'static str,
    message: String,
}

/// The most secrets of a call, and of a page.
const MAX_SECRETS: usize = 20;

impl Operation for BatchGetSecretValue {
    const NAME: &'static str = "BatchGetSecretValue";
    const MEMBERS: &'static [Member] = &[
        Member::new(
            "SecretIdList",
            Shape::List {
                of: &Shape::string(1, 2048),
                min: 1,
                max: MAX_SECRETS,
            },
        ),
        filter::FILTERS,
        Member::integer("MaxResults", 1, 20),
        NEXT_TOKEN,
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        match (&input.secret_id_list, &input.filters) {
            (Some(_), Some(_)) => Err(Error::ListAndFilters),
            (None, None) => Err(Error::NeitherListNorFilters),
            (Some(_), None) if input.max_results.is_some() => Err(Error::MaxResultsWithoutFilters),
            (Some(_), None) => Ok(()),
            (None, Some(filters)) => filter::check(filters),
        }
    }

    fn demands(input: &Input, _: &mut Call<'_>) -> Vec<Demand> {
        let lists = input.filters.is_some();
        Demand::without_resource("secretsmanager:BatchGetSecretValue")
            .and([(lists, "secretsmanager:ListSecrets")])
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let (ids, next_token) = match (&input.secret_id_list, &input.filters) {
            (Some(ids), _) => (ids.clone(), None),
            (None, filters) => {
                let listing = Listing {
                    filters: filters.as_deref().unwrap_or_default(),
                    max_results: input.max_results.unwrap_or(MAX_SECRETS),
                    next_token: input.next_token.as_deref(),
                    ..Listing::default()
                };
                let (secrets, next_token) = listing::page(call, &listing)?;
                let arns = secrets
                    .iter()
                    .map(|secret| secret.arn(call.scope).to_string());
                (arns.collect(), next_token)
            }
        };
        let (mut secret_values, mut errors) = (Vec::with_capacity(ids.len()), Vec::new());
        for id in ids {
            match read(call, &id) {
                Ok(value) => secret_values.push(value),
                Err(fault) => errors.push(Failure {
                    secret_id: id,
                    error_code: fault.code,
                    message: fault.message.unwrap_or_default().into_owned(),
                }),
            }
        }
        Ok(Output {
            secret_values,
            next_token,
            errors,
        })
    }
}

/// Reads one secret as GetSecretValue does, and with the same permission.
fn read(call: &mut Call<'_>, id: &str) -> Result<ValueView, Fault> {
    find::check_id(id)?;
    let target = find::target(call, id);
    let demand = Demand::on("secretsmanager:GetSecretValue", target);
    call.access.allows(&mut call.tx, demand)?;
    let found = find::secret(call, id)?.alive()?;
    Ok(reading::value(call, &found, None, None)?)
}
