//! Versions and their staging labels, as functions from one state to the next.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version>

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::stage::Stage;
use crate::timestamp::Timestamp;

/// The id of a version: the ClientRequestToken of the request that made it, 32 to 64 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct VersionId(Arc<str>);

impl VersionId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for VersionId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for VersionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for VersionId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for VersionId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}

/// What is known of a version beside its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// When it was made.
    pub created: Timestamp,
}

/// The versions of a secret, oldest first, and where each label is.
///
/// INVARIANT (label): a label is on one version at most, because labels are kept as a map from
/// label to version. INVARIANT (current): once there is a version, exactly one is AWSCURRENT.
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
    pub fn find(&self, id: &str) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| version.id.as_str() == id)
    }

    /// The version that has a label.
    pub fn labelled(&self, stage: &Stage) -> Option<&Version> {
        let (_, id) = self.labels.iter().find(|(label, _)| label == stage)?;
        self.find(id.as_str())
    }

    /// The labels of a version.
    pub fn stages<'a>(&'a self, id: &'a VersionId) -> impl Iterator<Item = &'a Stage> {
        self.labels
            .iter()
            .filter(move |(_, holder)| holder == id)
            .map(|(stage, _)| stage)
    }

    /// Adds a version with labels: AWSCURRENT if none are named, and in any case if it is the
    /// first. Labels are taken from whichever versions had them.
    pub fn put(&mut self, id: VersionId, created: Timestamp, stages: &[Stage]) {
        let first = self.versions.is_empty();
        // Most secrets have one version: room for four of them would be a quarter of their memory.
        self.versions.reserve_exact(1);
        self.versions.push(Version {
            id: id.clone(),
            created,
        });
        for stage in stages.iter().filter(|stage| **stage != Stage::Current) {
            self.attach(stage.clone(), id.clone());
        }
        if first || stages.is_empty() || stages.contains(&Stage::Current) {
            self.make_current(id);
        }
    }

    /// Moves AWSCURRENT to a version; the one that loses it becomes AWSPREVIOUS and, as AWS does
    /// when a new value takes over, gives up AWSPENDING.
    fn make_current(&mut self, id: VersionId) {
        if let Some(old) = self.holder(&Stage::Current).filter(|old| *old != id) {
            if self.holder(&Stage::Pending).as_ref() == Some(&old) {
                self.labels.retain(|(stage, _)| *stage != Stage::Pending);
            }
            self.attach(Stage::Previous, old);
        }
        self.attach(Stage::Current, id);
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn put(versions: &mut Versions, id: &str, stages: &[&str]) {
        let stages: Vec<Stage> = stages
            .iter()
            .map(|stage| Stage::from((*stage).to_owned()))
            .collect();
        versions.put(id.into(), Timestamp::from_millis(0), &stages);
    }

    fn labels(versions: &Versions) -> Vec<String> {
        let text = |version: &Version| {
            let mut stages: Vec<&str> = versions.stages(&version.id).map(Stage::as_str).collect();
            stages.sort_unstable();
            format!("{} {}", version.id, stages.join(" "))
        };
        versions
            .iter()
            .map(|version| text(version).trim_end().to_owned())
            .collect()
    }

    #[test]
    fn a_new_value_moves_current_and_previous() {
        let mut versions = Versions::default();
        put(&mut versions, "1", &[]);
        put(&mut versions, "2", &[]);
        assert_eq!(labels(&versions), ["1 AWSPREVIOUS", "2 AWSCURRENT"]);
        put(&mut versions, "3", &[]);
        assert_eq!(labels(&versions), ["1", "2 AWSPREVIOUS", "3 AWSCURRENT"]);
    }

    #[test]
    fn named_labels_leave_current_where_it_is() {
        let mut versions = Versions::default();
        put(&mut versions, "1", &["blue"]);
        assert_eq!(labels(&versions), ["1 AWSCURRENT blue"]);
        put(&mut versions, "2", &["blue", "AWSPENDING"]);
        assert_eq!(labels(&versions), ["1 AWSCURRENT", "2 AWSPENDING blue"]);
        put(&mut versions, "3", &["AWSPENDING", "AWSCURRENT"]);
        assert_eq!(
            labels(&versions),
            ["1 AWSPREVIOUS", "2 blue", "3 AWSCURRENT AWSPENDING"]
        );
        put(&mut versions, "4", &[]);
        assert_eq!(
            labels(&versions),
            ["1", "2 blue", "3 AWSPREVIOUS", "4 AWSCURRENT"]
        );
    }

    proptest! {
        #[test]
        fn exactly_one_version_is_current(
            puts in prop::collection::vec(prop::collection::vec("AWSCURRENT|AWSPREVIOUS|AWSPENDING|a|b", 0..4), 1..20)
        ) {
            let mut versions = Versions::default();
            for (index, stages) in puts.iter().enumerate() {
                let stages: Vec<&str> = stages.iter().map(String::as_str).collect();
                let before = versions.labelled(&Stage::Current).map(|version| version.id.clone());
                put(&mut versions, &index.to_string(), &stages);
                let current = versions.labelled(&Stage::Current).map(|version| version.id.clone());
                prop_assert!(current.is_some());
                if current != before && before.is_some() {
                    prop_assert_eq!(versions.labelled(&Stage::Previous).map(|version| version.id.clone()), before);
                }
                let all: Vec<Stage> = versions.iter().flat_map(|v| versions.stages(&v.id).cloned().collect::<Vec<_>>()).collect();
                let unique: std::collections::BTreeSet<&Stage> = all.iter().collect();
                prop_assert_eq!(all.len(), unique.len());
            }
        }
    }
}
