//! Policies with conditions, tagged users and secrets, and what IAM decides.

use aws_sdk_secretsmanager::types::Tag;
use serde_json::{Value, json};

use super::{denied, denied_explicitly, fault, query_error, query_fault, send};
use crate::{Context, Credentials, Raw};

/// A policy of these statements.
pub(in crate::cases) fn document(statements: &[Value]) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

/// A statement about every resource, under a condition.
pub(in crate::cases) fn statement_if(effect: &str, action: &str, condition: &Value) -> Value {
    json!({"Effect": effect, "Action": action, "Resource": "*", "Condition": condition})
}

/// A policy that allows Secrets Manager under a condition, and nothing else.
pub(in crate::cases) fn allow_if(condition: &Value) -> String {
    document(&[statement_if("Allow", "secretsmanager:*", condition)])
}

/// A policy that allows everything, but denies Secrets Manager under a condition.
pub(in crate::cases) fn deny_if(condition: &Value) -> String {
    let allow = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    document(&[allow, statement_if("Deny", "secretsmanager:*", condition)])
}

/// What IAM decides, in AWS's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cases) enum Decision {
    Allow,
    ImplicitDeny,
    ExplicitDeny,
}

impl Decision {
    /// The sentence of a denial.
    async fn sentence(
        self,
        c: &Context,
        who: &Credentials,
        action: &str,
        resource: Option<&str>,
    ) -> Option<(String, String)> {
        match self {
            Self::Allow => None,
            Self::ImplicitDeny => Some(denied(c, who, action, resource).await),
            Self::ExplicitDeny => Some(denied_explicitly(c, who, action, resource).await),
        }
    }
}

/// A call to Secrets Manager is decided so; a denial reads as it does without conditions.
pub(in crate::cases) async fn assert_decision(
    c: &Context,
    who: &Credentials,
    (operation, input): (&str, &Value),
    expected: Decision,
) {
    let answer = send(c, who, operation, input).await;
    let action = format!("secretsmanager:{operation}");
    let resource = input.get("SecretId").or_else(|| input.get("Name"));
    let resource = resource.and_then(Value::as_str);
    match expected.sentence(c, who, &action, resource).await {
        None => assert_eq!(answer.status, 200, "{input}: {}", answer.body),
        Some(sentence) => assert_eq!(fault(&answer), sentence, "{input}"),
    }
}

/// The same of a call to IAM, whose denials name the resource in words.
pub(in crate::cases) async fn assert_iam_decision(
    c: &Context,
    who: &Credentials,
    (action, parameters): (&str, &[(&str, &str)]),
    resource: &str,
    expected: Decision,
) {
    let request = Raw::query("iam", action, parameters).signed_by(who);
    let answer = request.send(c).await;
    let name = format!("iam:{action}");
    match expected.sentence(c, who, &name, Some(resource)).await {
        None => assert_eq!(answer.status, 200, "{parameters:?}: {}", answer.body),
        Some((code, text)) => {
            assert_eq!(code, "AccessDeniedException");
            let expected = query_error(403, "AccessDenied", &text);
            assert_eq!(query_fault(&answer), expected, "{parameters:?}");
        }
    }
}

/// Replaces the policy of a user that [`Context::user`] has made.
pub(in crate::cases) async fn replace_policy(c: &Context, name: &str, document: &str) {
    let parameters = [
        ("UserName", &*c.entity(name)),
        ("PolicyName", "inline"),
        ("PolicyDocument", document),
    ];
    c.iam("PutUserPolicy", &parameters).await;
}

/// Tags a user that [`Context::user`] has made.
pub(in crate::cases) async fn tag_user(c: &Context, name: &str, key: &str, value: &str) {
    let parameters = [
        ("UserName", &*c.entity(name)),
        ("Tags.member.1.Key", key),
        ("Tags.member.1.Value", value),
    ];
    c.iam("TagUser", &parameters).await;
}

/// Makes a secret with a tag, or with none; gives an input that names it.
pub(in crate::cases) async fn tagged_secret(
    c: &Context,
    name: &str,
    tag: Option<(&str, &str)>,
) -> Value {
    let name = c.name(name);
    let tags = tag.map(|(key, value)| vec![Tag::builder().key(key).value(value).build()]);
    let create = c.root().create_secret().name(&name).secret_string("v");
    create.set_tags(tags).send().await.unwrap();
    json!({"SecretId": name})
}
