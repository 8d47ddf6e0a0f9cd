//! Policies of secrets at work: beside the caller's own in one account, and together with them
//! across accounts.

use serde_json::{Value, json};

use super::support::{
    KEY, OTHER, account, allow_all, arn_of, at, call, denied, described, error, fails, fault,
    made_with, ok, ok_as, policy, record, replace_policy, secret, send,
};
use crate::{Case, Context, Credentials, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "resource_policies_decide/alone_within_an_account",
        Evidence::Documented,
        "IAM user guide, policy evaluation logic: a resource-based policy that names a user",
        |c| Box::pin(alone_within_an_account(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "resource_policies_decide/the_account_alone_grants_nothing",
        Evidence::Documented,
        "IAM user guide, Principal: the account delegates to its administrators",
        |c| Box::pin(the_account_alone_grants_nothing(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "resource_policies_decide/explicit_deny",
        Evidence::Recorded,
        "cloud-custodian/cloud-custodian#10055",
        |c| Box::pin(explicit_deny(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "resource_policies_decide/each_operation_by_its_own_action",
        Evidence::Recorded,
        "pulumi/pulumi-aws#1751",
        |c| Box::pin(each_operation_by_its_own_action(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "resource_policies_decide/bind_the_root_user_too",
        Evidence::Inferred,
        "IAM user guide, root user: policies of resources can deny it",
        |c| Box::pin(bind_the_root_user_too(c)),
    ),
    Case::new(
        "resource_policies_decide/across_accounts_both_must_allow",
        Evidence::Recorded,
        "aws/aws-cdk#28537 (the secret's half missing); KensioSoftware/yulin#187; ReversecLabs/IAMSpy#27",
        |c| Box::pin(across_accounts_both_must_allow(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "resource_policies_decide/across_accounts_with_the_default_key",
        Evidence::Recorded,
        "localstack TestSecretsManagerMultiAccounts.test_cross_account_access",
        |c| Box::pin(across_accounts_with_the_default_key(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "resource_policies_decide/a_deleted_policy_decides_nothing",
        Evidence::Documented,
        "API reference, DeleteResourcePolicy",
        |c| Box::pin(a_deleted_policy_decides_nothing(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "resource_policies_decide/the_record_names_policy_and_statement",
        Evidence::Sound,
        "a decision is traced to its statement, whosever policy that is in",
        |c| Box::pin(the_record_names_policy_and_statement(c)),
    )
    .needs(&[Need::Iam]),
];

const GET: &str = "secretsmanager:GetSecretValue";

/// A statement for a principal.
fn statement(effect: &str, principal: &Value, action: &str) -> Value {
    json!({"Effect": effect, "Principal": principal, "Action": action, "Resource": "*"})
}

/// Puts a policy on a secret, as somebody who may.
async fn put(c: &Context, who: &Credentials, id: &str, statements: &[Value]) {
    let document = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    let input = json!({"SecretId": id, "ResourcePolicy": document});
    ok_as(c, who, "PutResourcePolicy", &input).await;
}

/// A secret, and a user without rights to it.
async fn stranger(c: &Context) -> (String, Credentials, Value) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let who = c.user("u", &policy(&[("Allow", "s3:*", "*")])).await;
    let principal = json!({"AWS": arn_of(c, &who).await});
    (name, who, principal)
}

/// A refusal that ends so.
async fn sentence(
    c: &Context,
    who: &Credentials,
    action: &str,
    id: &str,
    tail: &str,
) -> (String, String) {
    let user = arn_of(c, who).await;
    let text =
        format!("User: {user} is not authorized to perform: {action} on resource: {id} {tail}");
    error("AccessDeniedException", text)
}

const BY_RESOURCE: &str = "with an explicit deny in a resource-based policy";

async fn alone_within_an_account(c: &Context) {
    let (name, who, principal) = stranger(c).await;
    let root = c.target().root();
    let expected = denied(c, &who, GET, Some(&name)).await;
    assert_eq!(fails(c, &who, "GetSecretValue", &at(&name)).await, expected);
    put(c, root, &name, &[statement("Allow", &principal, GET)]).await;
    let got = ok_as(c, &who, "GetSecretValue", &at(&name)).await;
    assert_eq!(got["SecretString"], "v");
    let describe = "secretsmanager:DescribeSecret";
    let expected = denied(c, &who, describe, Some(&name)).await;
    assert_eq!(fails(c, &who, "DescribeSecret", &at(&name)).await, expected);
    // What the user's own policy denies is denied all the same.
    let deny = policy(&[("Deny", GET, "*")]);
    replace_policy(c, "u", &deny).await;
    let tail = "with an explicit deny in an identity-based policy";
    let expected = sentence(c, &who, GET, &name, tail).await;
    assert_eq!(fails(c, &who, "GetSecretValue", &at(&name)).await, expected);
}

async fn the_account_alone_grants_nothing(c: &Context) {
    let (name, who, _) = stranger(c).await;
    for principal in ["arn:aws:iam::000000000000:root", "000000000000"] {
        let allow = statement("Allow", &json!({"AWS": principal}), "secretsmanager:*");
        put(c, c.target().root(), &name, &[allow]).await;
        let expected = denied(c, &who, GET, Some(&name)).await;
        assert_eq!(fails(c, &who, "GetSecretValue", &at(&name)).await, expected);
    }
}

/// What lists know of a secret is not the secret's to deny.
async fn explicit_deny(c: &Context) {
    let (name, who, principal) = stranger(c).await;
    replace_policy(c, "u", &allow_all()).await;
    let describe = "secretsmanager:DescribeSecret";
    put(
        c,
        c.target().root(),
        &name,
        &[statement("Deny", &principal, describe)],
    )
    .await;
    let (arn, _) = (described(c, &name).await["ARN"].clone(), ());
    for id in [&*name, arn.as_str().unwrap()] {
        let expected = sentence(c, &who, describe, id, BY_RESOURCE).await;
        assert_eq!(fails(c, &who, "DescribeSecret", &at(id)).await, expected);
    }
    let filter = json!({"Filters": [{"Key": "name", "Values": [name]}]});
    let listed = ok_as(c, &who, "ListSecrets", &filter).await;
    let entry = &listed["SecretList"][0];
    assert_eq!(entry["ARN"], arn);
    assert!(entry["LastChangedDate"].is_number(), "{entry}");
}

/// Who may not read may still write.
async fn each_operation_by_its_own_action(c: &Context) {
    let (name, who, _) = stranger(c).await;
    replace_policy(c, "u", &allow_all()).await;
    let mut deny = statement("Deny", &json!("*"), GET);
    deny["Condition"] = json!({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}});
    put(c, &who, &name, &[deny]).await;
    let value = json!({
        "SecretId": name, "SecretString": "w", "ClientRequestToken": super::support::token(),
    });
    ok_as(c, &who, "PutSecretValue", &value).await;
    let expected = sentence(c, &who, GET, &name, BY_RESOURCE).await;
    assert_eq!(fails(c, &who, "GetSecretValue", &at(&name)).await, expected);
}

/// It needs no permission, and whoever denies everyone denies it. The policy can be taken away: that
/// was not denied.
async fn bind_the_root_user_too(c: &Context) {
    let (name, root) = (c.name("s"), c.target().root());
    secret(&c.root(), &name, "v").await;
    put(c, root, &name, &[statement("Deny", &json!("*"), GET)]).await;
    let expected = sentence(c, root, GET, &name, BY_RESOURCE).await;
    assert_eq!(
        fault(&call(c, "GetSecretValue", &at(&name)).await),
        expected
    );
    ok(c, "DeleteResourcePolicy", &at(&name)).await;
    ok(c, "GetSecretValue", &at(&name)).await;
}

async fn across_accounts_both_must_allow(c: &Context) {
    let owner = account(OTHER);
    let arn = made_with(c, &owner, &c.name("s"), json!({"KmsKeyId": KEY})).await;
    let own = policy(&[("Allow", GET, &arn)]);
    let who = c.user("u", &own).await;
    let principal = json!({"AWS": arn_of(c, &who).await});
    let no = |kind: &str| format!("because no {kind} policy allows the {GET} action");
    let expected = sentence(c, &who, GET, &arn, &no("resource-based")).await;
    assert_eq!(fails(c, &who, "GetSecretValue", &at(&arn)).await, expected);
    let allow = statement("Allow", &principal, GET);
    put(c, &owner, &arn, std::slice::from_ref(&allow)).await;
    assert_eq!(
        ok_as(c, &who, "GetSecretValue", &at(&arn)).await["SecretString"],
        "v"
    );
    // The user's half alone.
    replace_policy(c, "u", &policy(&[("Allow", "s3:*", "*")])).await;
    let expected = sentence(c, &who, GET, &arn, &no("identity-based")).await;
    assert_eq!(fails(c, &who, "GetSecretValue", &at(&arn)).await, expected);
    // An account may be trusted as a whole.
    replace_policy(c, "u", &own).await;
    let whole = json!({"AWS": "arn:aws:iam::000000000000:root"});
    put(c, &owner, &arn, &[statement("Allow", &whole, GET)]).await;
    ok_as(c, &who, "GetSecretValue", &at(&arn)).await;
    put(c, &owner, &arn, &[allow, statement("Deny", &whole, GET)]).await;
    let expected = sentence(c, &who, GET, &arn, BY_RESOURCE).await;
    assert_eq!(fails(c, &who, "GetSecretValue", &at(&arn)).await, expected);
}

async fn across_accounts_with_the_default_key(c: &Context) {
    let owner = account(OTHER);
    let arn = made_with(c, &owner, &c.name("s"), json!({})).await;
    let who = c.user("u", &allow_all()).await;
    let principal = json!({"AWS": arn_of(c, &who).await});
    put(
        c,
        &owner,
        &arn,
        &[statement("Allow", &principal, "secretsmanager:*")],
    )
    .await;
    let text = "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.";
    let expected = error("InvalidRequestException", text);
    assert_eq!(fails(c, &who, "GetSecretValue", &at(&arn)).await, expected);
    ok_as(c, &who, "DescribeSecret", &at(&arn)).await;
    let key = json!({"SecretId": arn, "KmsKeyId": KEY});
    ok_as(c, &owner, "UpdateSecret", &key).await;
    ok_as(c, &who, "GetSecretValue", &at(&arn)).await;
}

async fn a_deleted_policy_decides_nothing(c: &Context) {
    let (name, who, principal) = stranger(c).await;
    put(
        c,
        c.target().root(),
        &name,
        &[statement("Allow", &principal, GET)],
    )
    .await;
    ok_as(c, &who, "GetSecretValue", &at(&name)).await;
    ok(c, "DeleteResourcePolicy", &at(&name)).await;
    let expected = denied(c, &who, GET, Some(&name)).await;
    assert_eq!(fails(c, &who, "GetSecretValue", &at(&name)).await, expected);
}

async fn the_record_names_policy_and_statement(c: &Context) {
    let (name, who, principal) = stranger(c).await;
    let mut allow = statement("Allow", &principal, "secretsmanager:*");
    let mut deny = statement("Deny", &principal, "secretsmanager:DescribeSecret");
    allow["Sid"] = "Theirs".into();
    deny["Sid"] = "NotThat".into();
    put(c, c.target().root(), &name, &[allow, deny]).await;
    for (operation, decision, statement, sid) in [
        ("GetSecretValue", "allow", 0, "Theirs"),
        ("DescribeSecret", "explicit deny", 1, "NotThat"),
    ] {
        let answer = send(c, &who, operation, &at(&name)).await;
        let record = record(c, &answer, "?explain").await;
        let made = &record["decisions"][0];
        assert_eq!(made["decision"], decision);
        assert_eq!(
            (&made["layer"], &made["policy"]),
            (&json!("resource"), &json!("resource policy"))
        );
        assert_eq!(
            (&made["statement"], &made["sid"]),
            (&json!(statement), &json!(sid))
        );
        let layers = made["layers"].as_array().unwrap();
        let layer = layers
            .iter()
            .find(|layer| layer["layer"] == "resource")
            .unwrap();
        let applied = &layer["policies"][0]["statements"][statement];
        assert_eq!(
            (&applied["sid"], &applied["applies"]),
            (&json!(sid), &json!(true))
        );
    }
}
