//! Names and ARNs: how requests say which secret they mean.

use serde_json::json;

use super::support::{call, calls, error, fault, not_found, put, refused, secret, token};
use crate::{Case, Context, Evidence};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "secret_id/valid_names",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_create_and_update_secret",
        |c| Box::pin(valid_names(c)),
    ),
    Case::new(
        "secret_id/invalid_names",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_invalid_secret_name",
        |c| Box::pin(invalid_names(c)),
    ),
    Case::new(
        "secret_id/partial_arn_that_looks_complete",
        Evidence::Recorded,
        "localstack test_secretsmanager.py::test_create_and_update_secret[Invalid/_+=.@-Name-a1b2c3-False]",
        |c| Box::pin(partial_arn_that_looks_complete(c)),
    ),
    Case::new(
        "secret_id/partial_arn_in_every_operation",
        Evidence::Documented,
        "getmoto/moto#5563; localstack/localstack#4014; floci-io/floci#340",
        |c| Box::pin(partial_arn_in_every_operation(c)),
    ),
    Case::new(
        "secret_id/name_with_suffix_is_another_name",
        Evidence::Documented,
        "rusoto_secretsmanager 0.45, a copy of AWS's reference",
        |c| Box::pin(name_with_suffix_is_another_name(c)),
    ),
    Case::new(
        "secret_id/names_are_case_sensitive",
        Evidence::Documented,
        "user guide, secrets are found by their exact name",
        |c| Box::pin(names_are_case_sensitive(c)),
    ),
    Case::new(
        "secret_id/arn_of_another_region",
        Evidence::Documented,
        "aws-actions/aws-secretsmanager-get-secrets#182; aws/aws-sdk-js-v3#7278",
        |c| Box::pin(arn_of_another_region(c)),
    ),
    Case::new(
        "secret_id/unknown_in_every_operation",
        Evidence::Documented,
        "API model; recorded for four of the operations",
        |c| Box::pin(unknown_in_every_operation(c)),
    ),
];

async fn valid_names(c: &Context) {
    let client = c.root();
    for name in [
        "Valid/_+=.@-Name",
        "Valid/_+=.@-Name-a1b2",
        "Valid/_+=.@-Name-a1b2c3-",
        "/x!y",
    ] {
        let name = c.name(name);
        let (arn, _) = secret(&client, &name, "my_secret").await;
        let (partial, suffix) = arn.rsplit_once('-').unwrap();
        assert!(
            partial.ends_with(&format!(":secret:{name}")) && suffix.len() == 6,
            "{arn}"
        );
        for id in [&name, &arn, partial] {
            let got = client
                .get_secret_value()
                .secret_id(id)
                .send()
                .await
                .unwrap();
            assert_eq!(
                (got.arn(), got.secret_string()),
                (Some(&*arn), Some("my_secret")),
                "{id}"
            );
        }
    }
}

async fn invalid_names(c: &Context) {
    let text = "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!";
    let expected = error("ValidationException", text);
    for name in ["Inv Name", " Inv Name", " Inv*Name? ", " Inv *?!]Name\\-"] {
        let create = json!({"Name": name, "SecretString": "v", "ClientRequestToken": token()});
        let force = json!({"SecretId": name, "ForceDeleteWithoutRecovery": true});
        let mut calls = calls(name);
        calls.retain(|(operation, _)| *operation != "RestoreSecret");
        calls.extend([("CreateSecret", create), ("DeleteSecret", force)]);
        for (operation, input) in calls {
            let answer = call(c, operation, &input).await;
            assert_eq!(fault(&answer), expected, "{operation} {name}");
        }
    }
}

async fn partial_arn_that_looks_complete(c: &Context) {
    let (client, name) = (c.root(), c.name("Invalid/_+=.@-Name-a1b2c3"));
    let (arn, _) = secret(&client, &name, "v").await;
    for id in [&name, &arn] {
        client
            .get_secret_value()
            .secret_id(id)
            .send()
            .await
            .unwrap();
    }
    let (partial, _) = arn.rsplit_once('-').unwrap();
    let outcome = client.get_secret_value().secret_id(partial).send().await;
    assert_eq!(refused(outcome), not_found());
}

async fn partial_arn_in_every_operation(c: &Context) {
    let (arn, _) = secret(&c.root(), &c.name("redis"), "v").await;
    let (partial, _) = arn.rsplit_once('-').unwrap();
    let reading = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Resource": "*",
        "Action": "secretsmanager:GetSecretValue",
    }});
    let id = json!({"SecretId": partial});
    let policy = json!({"SecretId": partial, "ResourcePolicy": reading.to_string()});
    let of_policies = [
        ("PutResourcePolicy", policy),
        ("GetResourcePolicy", id.clone()),
        ("DeleteResourcePolicy", id.clone()),
        ("UpdateSecret", id.clone()),
        ("CancelRotateSecret", id),
    ];
    for (operation, input) in of_policies.into_iter().chain(calls(partial)) {
        let answer = call(c, operation, &input).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
        assert_eq!(answer.json()["ARN"], *arn, "{operation}");
    }
}

async fn name_with_suffix_is_another_name(c: &Context) {
    let (arn, _) = secret(&c.root(), &c.name("db"), "v").await;
    let (_, with_suffix) = arn.split_once(":secret:").unwrap();
    let get = c.root().get_secret_value().secret_id(with_suffix);
    assert_eq!(refused(get.send().await), not_found());
}

async fn names_are_case_sensitive(c: &Context) {
    let client = c.root();
    let (upper, _) = secret(&client, &c.name("Key"), "upper").await;
    let get = client.get_secret_value().secret_id(c.name("key"));
    assert_eq!(refused(get.clone().send().await), not_found());
    secret(&client, &c.name("key"), "lower").await;
    assert_eq!(get.send().await.unwrap().secret_string(), Some("lower"));
    put(&client, &upper, "upper 2", &[]).await;
}

/// The endpoint decides about the region. Which error it is, is not known.
async fn arn_of_another_region(c: &Context) {
    let (arn, _) = secret(&c.root(), &c.name("s"), "v").await;
    let here = format!(":{}:", c.target().region());
    let there = arn.replacen(&here, ":ap-south-1:", 1);
    assert_ne!(arn, there);
    let (code, _) = refused(c.root().get_secret_value().secret_id(there).send().await);
    assert!(
        code == "ResourceNotFoundException" || code == "AccessDeniedException",
        "{code}"
    );
}

async fn unknown_in_every_operation(c: &Context) {
    let account = secret(&c.root(), &c.name("s"), "v").await.0;
    let (arn, _) = account.split_once(":secret:").unwrap();
    let unknown = c.name("nothing");
    for id in [unknown.clone(), format!("{arn}:secret:{unknown}-AbCdEf")] {
        for (operation, input) in calls(&id) {
            assert_eq!(
                fault(&call(c, operation, &input).await),
                not_found(),
                "{operation} {id}"
            );
        }
    }
}
