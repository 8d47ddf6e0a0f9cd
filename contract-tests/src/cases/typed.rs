//! The AWS SDK for Rust, unchanged, calls every operation that it knows.

use std::collections::BTreeSet;

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;
use aws_sdk_secretsmanager::operation::get_resource_policy::GetResourcePolicyOutput;
use aws_sdk_secretsmanager::primitives::Blob;
use aws_sdk_secretsmanager::types::{
    Filter, FilterNameStringType, ReplicaRegionType, RotationRulesType, StatusType, Tag,
};
use serde_json::json;

use super::support::{ELSEWHERE, put, secret};
use crate::model::MODEL;
use crate::{Case, Context, Evidence, Need, rotation_function};

pub(super) const CASES: &[Case] = &[Case::new(
    "typed/every_operation",
    Evidence::Documented,
    "API model, as aws-sdk-secretsmanager 1.125 has it",
    |c| Box::pin(every_operation(c)),
)
.needs(&[Need::RotationFunction])];

/// Operations that are newer than the SDK.
const NEWER: [&str; 3] = [
    "AssociateCrossAccountReplica",
    "DisassociateCrossAccountReplica",
    "ListResourcePolicies",
];

async fn every_operation(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (arn, first) = secret(&client, &name, "v").await;
    values(&client, &name, &first).await;
    metadata(c, &client, &name).await;
    policies(&client, &name, &arn).await;
    rotation(c, &client, &name).await;
    copies(&client, &name).await;
    there(c, &name).await;
    let password = client
        .get_random_password()
        .password_length(20)
        .send()
        .await
        .unwrap();
    assert_eq!(password.random_password().map(str::len), Some(20));
    let delete = client
        .delete_secret()
        .secret_id(&name)
        .recovery_window_in_days(7);
    assert!(delete.send().await.unwrap().deletion_date().is_some());
    let restored = client
        .restore_secret()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    assert_eq!(restored.arn(), Some(&*arn));

    let steps = c.recorder().steps();
    let called = steps
        .iter()
        .filter_map(|step| step.operation.strip_prefix("secretsmanager."));
    let called: BTreeSet<&str> = called.chain(NEWER).collect();
    let expected: BTreeSet<&str> = MODEL.operations.keys().map(String::as_str).collect();
    assert_eq!(called, expected, "none is missing");
}

async fn values(client: &Client, name: &str, first: &str) {
    let second = put(client, name, "w", &[]).await;
    let binary = client
        .update_secret()
        .secret_id(name)
        .secret_binary(Blob::new([0, 1, 255]));
    let third = binary.send().await.unwrap().version_id.unwrap();
    let got = client
        .get_secret_value()
        .secret_id(name)
        .send()
        .await
        .unwrap();
    let bytes = got.secret_binary().map(|blob| blob.as_ref().to_vec());
    assert_eq!(
        (got.version_id(), bytes),
        (Some(&*third), Some(vec![0, 1, 255]))
    );
    assert!(
        got.created_date()
            .is_some_and(|date| date.secs() > 1_500_000_000)
    );
    let label = client.update_secret_version_stage().secret_id(name);
    let label = label.version_stage("MINE").move_to_version_id(first);
    label.send().await.unwrap();
    let listed = client
        .list_secret_version_ids()
        .secret_id(name)
        .send()
        .await
        .unwrap();
    let mut versions: Vec<_> = listed
        .versions()
        .iter()
        .filter_map(|it| it.version_id())
        .collect();
    let mut expected = [first, &second, &third];
    versions.sort_unstable();
    expected.sort_unstable();
    assert_eq!(versions, expected);
    let batch = client.batch_get_secret_value().secret_id_list(name);
    let batch = batch.secret_id_list("nothing").send().await.unwrap();
    assert_eq!(batch.secret_values()[0].version_id(), Some(&*third));
    assert_eq!(
        batch.errors()[0].error_code(),
        Some("ResourceNotFoundException")
    );
}

