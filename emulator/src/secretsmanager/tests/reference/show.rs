//! What DescribeSecret and ListSecrets show. What has no value is left out.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Answer, Ask, DAY, Link, Place, Reference, RegionCopy, Secret};

/// Sets a member, if there is something to set.
pub(super) fn put_some<T: Serialize>(answer: &mut Value, member: &str, value: Option<T>) {
    if let Some(value) = value {
        answer[member] = json!(value);
    }
}

impl Reference {
    pub(super) fn describe(&mut self, ask: &Ask) -> Answer {
        let place = self.found(ask)?;
        let secret = self.view(&place);
        let mut shown = self.entry(&place, "VersionIdsToStages");
        let statuses = self.statuses(&place, &[]);
        put_some(
            &mut shown,
            "ReplicationStatus",
            Some(statuses).filter(|it| it != &json!([])),
        );
        let primary = secret.of.as_ref().filter(|of| of.link != Link::Region);
        let primary = primary.map(|of| {
            json!({"PrimarySecretARN": of.place.arn(&of.suffix), "ReplicationStatus": match of.link {
                Link::Pending => "Pending",
                Link::Detached => "Detached",
                Link::Region | Link::Account => "InSync",
            }})
        });
        put_some(&mut shown, "CrossAccountPrimary", primary);
        let lent = secret.lent.as_ref().map(|lent| {
            let status = if lent.is_detached {
                "Detached"
            } else {
                "InSync"
            };
            let arn = lent.place.arn(&lent.suffix);
            let mut one = json!({"ReplicaSecretARN": arn, "ReplicationStatus": status});
            put_some(&mut one, "ReplicationRoleARN", lent.role.as_ref());
            json!([one])
        });
        put_some(&mut shown, "CrossAccountReplicas", lent);
        Ok(shown)
    }

    /// What both show, the labels under a name that they have each their own of.
    pub(super) fn entry(&self, place: &Place, labels: &str) -> Value {
        let secret = self.view(place);
        let mut shown = json!({
            "ARN": place.arn(&secret.suffix),
            "Name": place.name,
            "CreatedDate": secret.created,
            "LastChangedDate": secret.changed,
        });
        let description = Some(&secret.description).filter(|text| !text.is_empty());
        put_some(&mut shown, "Description", description);
        put_some(&mut shown, "Type", secret.kind.as_ref());
        put_some(&mut shown, "KmsKeyId", secret.key.as_ref());
        put_some(&mut shown, "LastAccessedDate", secret.accessed);
        // The time of the call, not the end of the window.
        put_some(
            &mut shown,
            "DeletedDate",
            secret.deletion.as_ref().map(|it| it.called),
        );
        let tag = |(key, value): &(String, String)| json!({"Key": key, "Value": value});
        let tags = secret.tags.as_ref();
        let tags = tags.map(|tags| tags.iter().map(tag).collect::<Vec<_>>());
        put_some(&mut shown, "Tags", tags);
        if let Some(rotation) = &secret.rotation {
            shown["RotationEnabled"] = json!(rotation.is_on);
            put_some(&mut shown, "RotationLambdaARN", rotation.function.as_ref());
            put_some(&mut shown, "LastRotatedDate", rotation.last);
            put_some(&mut shown, "NextRotationDate", rotation.next);
            if let Some(rules) = &rotation.rules {
                shown["RotationRules"] = json!({"AutomaticallyAfterDays": rules.days});
                let expression = rules.expression.as_ref();
                put_some(
                    &mut shown["RotationRules"],
                    "ScheduleExpression",
                    expression,
                );
            }
        }
        let labelled = secret.versions.iter().filter(|it| !it.labels.is_empty());
        let labelled = labelled.map(|it| (it.id.clone(), json!(it.labels)));
        let labelled = Some(labelled.collect::<Map<_, _>>()).filter(|it| !it.is_empty());
        put_some(&mut shown, labels, labelled);
        put_some(&mut shown, "PrimaryRegion", primary_region(place, &secret));
        shown
    }

