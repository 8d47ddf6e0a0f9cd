//! ListSecrets, whole: whoever asks puts the pages together.

use serde_json::{Value, json};

use super::{Ask, Link, Place, Reference, Secret};

impl Reference {
    pub(super) fn list_secrets(&self, ask: &Ask) -> Value {
        let places = self.listed(ask);
        let entry = |place: &Place| self.entry(place, "SecretVersionsToStages");
        json!({"SecretList": places.iter().map(entry).collect::<Vec<_>>()})
    }

    pub(super) fn listed_arns(&self, ask: &Ask) -> Vec<String> {
        let arn = |place: Place| place.arn(&self.secrets[&place].suffix);
        self.listed(ask).into_iter().map(arn).collect()
    }

    /// What a list shows, in its order: that of creation, if no other is asked for. That names settle
    /// what is equal, and that what was never read is first, is *unknown*.
    fn listed(&self, ask: &Ask) -> Vec<Place> {
        let is_here = |place: &&Place| place.account == ask.account && place.region == ask.region;
        let planned = ask.flag("IncludePlannedDeletion");
        let is_shown = |place: &&Place| {
            (planned || self.secrets[*place].deletion.is_none()) && self.passes(ask, place)
        };
        let all = self.secrets.keys();
        let mut places: Vec<Place> = all.filter(is_here).filter(is_shown).cloned().collect();
        places.sort_by_key(|place| match ask.text("SortBy") {
            Some("name") => 0,
            Some("last-accessed-date") => self.day_read(place),
            Some("last-changed-date") => self.last_changed(place),
            _ => self.secrets[place].created,
        });
        if ask.text("SortOrder") == Some("desc") {
            places.reverse();
        }
        places
    }

    /// Every filter, by one of its values; names and tag keys are compared by their beginning.
    fn passes(&self, ask: &Ask, place: &Place) -> bool {
        let secret = self.view(place);
        let mut filters = ask.input["Filters"].as_array().into_iter().flatten();
        filters.all(|filter| {
            let mut values = filter["Values"].as_array().into_iter().flatten();
            values.any(|value| {
                let value = value.as_str().unwrap_or_default();
                let (wanted, value) = match value.strip_prefix('!') {
                    Some(value) => (false, value),
                    None => (true, value),
                };
                let mut tags = secret.tags.iter().flatten();
                let has = match filter["Key"].as_str() {
                    Some("name") => place.name.starts_with(value),
                    Some("tag-key") => tags.any(|(key, _)| key.starts_with(value)),
                    other => panic!("{other:?}"),
                };
                has == wanted
            })
        })
    }
}

/// What requests are about that are sent to meet something.
impl Reference {
    /// The version that has a label, or else the first.
    pub(in super::super) fn holder_of(&self, place: &Place, label: &str) -> Option<String> {
        let secret = self.secrets.get(place);
        let holder = secret.and_then(|secret| secret.holder_id(label));
        holder.or_else(|| Some(format!("{:0>32}", 1)))
    }

    /// One of its versions.
    pub(in super::super) fn version_of(&self, place: &Place, which: usize) -> Option<String> {
        let versions = self.secrets.get(place).map(|secret| &secret.versions);
        let versions = versions.filter(|versions| !versions.is_empty());
        let version = versions.map(|versions| versions[which % versions.len()].id.clone());
        version.or_else(|| Some(format!("{:0>32}", 1)))
    }

    /// What one of the copies in other accounts is a copy of.
    pub(in super::super) fn original(&self, which: usize) -> Option<Place> {
        let originals = self
            .secrets
            .values()
            .filter_map(|secret| secret.of.as_ref());
        let originals = originals.filter(|of| of.link != Link::Region);
        let originals: Vec<&Place> = originals.map(|of| &of.place).collect();
        let which = which.checked_rem(originals.len())?;
        Some(originals[which].clone())
    }

    /// The ARN of a copy in another account.
    pub(in super::super) fn copy_of(&self, place: &Place) -> Option<String> {
        let mut secrets = self.secrets.iter();
        let is_copy = |secret: &Secret| {
            let of = secret.of.as_ref();
            of.is_some_and(|of| of.place == *place && of.link != Link::Region)
        };
        let (copy, secret) = secrets.find(|(_, secret)| is_copy(secret))?;
        Some(copy.arn(&secret.suffix))
    }

    /// The ARN of a secret of another account in the same region.
    pub(in super::super) fn one_abroad(&self, place: &Place) -> Option<String> {
        let is_abroad =
            |other: &Place| other.account != place.account && other.region == place.region;
        let (abroad, secret) = self.secrets.iter().find(|(other, _)| is_abroad(other))?;
        Some(abroad.arn(&secret.suffix))
    }
}
