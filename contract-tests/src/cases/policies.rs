//! How policies are weighed, and how soon changes to them count.

use serde_json::{Value, json};

use super::support::{
    anywhere, denied, denied_explicitly, document, fault, policy, secret, send, status, target,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "policies/deny_wins",
        Evidence::Documented,
        "IAM user guide, policy evaluation logic",
        |c| Box::pin(deny_wins(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "policies/deny_with_not_action",
        Evidence::Documented,
        "stackshy/cloudemu#841",
        |c| Box::pin(deny_with_not_action(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "policies/allow_with_not_action",
        Evidence::Documented,
        "IAM user guide, NotAction",
        |c| Box::pin(allow_with_not_action(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "policies/not_resource",
        Evidence::Documented,
        "IAM user guide, NotResource; stackshy/cloudemu#841",
        |c| Box::pin(not_resource(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "policies/actions_ignore_case",
        Evidence::Documented,
        "IAM user guide, Action",
        |c| Box::pin(actions_ignore_case(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "policies/resources_mind_case",
        Evidence::Documented,
        "IAM user guide, Resource",
        |c| Box::pin(resources_mind_case(c)),
    )
    .needs(&[Need::Iam]),
    Case::new(
        "policies/deny_from_one_allow_from_another",
        Evidence::Documented,
        "IAM user guide, policy evaluation logic",
        |c| Box::pin(deny_from_one_allow_from_another(c)),
    )
    .needs(&[Need::Iam]),
];

const GET: &str = "secretsmanager:GetSecretValue";
const DESCRIBE: &str = "secretsmanager:DescribeSecret";

fn statement(effect: &str, actions: (&str, &str), resources: (&str, &str)) -> Value {
    json!({"Effect": effect, actions.0: actions.1, resources.0: resources.1})
}

async fn deny_wins(c: &Context) {
    let (name, input) = target(c).await;
    let user = c
        .user("u", &policy(&[("Deny", GET, "*"), ("Allow", "*", "*")]))
        .await;
    assert_eq!(status(c, &user, "DescribeSecret", &input).await, 200);
    let answer = send(c, &user, "GetSecretValue", &input).await;
    assert_eq!(
        fault(&answer),
        denied_explicitly(c, &user, GET, Some(&name)).await
    );
}

async fn deny_with_not_action(c: &Context) {
    let (name, input) = target(c).await;
    let allow = statement("Allow", ("Action", "*"), ("Resource", "*"));
    let deny = statement("Deny", ("NotAction", DESCRIBE), ("Resource", "*"));
    let user = c.user("u", &document(&[allow, deny])).await;
    assert_eq!(status(c, &user, "DescribeSecret", &input).await, 200);
    let answer = send(c, &user, "GetSecretValue", &input).await;
    assert_eq!(
        fault(&answer),
        denied_explicitly(c, &user, GET, Some(&name)).await
    );
    let answer = send(c, &user, "ListSecrets", &json!({})).await;
    let list = denied_explicitly(c, &user, "secretsmanager:ListSecrets", None).await;
    assert_eq!(fault(&answer), list);
}

async fn allow_with_not_action(c: &Context) {
    let (name, input) = target(c).await;
    let allow = statement(
        "Allow",
        ("NotAction", "secretsmanager:Get*"),
        ("Resource", "*"),
    );
    let user = c.user("u", &document(&[allow])).await;
    assert_eq!(status(c, &user, "DescribeSecret", &input).await, 200);
    let answer = send(c, &user, "GetSecretValue", &input).await;
    assert_eq!(fault(&answer), denied(c, &user, GET, Some(&name)).await);
}

async fn not_resource(c: &Context) {
    let (name, input) = target(c).await;
    let other = c.name("other");
    secret(&c.root(), &other, "v").await;
    let but = anywhere(&format!("{name}-??????"));
    let allow = statement("Allow", ("Action", GET), ("NotResource", &but));
    let user = c.user("u", &document(&[allow])).await;
    let answer = send(c, &user, "GetSecretValue", &input).await;
    assert_eq!(fault(&answer), denied(c, &user, GET, Some(&name)).await);
    assert_eq!(
        status(c, &user, "GetSecretValue", &json!({"SecretId": other})).await,
        200
    );
    let all = statement("Allow", ("Action", "*"), ("Resource", "*"));
    let deny = statement("Deny", ("Action", GET), ("NotResource", &but));
    let user = c.user("w", &document(&[all, deny])).await;
    assert_eq!(status(c, &user, "GetSecretValue", &input).await, 200);
    let answer = send(c, &user, "GetSecretValue", &json!({"SecretId": other})).await;
    assert_eq!(
        fault(&answer),
        denied_explicitly(c, &user, GET, Some(&other)).await
    );
}

async fn actions_ignore_case(c: &Context) {
    let (name, input) = target(c).await;
    for (number, action) in [
        "SECRETSMANAGER:getsecretvalue",
        "secretsmanager:GET*",
        "SecretsManager:?etSecretVALUE",
        "secretsmanager:*",
        "*",
    ]
    .into_iter()
    .enumerate()
    {
        let user = c
            .user(&format!("a{number}"), &policy(&[("Allow", action, "*")]))
            .await;
        assert_eq!(
            status(c, &user, "GetSecretValue", &input).await,
            200,
            "{action}"
        );
    }
    let user = c
        .user(
            "d",
            &policy(&[
                ("Allow", "*", "*"),
                ("Deny", "secretsmanager:getSECRET*", "*"),
            ]),
        )
        .await;
    let answer = send(c, &user, "GetSecretValue", &input).await;
    assert_eq!(
        fault(&answer),
        denied_explicitly(c, &user, GET, Some(&name)).await
    );
}

async fn resources_mind_case(c: &Context) {
    let (name, input) = target(c).await;
    let other = anywhere(&format!("{}-??????", name.to_uppercase()));
    let user = c.user("u", &policy(&[("Allow", GET, &other)])).await;
    let answer = send(c, &user, "GetSecretValue", &input).await;
    assert_eq!(fault(&answer), denied(c, &user, GET, Some(&name)).await);
}

/// Whether AWS names the managed policy that denies has changed in 2026; the rest has not.
async fn deny_from_one_allow_from_another(c: &Context) {
    let (name, input) = target(c).await;
    let user = c.user("u", &policy(&[("Allow", "*", "*")])).await;
    let made = [
        ("PolicyName", &*c.entity("p")),
        ("PolicyDocument", &*policy(&[("Deny", GET, "*")])),
    ];
    let arn = c.iam("CreatePolicy", &made).await.xml("Arn").unwrap();
    c.iam(
        "AttachUserPolicy",
        &[("UserName", &c.entity("u")), ("PolicyArn", &arn)],
    )
    .await;
    let (code, text) = fault(&send(c, &user, "GetSecretValue", &input).await);
    let expected = denied_explicitly(c, &user, GET, Some(&name)).await;
    let rest = text.strip_prefix(&expected.1);
    assert!(
        code == expected.0
            && rest.is_some_and(|rest| rest.is_empty() || rest == format!(": {arn}")),
        "{text}"
    );
}
