//! What random requests were seen to do wrong, each with the fewest requests that it takes.

use std::sync::Arc;

use serde_json::{Value, json};

use super::wire::{ask, block_on};
use crate::secretsmanager::model::{Listed, Secret, VersionValue};
use crate::store::unreliable::{Mishap, Unreliable};
use crate::store::{Direction, Memory, Prefix, Store, Stored};
use crate::timestamp::Timestamp;
use crate::{Emulator, Mode};

const HOME: (&str, &str) = ("000000000000", "us-east-1");
const EU: (&str, &str) = ("000000000000", "eu-west-1");
const ABROAD: (&str, &str) = ("111122223333", "us-east-1");
const FUNCTION: &str = "arn:aws:lambda:us-east-1:000000000000:function:rotate";

struct World {
    store: Arc<Memory>,
    emulator: Emulator,
}

impl World {
    fn new() -> Self {
        let store = Arc::new(Memory::new());
        let emulator = Emulator::builder()
            .mode(Mode::Off)
            .store(store.clone())
            .rotation_function(FUNCTION)
            .build();
        let world = Self { store, emulator };
        world.day(0);
        world
    }

    fn day(&self, day: i64) {
        self.emulator
            .hold_clock(Timestamp::from_millis(0).plus_days(day));
    }

    /// The answer to a request that is granted.
    fn ok(&self, at: (&str, &str), operation: &str, input: Value) -> Value {
        let (status, answer) = ask(&self.emulator, at, operation, &input);
        assert_eq!(status, 200, "{operation} {input}: {answer}");
        answer
    }

    /// The same with the secret that requests are about.
    fn on(&self, at: (&str, &str), operation: &str, more: Value) -> Value {
        let mut input = json!({"SecretId": "s", "Name": "s"});
        for (member, value) in more.as_object().into_iter().flatten() {
            input[member] = value.clone();
        }
        self.ok(at, operation, input)
    }

    fn value(&self, at: (&str, &str), operation: &str, version: u8) -> Value {
        self.on(
            at,
            operation,
            json!({"SecretString": "x", "ClientRequestToken": token(version)}),
        )
    }

    /// How many records of a kind there are.
    fn count(&self, kind: &str) -> usize {
        let all = Prefix::new(kind, &[]);
        let page = self.store.keys(&all, None, 1000, Direction::Ascending);
        page.keys.len()
    }

    /// A secret with its copy in another account, linked; gives the ARN of the copy.
    fn with_copy_abroad(&self) -> String {
        let primary = self.value(HOME, "CreateSecret", 1);
        let key = json!({"KmsKeyId": "alias/theirs", "CrossAccountPrimaryARN": primary["ARN"]});
        let copy = self.on(ABROAD, "CreateSecret", key);
        let copy = copy["ARN"].as_str().unwrap().to_owned();
        self.link(&copy);
        copy
    }

    fn link(&self, copy: &str) {
        let how = json!({"CrossAccountReplicaARN": copy, "ReplicaRestriction": "NoRestriction"});
        self.on(HOME, "AssociateCrossAccountReplica", how);
    }
}

fn token(version: u8) -> String {
    format!("{version:0>32}")
}

#[test]
fn a_name_that_ran_out_is_free_before_the_background_comes_by() {
    let world = World::new();
    world.value(HOME, "CreateSecret", 1);
    world.on(HOME, "DeleteSecret", json!({"RecoveryWindowInDays": 7}));
    world.value(EU, "CreateSecret", 1);
    world.on(EU, "DeleteSecret", json!({"RecoveryWindowInDays": 7}));
    world.day(8);
    let copies = json!({
        "SecretString": "y", "ClientRequestToken": token(2),
        "AddReplicaRegions": [{"Region": "eu-west-1"}],
    });
    world.on(HOME, "CreateSecret", copies);
    let page = json!({"MaxResults": 1, "SortOrder": "desc"});
    for at in [HOME, EU] {
        let list = world.ok(at, "ListSecrets", page.clone());
        assert_eq!(
            list["NextToken"],
            Value::Null,
            "one secret, and no end of pages"
        );
    }
    let kinds = || {
        (
            world.count(Secret::KIND),
            world.count(Listed::KIND),
            world.count(VersionValue::KIND),
        )
    };
    assert_eq!(kinds(), (2, 2, 1));
    block_on(world.emulator.tick());
    assert_eq!(kinds(), (2, 2, 1));
}

