//! What only this emulator does: it refuses plainly what it cannot do, and keeps accounts apart.

use serde_json::json;

use super::support::{arn_of, call, fault, iam, not_found, refused, secret, send, token};
use crate::{Case, Context, Credentials, Evidence, Need, Raw};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "sekisho/policies_it_cannot_evaluate_are_not_stored",
        Evidence::Sound,
        "what is not evaluated could allow what it was written to prevent (getmoto/moto#8842)",
        |c| Box::pin(policies_it_cannot_evaluate_are_not_stored(c)),
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
    Case::new(
        "sekisho/replication_is_refused_not_ignored",
        Evidence::Sound,
        "nothing that changes what a secret means is accepted and ignored",
        |c| Box::pin(replication_is_refused_not_ignored(c)),
    ),
];

async fn policies_it_cannot_evaluate_are_not_stored(c: &Context) {
    let name = c.entity("u");
    c.iam("CreateUser", &[("UserName", &name)]).await;
    let condition = json!({"NumericLessThan": {"aws:MultiFactorAuthAge": "1"}});
    let statement =
        json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
    let document = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let policy = [
        ("UserName", &*name),
        ("PolicyName", "p"),
        ("PolicyDocument", &*document),
    ];
    let answer = iam(c, "PutUserPolicy", &policy).await;
    let code = answer.xml("Code");
    assert_eq!(
        (answer.status, code.as_deref()),
        (400, Some("MalformedPolicyDocument"))
    );
    assert!(answer.body.contains("Condition"), "{}", answer.body);
    assert_eq!(iam(c, "GetUserPolicy", &policy[..2]).await.status, 404);
}

fn account(id: &str) -> Credentials {
    Credentials::new(id, "test")
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

async fn replication_is_refused_not_ignored(c: &Context) {
    let name = c.name("s");
    let regions = json!([{"Region": "eu-west-1"}]);
    let input = json!({"Name": name, "AddReplicaRegions": regions, "ClientRequestToken": token()});
    let (code, text) = fault(&call(c, "CreateSecret", &input).await);
    assert_eq!(code, "InvalidParameterException");
    assert!(text.contains("replication"), "{text}");
    let describe = c.root().describe_secret().secret_id(&name).send().await;
    assert_eq!(refused(describe), not_found());
}
