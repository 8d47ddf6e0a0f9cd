//! DeleteSecret and RestoreSecret.

use aws_sdk_secretsmanager::operation::delete_secret::builders::DeleteSecretFluentBuilder;
use serde_json::json;

use super::support::{error, marked_for_deletion, not_found, ok, refused, secret, take_dates};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "delete_secret/window_is_thirty_days",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_secret_restore",
        |c| Box::pin(window_is_thirty_days(c)),
    ),
    Case::new(
        "delete_secret/deleted_date_is_the_time_of_the_call",
        Evidence::Recorded,
        "cloud-custodian test_secrets_manager_delete (recording of AWS)",
        |c| Box::pin(deleted_date_is_the_time_of_the_call(c)),
    ),
    Case::new(
        "delete_secret/described_while_scheduled",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_force_delete_deleted_secret",
        |c| Box::pin(described_while_scheduled(c)),
    ),
    Case::new(
        "delete_secret/window_out_of_range",
        Evidence::Recorded,
        "getmoto/moto#6461; getmoto/moto#6469",
        |c| Box::pin(window_out_of_range(c)),
    ),
    Case::new(
        "delete_secret/window_and_force",
        Evidence::Recorded,
        "getmoto/moto#6461",
        |c| Box::pin(window_and_force(c)),
    ),
    Case::new(
        "delete_secret/window_without_force",
        Evidence::Recorded,
        "cloud-custodian test_secrets_manager_delete (recording of AWS)",
        |c| Box::pin(window_without_force(c)),
    ),
    Case::new(
        "delete_secret/unknown_secret",
        Evidence::Documented,
        "API model, DeleteSecret",
        |c| Box::pin(unknown_secret(c)),
    ),
    Case::new(
        "delete_secret/force_unknown_secret",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_delete_non_existent_secret_returns_as_if_secret_exists",
        |c| Box::pin(force_unknown_secret(c)),
    ),
    Case::new(
        "delete_secret/force_scheduled_secret",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_force_delete_deleted_secret; localstack/awscli-local#83",
        |c| Box::pin(force_scheduled_secret(c)),
    ),
    Case::new(
        "delete_secret/made_again_after_force",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_can_recreate_delete_secret; \
         Kralizek/AWSSecretsManagerConfigurationExtensions#20",
        |c| Box::pin(made_again_after_force(c)),
    ),
    Case::new(
        "restore_secret/scheduled_secret",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_secret_restore; cloudemu#506",
        |c| Box::pin(restore_scheduled_secret(c)),
    ),
    Case::new(
        "restore_secret/unknown_secret",
        Evidence::Documented,
        "API model, RestoreSecret",
        |c| Box::pin(restore_unknown_secret(c)),
    ),
];

const DAY: f64 = 86400.0;

fn delete(c: &Context, id: &str) -> DeleteSecretFluentBuilder {
    c.root().delete_secret().secret_id(id)
}

async fn window_is_thirty_days(c: &Context) {
    let name = c.name("s");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    let mut deleted = ok(c, "DeleteSecret", &json!({"SecretId": name})).await;
    let at = take_dates(&mut deleted, &["DeletionDate"])[0];
    assert_eq!(deleted, json!({"ARN": arn, "Name": name}));
    let mut described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    let called = take_dates(&mut described, &["DeletedDate"])[0];
    assert!((at - called - 30.0 * DAY).abs() < 60.0, "{called} {at}");
}

async fn deleted_date_is_the_time_of_the_call(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let input = json!({"SecretId": name, "RecoveryWindowInDays": 7});
    let mut deleted = ok(c, "DeleteSecret", &input).await;
    let at = take_dates(&mut deleted, &["DeletionDate"])[0];
    let mut described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    let dates = take_dates(&mut described, &["DeletedDate", "CreatedDate"]);
    assert!((dates[0] - dates[1]).abs() < 60.0, "{dates:?}");
    assert!((at - dates[0] - 7.0 * DAY).abs() < 60.0, "{at} {dates:?}");
}

async fn described_while_scheduled(c: &Context) {
    let name = c.name("s");
    let (arn, version) = secret(&c.root(), &name, "v").await;
    delete(c, &arn).send().await.unwrap();
    let mut described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    take_dates(
        &mut described,
        &["CreatedDate", "LastChangedDate", "DeletedDate"],
    );
    let versions = json!({version: ["AWSCURRENT"]});
    assert_eq!(
        described,
        json!({"ARN": arn, "Name": name, "VersionIdsToStages": versions})
    );
}

async fn window_out_of_range(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let text = "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).";
    for days in [0, 6, 31, -1] {
        let outcome = delete(c, &name).recovery_window_in_days(days).send().await;
        assert_eq!(
            refused(outcome),
            error("InvalidParameterException", text),
            "{days}"
        );
    }
}

async fn window_and_force(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let both = delete(c, &name)
        .recovery_window_in_days(7)
        .force_delete_without_recovery(true);
    let text = "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.";
    assert_eq!(
        refused(both.send().await),
        error("InvalidParameterException", text)
    );
}

async fn window_without_force(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let both = delete(c, &name)
        .recovery_window_in_days(7)
        .force_delete_without_recovery(false);
    both.send().await.unwrap();
    let restore = c.root().restore_secret().secret_id(&name);
    restore.send().await.unwrap();
}

async fn unknown_secret(c: &Context) {
    assert_eq!(
        refused(delete(c, &c.name("nothing")).send().await),
        not_found()
    );
}

async fn force_unknown_secret(c: &Context) {
    let name = c.name("nothing");
    let input = json!({"SecretId": name, "ForceDeleteWithoutRecovery": true});
    let mut deleted = ok(c, "DeleteSecret", &input).await;
    take_dates(&mut deleted, &["DeletionDate"]);
    assert!(deleted["ARN"].is_string(), "{deleted}");
    assert_eq!(deleted["Name"], name);
}

async fn force_scheduled_secret(c: &Context) {
    let name = c.name("s");
    let (arn, _) = secret(&c.root(), &name, "v").await;
    delete(c, &arn).send().await.unwrap();
    let input = json!({"SecretId": arn, "ForceDeleteWithoutRecovery": true});
    let mut deleted = ok(c, "DeleteSecret", &input).await;
    take_dates(&mut deleted, &["DeletionDate"]);
    assert_eq!(deleted, json!({"ARN": arn, "Name": name}));
}

async fn made_again_after_force(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (first, _) = secret(&client, &name, "S1").await;
    delete(c, &name)
        .force_delete_without_recovery(true)
        .send()
        .await
        .unwrap();
    let (second, _) = secret(&client, &name, "S1").await;
    assert_ne!(first, second);
    let old = client.get_secret_value().secret_id(&first).send().await;
    assert_eq!(refused(old), not_found());
    let new = client.get_secret_value().secret_id(&second).send().await;
    assert_eq!(new.unwrap().arn, Some(second));
}

async fn restore_scheduled_secret(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (arn, _) = secret(&client, &name, "v1").await;
    delete(c, &name).send().await.unwrap();
    let get = || client.get_secret_value().secret_id(&name).send();
    assert_eq!(refused(get().await), marked_for_deletion());
    let restored = ok(c, "RestoreSecret", &json!({"SecretId": name})).await;
    assert_eq!(restored, json!({"ARN": arn, "Name": name}));
    assert_eq!(get().await.unwrap().secret_string(), Some("v1"));
    let described = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
    assert_eq!(described.get("DeletedDate"), None);
}

async fn restore_unknown_secret(c: &Context) {
    let restore = c.root().restore_secret().secret_id(c.name("nothing"));
    assert_eq!(refused(restore.send().await), not_found());
}
