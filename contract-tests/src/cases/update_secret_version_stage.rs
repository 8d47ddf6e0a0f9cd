//! UpdateSecretVersionStage: labels on the move.

use aws_sdk_secretsmanager::Client;
use serde_json::json;

use super::support::{
    error, labelled, labels, ok, put, refused, secret, take_dates, token, violation,
};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "update_secret_version_stage/current_drags_previous",
        Evidence::Documented,
        "API reference, UpdateSecretVersionStage; getmoto/moto#7425",
        |c| Box::pin(current_drags_previous(c)),
    ),
    Case::new(
        "update_secret_version_stage/back_to_the_previous_value",
        Evidence::Documented,
        "API reference, UpdateSecretVersionStage, example of moving AWSCURRENT",
        |c| Box::pin(back_to_the_previous_value(c)),
    ),
    Case::new(
        "update_secret_version_stage/attached_moved_removed",
        Evidence::Documented,
        "API reference, UpdateSecretVersionStage, examples; localstack/localstack#10082",
        |c| Box::pin(attached_moved_removed(c)),
    ),
    Case::new(
        "update_secret_version_stage/a_label_nowhere_needs_no_holder",
        Evidence::Inferred,
        "getmoto/moto#9451, of AWSCURRENT: what no version has is taken from none",
        |c| Box::pin(a_label_nowhere_needs_no_holder(c)),
    ),
    Case::new(
        "update_secret_version_stage/holder_not_named",
        Evidence::Recorded,
        "getmoto/moto test_update_secret_version_stage_dont_specify_current_stage (aws_verified); floci-io/floci#3247",
        |c| Box::pin(holder_not_named(c)),
    ),
    Case::new(
        "update_secret_version_stage/another_holder_named",
        Evidence::Documented,
        "API reference, UpdateSecretVersionStage: RemoveFromVersionId; floci-io/floci#3247",
        |c| Box::pin(another_holder_named(c)),
    ),
    Case::new(
        "update_secret_version_stage/current_cannot_be_removed",
        Evidence::Inferred,
        "hashicorp/terraform-provider-aws, whose deletion of a version looks for this text",
        |c| Box::pin(current_cannot_be_removed(c)),
    ),
    Case::new(
        "update_secret_version_stage/unknown_versions",
        Evidence::Documented,
        "API model, UpdateSecretVersionStage: ResourceNotFoundException",
        |c| Box::pin(unknown_versions(c)),
    ),
    Case::new(
        "update_secret_version_stage/lengths_of_the_model",
        Evidence::Inferred,
        "the model's limits in the words of hashicorp/terraform-provider-aws#35827",
        |c| Box::pin(lengths_of_the_model(c)),
    ),
    Case::new(
        "update_secret_version_stage/is_a_change",
        Evidence::Documented,
        "API reference, DescribeSecret: LastChangedDate",
        |c| Box::pin(is_a_change(c)),
    ),
];

