//! What is shown of an account as a whole, and its alias.

use serde_json::{Value, json};

use super::answers::NOTHING;
use super::policies::version;
use super::show::View;
use super::{Answer, Ask, EXISTS, Entity, Kind, MISSING, Reference, Wrong};

impl Reference {
    /// An alias is unique among all accounts; another takes the place of the one that there is.
    pub(super) fn create_alias(&mut self, ask: &Ask) -> Answer {
        let alias = ask.text("AccountAlias").to_owned();
        Wrong::default()
            .when(self.aliases.values().any(|it| *it == alias), EXISTS)
            .nothing()?;
        self.aliases.insert(ask.account, alias);
        NOTHING
    }

    pub(super) fn delete_alias(&mut self, ask: &Ask) -> Answer {
        let own = self.aliases.get(ask.account);
        Wrong::default()
            .when(own.is_none_or(|it| it != ask.text("AccountAlias")), MISSING)
            .nothing()?;
        self.aliases.remove(ask.account);
        NOTHING
    }

    pub(super) fn list_aliases(&self, ask: &Ask) -> Value {
        let own: Vec<&String> = self.aliases.get(ask.account).into_iter().collect();
        json!({"AccountAliases": own})
    }

    /// How many there are of each kind.
    pub(super) fn summary(&self, ask: &Ask) -> Value {
        let count = |kind: Kind| self.all(ask.account, kind).count();
        json!({
            "Users": count(Kind::User),
            "Groups": count(Kind::Group),
            "Roles": count(Kind::Role),
            "InstanceProfiles": count(Kind::Profile),
            "Policies": count(Kind::Policy),
        })
    }

    pub(super) fn details(&self, ask: &Ask) -> Value {
        let of = |kind: Kind| -> Value {
            let all = self.all(ask.account, kind);
            all.map(|entity| self.detail(entity)).collect()
        };
        json!({
            "UserDetailList": of(Kind::User),
            "GroupDetailList": of(Kind::Group),
            "RoleDetailList": of(Kind::Role),
            "Policies": of(Kind::Policy),
        })
    }

    /// Everything that belongs to an entity.
    fn detail(&self, entity: &Entity) -> Value {
        let id = &entity.id;
        let mut shown = self.view(id, View::Plain);
        let title = entity.kind.title();
        if entity.kind == Kind::Policy {
            let versions = entity.version_numbers().map(|number| {
                let mut shown = version(entity, number);
                shown["Document"] = json!(entity.text(number));
                shown
            });
            shown["PolicyVersionList"] = versions.collect();
            return shown;
        }
        let inline = self.inline_of(id);
        let inline = inline.map(|(name, text)| json!({"PolicyName": name, "PolicyDocument": text}));
        shown[format!("{title}PolicyList")] = inline.collect();
        shown["AttachedManagedPolicies"] = self.attached_views(id);
        if entity.kind == Kind::User {
            let groups = self.groups_of(id).map(|group| json!(group.name));
            shown["GroupList"] = groups.collect();
        }
        if entity.kind == Kind::Role {
            let profiles = self.profiles_of(id);
            let profiles = profiles.map(|it| self.view(&it.id, View::Plain));
            shown["InstanceProfileList"] = profiles.collect();
        }
        let whole = self.view(id, View::Whole);
        for member in ["Tags", "PermissionsBoundary", "RoleLastUsed"] {
            shown[member] = whole[member].clone();
        }
        shown
    }
}
