//! What copies in other regions refuse, and how they become secrets of their own.

use serde_json::json;

use super::support::{
    ELSEWHERE, KEY, at, call, call_in, described, error, every_call, fault, made_with, ok, ok_in,
    put, refused, replicated, secret, statuses, token, violation,
};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "replication/a_copy_refuses_writes",
        Evidence::Inferred,
        "radkawar/stackd testdata/aws/secretsmanager/rotation_replication and metadata_authority (recordings), \
         for seven operations",
        |c| Box::pin(a_copy_refuses_writes(c)),
    ),
    Case::new(
        "replication/a_promoted_copy_is_its_own",
        Evidence::Documented,
        "user guide, promote a replica secret to a standalone secret",
        |c| Box::pin(a_promoted_copy_is_its_own(c)),
    ),
    Case::new(
        "replication/only_where_the_copy_is",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/replication_authority (recordings of AWS)",
        |c| Box::pin(only_where_the_copy_is(c)),
    ),
    Case::new(
        "replication/primaries_are_kept",
        Evidence::Recorded,
        "gruntwork-io/cloud-nuke#435; rebuy-de/aws-nuke#1127",
        |c| Box::pin(primaries_are_kept(c)),
    ),
    Case::new(
        "replication/regions_that_are_none",
        Evidence::Inferred,
        "badmintoncryer/cdk-preflight (the text); the model's pattern",
        |c| Box::pin(regions_that_are_none(c)),
    ),
    Case::new(
        "replication/to_every_region_at_once",
        Evidence::Sound,
        "whatever is asked for at once is done, or refused with nothing done",
        |c| Box::pin(to_every_region_at_once(c)),
    ),
];

/// Operations that only read, and what is done where the copy is.
const ON_COPIES: [&str; 8] = [
    "DescribeSecret",
    "GetResourcePolicy",
    "GetSecretValue",
    "ListResourcePolicies",
    "ListSecretVersionIds",
    "RestoreSecret",
    "StopReplicationToReplica",
    "ValidateResourcePolicy",
];

async fn a_copy_refuses_writes(c: &Context) {
    let name = c.name("s");
    replicated(c, &name).await;
    statuses(c, &name).await;
    let text = "Operation not permitted on a replica secret. Call must be made in primary secret's region.";
    let force = json!({"SecretId": name, "ForceDeleteWithoutRecovery": true});
    let both = json!({"SecretId": name, "Description": "d", "KmsKeyId": KEY});
    let more = [("DeleteSecret", force), ("UpdateSecret", both)];
    for (operation, input) in every_call(&name).into_iter().chain(more) {
        if !ON_COPIES.contains(&operation) {
            let got = fault(&call_in(c, ELSEWHERE, operation, &input).await);
            assert_eq!(got, error("InvalidParameterException", text), "{operation}");
        }
    }
    let got = ok_in(c, ELSEWHERE, "GetSecretValue", &at(&name)).await;
    assert_eq!(got["SecretString"], "v");
}

async fn a_promoted_copy_is_its_own(c: &Context) {
    let (name, client) = (c.name("s"), c.root());
    replicated(c, &name).await;
    statuses(c, &name).await;
    ok_in(c, ELSEWHERE, "StopReplicationToReplica", &at(&name)).await;
    let shown = described(c, &name).await;
    assert_eq!(
        (shown.get("PrimaryRegion"), shown.get("ReplicationStatus")),
        (None, None)
    );
    put(&client, &name, "here", &[]).await;
    let there = json!({"SecretId": name, "SecretString": "there", "ClientRequestToken": token()});
    assert_eq!(
        ok_in(c, ELSEWHERE, "GetSecretValue", &at(&name)).await["SecretString"],
        "v"
    );
    ok_in(c, ELSEWHERE, "PutSecretValue", &there).await;
    assert_eq!(
        ok_in(c, ELSEWHERE, "GetSecretValue", &at(&name)).await["SecretString"],
        "there"
    );
    assert_eq!(
        ok(c, "GetSecretValue", &at(&name)).await["SecretString"],
        "here"
    );
    let force = json!({"SecretId": name, "ForceDeleteWithoutRecovery": true});
    ok(c, "DeleteSecret", &force).await;
    assert_eq!(
        ok_in(c, ELSEWHERE, "GetSecretValue", &at(&name)).await["SecretString"],
        "there"
    );
}

