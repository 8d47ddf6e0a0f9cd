//! Managed policies and their versions, and the policies of users, groups and roles.

use serde_json::{Value, json};

use super::answers::NOTHING;
use super::show::{View, date};
use super::{
    Answer, Ask, Entity, IN_USE, Kind, LIMIT, MALFORMED, MISSING, OF_AWS, Reference, Wrong, of_aws,
};

/// How many characters a managed policy may have.
const LONGEST: usize = 6144;

impl Reference {
    pub(super) fn create_policy(&mut self, ask: &Ask) -> Answer {
        let wrong = self.new_entity(ask, Kind::Policy);
        bad_document(wrong, ask).nothing()?;
        let id = self.make(ask, Kind::Policy)?;
        let text = ask.text("PolicyDocument").to_owned();
        let now = self.now;
        self.entity(&id).versions.push((1, text, now));
        Ok(json!({"Policy": self.view(&id, View::Created)}))
    }

    pub(super) fn create_version(&mut self, ask: &Ask) -> Answer {
        let found = self.found(ask, Kind::Policy);
        let known = found.as_ref().ok();
        let count = known.map_or(0, |id| self.entities[id].versions.len());
        let mut wrong = Wrong::default().when(count >= 5, LIMIT);
        wrong = bad_document(wrong, ask);
        wrong.0.extend(found.clone().err().into_iter().flatten());
        wrong.nothing()?;
        let (id, now) = (found?, self.now);
        let policy = self.entity(&id);
        policy.last_version += 1;
        policy.updated = now;
        let number = policy.last_version;
        let text = ask.text("PolicyDocument").to_owned();
        policy.versions.push((number, text, now));
        if ask.input["SetAsDefault"] == json!(true) {
            policy.default = number;
        }
        Ok(json!({"PolicyVersion": version(policy, number)}))
    }

    pub(super) fn set_default_version(&mut self, ask: &Ask) -> Answer {
        let (id, number) = self.own_version(ask)?;
        self.entity(&id).default = number;
        NOTHING
    }

    pub(super) fn delete_version(&mut self, ask: &Ask) -> Answer {
        let (id, number) = self.own_version(ask)?;
        let policy = self.entity(&id);
        Wrong::default()
            .when(policy.default == number, IN_USE)
            .nothing()?;
        policy.versions.retain(|(it, ..)| *it != number);
        NOTHING
    }

    pub(super) fn get_version(&self, ask: &Ask) -> Answer {
        let (id, number) = self.own_version(ask)?;
        let policy = &self.entities[&id];
        let mut shown = version(policy, number);
        shown["Document"] = json!(policy.text(number));
        Ok(json!({"PolicyVersion": shown}))
    }

    pub(super) fn list_versions(&self, ask: &Ask) -> Answer {
        let policy = &self.entities[&self.found(ask, Kind::Policy)?];
        let views = policy.version_numbers().map(|it| version(policy, it));
        Ok(json!({"Versions": views.collect::<Value>()}))
    }

