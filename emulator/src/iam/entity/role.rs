//! Roles as entities, identities and holders of tags.

use std::sync::Arc;

use super::super::error::RoleError;
use super::super::model::{Attachment, IdentityKind, IdentityPolicies, KeyCase, Role, Tag, fold};
use super::super::{Error, check, demand, find, members};
use super::{Bounded, Entity, Identity, PolicyActions, TagActions, Tagged};
use super::{policy_actions, tag_actions};
use crate::authorization::Target;
use crate::operation::Call;
use crate::wire::Member;

impl Entity for Role {
    const MEMBER: Member = members::ROLE_NAME;

    fn check(name: &str) -> Result<(), Error> {
        check::role_name(name)
    }

    fn find(call: &mut Call<'_>, name: &str) -> Result<Arc<Self>, Error> {
        find::role(call, name)
    }

    /// One that is linked to a service is AWS's to change. Its tags are the account's.
    fn find_own(call: &mut Call<'_>, name: &str, action: &'static str) -> Result<Arc<Self>, Error> {
        let role = find::role(call, name)?;
        if role.service_linked && !["iam:TagRole", "iam:UntagRole"].contains(&action) {
            return Err(RoleError::Protected(role.name.clone()).into());
        }
        Ok(role)
    }

    fn target(call: &mut Call<'_>, name: &str) -> Target {
        demand::role(call, name)
    }

    fn save(self, call: &mut Call<'_>) {
        let key = Self::key(call.scope.account, &self.name);
        call.tx.put(key, self);
    }
}

impl Identity for Role {
    const IDENTITY: IdentityKind = IdentityKind::Role;
    const ACTIONS: PolicyActions = policy_actions!("Role");
    const SHORT_MEMBER: Member = members::ROLE_NAME;
    const MAX_INLINE: usize = 10_240;

    fn name(&self) -> &str {
        &self.name
    }

    fn policies(&self) -> &IdentityPolicies {
        &self.policies
    }

    fn policies_mut(&mut self) -> &mut IdentityPolicies {
        &mut self.policies
    }

    fn attachment(&self) -> Attachment {
        (IdentityKind::Role, fold(&self.name))
    }
}

impl Bounded for Role {
    const PUT_BOUNDARY: &'static str = "iam:PutRolePermissionsBoundary";
    const DELETE_BOUNDARY: &'static str = "iam:DeleteRolePermissionsBoundary";

    fn boundary_mut(&mut self) -> &mut Option<String> {
        &mut self.boundary
    }
}

impl Tagged for Role {
    const ACTIONS: TagActions = tag_actions!("Role");
    const KEY_CASE: KeyCase = KeyCase::Insensitive;

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn tags_mut(&mut self) -> &mut Vec<Tag> {
        &mut self.tags
    }
}
