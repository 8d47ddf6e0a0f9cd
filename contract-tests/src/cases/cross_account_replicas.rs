//! Copies of secrets in other accounts. What is expected is what AWS documents: no answer of AWS's
//! has been published yet, so codes are compared and texts are not.

use serde_json::{Value, json};

use super::support::{OTHER, at, fails, linked, ok, ok_as, pair, put, send, token};
use crate::{Case, Context, Credentials, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "cross_account_replicas/pending_until_associated",
        Evidence::Documented,
        "user guide, cross-account replication: create the replica; API model, CreateSecret",
        |c| Box::pin(pending_until_associated(c)),
    ),
    Case::new(
        "cross_account_replicas/associated",
        Evidence::Documented,
        "user guide, cross-account replication; API model, AssociateCrossAccountReplica, DescribeSecret",
        |c| Box::pin(associated(c)),
    ),
    Case::new(
        "cross_account_replicas/values_follow",
        Evidence::Documented,
        "user guide, cross-account replication: new versions are replicated, metadata is the replica's own",
        |c| Box::pin(values_follow(c)),
    ),
    Case::new(
        "cross_account_replicas/disassociated",
        Evidence::Documented,
        "API model, DisassociateCrossAccountReplica: the replica is neither deleted nor standalone",
        |c| Box::pin(disassociated(c)),
    ),
    Case::new(
        "cross_account_replicas/stopped",
        Evidence::Documented,
        "user guide, cross-account replication: StopReplicationToReplica in the replica's account",
        |c| Box::pin(stopped(c)),
    ),
    Case::new(
        "cross_account_replicas/neither_side_is_deleted",
        Evidence::Documented,
        "user guide, cross-account replication: remove a replica",
        |c| Box::pin(neither_side_is_deleted(c)),
    ),
];

async fn pending_until_associated(c: &Context) {
    let pair = pair(c).await;
    let shown = pair.there(c, "DescribeSecret").await;
    let primary = &shown["CrossAccountPrimary"];
    let expected = (&json!(pair.arn), &json!("Pending"));
    assert_eq!(
        (&primary["PrimarySecretARN"], &primary["ReplicationStatus"]),
        expected
    );
    assert_eq!(shown.get("VersionIdsToStages"), None);
    let primary = ok(c, "DescribeSecret", &at(&pair.name)).await;
    assert_eq!(primary.get("CrossAccountReplicas"), None);
    let get = fails(c, &pair.other, "GetSecretValue", &at(&pair.copy)).await;
    assert_eq!(get.0, "ResourceNotFoundException");
    let listed = pair.there(c, "ListResourcePolicies").await;
    let managed = json!([{"PolicyName": "cross-account-replication"}]);
    assert_eq!(listed["ResourcePolicies"], managed);
    let policy = json!({"SecretId": pair.copy, "PolicyName": "cross-account-replication"});
    let got = ok_as(c, &pair.other, "GetResourcePolicy", &policy).await;
    assert!(got["ResourcePolicy"].is_string(), "{got}");
    let refusal = fails(c, &pair.other, "DeleteResourcePolicy", &policy).await;
    assert_eq!(refusal.0, "InvalidParameterException");
    // It has room for one of its own.
    let own = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": OTHER}, "Action": "secretsmanager:GetSecretValue", "Resource": "*",
    }});
    let put = json!({"SecretId": pair.copy, "ResourcePolicy": own.to_string()});
    ok_as(c, &pair.other, "PutResourcePolicy", &put).await;
    let listed = pair.there(c, "ListResourcePolicies").await;
    let both = json!([{"PolicyName": "default"}, {"PolicyName": "cross-account-replication"}]);
    assert_eq!(listed["ResourcePolicies"], both);
}

async fn associated(c: &Context) {
    let pair = pair(c).await;
    let answer = ok(c, "AssociateCrossAccountReplica", &pair.association()).await;
    assert_eq!(
        (&answer["ARN"], &answer["CrossAccountReplicaARN"]),
        (&json!(pair.arn), &json!(pair.copy_arn))
    );
    assert_eq!(pair.states(c).await, (json!("InSync"), json!("InSync")));
    let primary = ok(c, "DescribeSecret", &at(&pair.name)).await;
    assert_eq!(
        primary["CrossAccountReplicas"][0]["ReplicaSecretARN"],
        pair.copy_arn
    );
    assert_eq!(pair.copied(c).await, "v");
    // Again it is no error.
    ok(c, "AssociateCrossAccountReplica", &pair.association()).await;
    assert_eq!(pair.copied(c).await, "v");
    let filter = json!({"Filters": [{"Key": "name", "Values": [pair.copy]}]});
    let listed = ok_as(c, &pair.other, "ListSecrets", &filter).await;
    assert_eq!(listed["SecretList"][0].get("CrossAccountPrimary"), None);
}

