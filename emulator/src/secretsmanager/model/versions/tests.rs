//! Versions and labels: the cases that AWS was seen in, and what holds whatever is asked.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn at(day: i64) -> Timestamp {
    Timestamp::from_millis(0).plus_days(day)
}

fn stages(labels: &[&str]) -> Vec<Stage> {
    let stage = |label: &&str| Stage::from((*label).to_owned());
    labels.iter().map(stage).collect()
}

fn put(versions: &mut Versions, id: &str, labels: &[&str]) {
    let removed = versions.put(&id.into(), at(0), &stages(labels));
    assert_eq!(removed, Ok(vec![]));
}

fn moved(
    versions: &mut Versions,
    label: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<(), Refused> {
    let (from, to) = (from.map(VersionId::from), to.map(VersionId::from));
    versions.move_stage(&Stage::from(label.to_owned()), from.as_ref(), to.as_ref())
}

fn labels(versions: &Versions) -> Vec<String> {
    let text = |version: &Version| {
        let mut stages: Vec<&str> = versions.stages(&version.id).map(Stage::as_str).collect();
        stages.sort_unstable();
        format!("{} {}", version.id, stages.join(" "))
    };
    let texts = versions.iter().map(text);
    texts.map(|text| text.trim_end().to_owned()).collect()
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
fn a_version_has_the_labels_that_were_named_however_often() {
    let mut versions = Versions::default();
    put(&mut versions, "1", &[]);
    for _ in 0..2 {
        put(&mut versions, "2", &["AWSPREVIOUS", "AWSCURRENT"]);
        assert_eq!(labels(&versions), ["1", "2 AWSCURRENT AWSPREVIOUS"]);
    }
}

#[test]
fn named_labels_leave_current_where_it_is() {
    let mut versions = Versions::default();
    put(&mut versions, "1", &["blue"]);
    assert_eq!(labels(&versions), ["1 AWSCURRENT blue"]);
    put(&mut versions, "2", &["blue", "AWSPENDING"]);
    assert_eq!(labels(&versions), ["1 AWSCURRENT", "2 AWSPENDING blue"]);
    put(&mut versions, "3", &["AWSPENDING", "AWSCURRENT"]);
    let expected = ["1 AWSPREVIOUS", "2 blue", "3 AWSCURRENT AWSPENDING"];
    assert_eq!(labels(&versions), expected);
    put(&mut versions, "4", &[]);
    let expected = ["1", "2 blue", "3 AWSPREVIOUS", "4 AWSCURRENT"];
    assert_eq!(labels(&versions), expected);
}

#[test]
fn moving_current_by_hand_leaves_pending_alone() {
    let mut versions = Versions::default();
    put(&mut versions, "1", &[]);
    put(&mut versions, "2", &["AWSPENDING"]);
    assert_eq!(
        moved(&mut versions, "AWSCURRENT", Some("1"), Some("2")),
        Ok(())
    );
    let expected = ["1 AWSPREVIOUS", "2 AWSCURRENT AWSPENDING"];
    assert_eq!(labels(&versions), expected);
    assert_eq!(moved(&mut versions, "AWSPENDING", Some("2"), None), Ok(()));
    assert_eq!(labels(&versions), ["1 AWSPREVIOUS", "2 AWSCURRENT"]);
}

#[test]
fn a_label_moves_only_from_where_it_is() {
    let mut versions = Versions::default();
    put(&mut versions, "1", &["blue"]);
    put(&mut versions, "2", &[]);
    let before = versions.clone();
    let other = |id: &str| Refused::OtherHolder(Some(id.into()));
    for (label, from, to, refused) in [
        (
            "AWSCURRENT",
            None,
            Some("1"),
            Refused::HolderNotNamed("2".into()),
        ),
        ("AWSCURRENT", Some("1"), Some("2"), other("2")),
        ("AWSCURRENT", Some("2"), None, Refused::CurrentTakenAway),
        ("blue", Some("2"), None, other("1")),
        ("green", Some("2"), None, Refused::OtherHolder(None)),
        ("green", None, None, Refused::NothingToMove),
        (
            "green",
            None,
            Some("3"),
            Refused::UnknownVersion("3".into()),
        ),
        (
            "blue",
            Some("3"),
            Some("1"),
            Refused::UnknownVersion("3".into()),
        ),
    ] {
        assert_eq!(
            moved(&mut versions, label, from, to),
            Err(refused),
            "{label}"
        );
        assert_eq!(versions, before);
    }
    assert_eq!(moved(&mut versions, "green", None, Some("1")), Ok(()));
    assert_eq!(
        moved(&mut versions, "blue", None, Some("1")),
        Ok(()),
        "it is there already"
    );
    assert_eq!(
        labels(&versions),
        ["1 AWSPREVIOUS blue green", "2 AWSCURRENT"]
    );
}

#[test]
fn an_announced_version_waits_for_its_value() {
    let mut versions = Versions::default();
    put(&mut versions, "1", &[]);
    assert_eq!(versions.announce(&"2".into(), at(0)), Ok(vec![]));
    assert_eq!(labels(&versions), ["1 AWSCURRENT", "2 AWSPENDING"]);
    assert!(!versions.find(&"2".into()).unwrap().has_value);
    put(&mut versions, "2", &["AWSPENDING"]);
    assert!(versions.find(&"2".into()).unwrap().has_value);
    assert_eq!(labels(&versions), ["1 AWSCURRENT", "2 AWSPENDING"]);
    assert_eq!(versions.announce(&"3".into(), at(0)), Ok(vec![]));
    assert_eq!(labels(&versions), ["1 AWSCURRENT", "2", "3 AWSPENDING"]);
    assert_eq!(moved(&mut versions, "AWSPENDING", Some("3"), None), Ok(()));
    assert_eq!(
        labels(&versions),
        ["1 AWSCURRENT", "2"],
        "nothing of it is left"
    );
}

#[test]
fn the_oldest_without_labels_make_room_after_a_day() {
    let mut versions = Versions::default();
    for id in 0..MAX_VERSIONS {
        put(&mut versions, &id.to_string(), &[]);
    }
    let full = versions.clone();
    let put = |versions: &mut Versions, day| versions.put(&"new".into(), at(day), &[]);
    assert_eq!(put(&mut versions, 0), Err(Refused::TooManyVersions));
    assert_eq!(versions, full);
    assert_eq!(put(&mut versions, 1), Ok(vec!["0".into()]));
    assert_eq!(versions.iter().count(), MAX_VERSIONS);
}

#[test]
fn twenty_labels_and_no_more() {
    let mut versions = Versions::default();
    put(&mut versions, "1", &[]);
    for label in 1..MAX_LABELS {
        let label = format!("label{label}");
        assert_eq!(moved(&mut versions, &label, None, Some("1")), Ok(()));
    }
    let full = versions.clone();
    let more = moved(&mut versions, "more", None, Some("1"));
    assert_eq!(more, Err(Refused::TooManyLabels));
    let more = versions.put(&"2".into(), at(0), &stages(&["more"]));
    assert_eq!(more, Err(Refused::TooManyLabels));
    assert_eq!(versions, full);
}

#[derive(Clone, Debug)]
enum Step {
    Put(u8, Vec<&'static str>),
    Announce(u8),
    Move(&'static str, Option<u8>, Option<u8>),
}

const LABELS: [&str; 5] = ["AWSCURRENT", "AWSPREVIOUS", "AWSPENDING", "a", "b"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let label = || prop::sample::select(&LABELS[..]);
    let id = || 0..6_u8;
    prop::collection::vec(
        prop_oneof![
            (id(), prop::collection::vec(label(), 0..4))
                .prop_map(|(id, labels)| Step::Put(id, labels)),
            id().prop_map(Step::Announce),
            (label(), prop::option::of(id()), prop::option::of(id()))
                .prop_map(|(label, from, to)| Step::Move(label, from, to)),
        ],
        1..30,
    )
}

proptest! {
    #[test]
    fn labels_are_unique_and_one_version_is_current(steps in steps()) {
        let mut versions = Versions::default();
        for step in steps {
            let before = versions.clone();
            let id = |id: u8| VersionId::from(id.to_string().as_str());
            let refused = match &step {
                Step::Put(new, labels) => versions.put(&id(*new), at(0), &stages(labels)).err(),
                Step::Announce(new) => versions.announce(&id(*new), at(0)).err(),
                Step::Move(label, from, to) => {
                    let (from, to) = (from.map(id), to.map(id));
                    let label = Stage::from((*label).to_owned());
                    versions.move_stage(&label, from.as_ref(), to.as_ref()).err()
                }
            };
            if refused.is_some() {
                prop_assert_eq!(&versions, &before);
                continue;
            }
            let current = |versions: &Versions| {
                versions.labelled(&Stage::Current).map(|version| version.id.clone())
            };
            let has_value = versions.iter().any(|version| version.has_value);
            prop_assert!(!has_value || current(&versions).is_some());
            let names_previous = matches!(&step, Step::Put(_, labels) if labels.contains(&"AWSPREVIOUS"));
            let old = current(&before).filter(|old| Some(old) != current(&versions).as_ref());
            if let Some(old) = old.filter(|_| !names_previous) {
                let previous = versions.labelled(&Stage::Previous);
                prop_assert_eq!(previous.map(|version| &version.id), Some(&old));
            }
            let all: Vec<&Stage> = versions.iter().flat_map(|version| versions.stages(&version.id)).collect();
            prop_assert_eq!(all.len(), all.iter().collect::<BTreeSet<_>>().len());
            let ids: BTreeSet<&VersionId> = versions.iter().map(|version| &version.id).collect();
            prop_assert_eq!(ids.len(), versions.iter().count());
        }
    }
}
