//! Versions and their staging labels, as functions from one state to the next.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version>

use super::stage::Stage;
use super::version_id::VersionId;
use crate::timestamp::Timestamp;

/// What is known of a version beside its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// When it was made.
    pub created: Timestamp,
    /// Whether it has a value. One that a rotation has announced gets it later.
    pub has_value: bool,
}

/// The most labels that the versions of a secret have together.
pub const MAX_LABELS: usize = 20;
/// How many versions a secret keeps.
pub const MAX_VERSIONS: usize = 100;
/// No version younger than this is removed to make room.
const KEPT_FOR_DAYS: i64 = 1;

/// Why a change of versions or labels was refused. Then nothing has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// More labels than there may be.
    TooManyLabels,
    /// More versions than there may be, and none old enough to be removed.
    TooManyVersions,
    /// Neither a version to take the label from nor one to give it to.
    NothingToMove,
    /// No version has that id.
    UnknownVersion(VersionId),
    /// The label is on another version, which the request must name.
    HolderNotNamed(VersionId),
    /// The request takes the label from a version that does not have it; the one that has it.
    OtherHolder(Option<VersionId>),
    /// AWSCURRENT can be moved, never taken away.
    CurrentTakenAway,
}

/// The versions of a secret, oldest first, and where each label is.
///
/// INVARIANT (label): a label is on one version at most, because labels are kept as a map from
/// label to version. INVARIANT (current): once a version has a value, exactly one is AWSCURRENT.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Versions {
    versions: Vec<Version>,
    labels: Vec<(Stage, VersionId)>,
}

