//! Copies in other regions of an account.

use serde_json::{Value, json};

use super::support::{
    ELSEWHERE, KEY, at, call, call_in, described, fault, made_with, ok, ok_in, put, replicated,
    secret, statuses, take_dates, token,
};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "replication/made_with_its_copies",
        Evidence::Documented,
        "API reference, CreateSecret: AddReplicaRegions; in sync: localstack and radkawar/stackd recordings",
        |c| Box::pin(made_with_its_copies(c)),
    ),
    Case::new(
        "replication/a_copy_has_the_same_suffix",
        Evidence::Recorded,
        "aws/aws-cdk#17382; aws/aws-cdk#26813",
        |c| Box::pin(a_copy_has_the_same_suffix(c)),
    ),
    Case::new(
        "replication/a_key_for_each_region",
        Evidence::Documented,
        "API reference, ReplicaRegionType: KmsKeyId",
        |c| Box::pin(a_key_for_each_region(c)),
    ),
    Case::new(
        "replication/the_key_of_a_copy_changes_where_it_is",
        Evidence::Documented,
        "user guide, replicate secrets: the encryption key of a replica",
        |c| Box::pin(the_key_of_a_copy_changes_where_it_is(c)),
    ),
    Case::new(
        "replication/copies_follow",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/replication_authority (recordings of AWS)",
        |c| Box::pin(copies_follow(c)),
    ),
    Case::new(
        "replication/old_values_are_read_by_label_and_id",
        Evidence::Recorded,
        "radkawar/stackd testdata/aws/secretsmanager/rotation_replication (recordings of AWS)",
        |c| Box::pin(old_values_are_read_by_label_and_id(c)),
    ),
    Case::new(
        "replication/when_a_copy_was_read",
        Evidence::Documented,
        "API reference, ReplicationStatusType: LastAccessedDate",
        |c| Box::pin(when_a_copy_was_read(c)),
    ),
    Case::new(
        "replication/found_by_the_region_of_the_primary",
        Evidence::Documented,
        "API reference, Filter: primary-region",
        |c| Box::pin(found_by_the_region_of_the_primary(c)),
    ),
];

const INSYNC: &str = "Replication succeeded";

async fn made_with_its_copies(c: &Context) {
    let (name, default) = (c.name("s"), "alias/aws/secretsmanager");
    let regions = json!([{"Region": ELSEWHERE}, {"Region": "ap-southeast-2", "KmsKeyId": KEY}]);
    let token = token();
    let create = json!({
        "Name": name, "SecretString": "v", "ClientRequestToken": token, "AddReplicaRegions": regions,
    });
    let made = ok(c, "CreateSecret", &create).await;
    let under_way = json!([
        {"Region": ELSEWHERE, "KmsKeyId": default, "Status": "InProgress"},
        {"Region": "ap-southeast-2", "KmsKeyId": KEY, "Status": "InProgress"},
    ]);
    let arn = &made["ARN"];
    let expected =
        json!({"ARN": arn, "Name": name, "VersionId": token, "ReplicationStatus": under_way});
    assert_eq!(made, expected);
    let in_sync = json!([
        {"Region": ELSEWHERE, "KmsKeyId": default, "Status": "InSync", "StatusMessage": INSYNC},
        {"Region": "ap-southeast-2", "KmsKeyId": KEY, "Status": "InSync", "StatusMessage": INSYNC},
    ]);
    assert_eq!(statuses(c, &name).await, in_sync);
    assert_eq!(
        described(c, &name).await["PrimaryRegion"],
        c.target().region()
    );
    for region in [ELSEWHERE, "ap-southeast-2"] {
        let got = ok_in(c, region, "GetSecretValue", &at(&name)).await;
        assert_eq!(
            (&got["SecretString"], &got["VersionId"]),
            (&json!("v"), &json!(token))
        );
    }
}

async fn a_copy_has_the_same_suffix(c: &Context) {
    let name = c.name("token");
    let arn = replicated(c, &name).await;
    let here = format!(":{}:", c.target().region());
    let there = arn.replacen(&here, &format!(":{ELSEWHERE}:"), 1);
    assert_eq!(
        ok_in(c, ELSEWHERE, "DescribeSecret", &at(&name)).await["ARN"],
        there
    );
    let got = ok_in(c, ELSEWHERE, "GetSecretValue", &at(&there)).await;
    assert_eq!(got["SecretString"], "v");
    // Each region answers for its own.
    let (code, _) = fault(&call_in(c, ELSEWHERE, "GetSecretValue", &at(&arn)).await);
    assert_ne!(code, "");
}

async fn a_key_for_each_region(c: &Context) {
    let name = c.name("s");
    made_with(
        c,
        c.target().root(),
        &name,
        json!({"KmsKeyId": "alias/mine"}),
    )
    .await;
    let regions = json!([{"Region": ELSEWHERE, "KmsKeyId": KEY}, {"Region": "eu-north-1"}]);
    let input = json!({"SecretId": name, "AddReplicaRegions": regions});
    ok(c, "ReplicateSecretToRegions", &input).await;
    let shown = statuses(c, &name).await;
    let default = "alias/aws/secretsmanager";
    let keys = shown
        .as_array()
        .unwrap()
        .iter()
        .map(|status| &status["KmsKeyId"]);
    assert_eq!(keys.collect::<Vec<_>>(), [KEY, default]);
    assert_eq!(described(c, &name).await["KmsKeyId"], "alias/mine");
    for (region, key) in [(ELSEWHERE, KEY), ("eu-north-1", default)] {
        assert_eq!(
            ok_in(c, region, "DescribeSecret", &at(&name)).await["KmsKeyId"],
            key
        );
    }
}

