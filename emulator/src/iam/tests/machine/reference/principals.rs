//! Policies that name users and roles: the trust policies of roles, and the policies of secrets. What
//! is kept of whom they name is the unique id.

use serde_json::{Value, json};

use super::answers::NOTHING;
use super::show::View;
use super::{Answer, Ask, Kind, LIMIT, MALFORMED, MISSING, Reference, Wrong};

/// Secrets Manager's code.
const MALFORMED_THERE: &str = "MalformedPolicyDocumentException";

impl Reference {
    pub(super) fn create_role(&mut self, ask: &Ask) -> Answer {
        let trust = self.read_trust(ask, "AssumeRolePolicyDocument");
        let mut wrong = self.new_entity(ask, Kind::Role);
        wrong.0.extend(trust.clone().err().into_iter().flatten());
        wrong.nothing()?;
        let id = self.make(ask, Kind::Role)?;
        self.entity(&id).trust = trust?;
        Ok(json!({"Role": self.view(&id, View::Created)}))
    }

    pub(super) fn update_trust(&mut self, ask: &Ask) -> Answer {
        let (found, trust) = (
            self.found(ask, Kind::Role),
            self.read_trust(ask, "PolicyDocument"),
        );
        let mut wrong = Wrong::default().when(found.is_err(), MISSING);
        wrong.0.extend(trust.clone().err().into_iter().flatten());
        wrong.nothing()?;
        self.entity(&found?).trust = trust?;
        NOTHING
    }

    fn read_trust(&self, ask: &Ask, member: &str) -> Result<Value, Vec<&'static str>> {
        let text = ask.text(member);
        let size = text.chars().filter(|c| !c.is_whitespace()).count();
        let bound = serde_json::from_str(text).ok();
        let bound = bound.and_then(|document| self.bound(&document));
        Wrong::default()
            .when(bound.is_none(), MALFORMED)
            .when(size > 2048, LIMIT)
            .nothing()?;
        bound.ok_or_else(Vec::new)
    }

    /// What is not said stays as it is.
    pub(super) fn update_role(&mut self, ask: &Ask) -> Answer {
        let id = self.found(ask, Kind::Role)?;
        let role = self.entity(&id);
        if let Some(text) = ask.some_text("Description") {
            role.description = Some(text.to_owned());
        }
        if let Some(seconds) = ask.input["MaxSessionDuration"].as_i64() {
            role.max_session = seconds;
        }
        NOTHING
    }

    pub(super) fn describe_role(&mut self, ask: &Ask) -> Answer {
        let id = self.found(ask, Kind::Role)?;
        let text = ask.text("Description").to_owned();
        self.entity(&id).description = Some(text.clone());
        let mut shown = self.view(&id, View::Plain);
        shown["Description"] = json!(text);
        Ok(json!({"Role": shown}))
    }

    pub(super) fn put_secret_policy(&mut self, ask: &Ask) -> Answer {
        let document = serde_json::from_str(ask.text("ResourcePolicy")).ok();
        let bound = document.and_then(|document| self.bound(&document));
        let bound = bound.ok_or(vec![MALFORMED_THERE])?;
        self.secrets.insert(ask.account, bound);
        NOTHING
    }

    pub(super) fn secret_policy(&self, ask: &Ask) -> Value {
        let policy = self.secrets.get(ask.account);
        json!({"ResourcePolicy": policy.map(|it| self.shown(it))})
    }

    pub(super) fn delete_secret_policy(&mut self, ask: &Ask) -> Value {
        self.secrets.remove(ask.account);
        Value::Null
    }

    /// The document with ids in the place of ARNs, if everyone is there whom it names.
    fn bound(&self, document: &Value) -> Option<Value> {
        let is_account = |name: &str| name.ends_with(":root") || name.len() == 12;
        let bind = |name: &str| {
            let mut principals = self.entities.values().filter(|it| it.is_principal());
            let known = principals.find(|it| it.id == name || it.arn() == name);
            match known {
                Some(known) => Some(known.id.clone()),
                None => is_account(name).then(|| name.to_owned()),
            }
        };
        let mut bound = document.clone();
        for name in principals(&mut bound) {
            *name = json!(bind(name.as_str()?)?);
        }
        Some(bound)
    }

    /// The document with the ARNs of today; of whoever is gone the id is left.
    pub(in super::super) fn shown(&self, document: &Value) -> Value {
        let mut shown = document.clone();
        for name in principals(&mut shown) {
            let known = self.entities.get(name.as_str().unwrap_or_default());
            if let Some(entity) = known {
                *name = json!(entity.arn());
            }
        }
        shown
    }
}

/// Whom the one statement of a policy names: a text, or a list.
fn principals(document: &mut Value) -> &mut [Value] {
    match &mut document["Statement"]["Principal"]["AWS"] {
        Value::Array(names) => names,
        name => std::slice::from_mut(name),
    }
}

/// The same, to be read.
pub(super) fn names(document: &Value) -> Vec<&str> {
    match &document["Statement"]["Principal"]["AWS"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => name.as_str().into_iter().collect(),
    }
}
