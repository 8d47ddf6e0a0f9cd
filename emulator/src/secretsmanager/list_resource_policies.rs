//! ListResourcePolicies: the names of the policies that a secret has.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListResourcePolicies.html>

use serde::{Deserialize, Serialize};

use super::page::{MAX_RESULTS, NEXT_TOKEN};
use super::{Error, find, page, policies};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::timestamp::Timestamp;
use crate::wire::Member;

pub(super) struct ListResourcePolicies;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    max_results: Option<usize>,
    next_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    resource_policies: Vec<Summary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    policy_name: &'static str,
}

impl Operation for ListResourcePolicies {
    const NAME: &'static str = "ListResourcePolicies";
    const MEMBERS: &'static [Member] = &[find::SECRET_ID, MAX_RESULTS, NEXT_TOKEN];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        vec![Demand::on("secretsmanager:ListResourcePolicies", target)]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let found = find::secret(call, &input.secret_id)?.alive()?;
        let names = policies::names(&found.secret).into_iter().enumerate();
        let (names, next_token) = page::cut(
            names,
            |&(place, name)| page::Position {
                at: Timestamp::from_millis(i64::from(place > 0)),
                id: name.into(),
            },
            page::Order::Ascending,
            input.max_results,
            input.next_token.as_deref(),
        )?;
        let summary = |(_, policy_name)| Summary { policy_name };
        Ok(Output {
            resource_policies: names.into_iter().map(summary).collect(),
            next_token,
        })
    }
}