async fn the_key_of_a_copy_changes_where_it_is(c: &Context) {
    let name = c.name("s");
    replicated(c, &name).await;
    statuses(c, &name).await;
    let input = json!({"SecretId": name, "KmsKeyId": KEY, "ClientRequestToken": token()});
    ok_in(c, ELSEWHERE, "UpdateSecret", &input).await;
    assert_eq!(
        ok_in(c, ELSEWHERE, "DescribeSecret", &at(&name)).await["KmsKeyId"],
        KEY
    );
    assert_eq!(statuses(c, &name).await[0]["KmsKeyId"], KEY);
    assert_eq!(described(c, &name).await.get("KmsKeyId"), None);
}

/// What both show.
async fn pair(c: &Context, name: &str, member: &str) -> [Value; 2] {
    let there = ok_in(c, ELSEWHERE, "DescribeSecret", &at(name)).await;
    [described(c, name).await, there].map(|shown| shown[member].clone())
}

async fn copies_follow(c: &Context) {
    let name = c.name("s");
    replicated(c, &name).await;
    statuses(c, &name).await;
    let second = put(&c.root(), &name, "w", &["BLUE"]).await;
    let first = described(c, &name).await["VersionIdsToStages"].clone();
    let first = first
        .as_object()
        .unwrap()
        .keys()
        .find(|id| **id != second)
        .unwrap()
        .clone();
    let tags = |value: &str| json!({"SecretId": name, "Tags": [{"Key": "k", "Value": value}]});
    let moved = json!({
        "SecretId": name, "VersionStage": "AWSCURRENT", "RemoveFromVersionId": first,
        "MoveToVersionId": second,
    });
    for (operation, input, member) in [
        ("DescribeSecret", at(&name), "VersionIdsToStages"),
        ("UpdateSecretVersionStage", moved, "VersionIdsToStages"),
        (
            "UpdateSecret",
            json!({"SecretId": name, "Description": "d"}),
            "Description",
        ),
        ("TagResource", tags("1"), "Tags"),
        ("TagResource", tags("2"), "Tags"),
        (
            "UntagResource",
            json!({"SecretId": name, "TagKeys": ["k"]}),
            "Tags",
        ),
    ] {
        let answer = call(c, operation, &input).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
        let [here, there] = pair(c, &name, member).await;
        assert!(
            here == there && !here.is_null(),
            "{operation}: {here} {there}"
        );
    }
    let got = ok_in(c, ELSEWHERE, "GetSecretValue", &at(&name)).await;
    assert_eq!(got["SecretString"], "w");
}

async fn old_values_are_read_by_label_and_id(c: &Context) {
    let name = c.name("s");
    let (_, first) = secret(&c.root(), &name, "one").await;
    put(&c.root(), &name, "two", &[]).await;
    let input = json!({"SecretId": name, "AddReplicaRegions": [{"Region": ELSEWHERE}]});
    ok(c, "ReplicateSecretToRegions", &input).await;
    statuses(c, &name).await;
    for input in [
        json!({"SecretId": name, "VersionId": first}),
        json!({"SecretId": name, "VersionStage": "AWSPREVIOUS"}),
    ] {
        let got = ok_in(c, ELSEWHERE, "GetSecretValue", &input).await;
        assert_eq!(got["SecretString"], "one", "{input}");
    }
}

async fn when_a_copy_was_read(c: &Context) {
    let name = c.name("s");
    replicated(c, &name).await;
    assert_eq!(statuses(c, &name).await[0].get("LastAccessedDate"), None);
    ok_in(c, ELSEWHERE, "GetSecretValue", &at(&name)).await;
    let mut shown = statuses(c, &name).await;
    let day = take_dates(&mut shown[0], &["LastAccessedDate"])[0];
    assert_eq!(
        (
            day % 86400.0,
            described(c, &name).await.get("LastAccessedDate")
        ),
        (0.0, None)
    );
}

async fn found_by_the_region_of_the_primary(c: &Context) {
    let (copied, alone) = (c.name("copied"), c.name("alone"));
    replicated(c, &copied).await;
    secret(&c.root(), &alone, "v").await;
    let here = c.target().region();
    let input = json!({"Filters": [
        {"Key": "name", "Values": [c.name("")]}, {"Key": "primary-region", "Values": [here]},
    ]});
    for region in [here, ELSEWHERE] {
        let listed = ok_in(c, region, "ListSecrets", &input).await;
        let list = listed["SecretList"].as_array().unwrap();
        let names: Vec<&Value> = list.iter().map(|entry| &entry["Name"]).collect();
        assert_eq!(names, [&copied], "{region}");
        assert_eq!(list[0]["PrimaryRegion"], here);
        assert_eq!(list[0].get("ReplicationStatus"), None);
    }
}