async fn values_follow(c: &Context) {
    let pair = linked(c).await;
    let second = put(&c.root(), &pair.name, "w", &[]).await;
    assert_eq!(pair.copied(c).await, "w");
    let got = pair.there(c, "GetSecretValue").await;
    assert_eq!(
        (&got["VersionId"], &got["ARN"]),
        (&json!(second), &json!(pair.copy_arn))
    );
    let write = json!({"SecretId": pair.copy, "SecretString": "x", "ClientRequestToken": token()});
    let refusal = fails(c, &pair.other, "PutSecretValue", &write).await;
    assert_eq!(refusal.0, "InvalidParameterException");
    // Tags are each side's own.
    let tag =
        |id: &str, value: &str| json!({"SecretId": id, "Tags": [{"Key": "k", "Value": value}]});
    ok_tag(c, c.target().root(), &tag(&pair.name, "primary")).await;
    ok_tag(c, &pair.other, &tag(&pair.copy, "copy")).await;
    let shown = pair.there(c, "DescribeSecret").await;
    assert_eq!(shown["Tags"], json!([{"Key": "k", "Value": "copy"}]));
}

async fn ok_tag(c: &Context, who: &Credentials, input: &Value) {
    let answer = send(c, who, "TagResource", input).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn disassociated(c: &Context) {
    let pair = linked(c).await;
    let answer = ok(c, "DisassociateCrossAccountReplica", &pair.both()).await;
    let expected = json!({"ARN": pair.arn, "CrossAccountReplicaARN": pair.copy_arn});
    assert_eq!(answer, expected);
    assert_eq!(pair.states(c).await, (Value::Null, json!("Detached")));
    put(&c.root(), &pair.name, "w", &[]).await;
    assert_eq!(pair.copied(c).await, "v");
    let refusal = fails(
        c,
        c.target().root(),
        "DisassociateCrossAccountReplica",
        &pair.both(),
    )
    .await;
    assert_ne!(refusal.0, "");
    // The last value stays when there is no primary any more.
    let force = json!({"SecretId": pair.name, "ForceDeleteWithoutRecovery": true});
    ok(c, "DeleteSecret", &force).await;
    assert_eq!(pair.copied(c).await, "v");
}

async fn stopped(c: &Context) {
    let pair = linked(c).await;
    let answer = pair.there(c, "StopReplicationToReplica").await;
    assert_eq!(answer, json!({"ARN": pair.copy_arn}));
    assert_eq!(pair.states(c).await, (json!("Detached"), Value::Null));
    put(&c.root(), &pair.name, "w", &[]).await;
    assert_eq!(pair.copied(c).await, "v");
    let listed = pair.there(c, "ListResourcePolicies").await;
    assert_eq!(listed["ResourcePolicies"], json!([]));
    let write = json!({"SecretId": pair.copy, "SecretString": "x", "ClientRequestToken": token()});
    ok_as(c, &pair.other, "PutSecretValue", &write).await;
    assert_eq!(pair.copied(c).await, "x");
    ok(c, "DisassociateCrossAccountReplica", &pair.both()).await;
    assert_eq!(pair.states(c).await, (Value::Null, Value::Null));
    assert_eq!(pair.copied(c).await, "x");
}

async fn neither_side_is_deleted(c: &Context) {
    let pair = linked(c).await;
    let root = c.target().root();
    for force in [false, true] {
        for (who, id) in [(root, &pair.name), (&pair.other, &pair.copy)] {
            let input = json!({"SecretId": id, "ForceDeleteWithoutRecovery": force});
            let (code, _) = fails(c, who, "DeleteSecret", &input).await;
            let is_known =
                ["InvalidRequestException", "InvalidParameterException"].contains(&&*code);
            assert!(is_known, "{id}: {code}");
        }
    }
    // Each side is held by its own link alone.
    ok(c, "DisassociateCrossAccountReplica", &pair.both()).await;
    ok(c, "DeleteSecret", &at(&pair.name)).await;
    let delete = fails(c, &pair.other, "DeleteSecret", &at(&pair.copy)).await;
    assert_ne!(delete.0, "");
    pair.there(c, "StopReplicationToReplica").await;
    pair.there(c, "DeleteSecret").await;
}