async fn metadata(c: &Context, client: &Client, name: &str) {
    let tag = Tag::builder().key("k").value("v").build();
    client
        .tag_resource()
        .secret_id(name)
        .tags(tag.clone())
        .send()
        .await
        .unwrap();
    let filter = Filter::builder()
        .key(FilterNameStringType::Name)
        .values(c.name(""))
        .build();
    let listed = client.list_secrets().filters(filter).send().await.unwrap();
    assert_eq!(listed.secret_list()[0].tags(), [tag]);
    client
        .untag_resource()
        .secret_id(name)
        .tag_keys("k")
        .send()
        .await
        .unwrap();
    let shown = describe(client, name).await;
    assert_eq!(
        (
            shown.tags().len(),
            shown.version_ids_to_stages().map(|it| it.len())
        ),
        (0, Some(3))
    );
    assert!(
        shown
            .last_accessed_date()
            .is_some_and(|date| date.secs() % 86_400 == 0)
    );
}

async fn policies(client: &Client, name: &str, arn: &str) {
    let document = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"},
        "Action": "secretsmanager:GetSecretValue", "Resource": "*",
    }});
    let document = document.to_string();
    let checked = client
        .validate_resource_policy()
        .secret_id(name)
        .resource_policy(&document);
    let checked = checked.send().await.unwrap();
    assert!(checked.policy_validation_passed() && checked.validation_errors().is_empty());
    let attached = client
        .put_resource_policy()
        .secret_id(name)
        .resource_policy(document);
    assert_eq!(
        attached
            .block_public_policy(true)
            .send()
            .await
            .unwrap()
            .arn(),
        Some(arn)
    );
    let got = policy_of(client, name).await;
    assert!(
        got.resource_policy()
            .is_some_and(|text| text.contains("GetSecretValue"))
    );
    client
        .delete_resource_policy()
        .secret_id(name)
        .send()
        .await
        .unwrap();
    let got = policy_of(client, name).await;
    assert_eq!(got.resource_policy(), None);
}

async fn rotation(c: &Context, client: &Client, name: &str) {
    let function = rotation_function(c.target().region(), "000000000000");
    let rules = RotationRulesType::builder()
        .schedule_expression("rate(10 days)")
        .build();
    let rotate = client
        .rotate_secret()
        .secret_id(name)
        .rotation_lambda_arn(&function);
    assert!(
        rotate
            .rotation_rules(rules)
            .send()
            .await
            .unwrap()
            .version_id()
            .is_some()
    );
    let shown = describe(client, name).await;
    let days = shown
        .rotation_rules()
        .and_then(|rules| rules.automatically_after_days());
    assert_eq!((shown.rotation_enabled(), days), (Some(true), Some(10)));
    assert!(shown.next_rotation_date().is_some());
    client
        .cancel_rotate_secret()
        .secret_id(name)
        .send()
        .await
        .unwrap();
    let shown = describe(client, name).await;
    assert_eq!(shown.rotation_enabled(), Some(false));
}

async fn copies(client: &Client, name: &str) {
    let to = |region: &str| ReplicaRegionType::builder().region(region).build();
    let replicate = client.replicate_secret_to_regions().secret_id(name);
    let replicate = replicate
        .add_replica_regions(to(ELSEWHERE))
        .add_replica_regions(to("eu-north-1"));
    let started = replicate.send().await.unwrap();
    let status = started.replication_status()[0].status();
    assert_eq!(status, Some(&StatusType::InProgress));
    let remove = client.remove_regions_from_replication().secret_id(name);
    let left = remove
        .remove_replica_regions("eu-north-1")
        .send()
        .await
        .unwrap();
    assert_eq!(left.replication_status().len(), 1);
    assert_eq!(left.replication_status()[0].region(), Some(ELSEWHERE));
}

/// The copy is made a secret of its own, and deleted.
async fn there(c: &Context, name: &str) {
    let client = c.client_in(ELSEWHERE);
    let stopped = client
        .stop_replication_to_replica()
        .secret_id(name)
        .send()
        .await
        .unwrap();
    assert!(stopped.arn().is_some_and(|arn| arn.contains(ELSEWHERE)));
    let delete = client
        .delete_secret()
        .secret_id(name)
        .force_delete_without_recovery(true);
    delete.send().await.unwrap();
}

async fn describe(client: &Client, name: &str) -> DescribeSecretOutput {
    client
        .describe_secret()
        .secret_id(name)
        .send()
        .await
        .unwrap()
}

async fn policy_of(client: &Client, name: &str) -> GetResourcePolicyOutput {
    client
        .get_resource_policy()
        .secret_id(name)
        .send()
        .await
        .unwrap()
}