impl Versions {
    /// All versions, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Version> {
        self.versions.iter()
    }

    /// The version of an id.
    pub fn find(&self, id: &VersionId) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == *id)
    }

    /// The version that has a label.
    pub fn labelled(&self, stage: &Stage) -> Option<&Version> {
        let (_, id) = self.labels.iter().find(|(label, _)| label == stage)?;
        self.find(id)
    }

    /// The labels of a version.
    pub fn stages<'a>(&'a self, id: &'a VersionId) -> impl Iterator<Item = &'a Stage> {
        self.labels
            .iter()
            .filter(move |(_, holder)| holder == id)
            .map(|(stage, _)| stage)
    }

    /// The labels of a version in the order in which AWS shows them: that of a hash set of Java's,
    /// which fits all pairs that were recorded.
    pub fn stages_in_order(&self, id: &VersionId) -> Vec<Stage> {
        let mut stages: Vec<Stage> = self.stages(id).cloned().collect();
        // A set of Java's has at least 16 buckets, and four for every three items.
        let buckets = (stages.len() * 4).div_ceil(3).next_power_of_two().max(16);
        stages.sort_by_key(|stage| stage.hash_of_java() as usize & (buckets - 1));
        stages
    }

    /// The same versions as a copy has them: those with a label, and those that had one when they
    /// were copied. One that the copy has not yet is made there now.
    pub fn copied(&self, copy: &Self, now: Timestamp) -> Self {
        let mut copied = self.clone();
        copied
            .versions
            .retain(|version| self.is_labelled(&version.id) || copy.find(&version.id).is_some());
        for version in &mut copied.versions {
            let known = copy.find(&version.id);
            version.created = known.map_or(now, |known| known.created);
        }
        copied
    }

    /// Drops the oldest versions without labels until there are no more than this; a secret has fewer
    /// labels than that.
    pub fn keep_newest(&mut self, most: usize) {
        while self.versions.len() > most {
            let oldest = self
                .versions
                .iter()
                .position(|it| !self.is_labelled(&it.id));
            let Some(oldest) = oldest else { return };
            self.versions.remove(oldest);
        }
    }

    /// Stores a value under labels: AWSCURRENT if none are named, and in any case if it is the
    /// first value. Labels are taken from whichever versions had them. An announced version gets
    /// its value. Returns the versions that were removed to make room.
    pub fn put(
        &mut self,
        id: &VersionId,
        now: Timestamp,
        stages: &[Stage],
    ) -> Result<Vec<VersionId>, Refused> {
        let mut next = self.clone();
        let first = !next.versions.iter().any(|version| version.has_value);
        match next.versions.iter_mut().find(|version| version.id == *id) {
            Some(announced) => announced.has_value = true,
            None => next.add(id, now, true),
        }
        if first || stages.is_empty() || stages.contains(&Stage::Current) {
            next.replace_current(id.clone());
        }
        // Last, so that the version has every label that was named, AWSPREVIOUS as well.
        for stage in stages.iter().filter(|stage| **stage != Stage::Current) {
            next.attach(stage.clone(), id.clone());
        }
        self.become_if_within_limits(next, now)
    }

    /// Adds a version without a value, AWSPENDING: a rotation is to fill it. Returns the versions
    /// that were removed to make room.
    pub fn announce(&mut self, id: &VersionId, now: Timestamp) -> Result<Vec<VersionId>, Refused> {
        let mut next = self.clone();
        if next.find(id).is_none() {
            next.add(id, now, false);
        }
        next.attach(Stage::Pending, id.clone());
        self.become_if_within_limits(next, now)
    }

    /// Moves a label to a version, or takes it away if none is named. Whoever has the label must be
    /// named as the version that it is taken from.
    pub fn move_stage(
        &mut self,
        stage: &Stage,
        from: Option<&VersionId>,
        to: Option<&VersionId>,
    ) -> Result<(), Refused> {
        for id in [from, to].into_iter().flatten() {
            if self.find(id).is_none() {
                return Err(Refused::UnknownVersion(id.clone()));
            }
        }
        let holder = self.holder(stage);
        match (from, &holder) {
            (Some(from), holder) if holder.as_ref() != Some(from) => {
                return Err(Refused::OtherHolder(holder.clone()));
            }
            (None, Some(holder)) if to.is_some_and(|to| to != holder) => {
                return Err(Refused::HolderNotNamed(holder.clone()));
            }
            _ => {}
        }
        let mut next = self.clone();
        match to {
            None if from.is_none() => return Err(Refused::NothingToMove),
            None if *stage == Stage::Current => return Err(Refused::CurrentTakenAway),
            None => next.labels.retain(|(label, _)| label != stage),
            Some(to) if *stage == Stage::Current => next.make_current(to.clone()),
            Some(to) => next.attach(stage.clone(), to.clone()),
        }
        if next.labels.len() > MAX_LABELS {
            return Err(Refused::TooManyLabels);
        }
        next.drop_empty();
        *self = next;
        Ok(())
    }

    /// Removes the oldest versions without labels while there are too many.
    fn become_if_within_limits(
        &mut self,
        mut next: Self,
        now: Timestamp,
    ) -> Result<Vec<VersionId>, Refused> {
        next.drop_empty();
        if next.labels.len() > MAX_LABELS {
            return Err(Refused::TooManyLabels);
        }
        let mut removed = Vec::new();
        while next.versions.len() > MAX_VERSIONS {
            let is_removable = |version: &Version| {
                version.created.plus_days(KEPT_FOR_DAYS) <= now && !next.is_labelled(&version.id)
            };
            let oldest = next.versions.iter().position(is_removable);
            let oldest = oldest.ok_or(Refused::TooManyVersions)?;
            removed.push(next.versions.remove(oldest).id);
        }
        *self = next;
        Ok(removed)
    }

    /// A version that lost its label before it got a value leaves nothing to be kept.
    fn drop_empty(&mut self) {
        let labels = &self.labels;
        let is_labelled = |id: &VersionId| labels.iter().any(|(_, holder)| holder == id);
        self.versions
            .retain(|version| version.has_value || is_labelled(&version.id));
    }

    fn add(&mut self, id: &VersionId, created: Timestamp, has_value: bool) {
        // Most secrets have one version: room for four of them would be a quarter of their memory.
        self.versions.reserve_exact(1);
        self.versions.push(Version {
            id: id.clone(),
            created,
            has_value,
        });
    }

    /// A new value takes over. The one before gives up AWSPENDING, too, as it was seen on AWS.
    fn replace_current(&mut self, id: VersionId) {
        let old = self.holder(&Stage::Current).filter(|old| *old != id);
        if old.is_some() && self.holder(&Stage::Pending) == old {
            self.labels.retain(|(stage, _)| *stage != Stage::Pending);
        }
        self.make_current(id);
    }

    /// Moves AWSCURRENT to a version; the one that loses it becomes AWSPREVIOUS.
    fn make_current(&mut self, id: VersionId) {
        if let Some(old) = self.holder(&Stage::Current).filter(|old| *old != id) {
            self.attach(Stage::Previous, old);
        }
        self.attach(Stage::Current, id);
    }

    fn is_labelled(&self, id: &VersionId) -> bool {
        self.stages(id).next().is_some()
    }

    fn holder(&self, stage: &Stage) -> Option<VersionId> {
        self.labels
            .iter()
            .find(|(label, _)| label == stage)
            .map(|(_, id)| id.clone())
    }

    fn attach(&mut self, stage: Stage, id: VersionId) {
        match self.labels.iter_mut().find(|(label, _)| *label == stage) {
            Some((_, holder)) => *holder = id,
            None => {
                self.labels.reserve_exact(1);
                self.labels.push((stage, id));
            }
        }
    }
}

#[cfg(test)]
mod tests;
