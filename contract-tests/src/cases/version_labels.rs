//! Staging labels of versions, as PutSecretValue moves them.

use super::support::{labelled, labels, put, secret};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "version_labels/own_labels_leave_current_alone",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_put_secret_value_with_version_stages; floci-io/floci#522",
        |c| Box::pin(own_labels_leave_current_alone(c)),
    ),
    Case::new(
        "version_labels/all_labels_move",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_non_versioning_version_stages_replacement",
        |c| Box::pin(all_labels_move(c)),
    ),
    Case::new(
        "version_labels/some_labels_move",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_non_versioning_version_stages_no_replacement",
        |c| Box::pin(some_labels_move(c)),
    ),
    Case::new(
        "version_labels/unknown_label_of_aws",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending_cycle_custom_stages_1",
        |c| Box::pin(unknown_label_of_aws(c)),
    ),
    Case::new(
        "version_labels/current_among_labels",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending_cycle_custom_stages_2",
        |c| Box::pin(current_among_labels(c)),
    ),
    Case::new(
        "version_labels/pending_moves_off_current",
        Evidence::Inferred,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending_cycle",
        |c| Box::pin(pending_moves_off_current(c)),
    ),
    Case::new(
        "version_labels/pending_is_dropped_with_current",
        Evidence::Inferred,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending",
        |c| Box::pin(pending_is_dropped_with_current(c)),
    ),
    Case::new(
        "version_labels/own_label_outlives_previous",
        Evidence::Inferred,
        "localstack test_secretsmanager.py::test_update_secret_version_stages_current_pending_cycle_custom_stages_2",
        |c| Box::pin(own_label_outlives_previous(c)),
    ),
    Case::new(
        "version_labels/first_value_is_current",
        Evidence::Documented,
        "API reference, PutSecretValue: VersionStages",
        |c| Box::pin(first_value_is_current(c)),
    ),
];

async fn own_labels_leave_current_alone(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "v0").await;
    for (value, stages) in [
        ("v1", &["SAMPLESTAGE1", "SAMPLESTAGE0"][..]),
        ("v2", &["SAMPLESTAGE1", "SAMPLESTAGE0"]),
        ("v3", &["AWSPENDING"]),
    ] {
        put(&client, &name, value, stages).await;
        let got = client
            .get_secret_value()
            .secret_id(&name)
            .send()
            .await
            .unwrap();
        assert_eq!(
            (got.version_id(), got.secret_string()),
            (Some(&*first), Some("v0"))
        );
        assert_eq!(got.version_stages(), ["AWSCURRENT"]);
    }
    put(&client, &name, "v4", &["AWSCURRENT"]).await;
    let got = client
        .get_secret_value()
        .secret_id(&name)
        .send()
        .await
        .unwrap();
    assert_eq!(got.secret_string(), Some("v4"));
}

async fn all_labels_move(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "S0").await;
    let second = put(&client, &name, "S1", &["one", "two", "three"]).await;
    let listed = labels(&client, &name).await;
    assert_eq!(
        listed,
        labelled(&[
            (&first, &["AWSCURRENT"]),
            (&second, &["one", "two", "three"])
        ])
    );
    let all = ["one", "two", "three", "four"];
    let third = put(&client, &name, "S2", &all).await;
    let listed = labels(&client, &name).await;
    assert_eq!(
        listed,
        labelled(&[(&first, &["AWSCURRENT"]), (&third, &all)])
    );
}

async fn some_labels_move(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "S0").await;
    let second = put(&client, &name, "S1", &["one", "two", "three"]).await;
    let third = put(&client, &name, "S2", &["one", "two", "four"]).await;
    let expected: [(&String, &[&str]); 3] = [
        (&first, &["AWSCURRENT"]),
        (&second, &["three"]),
        (&third, &["one", "two", "four"]),
    ];
    assert_eq!(labels(&client, &name).await, labelled(&expected));
}

async fn unknown_label_of_aws(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "S1").await;
    let stages = ["AWSPENDING", "PUT1", "AWSSOMETHING"];
    let second = put(&client, &name, "S2", &stages).await;
    let expected = labelled(&[(&first, &["AWSCURRENT"]), (&second, &stages)]);
    assert_eq!(labels(&client, &name).await, expected);
}

async fn current_among_labels(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "SS").await;
    let second = put(&client, &name, "S1", &["AWSCURRENT", "PUT0"]).await;
    let expected = labelled(&[
        (&first, &["AWSPREVIOUS"]),
        (&second, &["AWSCURRENT", "PUT0"]),
    ]);
    assert_eq!(labels(&client, &name).await, expected);
    let third = put(&client, &name, "S2", &["AWSPENDING", "PUT1"]).await;
    let expected: [(&String, &[&str]); 3] = [
        (&first, &["AWSPREVIOUS"]),
        (&second, &["AWSCURRENT", "PUT0"]),
        (&third, &["AWSPENDING", "PUT1"]),
    ];
    assert_eq!(labels(&client, &name).await, labelled(&expected));
}

async fn pending_moves_off_current(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "S1").await;
    let second = put(&client, &name, "S2", &["AWSCURRENT", "AWSPENDING"]).await;
    let third = put(&client, &name, "S3", &["AWSPENDING"]).await;
    let listed = labels(&client, &name).await;
    let both = labelled(&[(&second, &["AWSCURRENT"]), (&third, &["AWSPENDING"])]);
    assert!(
        both.iter()
            .all(|(id, stages)| listed.get(id) == Some(stages)),
        "{listed:?}"
    );
}

async fn pending_is_dropped_with_current(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "S1").await;
    let second = put(&client, &name, "S2", &["AWSCURRENT", "AWSPENDING"]).await;
    let third = put(&client, &name, "S3", &[]).await;
    let expected = labelled(&[(&second, &["AWSPREVIOUS"]), (&third, &["AWSCURRENT"])]);
    assert_eq!(labels(&client, &name).await, expected);
}

async fn own_label_outlives_previous(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    secret(&client, &name, "S1").await;
    let second = put(&client, &name, "S2", &["AWSCURRENT", "blue"]).await;
    let third = put(&client, &name, "S3", &[]).await;
    let fourth = put(&client, &name, "S4", &[]).await;
    let expected: [(&String, &[&str]); 3] = [
        (&second, &["blue"]),
        (&third, &["AWSPREVIOUS"]),
        (&fourth, &["AWSCURRENT"]),
    ];
    assert_eq!(labels(&client, &name).await, labelled(&expected));
}

async fn first_value_is_current(c: &Context) {
    let (client, name) = (c.root(), c.name("s"));
    client.create_secret().name(&name).send().await.unwrap();
    let first = put(&client, &name, "v", &["blue"]).await;
    let expected = labelled(&[(&first, &["AWSCURRENT", "blue"])]);
    assert_eq!(labels(&client, &name).await, expected);
}
