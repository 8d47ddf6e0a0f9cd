//! Copies in other regions and in other accounts. Of the latter little more than documentation is
//! known, so most of it is *unknown*.

use serde_json::{Value, json};

use super::refusals::{ANY, BAD_REGION, IS_NO_REPLICA};
use super::values::{DEFAULT_KEY, key_of, wrong_with};
use super::{
    AccountCopy, Answer, Ask, Link, Original, Place, Reference, Refusal, RegionCopy, Secret,
};

/// The secret that an ARN names in full, in another account than this and the same region.
pub(super) fn abroad(from: &Place, arn: &str) -> Option<(Place, String)> {
    let parts: Vec<&str> = arn.splitn(7, ':').collect();
    let [_, _, _, region, account, _, rest] = parts[..] else {
        return None;
    };
    let (name, suffix) = rest.rsplit_once('-').filter(|(_, it)| it.len() == 6)?;
    let place = Place {
        account: account.to_owned(),
        region: region.to_owned(),
        name: name.to_owned(),
    };
    let is_abroad = region == from.region && account != from.account;
    is_abroad.then(|| (place, suffix.to_owned()))
}

impl Place {
    fn in_region(&self, region: &str) -> Self {
        Self {
            region: region.to_owned(),
            ..self.clone()
        }
    }
}

impl Reference {
    /// What has labels reaches the copies at once. What the primary has no longer, they lose.
    pub(super) fn deliver(&mut self) {
        let places: Vec<Place> = self.secrets.keys().cloned().collect();
        for place in places {
            let primary = self.secrets[&place].shares_with();
            let Some(primary) = primary.and_then(|it| self.secrets.get(it)) else {
                continue;
            };
            let versions = primary.versions.clone();
            let now = self.now;
            let arrived = &mut self.secret(&place).arrived;
            arrived.retain(|id, _| versions.iter().any(|version| version.id == *id));
            for version in versions.iter().filter(|it| !it.labels.is_empty()) {
                arrived.entry(version.id.clone()).or_insert(now);
            }
        }
    }

    pub(super) fn replicate(&mut self, ask: &Ask) -> Answer {
        let place = self.writable(self.found(ask)?)?;
        let now = self.now;
        self.secret(&place).changed = now;
        let statuses = self.copy_to_regions(ask, &place)?;
        let arn = place.arn(&self.secrets[&place].suffix);
        Ok(json!({"ARN": arn, "ReplicationStatus": statuses}))
    }

    /// What stands in the way of a copy is told by its status alone. That its own region is refused
    /// like one that does not exist was recorded; the first of a region named twice counts.
    pub(super) fn copy_to_regions(&mut self, ask: &Ask, place: &Place) -> Answer {
        let mut asked: Vec<String> = Vec::new();
        let regions = ask.input["AddReplicaRegions"].as_array();
        for wish in regions.into_iter().flatten() {
            let region = wish["Region"].as_str().unwrap_or_default();
            if region == place.region || region == "xx-east-9" {
                return Err(BAD_REGION.refusal());
            }
            if asked.iter().any(|known| known == region) {
                continue;
            }
            asked.push(region.to_owned());
            let key = wish["KmsKeyId"].as_str().filter(|key| !key.is_empty());
            let key = key.unwrap_or(DEFAULT_KEY);
            let force = ask.flag("ForceOverwriteReplicaSecret");
            let copy = RegionCopy {
                region: region.to_owned(),
                key: key.to_owned(),
                failure: self.copy_to(place, &place.in_region(region), key, force),
            };
            let copies = &mut self.secret(place).copies;
            match copies.iter_mut().find(|known| known.region == region) {
                // *Unknown*: the copy that is there keeps its key.
                Some(known) if copy.failure.is_some() => known.failure = copy.failure,
                Some(known) => *known = copy,
                None => copies.push(copy),
            }
        }
        Ok(self.statuses(place, &asked))
    }

    /// Makes a copy, or says why not. One that is there gets its key; a stranger's name is taken by
    /// force, and then its date stays, too; but not that of another copy, nor (*Unknown*) of another
    /// primary.
    fn copy_to(&mut self, from: &Place, to: &Place, key: &str, force: bool) -> Option<String> {
        if let Some(wrong) = wrong_with(key, &to.region) {
            let says = "The operation failed because of an invalid KMS key";
            return Some(format!("Replication failed: {says}: {wrong}"));
        }
        let (now, suffix) = (self.now, self.secrets[from].suffix.clone());
        let (name, region) = (&to.name, &to.region);
        let mut created = now;
        if let Some(known) = self.secrets.get_mut(to) {
            match &known.of {
                Some(of) if of.link == Link::Region && of.place == *from => {
                    known.key = Some(key.to_owned());
                    return None;
                }
                Some(_) => {
                    return Some(format!(
                        "Replication failed: Secret name {name} is currently replicated to {region}…"
                    ));
                }
                None if force && known.copies.is_empty() && known.lent.is_none() => {}
                None => {
                    return Some(format!(
                        "Replication failed: Secret name {name} already exists in region {region}."
                    ));
                }
            }
            created = known.created;
        }
        let copy = Secret {
            suffix: suffix.clone(),
            key: Some(key.to_owned()),
            created,
            of: Some(Original {
                place: from.clone(),
                suffix,
                link: Link::Region,
            }),
            ..Secret::default()
        };
        self.secrets.insert(to.clone(), copy);
        None
    }

