//! Users, groups, roles and instance profiles, and the tags of everything.

use serde_json::{Value, json};

use super::answers::NOTHING;
use super::policies::is_of_aws;
use super::show::View;
use super::{
    Answer, Ask, DENIED, EXISTS, Entity, IN_USE, INPUT, Kind, LIMIT, MISSING, Reference, Wrong,
};

impl Reference {
    pub(super) fn create(&mut self, ask: &Ask, kind: Kind) -> Answer {
        self.new_entity(ask, kind).nothing()?;
        let id = self.make(ask, kind)?;
        Ok(json!({kind.title(): self.view(&id, View::Created)}))
    }

    /// What is wrong with what is to be made.
    pub(super) fn new_entity(&self, ask: &Ask, kind: Kind) -> Wrong {
        let name = ask.text(&format!("{}Name", kind.title()));
        let wrong = Wrong(ask.bad_members())
            .when(has_twice(&tags_of(&ask.input["Tags"]), kind), INPUT)
            .when(self.named(ask.account, kind, name).is_some(), EXISTS);
        self.bad_boundary(wrong, ask)
    }

    /// Makes it; gives its id.
    pub(super) fn make(&mut self, ask: &Ask, kind: Kind) -> Result<String, Vec<&'static str>> {
        let title = kind.title();
        let id = &self.got[title][format!("{title}Id")];
        let is_fresh = |id: &&str| {
            let is_known = self.ids.iter().any(|known| known == id);
            id.len() == 21 && id.starts_with(kind.prefix()) && !is_known
        };
        let id = id.as_str().filter(is_fresh).ok_or(vec!["AFreshId"])?;
        let id = id.to_owned();
        let text = |member: &str| ask.some_text(member).map(str::to_owned);
        let entity = Entity {
            account: ask.account,
            kind,
            name: text(&format!("{title}Name")).unwrap_or_default(),
            path: text("Path").unwrap_or("/".to_owned()),
            id: id.clone(),
            created: self.now,
            tags: tags_of(&ask.input["Tags"]),
            description: text("Description"),
            trust: Value::Null,
            max_session: ask.input["MaxSessionDuration"].as_i64().unwrap_or(3600),
            used: None,
            versions: Vec::new(),
            default: 1,
            last_version: 1,
            updated: self.now,
        };
        if let Some(arn) = text("PermissionsBoundary") {
            self.bounded.insert(id.clone(), arn);
        }
        self.ids.push(id.clone());
        self.entities.insert(id.clone(), entity);
        Ok(id)
    }

    /// The id of what a request is about. What is AWS's own is nobody's to change.
    pub(super) fn found(&self, ask: &Ask, kind: Kind) -> Result<String, Vec<&'static str>> {
        let found = self.known(ask.account, kind, ask.text(&kind.member()));
        let is_of_aws = kind == Kind::Policy && is_of_aws(ask.text("PolicyArn"));
        let code = if is_of_aws { DENIED } else { MISSING };
        found.map(|it| it.id.clone()).ok_or(vec![code])
    }

    pub(super) fn show(&self, ask: &Ask, kind: Kind) -> Answer {
        let id = self.found(ask, kind)?;
        let mut shown = json!({kind.title(): self.view(&id, View::Whole)});
        if kind == Kind::Group {
            let users = self.users_in(&id).map(|it| self.view(&it.id, View::Plain));
            shown["Users"] = users.collect();
        }
        Ok(shown)
    }

    pub(super) fn list(&self, ask: &Ask, kind: Kind) -> Answer {
        let prefix = ask.some_text("PathPrefix").unwrap_or("/");
        let all = self.all(ask.account, kind);
        let listed = all.filter(|it| it.path.starts_with(prefix));
        let views: Value = listed.map(|it| self.view(&it.id, View::Listed)).collect();
        Ok(json!({format!("{}s", kind.title()): views}))
    }

    /// Another name and another path, and all stays as it is.
    pub(super) fn update(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let id = self.found(ask, kind)?;
        let new_name = ask.some_text(&format!("New{}Name", kind.title()));
        let name = new_name.unwrap_or(&self.entities[&id].name).to_owned();
        let path = ask.some_text("NewPath").unwrap_or(&self.entities[&id].path);
        let path = path.to_owned();
        let holder = self.named(ask.account, kind, &name);
        Wrong(ask.bad_members())
            .when(holder.is_some_and(|it| it.id != id), EXISTS)
            .nothing()?;
        self.entity(&id).name = name;
        self.entity(&id).path = path;
        NOTHING
    }

    pub(super) fn delete(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let id = self.found(ask, kind)?;
        let entity = &self.entities[&id];
        let has = |pair: &(String, String)| pair.0 == id || pair.1 == id;
        let arn = entity.arn();
        Wrong::default()
            .when(self.keys_of(&id).count() > 0, IN_USE)
            .when(self.logins.contains_key(&id), IN_USE)
            .when(self.inline_of(&id).count() > 0, IN_USE)
            .when(self.attached_to(&id).count() > 0, IN_USE)
            .when(self.members.iter().any(has), IN_USE)
            .when(self.profiles_of(&id).count() > 0, IN_USE)
            .when(self.roles_in.contains_key(&id), IN_USE)
            .when(entity.versions.len() > 1, IN_USE)
            .when(self.attached.iter().any(|(_, it)| *it == arn), IN_USE)
            .when(self.bounded.values().any(|it| *it == arn), IN_USE)
            .nothing()?;
        self.bounded.remove(&id);
        self.entities.remove(&id);
        NOTHING
    }

    pub(super) fn tag(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let new = tags_of(&ask.input["Tags"]);
        let found = self.found(ask, kind);
        let missing = found.clone().err().unwrap_or_default();
        Wrong(missing)
            .when(has_twice(&new, kind), INPUT)
            .nothing()?;
        let entity = self.entity(&found?);
        for (key, value) in new {
            match entity.tags.iter_mut().find(|it| is_same(kind, &it.0, &key)) {
                Some(known) => *known = (key, value),
                None => entity.tags.push((key, value)),
            }
        }
        Wrong::default()
            .when(entity.tags.len() > 50, LIMIT)
            .nothing()?;
        NOTHING
    }

    pub(super) fn untag(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let id = self.found(ask, kind)?;
        for key in ask.input["TagKeys"].as_array().into_iter().flatten() {
            let key = key.as_str().unwrap_or_default();
            let tags = &mut self.entity(&id).tags;
            tags.retain(|(known, _)| !is_same(kind, known, key));
        }
        NOTHING
    }

    pub(super) fn list_tags(&self, ask: &Ask, kind: Kind) -> Answer {
        let id = self.found(ask, kind)?;
        Ok(json!({"Tags": shown_tags(&self.entities[&id].tags)}))
    }
}

