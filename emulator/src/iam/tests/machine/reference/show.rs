//! Entities as answers show them. What has no value is left out.

use serde_json::{Value, json};

use super::entities::shown_tags;
use super::{Entity, Kind, Reference};
use crate::timestamp::Timestamp;

/// How much of an entity is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum View {
    /// As others show what belongs to them.
    Plain,
    /// As lists do.
    Listed,
    /// As it is shown to whoever made it.
    Created,
    Whole,
}

impl Reference {
    pub(super) fn view(&self, id: &str, view: View) -> Value {
        let entity = &self.entities[id];
        let title = entity.kind.title();
        let mut shown = json!({
            "Path": entity.path,
            format!("{title}Name"): entity.name,
            format!("{title}Id"): id,
            "Arn": entity.arn(),
            "CreateDate": date(entity.created),
        });
        if view >= View::Created {
            shown["Tags"] = shown_tags(&entity.tags);
            shown["PermissionsBoundary"] = self.boundary(entity);
        }
        match entity.kind {
            Kind::User | Kind::Group => {}
            Kind::Role => self.show_role(entity, view, &mut shown),
            Kind::Profile => {
                let role = self.roles_in.get(id).into_iter();
                shown["Roles"] = role.map(|role| self.view(role, View::Plain)).collect();
            }
            Kind::Policy => self.show_policy(entity, view, &mut shown),
        }
        shown
    }

    fn show_role(&self, role: &Entity, view: View, shown: &mut Value) {
        shown["AssumeRolePolicyDocument"] = self.shown(&role.trust);
        if matches!(view, View::Listed | View::Whole) {
            shown["Description"] = json!(role.description);
            shown["MaxSessionDuration"] = json!(role.max_session);
        }
        if let (View::Whole, Some(at)) = (view, role.used) {
            shown["RoleLastUsed"] = json!({"LastUsedDate": date(at), "Region": "us-east-1"});
        }
    }

    fn show_policy(&self, policy: &Entity, view: View, shown: &mut Value) {
        let arn = policy.arn();
        shown["DefaultVersionId"] = json!(format!("v{}", policy.default));
        shown["AttachmentCount"] = json!(self.attachments(policy.account, &arn));
        shown["PermissionsBoundaryUsageCount"] = json!(self.uses_as_boundary(policy.account, &arn));
        shown["IsAttachable"] = json!(true);
        shown["UpdateDate"] = json!(date(policy.updated));
        if view == View::Whole {
            shown["Description"] = json!(policy.description);
        }
    }

    fn boundary(&self, entity: &Entity) -> Value {
        let arn = self.bounded.get(&entity.id);
        let shown =
            |arn| json!({"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn});
        arn.map_or(Value::Null, shown)
    }

    /// How many users, groups and roles of an account have a policy.
    pub(in super::super) fn attachments(&self, account: &str, arn: &str) -> usize {
        let of = self.attached.iter().filter(|(_, it)| it == arn);
        of.filter(|(holder, _)| self.entities[holder].account == account)
            .count()
    }

    /// How many users and roles of an account a policy bounds.
    pub(in super::super) fn uses_as_boundary(&self, account: &str, arn: &str) -> usize {
        let of = self.bounded.iter().filter(|(_, it)| *it == arn);
        of.filter(|(holder, _)| self.entities[*holder].account == account)
            .count()
    }
}

pub(super) fn date(seconds: i64) -> String {
    Timestamp::from_millis(seconds * 1000).iso8601()
}