async fn only_where_the_copy_is(c: &Context) {
    let name = c.name("s");
    replicated(c, &name).await;
    statuses(c, &name).await;
    let text = "Operation not permitted on a primary secret. Call must be made in replica secret's region.";
    let answer = call(c, "StopReplicationToReplica", &at(&name)).await;
    assert_eq!(fault(&answer), error("InvalidParameterException", text));
}

async fn primaries_are_kept(c: &Context) {
    let name = c.name("s");
    let regions = ["ap-northeast-2", ELSEWHERE];
    let members = json!({"AddReplicaRegions": regions.map(|region| json!({"Region": region}))});
    let arn = made_with(c, c.target().root(), &name, members).await;
    statuses(c, &name).await;
    let text = format!(
        "You can't delete secret {arn} that still has replica regions [{}].",
        regions.join(", ")
    );
    let expected = error("InvalidParameterException", text);
    for force in [false, true] {
        let delete = c.root().delete_secret().secret_id(&name);
        let delete = delete.force_delete_without_recovery(force);
        assert_eq!(refused(delete.send().await), expected);
    }
    let input = json!({"SecretId": name, "RemoveReplicaRegions": regions});
    ok(c, "RemoveRegionsFromReplication", &input).await;
    ok(c, "DeleteSecret", &at(&name)).await;
}

async fn regions_that_are_none(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let text = "Invalid replica region.";
    let bad = error("InvalidParameterException", text);
    let rule = "satisfy regular expression pattern: ^([a-z]+-)+\\d+$";
    let malformed = violation(Some("nowhere"), "addReplicaRegions.1.member.region", rule);
    for (region, expected) in [(c.target().region(), bad), ("nowhere", malformed)] {
        let input = json!({"SecretId": name, "AddReplicaRegions": [{"Region": region}]});
        let got = fault(&call(c, "ReplicateSecretToRegions", &input).await);
        assert_eq!(got, expected, "{region}");
    }
    assert_eq!(described(c, &name).await.get("ReplicationStatus"), None);
}

/// Copies over secrets of many versions that are to be deleted: as much as one request can ask for.
async fn to_every_region_at_once(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let regions: Vec<String> = (2..26).map(|number| format!("eu-west-{number}")).collect();
    for region in &regions {
        ok_in(c, region, "CreateSecret", &json!({"Name": name})).await;
        for value in 0..3 {
            let input = json!({"SecretId": name, "SecretString": format!("{value}"), "ClientRequestToken": token()});
            ok_in(c, region, "PutSecretValue", &input).await;
        }
        ok_in(c, region, "DeleteSecret", &at(&name)).await;
    }
    let asked = |regions: &[String]| {
        let asked = regions.iter().map(|region| json!({"Region": region}));
        json!({"SecretId": name, "AddReplicaRegions": asked.collect::<Vec<_>>(), "ForceOverwriteReplicaSecret": true})
    };
    let too_many = [&regions[..], &["eu-west-1".to_owned()]].concat();
    let refusal = call(c, "ReplicateSecretToRegions", &asked(&too_many)).await;
    assert_eq!(fault(&refusal).0, "InvalidParameterException");
    assert!(described(c, &name).await["ReplicationStatus"].is_null());
    ok(c, "ReplicateSecretToRegions", &asked(&regions)).await;
    let status = statuses(c, &name).await;
    let in_sync = |status: &&serde_json::Value| status["Status"] == "InSync";
    assert_eq!(
        status.as_array().unwrap().iter().filter(in_sync).count(),
        24
    );
    put(&c.root(), &name, "new", &[]).await;
    for region in &regions {
        let read = ok_in(c, region, "GetSecretValue", &at(&name)).await;
        assert_eq!(read["SecretString"], "new", "{region}");
    }
    let all = json!({"SecretId": name, "RemoveReplicaRegions": regions});
    ok(c, "RemoveRegionsFromReplication", &all).await;
    let copy = call_in(c, &regions[0], "DescribeSecret", &at(&name)).await;
    assert_eq!(fault(&copy).0, "ResourceNotFoundException");
}
