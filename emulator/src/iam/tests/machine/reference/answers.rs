//! Which operation does what.

use serde_json::Value;

use super::{Answer, Ask, Kind, Reference};

/// What operations without an output are answered.
pub(super) const NOTHING: Answer = Ok(Value::Null);

impl Reference {
    pub(super) fn run(&mut self, ask: &Ask) -> Answer {
        match ask.operation.as_str() {
            "CreateAccessKey" => self.create_key(ask),
            "UpdateAccessKey" => self.update_key(ask),
            "DeleteAccessKey" => self.delete_key(ask),
            "ListAccessKeys" => self.list_keys(ask),
            "GetAccessKeyLastUsed" => self.last_used(ask),
            "CreateLoginProfile" => self.create_login(ask),
            "GetLoginProfile" => self.login(ask),
            "DeleteLoginProfile" => self.delete_login(ask),
            "CreateAccountAlias" => self.create_alias(ask),
            "DeleteAccountAlias" => self.delete_alias(ask),
            "ListAccountAliases" => Ok(self.list_aliases(ask)),
            "GetAccountSummary" => Ok(self.summary(ask)),
            "GetAccountAuthorizationDetails" => Ok(self.details(ask)),
            "AddUserToGroup" => self.add_member(ask),
            "RemoveUserFromGroup" => self.remove_member(ask),
            "ListGroupsForUser" => self.list_groups_for_user(ask),
            "AddRoleToInstanceProfile" => self.add_role(ask),
            "RemoveRoleFromInstanceProfile" => self.remove_role(ask),
            "ListInstanceProfilesForRole" => self.list_profiles_for_role(ask),
            "CreatePolicy" => self.create_policy(ask),
            "CreatePolicyVersion" => self.create_version(ask),
            "SetDefaultPolicyVersion" => self.set_default_version(ask),
            "DeletePolicyVersion" => self.delete_version(ask),
            "GetPolicyVersion" => self.get_version(ask),
            "ListPolicyVersions" => self.list_versions(ask),
            "ListEntitiesForPolicy" => self.list_entities(ask),
            "ListPolicies" => Ok(self.list_policies(ask)),
            "CreateRole" => self.create_role(ask),
            "UpdateRole" => self.update_role(ask),
            "UpdateRoleDescription" => self.describe_role(ask),
            "UpdateAssumeRolePolicy" => self.update_trust(ask),
            "PutResourcePolicy" => self.put_secret_policy(ask),
            "GetResourcePolicy" => Ok(self.secret_policy(ask)),
            "DeleteResourcePolicy" => Ok(self.delete_secret_policy(ask)),
            _ => self.run_on_any(ask),
        }
    }

    /// The operations that several kinds have.
    fn run_on_any(&mut self, ask: &Ask) -> Answer {
        let is_about = |kind: &Kind| ask.operation.contains(kind.title());
        let kind = Kind::ALL.into_iter().find(is_about);
        let kind = kind.unwrap_or(Kind::Policy);
        let plural = format!("List{}s", kind.title());
        if ask.operation == plural {
            return self.list(ask, kind);
        }
        match ask.operation.replacen(kind.title(), "_", 1).as_str() {
            "Create_" => self.create(ask, kind),
            "Get_" => self.show(ask, kind),
            "Update_" => self.update(ask, kind),
            "Delete_" => self.delete(ask, kind),
            "Tag_" => self.tag(ask, kind),
            "Untag_" => self.untag(ask, kind),
            "List_Tags" => self.list_tags(ask, kind),
            "Put_Policy" => self.put_inline(ask, kind),
            "Get_Policy" => self.get_inline(ask, kind),
            "List_Policies" => self.list_inline(ask, kind),
            "Delete_Policy" => self.delete_inline(ask, kind),
            "Attach_Policy" => self.attach(ask, kind),
            "Detach_Policy" => self.detach(ask, kind),
            "ListAttached_Policies" => self.list_attached(ask, kind),
            "Put_PermissionsBoundary" => self.put_boundary(ask, kind),
            "Delete_PermissionsBoundary" => self.delete_boundary(ask, kind),
            other => panic!("{other}"),
        }
    }
}