#[test]
fn a_copy_that_could_not_be_made_anew_is_removed_all_the_same() {
    let world = World::new();
    let copy = |key: &str| json!({"AddReplicaRegions": [{"Region": "eu-west-1", "KmsKeyId": key}]});
    world.value(HOME, "CreateSecret", 1);
    world.on(HOME, "ReplicateSecretToRegions", copy("alias/a"));
    // A key of another region: the copy that there is stays, and its status is `Failed`.
    let foreign = "arn:aws:kms:us-east-1:000000000000:alias/a";
    world.on(HOME, "ReplicateSecretToRegions", copy(foreign));
    let statuses = world.on(HOME, "DescribeSecret", json!({}))["ReplicationStatus"].clone();
    assert_eq!(statuses[0]["Status"], "Failed");
    world.on(EU, "GetSecretValue", json!({}));
    let there = json!({"RemoveReplicaRegions": ["eu-west-1"]});
    world.on(HOME, "RemoveRegionsFromReplication", there);
    let (status, _) = ask(
        &world.emulator,
        EU,
        "DescribeSecret",
        &json!({"SecretId": "s"}),
    );
    assert_eq!(status, 400, "no copy of a secret that knows nothing of it");
    world.on(
        HOME,
        "DeleteSecret",
        json!({"ForceDeleteWithoutRecovery": true}),
    );
    assert_eq!(
        (world.count(Secret::KIND), world.count(VersionValue::KIND)),
        (0, 0)
    );
}

#[test]
fn what_had_the_name_of_a_copy_is_not_removed_with_it() {
    let world = World::new();
    world.value(EU, "CreateSecret", 1);
    world.value(HOME, "CreateSecret", 2);
    let there = json!({"AddReplicaRegions": [{"Region": "eu-west-1"}]});
    world.on(HOME, "ReplicateSecretToRegions", there);
    let there = json!({"RemoveReplicaRegions": ["eu-west-1"]});
    world.on(HOME, "RemoveRegionsFromReplication", there);
    assert_eq!(
        world.on(EU, "GetSecretValue", json!({}))["VersionId"],
        json!(token(1))
    );
}

#[test]
fn a_copy_that_is_linked_again_leaves_no_values_behind() {
    let world = World::new();
    let copy = world.with_copy_abroad();
    world.on(
        HOME,
        "DisassociateCrossAccountReplica",
        json!({"CrossAccountReplicaARN": copy}),
    );
    assert_eq!(world.count(VersionValue::KIND), 2, "the copy has its own");
    world.link(&copy);
    assert_eq!(world.count(VersionValue::KIND), 1);
    let read = world.on(ABROAD, "GetSecretValue", json!({}));
    assert_eq!(read["SecretString"], "x");
    world.on(ABROAD, "StopReplicationToReplica", json!({}));
    world.on(
        ABROAD,
        "DeleteSecret",
        json!({"ForceDeleteWithoutRecovery": true}),
    );
    assert_eq!(world.count(VersionValue::KIND), 1);
}

#[test]
fn a_copy_that_has_its_own_values_keeps_them_as_they_are() {
    let world = World::new();
    let copy = world.with_copy_abroad();
    world.on(
        HOME,
        "DisassociateCrossAccountReplica",
        json!({"CrossAccountReplicaARN": copy}),
    );
    world.on(ABROAD, "GetSecretValue", json!({}));
    world.on(ABROAD, "StopReplicationToReplica", json!({}));
    let versions = world.on(ABROAD, "ListSecretVersionIds", json!({}));
    assert_eq!(
        versions["Versions"][0]["LastAccessedDate"],
        json!(0),
        "it was read"
    );
}

#[test]
fn a_copy_lists_its_own_key_and_its_own_readers() {
    let world = World::new();
    world.with_copy_abroad();
    world.on(HOME, "UpdateSecret", json!({"KmsKeyId": "alias/ours"}));
    world.ok(
        ABROAD,
        "GetSecretValue",
        json!({"SecretId": "s", "VersionId": token(1)}),
    );
    world.on(HOME, "GetSecretValue", json!({}));
    let version = |at| world.on(at, "ListSecretVersionIds", json!({}))["Versions"][0].clone();
    let (copy, primary) = (version(ABROAD), version(HOME));
    let theirs = "arn:aws:kms:us-east-1:111122223333:alias/theirs";
    assert_eq!(copy["KmsKeyIds"], json!([theirs]));
    assert_eq!(copy["LastAccessedDate"], Value::Null);
    assert_eq!(primary["LastAccessedDate"], json!(0));
}

#[test]
fn a_copy_abroad_remembers_its_own_last_change() {
    let world = World::new();
    world.with_copy_abroad();
    world.day(1);
    world.on(
        ABROAD,
        "TagResource",
        json!({"Tags": [{"Key": "k", "Value": "v"}]}),
    );
    // Reaches the copy, and is no change.
    world.on(HOME, "UntagResource", json!({"TagKeys": ["k"]}));
    let copy = world.on(ABROAD, "DescribeSecret", json!({}));
    assert_eq!(copy["LastChangedDate"], json!(86_400));
}

