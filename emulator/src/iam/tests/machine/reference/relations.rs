//! What belongs to what: access keys and passwords, users in groups, roles in instance profiles.

use serde_json::{Value, json};

use super::answers::NOTHING;
use super::show::{View, date};
use super::{AccessKey, Answer, Ask, DENIED, EXISTS, Kind, LIMIT, MISSING, Reference, Wrong};

/// Everything is asked for in one region.
const REGION: &str = "us-east-1";

impl Reference {
    pub(super) fn create_key(&mut self, ask: &Ask) -> Answer {
        let user = self.found(ask, Kind::User)?;
        Wrong::default()
            .when(self.keys_of(&user).count() >= 2, LIMIT)
            .nothing()?;
        let made = &self.got["AccessKey"];
        let id = made["AccessKeyId"].as_str().unwrap_or_default().to_owned();
        let secret = made["SecretAccessKey"].as_str().unwrap_or_default();
        if id.len() != 20 || !id.starts_with("AKIA") || self.ids.contains(&id) {
            return Err(vec!["AFreshId"]);
        }
        let shown = json!({"SecretAccessKey": secret});
        let key = AccessKey {
            user,
            is_active: true,
            created: self.now,
            used: None,
        };
        self.ids.push(id.clone());
        let mut view = self.key_view(&id, &key);
        view["SecretAccessKey"] = shown["SecretAccessKey"].clone();
        self.keys.insert(id, key);
        Ok(json!({"AccessKey": view}))
    }

    pub(super) fn update_key(&mut self, ask: &Ask) -> Answer {
        let id = self.own_key(ask)?;
        let key = self.keys.get_mut(&id).ok_or(vec![MISSING])?;
        key.is_active = ask.text("Status") == "Active";
        NOTHING
    }

    pub(super) fn delete_key(&mut self, ask: &Ask) -> Answer {
        let id = self.own_key(ask)?;
        self.keys.remove(&id);
        NOTHING
    }

    pub(super) fn list_keys(&self, ask: &Ask) -> Answer {
        let user = self.found(ask, Kind::User)?;
        let keys = self.keys_of(&user).map(|(id, key)| self.key_view(id, key));
        Ok(json!({"AccessKeyMetadata": keys.collect::<Value>()}))
    }

    /// A key of another account is as unknown as one that never was.
    pub(super) fn last_used(&self, ask: &Ask) -> Answer {
        let key = self.keys.get(ask.text("AccessKeyId"));
        let key = key.ok_or(vec![DENIED])?;
        let user = &self.entities[&key.user];
        Wrong::default()
            .when(user.account != ask.account, DENIED)
            .nothing()?;
        let used = match key.used {
            Some((at, service)) => {
                json!({"LastUsedDate": date(at), "ServiceName": service, "Region": REGION})
            }
            None => json!({"ServiceName": "N/A", "Region": "N/A"}),
        };
        Ok(json!({"UserName": user.name, "AccessKeyLastUsed": used}))
    }

    /// The key that a request names, if it is the user's whom it names.
    fn own_key(&self, ask: &Ask) -> Result<String, Vec<&'static str>> {
        let user = self.found(ask, Kind::User)?;
        let id = ask.text("AccessKeyId");
        let own = self.keys.get(id).filter(|key| key.user == user);
        own.map(|_| id.to_owned()).ok_or(vec![MISSING])
    }

    fn key_view(&self, id: &str, key: &AccessKey) -> Value {
        json!({
            "UserName": self.entities[&key.user].name,
            "AccessKeyId": id,
            "Status": if key.is_active { "Active" } else { "Inactive" },
            "CreateDate": date(key.created),
        })
    }

    pub(super) fn create_login(&mut self, ask: &Ask) -> Answer {
        let user = self.found(ask, Kind::User)?;
        Wrong::default()
            .when(self.logins.contains_key(&user), EXISTS)
            .nothing()?;
        self.logins.insert(user, self.now);
        self.login(ask)
    }

    pub(super) fn login(&self, ask: &Ask) -> Answer {
        let user = self.found(ask, Kind::User)?;
        let since = self.logins.get(&user).ok_or(vec![MISSING])?;
        Ok(json!({"LoginProfile": {
            "UserName": self.entities[&user].name,
            "CreateDate": date(*since),
            "PasswordResetRequired": false,
        }}))
    }

    pub(super) fn delete_login(&mut self, ask: &Ask) -> Answer {
        let user = self.found(ask, Kind::User)?;
        self.logins.remove(&user).ok_or(vec![MISSING])?;
        NOTHING
    }

    pub(super) fn add_member(&mut self, ask: &Ask) -> Answer {
        let (group, user) = (self.found(ask, Kind::Group)?, self.found(ask, Kind::User)?);
        let pair = (group, user);
        let is_new = !self.members.contains(&pair);
        Wrong::default()
            .when(is_new && self.groups_of(&pair.1).count() >= 10, LIMIT)
            .nothing()?;
        self.members.insert(pair);
        NOTHING
    }

    /// Whoever is not in the group may be taken out of it.
    pub(super) fn remove_member(&mut self, ask: &Ask) -> Answer {
        let (group, user) = (self.found(ask, Kind::Group)?, self.found(ask, Kind::User)?);
        self.members.remove(&(group, user));
        NOTHING
    }

    pub(super) fn list_groups_for_user(&self, ask: &Ask) -> Answer {
        let user = self.found(ask, Kind::User)?;
        let groups = self.groups_of(&user);
        let groups: Value = groups.map(|it| self.view(&it.id, View::Plain)).collect();
        Ok(json!({"Groups": groups}))
    }

    pub(super) fn add_role(&mut self, ask: &Ask) -> Answer {
        let profile = self.found(ask, Kind::Profile)?;
        let role = self.found(ask, Kind::Role)?;
        Wrong::default()
            .when(self.roles_in.contains_key(&profile), LIMIT)
            .nothing()?;
        self.roles_in.insert(profile, role);
        NOTHING
    }

    pub(super) fn remove_role(&mut self, ask: &Ask) -> Answer {
        let profile = self.found(ask, Kind::Profile)?;
        let role = self.found(ask, Kind::Role)?;
        Wrong::default()
            .when(self.roles_in.get(&profile) != Some(&role), MISSING)
            .nothing()?;
        self.roles_in.remove(&profile);
        NOTHING
    }

    pub(super) fn list_profiles_for_role(&self, ask: &Ask) -> Answer {
        let role = self.found(ask, Kind::Role)?;
        let profiles = self.profiles_of(&role);
        let profiles: Value = profiles.map(|it| self.view(&it.id, View::Plain)).collect();
        Ok(json!({"InstanceProfiles": profiles}))
    }
}