/// Moves a label; gives the refusal, if it is one.
async fn moved(
    client: &Client,
    name: &str,
    label: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Option<(String, String)> {
    let request = client.update_secret_version_stage().secret_id(name);
    let request = request.version_stage(label);
    let request = request.set_remove_from_version_id(from.map(str::to_owned));
    let outcome = request.set_move_to_version_id(to.map(str::to_owned));
    match outcome.send().await {
        Ok(_) => None,
        refusal => Some(refused(refusal)),
    }
}

/// A secret with three versions, the second of which is current; the third is pending.
async fn three(c: &Context) -> (Client, String, [String; 3]) {
    let (client, name) = (c.root(), c.name("s"));
    let (_, first) = secret(&client, &name, "one").await;
    let second = put(&client, &name, "two", &[]).await;
    let third = put(&client, &name, "three", &["AWSPENDING"]).await;
    (client, name, [first, second, third])
}

async fn current_drags_previous(c: &Context) {
    let (client, name, [_, second, third]) = three(c).await;
    let outcome = moved(&client, &name, "AWSCURRENT", Some(&second), Some(&third)).await;
    assert_eq!(outcome, None);
    let expected = labelled(&[
        (&second, &["AWSPREVIOUS"]),
        (&third, &["AWSCURRENT", "AWSPENDING"]),
    ]);
    assert_eq!(labels(&client, &name).await, expected);
    let got = client.get_secret_value().secret_id(&name).send().await;
    assert_eq!(got.unwrap().secret_string(), Some("three"));
}

async fn back_to_the_previous_value(c: &Context) {
    let (client, name, [first, second, third]) = three(c).await;
    let outcome = moved(&client, &name, "AWSCURRENT", Some(&second), Some(&first)).await;
    assert_eq!(outcome, None);
    let expected = labelled(&[
        (&first, &["AWSCURRENT"]),
        (&second, &["AWSPREVIOUS"]),
        (&third, &["AWSPENDING"]),
    ]);
    assert_eq!(labels(&client, &name).await, expected);
}

async fn attached_moved_removed(c: &Context) {
    let (client, name, [first, second, third]) = three(c).await;
    let rest = |own: usize| {
        let mut labels: Vec<Vec<&str>> =
            vec![vec!["AWSPREVIOUS"], vec!["AWSCURRENT"], vec!["AWSPENDING"]];
        if let Some(labels) = labels.get_mut(own) {
            labels.push("MINE");
        }
        let ids = [&first, &second, &third];
        let all: Vec<_> = ids
            .into_iter()
            .zip(labels.iter().map(Vec::as_slice))
            .collect();
        labelled(&all)
    };
    for (from, to, holder) in [
        (None, Some(&first), 0),
        (Some(&first), Some(&second), 1),
        (Some(&second), Some(&third), 2),
        (Some(&third), None, 9),
    ] {
        let (from, to) = (from.map(String::as_str), to.map(String::as_str));
        assert_eq!(moved(&client, &name, "MINE", from, to).await, None);
        assert_eq!(labels(&client, &name).await, rest(holder));
    }
}

async fn a_label_nowhere_needs_no_holder(c: &Context) {
    let (client, name, [first, ..]) = three(c).await;
    assert_eq!(moved(&client, &name, "NEW", None, Some(&first)).await, None);
    // And it may go where it is.
    let again = moved(&client, &name, "NEW", Some(&first), Some(&first)).await;
    assert_eq!(again, None);
}

async fn holder_not_named(c: &Context) {
    let (client, name, [first, second, third]) = three(c).await;
    let before = labels(&client, &name).await;
    for (label, holder, to) in [
        ("AWSCURRENT", &second, &third),
        ("AWSPENDING", &third, &second),
        ("AWSPREVIOUS", &first, &third),
    ] {
        let text = format!(
            "The parameter RemoveFromVersionId can't be empty. Staging label {label} is currently attached to version {holder}, so you must explicitly reference that version in RemoveFromVersionId."
        );
        let expected = error("InvalidParameterException", text);
        let outcome = moved(&client, &name, label, None, Some(to)).await;
        assert_eq!(outcome, Some(expected));
    }
    assert_eq!(labels(&client, &name).await, before);
}

async fn another_holder_named(c: &Context) {
    let (client, name, [first, second, third]) = three(c).await;
    let before = labels(&client, &name).await;
    for (label, from, to) in [
        ("AWSCURRENT", &first, Some(&third)),
        ("AWSPENDING", &second, None),
        ("NOWHERE", &second, Some(&third)),
    ] {
        let to = to.map(String::as_str);
        let (code, _) = moved(&client, &name, label, Some(from), to).await.unwrap();
        assert_eq!(code, "InvalidParameterException", "{label}");
    }
    assert_eq!(labels(&client, &name).await, before);
}

async fn current_cannot_be_removed(c: &Context) {
    let (client, name, [_, second, _]) = three(c).await;
    let outcome = moved(&client, &name, "AWSCURRENT", Some(&second), None).await;
    let text = "You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.";
    assert_eq!(outcome, Some(error("InvalidParameterException", text)));
}

async fn unknown_versions(c: &Context) {
    let (client, name, [first, ..]) = three(c).await;
    let before = labels(&client, &name).await;
    let unknown = token();
    for (from, to) in [(None, Some(&*unknown)), (Some(&*unknown), Some(&*first))] {
        let (code, _) = moved(&client, &name, "MINE", from, to).await.unwrap();
        assert_eq!(code, "ResourceNotFoundException", "{from:?} {to:?}");
    }
    assert_eq!(labels(&client, &name).await, before);
}

async fn lengths_of_the_model(c: &Context) {
    let (client, name, [first, ..]) = three(c).await;
    let least = |number| format!("have length greater than or equal to {number}");
    let long = "x".repeat(257);
    let most = "have length less than or equal to 256";
    for (label, from, to, expected) in [
        (
            "",
            None,
            Some(&*first),
            violation(Some(""), "versionStage", &least(1)),
        ),
        (
            &*long,
            None,
            Some(&*first),
            violation(Some(&long), "versionStage", most),
        ),
        (
            "a",
            Some("b"),
            None,
            violation(Some("b"), "removeFromVersionId", &least(32)),
        ),
        (
            "a",
            None,
            Some("b"),
            violation(Some("b"), "moveToVersionId", &least(32)),
        ),
    ] {
        assert_eq!(moved(&client, &name, label, from, to).await, Some(expected));
    }
}

async fn is_a_change(c: &Context) {
    let (client, name, [first, ..]) = three(c).await;
    let changed = || async {
        let mut shown = ok(c, "DescribeSecret", &json!({"SecretId": name})).await;
        take_dates(&mut shown, &["LastChangedDate"])[0]
    };
    let before = changed().await;
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    assert_eq!(
        moved(&client, &name, "MINE", None, Some(&first)).await,
        None
    );
    assert!(changed().await > before);
}