    /// A region without a copy does not matter. The copies are gone with it, whatever was last said of
    /// them.
    pub(super) fn remove_regions(&mut self, ask: &Ask) -> Answer {
        let place = self.writable(self.found(ask)?)?;
        let now = self.now;
        let regions = ask.texts("RemoveReplicaRegions");
        for region in &regions {
            let there = place.in_region(region);
            let of = self.secrets.get(&there).and_then(|it| it.of.as_ref());
            if of.is_some_and(|of| of.link == Link::Region && of.place == place) {
                self.secrets.remove(&there);
            }
        }
        let secret = self.secret(&place);
        secret.copies.retain(|copy| !regions.contains(&copy.region));
        secret.changed = now;
        let arn = place.arn(&secret.suffix);
        Ok(json!({"ARN": arn, "ReplicationStatus": self.statuses(&place, &[])}))
    }

    /// A copy becomes a secret of its own, with all that it had; its primary is not changed by that.
    pub(super) fn stop_replication(&mut self, ask: &Ask) -> Answer {
        let place = self.alive(self.found(ask)?)?;
        let of = self.secrets[&place].of.clone();
        let of = of.ok_or_else(|| IS_NO_REPLICA.refusal())?;
        let now = self.now;
        let own = Secret {
            of: None,
            changed: now,
            arrived: Default::default(),
            ..self.view(&place)
        };
        let answer = json!({"ARN": place.arn(&own.suffix)});
        self.secrets.insert(place.clone(), own);
        match of.link {
            Link::Region => {
                let copies = &mut self.secret(&of.place).copies;
                copies.retain(|copy| copy.region != place.region);
            }
            Link::Account => {
                if let Some(lent) = &mut self.secret(&of.place).lent {
                    lent.is_detached = true;
                }
            }
            Link::Pending | Link::Detached => {}
        }
        Ok(answer)
    }

    /// The one change that is made where a copy is. That its primary tells is *unknown*.
    pub(super) fn change_key_of_copy(&mut self, ask: &Ask, place: &Place) -> Result<(), Refusal> {
        let key = key_of(ask, place)?.unwrap_or_else(|| DEFAULT_KEY.to_owned());
        let secret = self.secret(place);
        secret.key = Some(key.clone());
        if let Some(of) = secret.of.clone().filter(|of| of.link == Link::Region) {
            let copies = &mut self.secret(&of.place).copies;
            for copy in copies.iter_mut().filter(|it| it.region == place.region) {
                copy.key = key.clone();
                copy.failure = None;
            }
        }
        Ok(())
    }

    /// Only the owner links, and only what was made as a copy of this secret; no account here is in an
    /// organization.
    pub(super) fn associate(&mut self, ask: &Ask) -> Answer {
        let parameter = || ANY.of("InvalidParameterException");
        let place = self.writable(self.found(ask)?)?;
        if place.account != ask.account {
            return Err(parameter());
        }
        let arn = ask.text("CrossAccountReplicaARN").unwrap_or_default();
        abroad(&place, arn).ok_or_else(parameter)?;
        let copy = self.alive(self.exists(self.place(ask, arn)?)?)?;
        if ask.text("ReplicaRestriction") != Some("NoRestriction") {
            return Err(ANY.of("InvalidRequestException"));
        }
        let (now, primary) = (self.now, &self.secrets[&place]);
        let is_of_this = |of: &Original| {
            of.place == place && of.suffix == primary.suffix && of.link != Link::Region
        };
        if !self.secrets[&copy].of.as_ref().is_some_and(is_of_this) {
            return Err(parameter());
        }
        let suffix = self.secrets[&copy].suffix.clone();
        let is_other = |lent: &AccountCopy| lent.place != copy || lent.suffix != suffix;
        if primary.lent.as_ref().is_some_and(is_other) {
            return Err(ANY.of("LimitExceededException"));
        }
        let linked = self.secret(&copy);
        // What it kept of an earlier link, it has.
        let kept = std::mem::take(&mut linked.versions);
        if !kept.is_empty() {
            linked.arrived = kept.into_iter().map(|it| (it.id, it.created)).collect();
        }
        if let Some(of) = &mut linked.of {
            of.link = Link::Account;
        }
        let secret = self.secret(&place);
        secret.changed = now;
        secret.lent = Some(AccountCopy {
            place: copy.clone(),
            suffix: suffix.clone(),
            role: ask.text("ReplicationRoleARN").map(str::to_owned),
            is_detached: false,
        });
        Ok(json!({
            "ARN": place.arn(&secret.suffix),
            "CrossAccountReplicaARN": copy.arn(&suffix),
            "ReplicationStatus": "InProgress",
        }))
    }

    /// The copy keeps what it has, and gets no more.
    pub(super) fn disassociate(&mut self, ask: &Ask) -> Answer {
        let parameter = || ANY.of("InvalidParameterException");
        let place = self.writable(self.found(ask)?)?;
        let arn = ask.text("CrossAccountReplicaARN").unwrap_or_default();
        let (copy, suffix) = abroad(&place, arn).ok_or_else(parameter)?;
        let lent = self.secrets[&place].lent.as_ref();
        if lent.is_none_or(|lent| lent.place != copy || lent.suffix != suffix) {
            return Err(parameter());
        }
        let of = self.secrets.get(&copy).and_then(|it| it.of.clone());
        if let Some(of) = of.filter(|of| of.link == Link::Account) {
            let detached = Secret {
                of: Some(Original {
                    link: Link::Detached,
                    ..of
                }),
                arrived: Default::default(),
                ..self.view(&copy)
            };
            self.secrets.insert(copy.clone(), detached);
        }
        let now = self.now;
        let secret = self.secret(&place);
        secret.lent = None;
        secret.changed = now;
        let answer: Value = json!({
            "ARN": place.arn(&secret.suffix), "CrossAccountReplicaARN": copy.arn(&suffix),
        });
        Ok(answer)
    }
}
