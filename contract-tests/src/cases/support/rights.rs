//! Policies, and AWS's sentences for denials.

use serde_json::{Value, json};

use super::{error, fault, secret, send, token};
use crate::{Context, Credentials, Raw};

/// A policy of one statement for each effect, actions and resource.
pub(in crate::cases) fn policy(statements: &[(&str, &str, &str)]) -> String {
    let statement = |(effect, action, resource): &(&str, &str, &str)| {
        let actions: Vec<&str> = action.split(' ').collect();
        json!({"Effect": effect, "Action": actions, "Resource": resource})
    };
    let statements: Vec<Value> = statements.iter().map(statement).collect();
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

/// The ARN of a secret in any account and region, for policies.
pub(in crate::cases) fn anywhere(name: &str) -> String {
    format!("arn:aws:secretsmanager:*:*:secret:{name}")
}

/// Who somebody is.
pub(in crate::cases) async fn arn_of(c: &Context, who: &Credentials) -> String {
    let answer = Raw::query("sts", "GetCallerIdentity", &[]).signed_by(who);
    let answer = answer.send(c).await;
    answer
        .xml("Arn")
        .unwrap_or_else(|| panic!("{}", answer.body))
}

/// The denial that names the lack of an allowing policy.
pub(in crate::cases) async fn denied(
    c: &Context,
    who: &Credentials,
    action: &str,
    resource: Option<&str>,
) -> (String, String) {
    let because = format!("because no identity-based policy allows the {action} action");
    sentence(c, who, action, resource, &because).await
}

/// The denial that names a denying policy.
pub(in crate::cases) async fn denied_explicitly(
    c: &Context,
    who: &Credentials,
    action: &str,
    resource: Option<&str>,
) -> (String, String) {
    let because = "with an explicit deny in an identity-based policy";
    sentence(c, who, action, resource, because).await
}

async fn sentence(
    c: &Context,
    who: &Credentials,
    action: &str,
    resource: Option<&str>,
    because: &str,
) -> (String, String) {
    let user = arn_of(c, who).await;
    let on = resource.map(|resource| format!(" on resource: {resource}"));
    let on = on.unwrap_or_default();
    let text = format!("User: {user} is not authorized to perform: {action}{on} {because}");
    error("AccessDeniedException", text)
}

/// A call of each operation that takes a SecretId.
pub(in crate::cases) fn calls(id: &str) -> Vec<(&'static str, Value)> {
    let put = json!({"SecretId": id, "SecretString": "v", "ClientRequestToken": token()});
    let id = json!({"SecretId": id});
    vec![
        ("GetSecretValue", id.clone()),
        ("PutSecretValue", put),
        ("DescribeSecret", id.clone()),
        ("ListSecretVersionIds", id.clone()),
        ("DeleteSecret", id.clone()),
        ("RestoreSecret", id),
    ]
}

pub(in crate::cases) async fn assert_denied(
    c: &Context,
    who: &Credentials,
    operation: &str,
    input: &Value,
    shown: &str,
) {
    let answer = send(c, who, operation, input).await;
    let action = format!("secretsmanager:{operation}");
    let expected = denied(c, who, &action, Some(shown)).await;
    assert_eq!(fault(&answer), expected);
}

/// A secret, and an input that names it.
pub(in crate::cases) async fn target(c: &Context) -> (String, Value) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let input = json!({"SecretId": name});
    (name, input)
}

/// The status of a call.
pub(in crate::cases) async fn status(
    c: &Context,
    who: &Credentials,
    operation: &str,
    input: &Value,
) -> u16 {
    send(c, who, operation, input).await.status
}
