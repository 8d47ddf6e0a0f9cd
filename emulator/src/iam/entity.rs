//! What entities of IAM have in common, so that each operation on their policies, attachments,
//! boundaries and tags is written once.

mod instance_profile;
mod role;

use std::sync::Arc;

use super::model::{
    Attachment, Group, IdentityKind, IdentityPolicies, KeyCase, ManagedPolicy, Tag, User,
};
use super::{Error, check, demand, find, members};
use crate::authorization::Target;
use crate::operation::Call;
use crate::store::Stored;
use crate::wire::Member;

/// Something that one member of a request names.
pub(super) trait Entity: Stored + Clone {
    /// That member.
    const MEMBER: Member;
    /// What can be refused of it before anything is looked up.
    fn check(name: &str) -> Result<(), Error>;
    /// The entity of a name or ARN.
    fn find(call: &mut Call<'_>, name: &str) -> Result<Arc<Self>, Error>;
    /// What IAM is asked about it, existing or not.
    fn target(call: &mut Call<'_>, name: &str) -> Target;
    /// Stores it in the place of what it was.
    fn save(self, call: &mut Call<'_>);

    /// The same as `find`, for an action that changes it: not everything that is found can be.
    fn find_own(
        call: &mut Call<'_>,
        name: &str,
        _action: &'static str,
    ) -> Result<Arc<Self>, Error> {
        Self::find(call, name)
    }
}

/// A user, group or role.
pub(super) trait Identity: Entity {
    const IDENTITY: IdentityKind;
    const ACTIONS: PolicyActions;
    /// The member where a managed policy is attached; the model has it shorter there.
    const SHORT_MEMBER: Member;
    /// The longest that its inline policies may be together.
    const MAX_INLINE: usize;
    fn name(&self) -> &str;
    fn policies(&self) -> &IdentityPolicies;
    fn policies_mut(&mut self) -> &mut IdentityPolicies;
    /// How policies that are attached to it know it.
    fn attachment(&self) -> Attachment;
}

/// The actions on an identity's policies.
pub(super) struct PolicyActions {
    pub(super) put: &'static str,
    pub(super) get: &'static str,
    pub(super) list: &'static str,
    pub(super) delete: &'static str,
    pub(super) attach: &'static str,
    pub(super) detach: &'static str,
    pub(super) list_attached: &'static str,
}

macro_rules! policy_actions {
    ($title:literal) => {
        PolicyActions {
            put: concat!("iam:Put", $title, "Policy"),
            get: concat!("iam:Get", $title, "Policy"),
            list: concat!("iam:List", $title, "Policies"),
            delete: concat!("iam:Delete", $title, "Policy"),
            attach: concat!("iam:Attach", $title, "Policy"),
            detach: concat!("iam:Detach", $title, "Policy"),
            list_attached: concat!("iam:ListAttached", $title, "Policies"),
        }
    };
}
use policy_actions;

/// A user or role, which can have a permissions boundary.
pub(super) trait Bounded: Identity {
    const PUT_BOUNDARY: &'static str;
    const DELETE_BOUNDARY: &'static str;
    fn boundary_mut(&mut self) -> &mut Option<String>;
}

/// Something that has tags.
pub(super) trait Tagged: Entity {
    const ACTIONS: TagActions;
    const KEY_CASE: KeyCase;
    fn tags(&self) -> &[Tag];
    fn tags_mut(&mut self) -> &mut Vec<Tag>;
}

/// The actions on an entity's tags.
pub(super) struct TagActions {
    pub(super) tag: &'static str,
    pub(super) untag: &'static str,
    pub(super) list: &'static str,
}

macro_rules! tag_actions {
    ($title:literal) => {
        TagActions {
            tag: concat!("iam:Tag", $title),
            untag: concat!("iam:Untag", $title),
            list: concat!("iam:List", $title, "Tags"),
        }
    };
}
pub(super) use tag_actions;

/// The operation of an action, which has the same name.
pub(super) const fn operation(action: &'static str) -> &'static str {
    action.split_at("iam:".len()).1
}

impl Entity for User {
    const MEMBER: Member = members::USER_NAME;

    fn check(name: &str) -> Result<(), Error> {
        check::user_name(name)
    }

    fn find(call: &mut Call<'_>, name: &str) -> Result<Arc<Self>, Error> {
        find::user(call, name)
    }

    fn target(call: &mut Call<'_>, name: &str) -> Target {
        demand::user(call, name)
    }

    fn save(self, call: &mut Call<'_>) {
        let key = Self::key(call.scope.account, &self.name);
        call.tx.put(key, self);
    }
}

impl Identity for User {
    const IDENTITY: IdentityKind = IdentityKind::User;
    const ACTIONS: PolicyActions = policy_actions!("User");
    const SHORT_MEMBER: Member = members::SHORT_USER_NAME;
    const MAX_INLINE: usize = 2048;

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
        (IdentityKind::User, super::model::fold(&self.name))
    }
}

impl Bounded for User {
    const PUT_BOUNDARY: &'static str = "iam:PutUserPermissionsBoundary";
    const DELETE_BOUNDARY: &'static str = "iam:DeleteUserPermissionsBoundary";

    fn boundary_mut(&mut self) -> &mut Option<String> {
        &mut self.boundary
    }
}

impl Tagged for User {
    const ACTIONS: TagActions = tag_actions!("User");
    const KEY_CASE: KeyCase = KeyCase::Insensitive;

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn tags_mut(&mut self) -> &mut Vec<Tag> {
        &mut self.tags
    }
}

impl Entity for Group {
    const MEMBER: Member = members::GROUP_NAME;

    fn check(name: &str) -> Result<(), Error> {
        check::group_name(name)
    }

    fn find(call: &mut Call<'_>, name: &str) -> Result<Arc<Self>, Error> {
        find::group(call, name)
    }

    fn target(call: &mut Call<'_>, name: &str) -> Target {
        demand::group(call, name)
    }

    fn save(self, call: &mut Call<'_>) {
        let key = Self::key(call.scope.account, &self.id);
        call.tx.put(key, self);
    }
}

impl Identity for Group {
    const IDENTITY: IdentityKind = IdentityKind::Group;
    const ACTIONS: PolicyActions = policy_actions!("Group");
    const SHORT_MEMBER: Member = members::GROUP_NAME;
    const MAX_INLINE: usize = 5120;

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
        (IdentityKind::Group, self.id.clone())
    }
}

impl Entity for ManagedPolicy {
    const MEMBER: Member = members::POLICY_ARN;

    fn check(arn: &str) -> Result<(), Error> {
        check::policy_arn(arn)
    }

    fn find(call: &mut Call<'_>, arn: &str) -> Result<Arc<Self>, Error> {
        find::existing_policy(call, arn)
    }

    fn find_own(call: &mut Call<'_>, arn: &str, action: &'static str) -> Result<Arc<Self>, Error> {
        find::own_policy(call, arn, action)
    }

    fn target(call: &mut Call<'_>, arn: &str) -> Target {
        demand::policy(call, arn)
    }

    fn save(self, call: &mut Call<'_>) {
        let key = Self::key(call.scope.account, &self.name);
        call.tx.put(key, self);
    }
}

impl Tagged for ManagedPolicy {
    const ACTIONS: TagActions = tag_actions!("Policy");
    const KEY_CASE: KeyCase = KeyCase::Sensitive;

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn tags_mut(&mut self) -> &mut Vec<Tag> {
        &mut self.tags
    }
}