    fn own_version(&self, ask: &Ask) -> Result<(String, u32), Vec<&'static str>> {
        let id = self.found(ask, Kind::Policy)?;
        let named = ask.text("VersionId");
        let mut numbers = self.entities[&id].version_numbers();
        let number = numbers.find(|it| format!("v{it}") == named);
        Ok((id, number.ok_or(vec![MISSING])?))
    }

    pub(super) fn list_policies(&self, ask: &Ask) -> Value {
        let prefix = ask.some_text("PathPrefix").unwrap_or("/");
        let only_attached = ask.input["OnlyAttached"] == json!(true);
        let is_asked_for = |policy: &&Entity| {
            let gives = self.attachments(ask.account, &policy.arn()) > 0;
            let bounds = self.uses_as_boundary(ask.account, &policy.arn()) > 0;
            let is_used = match ask.some_text("PolicyUsageFilter") {
                Some("PermissionsPolicy") => gives,
                Some(_) => bounds,
                None => gives || bounds,
            };
            policy.path.starts_with(prefix) && (is_used || !only_attached)
        };
        let listed = self.all(ask.account, Kind::Policy).filter(is_asked_for);
        let views: Value = listed.map(|it| self.view(&it.id, View::Listed)).collect();
        json!({"Policies": views})
    }

    /// A policy of AWS's own has those of the account that asks.
    pub(super) fn list_entities(&self, ask: &Ask) -> Answer {
        let arn = ask.text("PolicyArn");
        self.attachable(ask.account, arn)?;
        let (usage, kind) = (
            ask.some_text("PolicyUsageFilter"),
            ask.some_text("EntityFilter"),
        );
        let attached = self.attached.iter().map(|(holder, arn)| (holder, arn));
        let attached = attached.filter(|_| usage != Some("PermissionsBoundary"));
        let bounded = self.bounded.iter();
        let bounded = bounded.filter(|_| usage != Some("PermissionsPolicy"));
        let mut holders: Vec<&String> = attached
            .chain(bounded)
            .filter(|(_, it)| *it == arn)
            .map(|(holder, _)| holder)
            .collect();
        holders.sort();
        holders.dedup();
        let holders = holders.into_iter().map(|id| &self.entities[id]);
        let holders: Vec<&Entity> = holders.filter(|it| it.account == ask.account).collect();
        let of = |title: &str| -> Value {
            let is_one = |it: &&&Entity| it.kind.title() == title;
            let of_kind = holders.iter().filter(is_one);
            let asked = of_kind.filter(|_| kind.is_none_or(|kind| kind == title));
            let shown = |it: &&Entity| json!({format!("{title}Name"): it.name, format!("{title}Id"): it.id});
            asked.map(shown).collect()
        };
        Ok(json!({
            "PolicyUsers": of("User"),
            "PolicyGroups": of("Group"),
            "PolicyRoles": of("Role"),
        }))
    }

    pub(super) fn put_inline(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let (name, text) = (ask.text("PolicyName"), ask.text("PolicyDocument"));
        let found = self.found(ask, kind);
        let wrong = Wrong(ask.bad_members()).when(found.is_err(), MISSING);
        let wrong = wrong.when(parsed(text).is_none(), MALFORMED);
        let id = found.clone().unwrap_or_default();
        let place = (id.clone(), name.to_ascii_lowercase());
        let old = self.inline.get(&place);
        let spelling = old.map_or(name, |(name, _)| name).to_owned();
        self.inline.insert(place, (spelling, text.to_owned()));
        let together: usize = self.inline_of(&id).map(|(_, text)| size(text)).sum();
        let most = match kind {
            Kind::User => 2048,
            Kind::Group => 5120,
            _ => 10_240,
        };
        wrong.when(together > most, LIMIT).nothing()?;
        NOTHING
    }

    pub(super) fn get_inline(&self, ask: &Ask, kind: Kind) -> Answer {
        let place = self.inline_place(ask, kind)?;
        let (_, text) = &self.inline[&place];
        // The name comes back as it was asked for.
        Ok(json!({
            kind.member(): self.entities[&place.0].name,
            "PolicyName": ask.text("PolicyName"),
            "PolicyDocument": text,
        }))
    }

    pub(super) fn list_inline(&self, ask: &Ask, kind: Kind) -> Answer {
        let id = self.found(ask, kind)?;
        let names: Value = self.inline_of(&id).map(|(name, _)| json!(name)).collect();
        Ok(json!({"PolicyNames": names}))
    }

    pub(super) fn delete_inline(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let place = self.inline_place(ask, kind)?;
        self.inline.remove(&place);
        NOTHING
    }

    fn inline_place(&self, ask: &Ask, kind: Kind) -> Result<(String, String), Vec<&'static str>> {
        let id = self.found(ask, kind)?;
        let place = (id, ask.text("PolicyName").to_ascii_lowercase());
        let is_there = self.inline.contains_key(&place);
        is_there.then_some(place).ok_or(vec![MISSING])
    }

    pub(super) fn attach(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let arn = ask.text("PolicyArn").to_owned();
        let id = self.found(ask, kind)?;
        Wrong(ask.bad_members()).nothing()?;
        self.attachable(ask.account, &arn)?;
        let pair = (id, arn);
        if self.attached.contains(&pair) {
            return NOTHING;
        }
        Wrong::default()
            .when(self.attached_to(&pair.0).count() >= 10, LIMIT)
            .nothing()?;
        self.attached.push(pair);
        NOTHING
    }

    pub(super) fn detach(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let arn = ask.text("PolicyArn").to_owned();
        let pair = (self.found(ask, kind)?, arn);
        Wrong(ask.bad_members())
            .when(!self.attached.contains(&pair), MISSING)
            .nothing()?;
        self.attached.retain(|it| *it != pair);
        NOTHING
    }

    pub(super) fn list_attached(&self, ask: &Ask, kind: Kind) -> Answer {
        let id = self.found(ask, kind)?;
        Ok(json!({"AttachedPolicies": self.attached_views(&id)}))
    }

    pub(super) fn attached_views(&self, id: &str) -> Value {
        let name = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
        let view = |arn: &String| json!({"PolicyName": name(arn), "PolicyArn": arn});
        self.attached_to(id).map(view).collect()
    }

    pub(super) fn put_boundary(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let id = self.found(ask, kind)?;
        self.bad_boundary(Wrong(ask.bad_members()), ask).nothing()?;
        let arn = ask.text("PermissionsBoundary").to_owned();
        self.bounded.insert(id, arn);
        NOTHING
    }

    pub(super) fn delete_boundary(&mut self, ask: &Ask, kind: Kind) -> Answer {
        let id = self.found(ask, kind)?;
        self.bounded.remove(&id).ok_or(vec![MISSING])?;
        NOTHING
    }

    pub(super) fn bad_boundary(&self, wrong: Wrong, ask: &Ask) -> Wrong {
        match ask.some_text("PermissionsBoundary") {
            None => wrong,
            Some(arn) => wrong.when(self.attachable(ask.account, arn).is_err(), MISSING),
        }
    }

    /// A policy of the account, or one of AWS's own.
    fn attachable(&self, account: &str, arn: &str) -> Result<(), Vec<&'static str>> {
        let is_there = is_of_aws(arn) || self.policy(account, arn).is_some();
        is_there.then_some(()).ok_or(vec![MISSING])
    }
}

pub(super) fn is_of_aws(arn: &str) -> bool {
    OF_AWS.iter().any(|name| of_aws(name) == arn)
}

pub(super) fn version(policy: &Entity, number: u32) -> Value {
    let made = policy.versions.iter().find(|it| it.0 == number);
    json!({
        "VersionId": format!("v{number}"),
        "IsDefaultVersion": policy.default == number,
        "CreateDate": made.map(|(.., at)| date(*at)),
    })
}

fn bad_document(wrong: Wrong, ask: &Ask) -> Wrong {
    let text = ask.text("PolicyDocument");
    wrong
        .when(parsed(text).is_none(), MALFORMED)
        .when(size(text) > LONGEST, LIMIT)
}

/// A policy, if it is one: all that are made here are well-formed as soon as they are JSON.
fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// White space is free.
fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