#[test]
fn a_rotation_that_was_given_up_begins_anew() {
    let world = World::new();
    world.value(HOME, "CreateSecret", 1);
    let rotate = json!({"RotationLambdaARN": FUNCTION, "ClientRequestToken": token(2)});
    let give_up = json!({"VersionStage": "AWSPENDING", "RemoveFromVersionId": token(2)});
    let labels = || {
        let secret = world.on(HOME, "DescribeSecret", json!({}));
        secret["VersionIdsToStages"][token(2)].clone()
    };
    world.on(HOME, "RotateSecret", rotate.clone());
    world.on(HOME, "RotateSecret", rotate.clone());
    world.on(HOME, "UpdateSecretVersionStage", give_up);
    assert_eq!(labels(), Value::Null);
    world.on(HOME, "RotateSecret", rotate);
    assert_eq!(labels(), json!(["AWSPENDING"]));
}

#[test]
fn a_lost_answer_is_known_by_the_last_write_to_each_key() {
    let mishaps = [Mishap::UnknownApplied; 2];
    let store = Arc::new(Unreliable::new(Memory::new(), []));
    let emulator = Emulator::builder()
        .mode(Mode::Off)
        .store(store.clone())
        .build();
    let make = |at, input: &Value| ask(&emulator, at, "CreateSecret", input);
    assert_eq!(make(EU, &json!({"Name": "s"})).0, 200);
    store.plan(mishaps);
    // What is overwritten is removed first: its keys are written twice.
    let copied = json!({
        "Name": "s", "AddReplicaRegions": [{"Region": "eu-west-1"}],
        "ForceOverwriteReplicaSecret": true,
    });
    let (status, answer) = make(HOME, &copied);
    assert_eq!(status, 200, "made, and not told that it exists: {answer}");
    assert_eq!(answer["ReplicationStatus"][0]["Region"], "eu-west-1");
}

/// More regions than values can go at once, so that some are left for the background.
fn everywhere() -> Value {
    let regions = (1..=17).map(|number| json!({"Region": format!("eu-west-{number}")}));
    json!({"AddReplicaRegions": regions.collect::<Vec<_>>(), "ForceOverwriteReplicaSecret": true})
}

#[test]
fn values_left_for_later_are_not_those_of_a_copy_made_since() {
    let world = World::new();
    let here = json!({"AddReplicaRegions": [{"Region": "eu-west-1"}]});
    world.value(HOME, "CreateSecret", 1);
    world.on(HOME, "ReplicateSecretToRegions", here);
    world.value(HOME, "PutSecretValue", 2);
    world.on(EU, "StopReplicationToReplica", json!({}));
    world.on(HOME, "ReplicateSecretToRegions", everywhere());
    world.on(EU, "StopReplicationToReplica", json!({}));
    block_on(world.emulator.tick());
    let read = world.on(EU, "GetSecretValue", json!({}));
    assert_eq!(read["VersionId"], token(2));
    let old = json!({"VersionStage": "AWSPREVIOUS"});
    assert_eq!(world.on(EU, "GetSecretValue", old)["VersionId"], token(1));
}

#[test]
fn values_left_for_later_are_never_read_again_and_go() {
    let world = World::new();
    let here = json!({"AddReplicaRegions": [{"Region": "eu-west-1"}]});
    world.value(HOME, "CreateSecret", 1);
    world.on(HOME, "ReplicateSecretToRegions", here.clone());
    world.on(EU, "StopReplicationToReplica", json!({}));
    for version in [8, 9] {
        world.value(EU, "PutSecretValue", version);
    }
    world.on(HOME, "ReplicateSecretToRegions", everywhere());
    let there = json!({"RemoveReplicaRegions": ["eu-west-1"]});
    world.on(HOME, "RemoveRegionsFromReplication", there);
    world.on(HOME, "ReplicateSecretToRegions", here);
    world.on(EU, "StopReplicationToReplica", json!({}));
    let function = FUNCTION.replace("us-east-1", "eu-west-1");
    for version in [8, 9] {
        // The rotation is not granted in this region, and needs not be: nothing may have that id.
        let input = json!({"SecretId": "s", "ClientRequestToken": token(version), "RotationLambdaARN": function});
        ask(&world.emulator, EU, "RotateSecret", &input);
        let read = json!({"SecretId": "s", "VersionId": token(version)});
        let (status, answer) = ask(&world.emulator, EU, "GetSecretValue", &read);
        assert_eq!(status, 400, "{answer}");
    }
    block_on(world.emulator.tick());
    // One of the primary, one of what was its copy.
    assert_eq!(world.count(VersionValue::KIND), 2);
}
