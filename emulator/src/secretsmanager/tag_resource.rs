//! TagResource: gives a secret tags; a key that is there already gets the new value.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html>

use serde::Deserialize;

use super::Error;
use super::model::{Secret, TAGS, Tag};
use super::{find, policies, saving, tags};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;

pub(super) struct TagResource;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    secret_id: String,
    tags: Vec<Tag>,
}

impl Operation for TagResource {
    const NAME: &'static str = "TagResource";
    const MEMBERS: &'static [Member] = &[find::SECRET_ID, Member::new("Tags", TAGS).required()];
    type Input = Input;
    type Output = ();
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        find::check_id(&input.secret_id)?;
        tags::check_each(&input.tags)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        let target = find::target(call, &input.secret_id);
        let tag = Demand::on("secretsmanager:TagResource", target);
        vec![tag.with_tags(input.tags.iter().map(Tag::pair))]
    }

    /// Tags that would cost the caller its own access are refused.
    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<(), Error> {
        let found = find::secret(call, &input.secret_id)?.governed_here()?;
        let old = found.secret.tags.as_deref().unwrap_or_default();
        let tags = Some(tags::merged(old, &input.tags)?);
        let tagged = Secret {
            tags,
            ..found.changed(call.now)
        };
        policies::check_access(call, &found, &tagged, Some("secretsmanager:TagResource"))?;
        saving::save(&mut call.tx, &found.scope, tagged, call.now);
        Ok(())
    }
}