/// Whether two keys of tags are one: their case counts where there are ARNs to go by.
fn is_same(kind: Kind, one: &str, other: &str) -> bool {
    match kind {
        Kind::User | Kind::Group | Kind::Role => one.eq_ignore_ascii_case(other),
        Kind::Profile | Kind::Policy => one == other,
    }
}

fn has_twice(tags: &[(String, String)], kind: Kind) -> bool {
    let mut rest = tags;
    while let [(key, _), after @ ..] = rest {
        if after.iter().any(|(other, _)| is_same(kind, key, other)) {
            return true;
        }
        rest = after;
    }
    false
}

fn tags_of(tags: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let pair = |tag: &Value| (text(&tag["Key"]), text(&tag["Value"]));
    tags.as_array().into_iter().flatten().map(pair).collect()
}

pub(super) fn shown_tags(tags: &[(String, String)]) -> Value {
    let tag = |(key, value): &(String, String)| json!({"Key": key, "Value": value});
    tags.iter().map(tag).collect()
}

pub(super) fn is_name(name: &str) -> bool {
    let is_good = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    !name.is_empty() && name.chars().all(is_good)
}

pub(super) fn is_path(path: &str) -> bool {
    let is_good = |c: char| c.is_ascii_graphic();
    path.starts_with('/') && path.ends_with('/') && path.chars().all(is_good) && path != "//"
}
