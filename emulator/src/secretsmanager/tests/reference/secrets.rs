//! Deletion, tags and policies.

use serde_json::{Value, json};

use super::refusals::{
    ANY, BAD_POLICY, BAD_WINDOW, FORCE_WITH_WINDOW, HAS_COPIES, IS_REPLICA, PUBLIC_POLICY,
    SYSTEM_TAG,
};
use super::{Answer, Ask, DAY, Deletion, Place, Reference, Refusal};

/// The tags of a request. That a key must not be there twice is *unknown*.
pub(super) fn tags_of(ask: &Ask) -> Result<Option<Vec<(String, String)>>, Refusal> {
    let Some(tags) = ask.input["Tags"].as_array() else {
        return Ok(None);
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let pair = |tag: &Value| (text(&tag["Key"]), text(&tag["Value"]));
    let tags: Vec<(String, String)> = tags.iter().map(pair).collect();
    let is_twice = |key: &String| tags.iter().filter(|(other, _)| other == key).count() > 1;
    if tags.iter().any(|(key, _)| is_twice(key)) {
        return Err(ANY.of("InvalidParameterException"));
    }
    check_keys(tags.iter().map(|(key, _)| key))?;
    Ok(Some(tags))
}

fn check_keys<'k>(mut keys: impl Iterator<Item = &'k String>) -> Result<(), Refusal> {
    let system = keys.find(|key| key.starts_with("aws:"));
    system.map_or(Ok(()), |key| Err(SYSTEM_TAG.with(&[key])))
}

impl Reference {
    /// The primary of copies is not deleted, nor a copy. The window is judged first (*Unknown*), and
    /// what is scheduled already is not scheduled again (*Unknown*).
    pub(super) fn delete(&mut self, ask: &Ask) -> Answer {
        let place = self.named(ask)?;
        let (force, window) = (
            ask.flag("ForceDeleteWithoutRecovery"),
            ask.input["RecoveryWindowInDays"].as_i64(),
        );
        if force && window.is_some() {
            return Err(FORCE_WITH_WINDOW.refusal());
        }
        let window = window.unwrap_or(30);
        if !(7..=30).contains(&window) {
            return Err(BAD_WINDOW.refusal());
        }
        let place = match self.exists(place) {
            // *Unknown*: of an ARN of another region it does not.
            Err(_) if force && ask.is_of_its_region() => return Ok(self.never_was(ask)),
            place => place?,
        };
        self.check_deletable(&place)?;
        let now = self.now;
        let arn = place.arn(&self.secrets[&place].suffix);
        let mut due = now;
        if force {
            self.secrets.remove(&place);
        } else {
            self.alive(place.clone())?;
            due += window * DAY;
            let secret = self.secret(&place);
            secret.deletion = Some(Deletion { called: now, due });
            secret.changed = now;
            if let Some(rotation) = &mut secret.rotation {
                rotation.stop();
            }
        }
        Ok(json!({"ARN": arn, "Name": place.name, "DeletionDate": due}))
    }

    fn check_deletable(&self, place: &Place) -> Result<(), Refusal> {
        let secret = &self.secrets[place];
        if self.is_region_copy(place) {
            return Err(IS_REPLICA.refusal());
        }
        if !secret.copies.is_empty() {
            let regions = secret.copies.iter().map(|copy| copy.region.as_str());
            let regions = regions.collect::<Vec<_>>().join(", ");
            return Err(HAS_COPIES.with(&[&place.arn(&secret.suffix), &regions]));
        }
        if secret.lent.is_some() || secret.of.is_some() {
            return Err(ANY.of("InvalidRequestException"));
        }
        Ok(())
    }

    /// Forced, the deletion of what is not there succeeds, with an ARN that is made up; which one, if
    /// an ARN was sent, is *unknown*.
    fn never_was(&self, ask: &Ask) -> Value {
        let id = ask.text("SecretId").unwrap_or_default();
        let (arn, name) = match id.split_once(":secret:") {
            None => (ask.here(id).arn(&self.fresh), id),
            Some((_, rest)) => match rest.rsplit_once('-') {
                Some((name, suffix)) if suffix.len() == 6 => (id.to_owned(), name),
                _ => (id.to_owned(), rest),
            },
        };
        json!({"ARN": arn, "Name": name, "DeletionDate": self.now})
    }

    /// What is not scheduled for deletion is left as it is (*Unknown*).
    pub(super) fn restore(&mut self, ask: &Ask) -> Answer {
        let place = self.found(ask)?;
        let now = self.now;
        let secret = self.secret(&place);
        if secret.deletion.take().is_some() {
            secret.changed = now;
        }
        Ok(json!({"ARN": place.arn(&secret.suffix), "Name": place.name}))
    }

