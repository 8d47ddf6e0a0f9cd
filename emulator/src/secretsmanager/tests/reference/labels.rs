//! Versions and labels. A label is kept with the version that has it.

use serde_json::{Value, json};

use super::refusals::{
    ANY, CURRENT_TAKEN_AWAY, HOLDER_NOT_NAMED, LABEL_OF_OTHER, NO_LABEL, NO_VERSION,
};
use super::{Answer, Ask, Reference, Refusal, Secret, Version};

pub(super) const CURRENT: &str = "AWSCURRENT";
pub(super) const PREVIOUS: &str = "AWSPREVIOUS";
pub(super) const PENDING: &str = "AWSPENDING";

impl Secret {
    pub(super) fn version(&self, id: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
    }

    pub(super) fn holder(&self, label: &str) -> Option<&Version> {
        let has = |version: &&Version| version.labels.contains(label);
        self.versions.iter().find(has)
    }

    pub(super) fn holder_id(&self, label: &str) -> Option<String> {
        Some(self.holder(label)?.id.clone())
    }

    /// Gives a label to a version, and takes it from whichever had it.
    fn give(&mut self, label: &str, id: &str) {
        for version in &mut self.versions {
            version.labels.remove(label);
            if version.id == id {
                version.labels.insert(label.to_owned());
            }
        }
    }

    pub(super) fn take_away(&mut self, label: &str) {
        self.give(label, "");
    }

    /// AWSPREVIOUS goes to the version that loses AWSCURRENT; labels of one's own and AWSPENDING stay
    /// where they are.
    fn make_current(&mut self, id: &str) {
        if let Some(old) = self.holder_id(CURRENT).filter(|old| old != id) {
            self.give(PREVIOUS, &old);
        }
        self.give(CURRENT, id);
    }

    /// A value becomes a version with these labels: AWSCURRENT if there are none, and always for the
    /// first value. The version that it replaces as the current one gives up AWSPENDING, too. It has
    /// just these labels, so that AWSPREVIOUS among them is not given to that version (*Unknown*).
    pub(super) fn put(
        &mut self,
        id: &str,
        value: Value,
        keys: Vec<String>,
        labels: &[String],
        now: i64,
    ) {
        let is_first = self.versions.iter().all(|version| version.value.is_none());
        if self.version(id).is_none() {
            self.add(id, now);
        }
        if let Some(version) = self.versions.iter_mut().find(|version| version.id == id) {
            version.value = Some(value);
            version.keys = keys;
        }
        if is_first || labels.is_empty() || labels.iter().any(|label| label == CURRENT) {
            let old = self.holder_id(CURRENT).filter(|old| old != id);
            if old.is_some() && old == self.holder_id(PENDING) {
                self.take_away(PENDING);
            }
            self.make_current(id);
        }
        for label in labels.iter().filter(|label| *label != CURRENT) {
            self.give(label, id);
        }
        self.drop_empty();
    }

    pub(super) fn add(&mut self, id: &str, now: i64) {
        self.versions.push(Version {
            id: id.to_owned(),
            created: now,
            value: None,
            labels: Default::default(),
            keys: Vec::new(),
            accessed: None,
        });
    }

    /// A rotation announces a version. That one which exists gets the label is *Unknown*.
    pub(super) fn announce(&mut self, id: &str, now: i64) {
        if self.version(id).is_none() {
            self.add(id, now);
        }
        self.give(PENDING, id);
        self.drop_empty();
    }

    /// A version that a rotation announced, with neither value nor label, is none (*Unknown*).
    fn drop_empty(&mut self) {
        self.versions
            .retain(|version| version.value.is_some() || !version.labels.is_empty());
    }

    /// What is read: by id, by label, or the current one.
    pub(super) fn choose(
        &self,
        id: Option<&str>,
        label: Option<&str>,
    ) -> Result<&Version, Refusal> {
        let label_or_current = label.unwrap_or(CURRENT);
        let missing = || match id {
            Some(id) => NO_VERSION.with(&[id]),
            None => NO_LABEL.with(&[label_or_current]),
        };
        let version = match id {
            Some(id) => self.version(id),
            None => self.holder(label_or_current),
        };
        let version = version.ok_or_else(missing)?;
        if label.is_some_and(|label| !version.labels.contains(label)) {
            return Err(LABEL_OF_OTHER.refusal());
        }
        match version.value {
            Some(_) => Ok(version),
            None => Err(missing()),
        }
    }
}

impl Reference {
    /// UpdateSecretVersionStage.
    pub(super) fn move_label(&mut self, ask: &Ask) -> Answer {
        let place = self.writable(self.found(ask)?)?;
        let now = self.now;
        let secret = self.secret(&place);
        let label = ask.text("VersionStage").unwrap_or_default();
        let (from, to) = (ask.text("RemoveFromVersionId"), ask.text("MoveToVersionId"));
        for id in [from, to].into_iter().flatten() {
            secret.version(id).ok_or_else(|| NO_VERSION.with(&[id]))?;
        }
        let before = secret.current();
        match (from, to, secret.holder_id(label).as_deref()) {
            (Some(from), _, holder) if holder != Some(from) => {
                return Err(ANY.of("InvalidParameterException"));
            }
            (None, Some(to), Some(holder)) if to != holder => {
                return Err(HOLDER_NOT_NAMED.with(&[label, holder]));
            }
            (None, None, _) => return Err(ANY.of("InvalidParameterException")),
            (_, None, _) if label == CURRENT => return Err(CURRENT_TAKEN_AWAY.refusal()),
            (_, None, _) => secret.take_away(label),
            (_, Some(to), _) if label == CURRENT => secret.make_current(to),
            (_, Some(to), _) => secret.give(label, to),
        }
        secret.drop_empty();
        secret.note_current(before, now);
        secret.changed = now;
        Ok(json!({"ARN": place.arn(&secret.suffix), "Name": place.name}))
    }
}
