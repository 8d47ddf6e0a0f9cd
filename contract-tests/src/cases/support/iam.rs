//! IAM calls and refusals.

use super::policy;
use crate::{Answer, Context, Credentials, Raw};

/// Status, code and message of a refusal in awsQuery.
pub(in crate::cases) fn query_fault(answer: &Answer) -> (u16, String, String) {
    let part = |element| answer.xml(element).unwrap_or_default();
    (answer.status, part("Code"), part("Message"))
}

/// As [`query_fault`] gives it.
pub(in crate::cases) fn query_error(
    status: u16,
    code: &str,
    message: &str,
) -> (u16, String, String) {
    (status, code.to_owned(), message.to_owned())
}

/// An IAM call as whoever may do everything, whatever comes of it.
pub(in crate::cases) async fn iam(
    c: &Context,
    action: &str,
    parameters: &[(&str, &str)],
) -> Answer {
    let request = Raw::query("iam", action, parameters);
    request.signed_by(c.target().root()).send(c).await
}

/// The refusal of an IAM call.
pub(in crate::cases) async fn iam_refused(
    c: &Context,
    action: &str,
    parameters: &[(&str, &str)],
) -> (u16, String, String) {
    query_fault(&iam(c, action, parameters).await)
}

/// The refusal of an entity that does not exist.
pub(in crate::cases) fn no_such_entity(text: &str) -> (u16, String, String) {
    query_error(404, "NoSuchEntity", text)
}

/// A policy that allows everything.
pub(in crate::cases) fn allow_all() -> String {
    policy(&[("Allow", "*", "*")])
}

/// Makes a managed policy; gives its ARN.
pub(in crate::cases) async fn managed_policy(c: &Context, name: &str, document: &str) -> String {
    let parameters = [("PolicyName", name), ("PolicyDocument", document)];
    c.iam("CreatePolicy", &parameters).await.xml("Arn").unwrap()
}

/// A trust policy that a service can use.
pub(in crate::cases) const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;

/// Makes a role; gives its name.
pub(in crate::cases) async fn role(c: &Context, name: &str) -> String {
    let name = c.entity(name);
    let role = [("RoleName", &*name), ("AssumeRolePolicyDocument", TRUST)];
    c.iam("CreateRole", &role).await;
    name
}

/// The texts of all XML elements of a name.
pub(in crate::cases) fn texts(answer: &Answer, element: &str) -> Vec<String> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let inside = |part: &str| Some(part.split_once(&close)?.0.to_owned());
    let parts = answer.body.split(&open).skip(1);
    parts.filter_map(inside).collect()
}

/// An IAM call as somebody.
pub(in crate::cases) async fn iam_as(
    c: &Context,
    who: &Credentials,
    action: &str,
    parameters: &[(&str, &str)],
) -> Answer {
    let request = Raw::query("iam", action, parameters);
    request.signed_by(who).send(c).await
}
