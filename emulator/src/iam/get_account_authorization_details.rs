//! GetAccountAuthorizationDetails: all users, groups, roles and policies of the account, with all
//! that is attached to them. Of AWS's own policies, those that something has attached.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>

use serde::{Deserialize, Serialize};

use super::details::{Details, KINDS};
use super::error::AccountError;
use super::paging::{Paging, Rest};
use super::{Error, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct GetAccountAuthorizationDetails;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(default)]
    filter: Vec<String>,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
pub(super) struct Output {
    #[serde(flatten)]
    details: Details,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for GetAccountAuthorizationDetails {
    const NAME: &'static str = "GetAccountAuthorizationDetails";
    const MEMBERS: &'static [Member] = &[members::FILTER, members::MAX_ITEMS, members::MARKER];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(_input: &Input, _call: &mut Call<'_>) -> Vec<Demand> {
        let action = "iam:GetAccountAuthorizationDetails";
        vec![Demand::without_resource(action)]
    }

    /// A page is of all kinds together. Whether AWS gives them in this order is not known.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let filter = input.filter_of_markers()?;
        let kinds = KINDS.iter().filter(|(word, _)| input.asks_for(word));
        let entities = kinds.enumerate().flat_map(|(at, (_, all))| {
            let keyed = |(name, entity)| (format!("{filter} {at} {name}"), entity);
            all(call).into_iter().map(keyed).collect::<Vec<_>>()
        });
        let (page, rest) = input.paging.page_of(entities)?;
        let mut details = Details::default();
        for entity in &page {
            details.add(call, entity);
        }
        Ok(Output { details, rest })
    }
}

impl Input {
    fn asks_for(&self, kind: &str) -> bool {
        self.filter.is_empty() || self.filter.iter().any(|asked| asked == kind)
    }

    /// The filter as markers have it. A marker that was given has to have the same.
    fn filter_of_markers(&self) -> Result<String, AccountError> {
        let filter: String = KINDS
            .iter()
            .map(|(kind, _)| if self.asks_for(kind) { '1' } else { '0' })
            .collect();
        match self.paging.after() {
            Ok(None) => Ok(filter),
            Ok(Some(after)) if after.starts_with(&format!("{filter} ")) => Ok(filter),
            _ => Err(AccountError::MarkerOfAnotherFilter),
        }
    }
}
