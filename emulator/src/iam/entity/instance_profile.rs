//! Instance profiles as entities and holders of tags.

use std::sync::Arc;

use super::super::model::{InstanceProfile, KeyCase, Tag};
use super::super::{Error, check, demand, find, members};
use super::{Entity, TagActions, Tagged, tag_actions};
use crate::authorization::Target;
use crate::operation::Call;
use crate::wire::Member;

impl Entity for InstanceProfile {
    const MEMBER: Member = members::INSTANCE_PROFILE_NAME;

    fn check(name: &str) -> Result<(), Error> {
        check::instance_profile_name(name)
    }

    fn find(call: &mut Call<'_>, name: &str) -> Result<Arc<Self>, Error> {
        find::instance_profile(call, name)
    }

    fn target(call: &mut Call<'_>, name: &str) -> Target {
        demand::instance_profile(call, name)
    }

    fn save(self, call: &mut Call<'_>) {
        let key = Self::key(call.scope.account, &self.name);
        call.tx.put(key, self);
    }
}

impl Tagged for InstanceProfile {
    const ACTIONS: TagActions = tag_actions!("InstanceProfile");
    const KEY_CASE: KeyCase = KeyCase::Sensitive;

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn tags_mut(&mut self) -> &mut Vec<Tag> {
        &mut self.tags
    }
}