    /// How the copies in regions stand; those that were just asked for are under way.
    pub(super) fn statuses(&self, place: &Place, asked: &[String]) -> Value {
        let status = |copy: &RegionCopy| {
            let mut shown = json!({"Region": copy.region, "KmsKeyId": copy.key});
            let is_new = asked.contains(&copy.region);
            let (status, message) = match &copy.failure {
                _ if is_new => ("InProgress", None),
                Some(failure) => ("Failed", Some(failure.as_str())),
                None => ("InSync", Some("Replication succeeded")),
            };
            shown["Status"] = json!(status);
            put_some(&mut shown, "StatusMessage", message);
            let there = Place {
                region: copy.region.clone(),
                ..place.clone()
            };
            let read = self.secrets.get(&there).filter(|_| copy.failure.is_none());
            put_some(
                &mut shown,
                "LastAccessedDate",
                read.and_then(|it| it.accessed),
            );
            shown
        };
        let copies = &self.secrets[place].copies;
        Value::Array(copies.iter().map(status).collect())
    }

    /// A secret as it is to be seen: of a copy, with what is its primary's. The versions of one that
    /// is linked are those that it was sent, made when they arrived, under its own key; and nobody is
    /// shown to have read them.
    pub(in super::super) fn view(&self, place: &Place) -> Secret {
        let mut secret = self.secrets[place].clone();
        let Some(primary) = secret.shares_with().and_then(|it| self.secrets.get(it)) else {
            return secret;
        };
        let arrived = |version: &&super::Version| secret.arrived.contains_key(&version.id);
        let copy = |version: &super::Version| super::Version {
            created: secret.arrived[&version.id],
            keys: vec![secret.shown_key(place)],
            accessed: None,
            ..version.clone()
        };
        secret.versions = primary.versions.iter().filter(arrived).map(copy).collect();
        secret.description = primary.description.clone();
        secret.changed = secret.changed.max(primary.changed);
        if self.is_region_copy(place) {
            secret.tags = primary.tags.clone();
            secret.policy = primary.policy.clone();
            secret.kind = primary.kind.clone();
        }
        secret
    }
}

impl Secret {
    /// The primary whose values this copy has.
    pub(super) fn shares_with(&self) -> Option<&Place> {
        let of = self.of.as_ref();
        let of = of.filter(|of| matches!(of.link, Link::Region | Link::Account));
        of.map(|of| &of.place)
    }
}

fn primary_region(place: &Place, secret: &Secret) -> Option<String> {
    match &secret.of {
        Some(of) if of.link == Link::Region => Some(of.place.region.clone()),
        None if !secret.copies.is_empty() => Some(place.region.clone()),
        _ => None,
    }
}

impl Reference {
    /// Versions with a value, those without labels on request: then the oldest first, else the newest.
    /// None are listed of a copy in another region.
    pub(super) fn list_versions(&mut self, ask: &Ask) -> Answer {
        let place = self.found(ask)?;
        let secret = self.view(&place);
        let all = ask.flag("IncludeDeprecated");
        let mut versions = secret.versions.clone();
        versions.retain(|it| it.value.is_some() && (all || !it.labels.is_empty()));
        versions.sort_by_key(|version| version.created);
        if !all {
            versions.reverse();
        }
        let item = |version: &super::Version| {
            let mut item = json!({
                "VersionId": version.id, "CreatedDate": version.created, "KmsKeyIds": version.keys,
            });
            let labels = Some(&version.labels).filter(|it| !it.is_empty());
            put_some(&mut item, "VersionStages", labels);
            put_some(&mut item, "LastAccessedDate", version.accessed);
            item
        };
        let is_shown = !self.is_region_copy(&place);
        let items: Vec<Value> = versions.iter().filter(|_| is_shown).map(item).collect();
        Ok(json!({"Versions": items, "ARN": place.arn(&secret.suffix), "Name": place.name}))
    }

    /// The day, for lists in the order of last reads.
    pub(super) fn day_read(&self, place: &Place) -> i64 {
        self.secrets[place].accessed.unwrap_or(-DAY)
    }

    pub(super) fn last_changed(&self, place: &Place) -> i64 {
        self.view(place).changed
    }
}