    pub(super) fn tag(&mut self, ask: &Ask) -> Answer {
        let place = self.named(ask)?;
        let new = tags_of(ask)?;
        let place = self.governed(self.exists(place)?)?;
        let now = self.now;
        let secret = self.secret(&place);
        let tags = secret.tags.get_or_insert_default();
        for (key, value) in new.unwrap_or_default() {
            match tags.iter_mut().find(|(known, _)| *known == key) {
                Some(known) => known.1 = value,
                None => tags.push((key, value)),
            }
        }
        secret.changed = now;
        Ok(Value::Null)
    }

    /// An empty list stays; that tags are taken away does not count as a change.
    pub(super) fn untag(&mut self, ask: &Ask) -> Answer {
        let place = self.named(ask)?;
        let keys = ask.texts("TagKeys");
        check_keys(keys.iter())?;
        let place = self.governed(self.exists(place)?)?;
        if let Some(tags) = &mut self.secret(&place).tags {
            tags.retain(|(key, _)| !keys.contains(key));
        }
        Ok(Value::Null)
    }

    /// Whether a policy's name is told when none was asked for is *unknown*.
    fn named_policy(&self, ask: &Ask, place: &Place) -> Value {
        let mut answer = json!({
            "ARN": place.arn(&self.secrets[place].suffix), "Name": place.name,
        });
        if let Some(name) = ask.text("PolicyName") {
            answer["PolicyName"] = json!(name);
        }
        answer
    }

    pub(super) fn put_policy(&mut self, ask: &Ask) -> Answer {
        let place = self.governed(self.found(ask)?)?;
        check_policy_name(ask)?;
        let policy = policy_of(ask)?;
        if ask.flag("BlockPublicPolicy") && is_public(&policy) {
            return Err(PUBLIC_POLICY.refusal());
        }
        let now = self.now;
        let secret = self.secret(&place);
        secret.policy = Some(policy);
        secret.changed = now;
        Ok(self.named_policy(ask, &place))
    }

    /// That there was none does not matter (*Unknown*).
    pub(super) fn delete_policy(&mut self, ask: &Ask) -> Answer {
        let place = self.governed(self.found(ask)?)?;
        check_policy_name(ask)?;
        let now = self.now;
        let secret = self.secret(&place);
        secret.policy = None;
        secret.changed = now;
        Ok(self.named_policy(ask, &place))
    }

    pub(super) fn get_policy(&mut self, ask: &Ask) -> Answer {
        let place = self.alive(self.found(ask)?)?;
        if !matches!(ask.text("PolicyName"), None | Some("default")) {
            return Err(ANY.of("ResourceNotFoundException"));
        }
        let mut answer = self.named_policy(ask, &place);
        if let Some(policy) = self.view(&place).policy {
            answer["ResourcePolicy"] = policy;
        }
        Ok(answer)
    }

    /// `default` first; then what AWS attaches to the copy of another account's secret.
    pub(super) fn list_policies(&mut self, ask: &Ask) -> Answer {
        let place = self.alive(self.found(ask)?)?;
        let secret = self.view(&place);
        let own = secret.policy.map(|_| "default");
        let is_abroad = secret.of.is_some_and(|it| it.link != super::Link::Region);
        let managed = is_abroad.then_some("cross-account-replication");
        let name = |name: &str| json!({"PolicyName": name});
        let names: Vec<Value> = own.into_iter().chain(managed).map(name).collect();
        Ok(json!({"ResourcePolicies": names}))
    }

    pub(super) fn validate_policy(&mut self, ask: &Ask) -> Answer {
        if ask.text("SecretId").is_some() {
            self.alive(self.found(ask)?)?;
        }
        let mut errors = Vec::new();
        if is_public(&policy_of(ask)?) {
            let says = PUBLIC_POLICY.refusal().says;
            errors.push(json!({"CheckName": "BlockPublicPolicyCheck", "ErrorMessage": says}));
        }
        Ok(json!({"PolicyValidationPassed": errors.is_empty(), "ValidationErrors": errors}))
    }
}

fn check_policy_name(ask: &Ask) -> Result<(), Refusal> {
    match ask.text("PolicyName") {
        None | Some("default") => Ok(()),
        Some(_) => Err(ANY.of("InvalidParameterException")),
    }
}

fn policy_of(ask: &Ask) -> Result<Value, Refusal> {
    let text = ask.text("ResourcePolicy").unwrap_or_default();
    serde_json::from_str(text).map_err(|_| BAD_POLICY.refusal())
}

/// Everyone is allowed; a policy that denies is not public.
fn is_public(policy: &Value) -> bool {
    let mut statements = policy["Statement"].as_array().into_iter().flatten();
    statements.any(|it| it["Effect"] == "Allow" && it["Principal"] == "*")
}
