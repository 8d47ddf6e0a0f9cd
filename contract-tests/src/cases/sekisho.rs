//! What only this emulator does: it refuses plainly what it cannot do, keeps accounts apart, and
//! stands in for the network around it.

use serde_json::json;

use super::support::{
    Decision, account, arn_of, assert_decision, deny_if, not_found, refused, replace_policy,
    secret, send, target,
};
use crate::{Case, Context, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "sekisho/this_machine_is_loopback",
        Evidence::Sound,
        "policies about aws:SourceIp can be tried where there is no network",
        |c| Box::pin(this_machine_is_loopback(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sekisho/a_proxy_says_that_it_ends_tls",
        Evidence::Sound,
        "aws:SecureTransport is the client's connection, wherever TLS ends (X-Forwarded-Proto)",
        |c| Box::pin(a_proxy_says_that_it_ends_tls(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "sekisho/accounts_are_separate",
        Evidence::Sound,
        "a secret of one account is not found in another (localstack's account ids as key ids)",
        |c| Box::pin(accounts_are_separate(c)),
    ),
    Case::new(
        "sekisho/accounts_list_their_own",
        Evidence::Sound,
        "ListSecrets never lists another account's secrets",
        |c| Box::pin(accounts_list_their_own(c)),
    ),
    Case::new(
        "sekisho/other_services_are_refused_plainly",
        Evidence::Sound,
        "one AWS_ENDPOINT_URL sends every service here",
        |c| Box::pin(other_services_are_refused_plainly(c)),
    ),
];

/// Wherever else the tests run, whoever calls an emulator is most often the same machine.
async fn this_machine_is_loopback(c: &Context) {
    let (_, input) = target(c).await;
    let loopback = ["127.0.0.0/8", "::1/128"];
    let elsewhere = json!({"NotIpAddress": {"aws:SourceIp": loopback}});
    let who = c.user("u", &deny_if(&elsewhere)).await;
    assert_decision(c, &who, ("GetSecretValue", &input), Decision::Allow).await;
    let here = json!({"IpAddress": {"aws:SourceIp": loopback}});
    replace_policy(c, "u", &deny_if(&here)).await;
    let denied = Decision::ExplicitDeny;
    assert_decision(c, &who, ("GetSecretValue", &input), denied).await;
}

async fn a_proxy_says_that_it_ends_tls(c: &Context) {
    let (_, input) = target(c).await;
    let plain = json!({"Bool": {"aws:SecureTransport": "false"}});
    let who = c.user("u", &deny_if(&plain)).await;
    let request = Raw::json("secretsmanager.GetSecretValue", input.to_string());
    let forwarded = request.header("x-forwarded-proto", "https");
    let answer = forwarded.signed_by(&who).send(c).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn accounts_are_separate(c: &Context) {
    let other = account("444455556666");
    assert_eq!(arn_of(c, &other).await, "arn:aws:iam::444455556666:root");
    let (here, there) = (c.root(), c.client(&other));
    let name = c.name("s");
    let (arn, _) = secret(&here, &name, "here").await;
    let get = there.get_secret_value().secret_id(&name);
    assert_eq!(refused(get.clone().send().await), not_found());
    let (foreign, _) = secret(&there, &name, "there").await;
    assert!(foreign.contains(":444455556666:secret:") && !arn.contains(":444455556666:"));
    assert_eq!(get.send().await.unwrap().secret_string(), Some("there"));
    let get = here.get_secret_value().secret_id(&name).send().await;
    assert_eq!(get.unwrap().secret_string(), Some("here"));
    // By ARN the other account is reached, and refused: no policy of the secret allows it.
    let answer = send(c, &other, "GetSecretValue", &json!({"SecretId": arn})).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
}

async fn accounts_list_their_own(c: &Context) {
    let other = account("444455556666");
    secret(&c.root(), &c.name("here"), "v").await;
    secret(&c.client(&other), &c.name("there"), "v").await;
    let filters = json!([{"Key": "name", "Values": [c.name("")]}]);
    for (who, name) in [(c.target().root(), "here"), (&other, "there")] {
        let listed = send(c, who, "ListSecrets", &json!({"Filters": filters})).await;
        let listed = listed.json()["SecretList"].clone();
        assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
        assert_eq!(listed[0]["Name"], c.name(name));
    }
}

async fn other_services_are_refused_plainly(c: &Context) {
    let request = Raw::json("DynamoDB_20120810.ListTables", "{}").scoped_to("dynamodb");
    let answer = request.signed_by(c.target().root()).send(c).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert!(answer.body.contains("DynamoDB_20120810"), "{}", answer.body);
}
