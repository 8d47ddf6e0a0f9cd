//! UntagResource: takes tags away from a secret. Keys that are not there do not matter.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html>

use serde::Deserialize;

use super::model::{Secret, TAG_KEYS};
use super::{Error, find, policies, saving, tags};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::tag::{KeyCase, remove_tags};
use crate::wire::Member;

pub(super) struct UntagResource;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    tag_keys: Vec<String>,
}

impl Operation for UntagResource {
    const NAME: &'static str = "UntagResource";
    const MEMBERS: &'static [Member] =
        &[find::SECRET_ID, Member::new("TagKeys", TAG_KEYS).required()];
    type Input = Input;
    type Output = ();
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)?;
        tags::check_keys(input.tag_keys.iter())
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        let untag = Demand::on("secretsmanager:UntagResource", target);
        vec![untag.with_all("aws:TagKeys", input.tag_keys.clone())]
    }

    /// A secret that once had tags shows an empty list from then on, as AWS does; and that it lost
    /// some was seen not to count as its last change.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<(), Error> {
        let found = find::secret(call, &input.secret_id)?.governed_here()?;
        let mut untagged = Secret::clone(&found.secret);
        if let Some(tags) = &mut untagged.tags {
            remove_tags(tags, &input.tag_keys, KeyCase::Sensitive);
        }
        policies::check_access(
            call,
            &found,
            &untagged,
            Some("secretsmanager:UntagResource"),
        )?;
        saving::save(&mut call.tx, &found.scope, untagged, call.now);
        Ok(())
    }
}
